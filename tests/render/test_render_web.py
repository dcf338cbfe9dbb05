"""The archive: corrected where it must be, readable on any phone, closed to strangers, openable from disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import feedparser
import lxml.etree
import lxml.html
import pytest
from growth import LINEAR, growth
from issues import MASTHEAD, WITHDRAWN, earlier_issue, hostile_issue, item, quiet_issue, sample_issue, templates
from shapes import BENEFIT, EMPTY, HARM

from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.issue import Edition, Issue
from pipeline.model.item import Fact, Notice
from pipeline.model.names import Section, Shows
from pipeline.render import render
from pipeline.render.archive import Archive
from pipeline.theme import HOUSE

TEMPLATES = templates()
ARCHIVE = (quiet_issue(), sample_issue(), earlier_issue())
OLD = "2026-11/antibody-pair-ra/index.html"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def made() -> Edition:
    return render(quiet_issue(), ARCHIVE, TEMPLATES)


@pytest.fixture(scope="module")
def draft() -> Edition:
    return render(sample_issue(draft=True), (earlier_issue(),), TEMPLATES)


def flat(text: str) -> str:
    return " ".join(text.split())


def tree(body: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(body.decode())


def pages(files: Mapping[str, bytes]) -> dict[str, lxml.html.HtmlElement]:
    return {path: tree(body) for path, body in files.items() if path.endswith(".html") and "email" not in path}


def test_the_site_holds_a_page_for_each_issue_and_item(made: Edition) -> None:
    slugs = {f"{i.key}/{s.slug}/index.html" for i in ARCHIVE for s in i.stories}
    issues = {f"{i.key}/index.html" for i in ARCHIVE}
    rest = {
        "index.html",
        "404.html",
        "about/index.html",
        "about/clinics/index.html",
        "about/evidence/index.html",
        "about/licence/index.html",
        "about/people/index.html",
        "about/standard/index.html",
        "corrections/index.html",
        "glossary/index.html",
        "issues/index.html",
        "topics/index.html",
        "topics/lupus/index.html",
        "topics/lupus/feed.xml",
        "topics/car-t/index.html",
        "topics/car-t/feed.xml",
        "feed.xml",
        "favicon.ico",
        "items.json",
        "style.css",
        "robots.txt",
        "sitemap.xml",
    }
    assert {path for path in made.site if not path.startswith("pictures/")} == slugs | issues | rest


def test_the_order_in_which_the_archive_is_read_does_not_matter(made: Edition) -> None:
    assert render(quiet_issue(), ARCHIVE[::-1], TEMPLATES).site == made.site


def test_a_withdrawn_paper_is_corrected_at_the_top_of_its_old_page(made: Edition) -> None:
    old = tree(made.site[OLD])
    box = old.xpath("//article/*")[0]
    assert box.get("class") == "box"
    assert "Withdrawn on 1 December 2026" in box.text_content()
    assert box.xpath(".//a/@href") == ["../../2026-12/antibody-pair-withdrawn/index.html"]
    assert "It has been corrected since" in old.text_content()
    assert tree(made.site["2026-11/index.html"]).xpath("//div[@class='box']")


def test_no_other_page_is_called_corrected(made: Edition) -> None:
    boxed = {path for path, page in pages(made.site).items() if page.xpath("//div[@class='box']")}
    assert boxed == {OLD, "2026-11/index.html"}


@pytest.mark.parametrize(
    "printed",
    [
        {"ids": Ids(doi=WITHDRAWN)},
        {"ids": Ids(doi=WITHDRAWN.upper())},
        {"notices": (Notice(kind="retracts", link=f"https://doi.org/{WITHDRAWN}"),)},
        {"notices": (Notice(kind="retracts", text=f"see ({WITHDRAWN})."),)},
        {"notices": (Notice(kind="retracts", link="http://www.jei.example/doi/10.5555/demo.2026.0901?utm_source=x"),)},
    ],
)
def test_a_retraction_finds_its_paper_by_id_text_or_link(printed: dict[str, Any]) -> None:
    notice = replace(item("gone", Section.SAFETY), evidence=Evidence(Stage.RETRACTION), **printed)
    later = replace(quiet_issue(), stories=(notice,), quiet=False)
    site = render(later, (earlier_issue(), later), TEMPLATES).site
    assert b'class="box"' in site[OLD]
    assert b'class="box"' not in site["2026-11/mouse-nephritis/index.html"]


def test_a_retraction_that_names_another_paper_corrects_nothing() -> None:
    notice = replace(item("gone", Section.SAFETY), evidence=Evidence(Stage.RETRACTION), ids=Ids(doi="10.5555/other"))
    later = replace(quiet_issue(), stories=(notice,))
    assert b'class="box"' not in render(later, (earlier_issue(),), TEMPLATES).site[OLD]


def test_another_paper_of_the_same_trial_is_newer_not_a_correction() -> None:
    nct = Ids(number="NCT99990003", doi="10.5555/demo.2027.1")
    later = replace(quiet_issue(), stories=(replace(item("newer", Section.RESEARCH), id="2027-01/newer", ids=nct),))
    page = tree(render(later, (sample_issue(),), TEMPLATES).site["2026-12/luma-cel-lupus-phase-1/index.html"])
    assert "We have written about this again since" in page.text_content()
    assert "../../2027-01/newer/index.html" in page.xpath("//a/@href")
    assert not page.xpath("//div[@class='box']")


def test_corrections_are_listed_newest_first(made: Edition) -> None:
    second = replace(
        item("mice-gone", Section.RESEARCH),
        id="2027-01/mice-gone",
        evidence=Evidence(Stage.RETRACTION),
        ids=Ids(doi="10.5555/demo.2026.0501"),
    )
    later = replace(quiet_issue(), stories=(second,), quiet=False)
    page = tree(render(later, ARCHIVE[1:], TEMPLATES).site["corrections/index.html"])
    assert [h.text_content() for h in page.xpath("//h2")] == ["5 January 2027", "1 December 2026"]
    assert [h.text_content() for h in tree(made.site["corrections/index.html"]).xpath("//h2")] == ["1 December 2026"]


def test_the_feed_raises_a_corrected_entry_under_its_old_id(made: Edition) -> None:
    def entries(site: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
        root = lxml.etree.fromstring(site["feed.xml"])
        return {
            e.findtext(f"{ATOM}id", ""): tuple(
                e.findtext(f"{ATOM}{n}", "") for n in ("published", "updated", "content")
            )
            for e in root.iter(f"{ATOM}entry")
        }

    tag = "tag:news.example.org,2026-11:antibody-pair-ra"
    before = entries(render(earlier_issue(), (), TEMPLATES).site)[tag]
    after = entries(made.site)[tag]
    assert before[:2] == ("2026-11-03T00:00:00Z", "2026-11-03T00:00:00Z")
    assert after[:2] == ("2026-11-03T00:00:00Z", "2026-12-01T00:00:00Z")
    assert "Withdrawn on 1 December 2026" in after[2]
    assert all(e[1] >= e[0] for e in entries(made.site).values())


def test_the_feed_is_a_feed(made: Edition) -> None:
    read = feedparser.parse(made.site["feed.xml"])
    assert not read.bozo
    assert len({e.id for e in read.entries}) == len(read.entries) == 1 + 10 + 1, (
        "the last two issues, and what was corrected"
    )
    assert all(e.title.startswith("[FICTIONAL] ") for e in read.entries)
    assert all(e.link.startswith("https://news.example.org/20") for e in read.entries)


def test_a_feed_of_hostile_words_is_still_a_feed_and_its_markup_is_ours() -> None:
    read = feedparser.parse(render(hostile_issue(), (), TEMPLATES).site["feed.xml"], sanitize_html=False)
    assert not read.bozo
    for entry in read.entries:
        assert not lxml.html.fromstring(f"<div>{entry.content[0].value}</div>").xpath(
            ".//script[not(@type='application/ld+json')]|.//img"
        )


def test_every_link_inside_a_draft_leads_to_a_page_of_it(draft: Edition) -> None:
    """Relative and with file names, so that the folder opens from disk as well; the archive's own are followed apart."""
    files = {path: body for path, body in draft.files.items() if path.startswith("web/")}
    for path, page in pages(files).items():
        for href in page.xpath("//a/@href|//link[@rel='stylesheet']/@href"):
            if re.match(r"[a-z]+:", href):
                continue
            target, _, anchor = href.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert found in files, (path, href)
            assert not anchor or tree(files[found]).xpath("//*[@id=$a]", a=anchor), (path, href)


def test_every_page_is_well_made(made: Edition, draft: Edition) -> None:
    titles = []
    for path, page in pages({**made.site, **draft.files}).items():
        titles.append(page.findtext(".//title"))
        levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert page.get("lang") == "en"
        assert page.get("dir") == "ltr"
        shown = page.xpath("//*[local-name()='svg'][not(@aria-hidden)]")
        assert all(svg.xpath("*[local-name()='title']") for svg in shown), path
        assert page.xpath("//a[@class='skip']/@href") == ["#content"]
        assert not page.xpath("//details"), "what matters is never folded away"
    assert len(set(titles)) == len(titles)


def test_no_page_loads_anything_from_elsewhere(made: Edition) -> None:
    for path, page in pages(made.site).items():
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == ["default-src 'none'; style-src 'self'; img-src 'self' data:"]
        assert not page.xpath("//script[not(@type='application/ld+json')]|//img|//iframe|//*[@style]|//style|//form"), (
            path
        )
        sheets = page.xpath("//link[@rel='stylesheet']/@href")
        assert all(h.startswith(MASTHEAD.base_url) if path == "404.html" else ":" not in h for h in sheets)
    assert b"url(" not in made.site["style.css"]
    assert b"@import" not in made.site["style.css"]


def test_hostile_words_stay_words_and_paths_stay_inside() -> None:
    made = render(hostile_issue(), (), TEMPLATES)
    for path, page in pages(made.site).items():
        assert re.fullmatch(r"[a-z0-9./-]+", path)
        assert ".." not in path
        assert not page.xpath("//script[not(@type='application/ld+json')]|//img|//*[@onerror]|//*[@style]")
        assert "{{ 7*7 }}" in page.text_content() or path.startswith("corrections")
        assert all(re.match(r"https://|mailto:|[a-z0-9./#-]+$", h) for h in page.xpath("//a/@href"))
    assert HOUSE.encode() in made.site["style.css"]
    assert b"script" not in made.site["style.css"]


def test_a_draft_leaves_the_archive_alone_and_says_what_it_is(draft: Edition) -> None:
    assert draft.site == {}
    assert {"web/index.html", "web/style.css", "web/orb-22-stopped/index.html"} < set(draft.files)
    for path, page in pages(draft.files).items():
        assert flat(page.xpath("//div[@class='banner']")[0].text_content()).startswith("DRAFT."), path
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_draft_in_the_archive_is_never_printed() -> None:
    drafted = replace(earlier_issue(), draft=True)
    assert not [p for p in render(sample_issue(), (drafted,), TEMPLATES).site if p.startswith("2026-11")]


def test_what_is_not_written_yet_shows_in_a_draft() -> None:
    bare = replace(item("bare", Section.RESEARCH), headline=None, summary=None, harms=None, who=None)
    made = render(sample_issue(stories=(bare,), draft=True), (), TEMPLATES)
    assert tree(made.files["web/bare/index.html"]).text_content().count("Not written yet.") == 3


def test_fictional_stands_on_every_page_and_keeps_search_engines_out(made: Edition) -> None:
    for path, page in pages(made.site).items():
        assert flat(page.xpath("//div[@class='banner']")[0].text_content()).startswith("FICTIONAL:"), path
    assert b"Disallow: /\n" in made.site["robots.txt"]
    real = tuple(replace(i, masthead=replace(MASTHEAD, fictional="")) for i in ARCHIVE)
    assert b"Allow: /\n" in render(real[0], real, TEMPLATES).site["robots.txt"]


def test_every_item_page_tells_how_strong_and_how_harmful(made: Edition) -> None:
    for path, page in pages(made.site).items():
        if path.count("/") == 2 and path.startswith("20"):
            heads = [h.text_content() for h in page.xpath("//h2")]
            at = [heads.index(h) for h in ("Harms", "How strong is the evidence?", "What is not known", "Who was studied",
                  "Cost and access", "What you can do", "Sources")]  # fmt: skip
            assert at == sorted(at), path
            assert "This page says what was known on" in page.text_content()


def test_every_picture_draws_the_count_it_tells(made: Edition) -> None:
    """By attributes, not by style rules alone: print tools drop those."""
    drawn = 0
    for page in pages(made.site).values():
        for figure in page.xpath("//figure[@class='icons']"):
            some, total = map(int, re.findall(r"\d+", figure.xpath(".//*[local-name()='title']")[0].text))
            fills = [c.get("fill") for c in figure.xpath(".//circle | .//rect")]
            ink = HARM if figure.xpath("./svg[@class='harm']") else BENEFIT
            assert fills == [ink] * some + [EMPTY] * (total - some)
            assert figure.getprevious().tag in ("p", "figure")
            assert f"{some} of {total}" in flat(figure.getprevious().text_content())
            assert flat(figure.xpath("./figcaption")[0].text_content()).startswith(f"{some} of {total}")
            drawn += 1
        for figure in page.xpath("//figure[@class='ladder']"):
            step, steps = map(int, re.findall(r"\d+", figure.xpath(".//*[local-name()='title']")[0].text)[:2])
            fills = [c.get("fill") for c in figure.xpath(".//rect")]
            assert [n for n, fill in enumerate(fills, 1) if fill == BENEFIT] == [step]
            assert len(fills) == steps == 11
            words = [flat(each.text_content()) for each in figure.xpath("./figcaption/*")]
            assert words == ["less sure", f"{step} of 11", "surer"]
            drawn += 1
    assert drawn == 2 + 4 + 2, "those of items that nobody withdrew, and the example of about/evidence/"


def test_a_benefit_stands_beside_harms_and_is_drawn_only_there(made: Edition) -> None:
    page = tree(made.site["2026-12/luma-cel-lupus-phase-1/index.html"])
    good, harm = page.xpath("//div[@class='panel']/div")
    assert (len(good.xpath(".//circle")), len(harm.xpath(".//circle"))) == (9, 0)
    assert (len(good.xpath(".//rect")), len(harm.xpath(".//rect"))) == (0, 9)
    assert "of different sizes" not in page.text_content()
    assert "Nothing is drawn here" not in page.text_content()
    alone = tree(made.site["2026-12/donor-nk-myasthenia/index.html"])
    (good,) = alone.xpath("//div[@class='benefits']")
    said, why = (flat(p.text_content()) for p in good.xpath("./p"))
    assert (said, why[:21]) == ("22 of 31 could do clearly more.", "Nothing is drawn here")
    assert alone.xpath("//figure[@class='icons']") == []


def test_of_a_withdrawn_study_nothing_is_a_picture_any_more() -> None:
    facts = (
        Fact(value="10 of 14", shows=Shows.BENEFIT, says="were better"),
        Fact(value="1 of 14", shows=Shows.HARM, says="had it"),
    )
    then = earlier_issue()
    then = replace(then, stories=tuple(replace(story, facts=facts) for story in then.stories))
    site = render(sample_issue(), (then,), TEMPLATES).site
    seen = {}
    for path, page in pages(site).items():
        if path.startswith("2026-11/") and path.count("/") == 2:
            withdrawn = bool(page.xpath("//div[@class='box']"))
            good, harm = page.xpath("//div[@class='panel']/div")
            seen[withdrawn] = (len(good.xpath(".//circle")), len(harm.xpath(".//rect")))
            assert ("the source of this result was withdrawn" in flat(good.text_content())) == withdrawn
    assert seen == {True: (0, 0), False: (14, 14)}
    alone = render(then, (), TEMPLATES).site
    drawn = {path for path in alone if path.startswith("pictures/")}
    assert drawn
    assert drawn <= site.keys(), "a mail that went out keeps its pictures"


@pytest.mark.parametrize(
    ("value", "filled", "said"),
    [("0 of 12", (0, 12), "0 of 12: nobody."), ("12 of 12", (12, 0), "12 of 12: everyone."),
     ("1 of 1", (1, 0), "1 of 1: everyone."), ("11 of 12", (11, 1), "This was not so for the other 1 of 12."),
     ("7 of 12", (7, 5), "7 of 12. This was not so for the other 5 of 12."), ("29 of 58", (29, 29), "the other 29 of 58"),
     ("24 of 100", (24, 76), "the other 76 of 100"), ("50 of 101", None, ""), ("0 of 0", None, ""), ("3 of 2", None, "")],
)  # fmt: skip
def test_each_person_is_one_shape_and_those_left_are_said(
    value: str, filled: tuple[int, int] | None, said: str
) -> None:
    story = replace(item("x", Section.RESEARCH), facts=(Fact(value=value, shows=Shows.HARM, says="had it"),))
    page = tree(render(sample_issue(stories=(story,)), (), TEMPLATES).site["2026-12/x/index.html"])
    figures = page.xpath("//figure[@class='icons']")
    assert len(figures) == bool(filled)
    for figure in figures:
        fills = [each.get("fill") for each in figure.xpath(".//rect")]
        assert (fills.count(HARM), fills.count(EMPTY)) == filled
        assert said in flat(figure.xpath("./figcaption")[0].text_content())
    assert f"{value} had it." in flat(page.text_content())


def test_totals_that_differ_are_said() -> None:
    facts = tuple(
        Fact(value=value, shows=shows, says="had it")
        for value, shows in (("7 of 9", Shows.BENEFIT), ("2 of 12", Shows.HARM))
    )
    page = render(sample_issue(stories=(replace(item("x", Section.RESEARCH), facts=facts),)), (), TEMPLATES).site
    text = flat(tree(page["2026-12/x/index.html"]).text_content())
    assert "groups of different sizes (9, 12 people)" in text


def test_numbers_come_with_the_words_they_came_from(made: Edition) -> None:
    page = tree(made.site["2026-12/luma-cel-lupus-phase-1/index.html"])
    quotes = [flat(q.text_content()) for q in page.xpath("//blockquote")]
    assert "“At week 24, 7 of 9 met the remission definition”" in quotes
    unquoted = replace(item("x", Section.RESEARCH), facts=(Fact(value="9"),))
    bare = render(sample_issue(stories=(unquoted,)), (), TEMPLATES).site["2026-12/x/index.html"]
    assert not tree(bare).xpath("//blockquote")


def test_site_map_knows_every_page_and_when_it_was_corrected(made: Edition) -> None:
    root = lxml.etree.fromstring(made.site["sitemap.xml"])
    rows = {u[0].text: u[1].text for u in root}
    assert rows["https://news.example.org/2026-11/antibody-pair-ra/"] == "2026-12-01"
    assert rows["https://news.example.org/2026-11/mouse-nephritis/"] == "2026-11-03"
    assert len(rows) == len(pages(made.site)) - 1, "all but 404.html"


def test_addresses_for_search_engines_are_plain_ascii() -> None:
    issue = replace(sample_issue(), masthead=replace(MASTHEAD, base_url="https://bücher.example/ä & b/", fictional=""))
    site = render(issue, (), TEMPLATES).site
    web = "https://xn--bcher-kva.example/%C3%A4%20&%20b/"
    assert site["robots.txt"].decode() == f"User-agent: *\nAllow: /\nSitemap: {web}sitemap.xml\n"
    rows = [u[0].text for u in lxml.etree.fromstring(site["sitemap.xml"])]
    assert f"{web}2026-12/" in rows
    assert all(row.startswith(web) for row in rows)


def test_a_number_that_we_worked_out_stands_with_its_formula() -> None:
    facts = (Fact(value="62.5%", derived="5/8"), Fact(value="5 of 8", quote="seen in 5 of 8"))
    site = render(sample_issue(stories=(replace(item("x", Section.RESEARCH), facts=facts),)), (), TEMPLATES).site
    assert "62.5% (worked out by us: 5/8)" in flat(tree(site["2026-12/x/index.html"]).text_content())
    assert "5 of 8:" in flat(tree(site["2026-12/x/index.html"]).text_content())
    assert "(worked out by us: 5/8)" in site["feed.xml"].decode()


def test_two_items_of_one_name_keep_two_pages() -> None:
    twins = (item("same", Section.RESEARCH), replace(item("same", Section.TRIALS), title="Other"))
    site = render(sample_issue(stories=twins), (), TEMPLATES).site
    assert {"2026-12/same/index.html", "2026-12/same-2/index.html"} < set(site)


def test_issues_lead_to_the_one_before_and_after(made: Edition) -> None:
    turn = tree(made.site["2026-12/index.html"]).xpath("//nav[@class='turn']/a")
    assert [(a.get("rel"), a.get("href")) for a in turn] == [
        ("prev", "../2026-11/index.html"),
        ("next", "../2027-01/index.html"),
    ]


def test_an_issue_is_not_changed_by_being_printed(made: Edition) -> None:
    issue: Issue = sample_issue()
    render(issue, ARCHIVE, TEMPLATES)
    assert issue == sample_issue()
    assert made.site


def test_later_items_are_found_without_going_through_all_there_are() -> None:
    def months(count: int) -> Archive:
        """So many months, each telling of thirty papers of its own and of one that all tell of."""
        papers = [replace(item(f"paper-{n}", Section.RESEARCH), ids=Ids(doi=f"10.5555/{n}")) for n in range(30)]
        issues = [
            sample_issue(
                key=f"{1990 + m // 12}-{m % 12 + 1:02d}",
                stories=tuple(
                    replace(p, ids=Ids(doi=f"{p.ids.doi}.{m}" if n else "10.5555/all")) for n, p in enumerate(papers)
                ),
            )
            for m in range(count)
        ]
        return Archive.of(issues[-1], issues)

    archive = months(3)
    assert [t.key for t in archive.later(archive.printed[0])] == ["1990-03", "1990-02"]
    assert growth(months, lambda archive: [archive.later(t) for t in archive.printed], 40) < LINEAR
