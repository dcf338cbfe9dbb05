"""What was corrected says so first, wherever a reader meets it. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import feedparser
import lxml.html
import pytest
from issues import earlier_issue, quiet_issue, sample_issue, templates

from pipeline.errors import InputError
from pipeline.model.correction import Correction, Reworded
from pipeline.model.issue import Edition, Issue
from pipeline.model.item import Fact, Signature
from pipeline.model.names import CorrectionKind, PersonRole, Shows
from pipeline.model.story import About
from pipeline.render import Current, render

TEMPLATES = templates()
HEADLINE = "Short-lived CAR T cells were made inside mice with kidney lupus"
RIGHT = HEADLINE.replace("mice", "rats")
PAGE = "2026-11/mouse-nephritis/index.html"
SIGNED = (Signature(by="anna", role=PersonRole.EDITOR, on=date(2026, 12, 20), text=""),)
SLIP = Correction(
    id="correction-2026-12-18-mouse-nephritis",
    of="2026-11/mouse-nephritis",
    kind=CorrectionKind.CORRECTION,
    on=date(2026, 12, 18),
    note="We wrote mice, but rats were studied.",
    words=(Reworded(field="headline", was=HEADLINE, now=RIGHT),),
    signed=SIGNED,
)


def site(*corrections: Correction, told: tuple[Correction, ...] = (), newest: Issue | None = None) -> dict[str, Any]:
    """The archive of November, December and a quiet January, every page as a tree."""
    last = replace(newest or quiet_issue(), corrections=told)
    made = render(last, (earlier_issue(), sample_issue()), TEMPLATES, current=Current(corrections=corrections))
    return {path: lxml.html.fromstring(page) for path, page in made.site.items() if path.endswith(".html")} | {
        "feed": feedparser.parse(made.site["feed.xml"], sanitize_html=False),
        "map": made.site["sitemap.xml"].decode(),
        "edition": made,
    }


def entry(made: dict[str, Any], slug: str) -> Any:
    return next(each for each in made["feed"].entries if each.id.endswith(f":{slug}"))


@pytest.fixture(scope="module")
def slip() -> dict[str, Any]:
    return site(SLIP)


def test_acceptance_12_the_page_begins_with_the_correction_and_has_the_right_words(slip: dict[str, Any]) -> None:
    page = slip[PAGE]
    (article,) = page.xpath("//article")
    assert article[0].get("class") == "box"
    assert article[0].text_content().split("\n")[1:3] == ["Corrected on 20 December 2026", SLIP.note]
    assert page.xpath("string(//h1)") == f"Corrected: {RIGHT}"
    assert page.xpath("string(//title)").startswith(f"FICTIONAL: Corrected: {RIGHT}")
    (described,) = page.xpath("//meta[@name='description']/@content")
    assert described == f"Corrected on 20 December 2026: {SLIP.note}"


def test_the_old_words_stand_under_what_we_wrote_before_alone(slip: dict[str, Any]) -> None:
    text = slip[PAGE].xpath("//main")[0].text_content()
    assert text.count(HEADLINE) == 1
    assert text.index("What we wrote before") < text.index(HEADLINE)


def test_no_link_tells_the_old_result_or_hides_the_mark(slip: dict[str, Any]) -> None:
    for path in ("index.html", PAGE, "2026-11/index.html", "corrections/index.html", "2026-12/index.html"):
        links = [each.text_content() for each in slip[path].xpath("//a")]
        assert not [words for words in links if HEADLINE in words]
        assert all(words.partition(RIGHT)[0].endswith("Corrected: ") for words in links if RIGHT in words), path


def test_acceptance_12_the_corrections_page_has_kind_was_and_now(slip: dict[str, Any]) -> None:
    row = slip["corrections/index.html"].xpath("//article")[0].text_content()
    assert "20 December 2026" in row
    assert [row.find(words) >= 0 for words in ("Corrected on", SLIP.note, HEADLINE, f"Corrected: {RIGHT}")] == [
        True
    ] * 4


def test_acceptance_12_the_feed_raises_the_entry_under_its_id_with_the_correction_first(slip: dict[str, Any]) -> None:
    first = render(earlier_issue(), (), TEMPLATES).site["feed.xml"]
    before = entry({"feed": feedparser.parse(first, sanitize_html=False)}, "mouse-nephritis")
    after = entry(slip, "mouse-nephritis")
    assert after.id == before.id
    assert after.published == before.published
    assert after.updated == "2026-12-20T00:00:01Z" > before.updated
    assert after.title == f"[FICTIONAL] Corrected: {RIGHT}"
    words = lxml.html.fromstring(after.content[0].value).text_content()
    assert words.startswith(f"Corrected on 20 December 2026. {SLIP.note}")
    others = [(e.id, e.updated) for e in slip["feed"].entries if e.id != after.id]
    assert others == [(e.id, e.updated) for e in site()["feed"].entries if e.id != after.id]


def test_two_corrections_of_one_day_are_two_changes_of_the_entry() -> None:
    twice = replace(SLIP, id="second", kind=CorrectionKind.UPDATE, note="One more rat joined.", words=())
    made = site(SLIP, twice)
    assert entry(made, "mouse-nephritis").updated == "2026-12-20T00:00:02Z"
    assert [each.text_content() for each in made[PAGE].xpath("//article/div[@class='box']/p[1]")] == [
        "Updated on 20 December 2026",
        "Corrected on 20 December 2026",
    ]
    assert made[PAGE].xpath("string(//h1)") == f"Corrected: {RIGHT}"


def test_the_newest_of_two_corrections_of_a_field_wins_and_both_old_words_remain() -> None:
    again = replace(SLIP, id="again", words=(Reworded(field="headline", was=RIGHT, now="Rats and mice."),))
    page = site(SLIP, again)[PAGE]
    assert page.xpath("string(//h1)") == "Corrected: Rats and mice."
    before = [each.text_content() for each in page.xpath("//dd") if "said: " in each.text_content()]
    assert before == [
        f"It said: {RIGHT}",
        "It should have said: Rats and mice.",
        f"It said: {HEADLINE}",
        f"It should have said: {RIGHT}",
    ]


def test_the_site_map_dates_what_changed(slip: dict[str, Any]) -> None:
    late = replace(SLIP, signed=(replace(SIGNED[0], on=date(2027, 2, 1)),))
    pages = site(late)["map"].split("<url>")[1:]
    dated = {page.partition("<loc>")[2].partition("<")[0] for page in pages if "2027-02-01" in page}
    web = "https://news.example.org/"
    assert {f"{web}2026-11/mouse-nephritis/", f"{web}2026-11/", f"{web}corrections/", web} <= dated
    assert f"{web}2026-12/" not in dated


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("clarification", "Clarified: "), ("update", "Updated: "), ("retraction", "Withdrawn: ")],
)
def test_each_kind_has_its_mark(kind: str, mark: str) -> None:
    page = site(replace(SLIP, kind=CorrectionKind(kind), words=()))[PAGE]
    assert page.xpath("string(//h1)") == mark + HEADLINE


def test_what_was_withdrawn_draws_nothing_and_the_mail_that_went_out_keeps_its_pictures() -> None:
    facts = (
        Fact(value="9 of 14", shows=Shows.BENEFIT, says="had less swelling"),
        Fact(value="3 of 14", shows=Shows.HARM, says="had a fever"),
    )
    first, *rest = earlier_issue().stories
    old = replace(earlier_issue(), stories=(replace(first, facts=facts), *rest))
    plain = render(old, (), TEMPLATES).site
    later = render(sample_issue(), (old,), TEMPLATES).site  # in December the paper was withdrawn
    path = "2026-11/antibody-pair-ra/index.html"
    assert b"<circle" in plain[path]
    assert b"<circle" not in later[path]
    assert {name for name in plain if name.startswith("pictures/")} <= later.keys()
    page = lxml.html.fromstring(later[path])
    assert page.xpath("string(//h1)").startswith("Withdrawn: ")
    assert page.xpath("//meta[@name='description']/@content")[0].startswith("Withdrawn on 1 December 2026: The paper")
    home = lxml.html.fromstring(render(old, (), TEMPLATES, current=Current()).site["index.html"])
    assert not [a for a in home.xpath("//a") if "Withdrawn" in a.text_content()]


def test_lists_tell_a_corrected_summary_and_not_the_brief_of_before() -> None:
    first, *rest = earlier_issue().stories
    old = replace(earlier_issue(), stories=(replace(first, brief="All nine were well."), *rest))
    right = "Six of nine people had less swelling."
    of = old.addressed()[0][0]
    summary = Reworded(field="summary", was=first.summary or "", now=right)
    brief = Reworded(field="brief", was="All nine were well.", now="Six of nine were well.")
    slip = replace(SLIP, of=f"2026-11/{of}", words=(summary,))
    for words, told in (((summary,), right), ((brief, summary), "Six of nine were well.")):
        made = render(old, (), TEMPLATES, current=Current(corrections=(replace(slip, words=words),))).site
        for path in ("index.html", "2026-11/index.html"):
            main = lxml.html.fromstring(made[path]).xpath("string(//main)").replace("\xa0", " ")
            assert told in main, path
            assert "All nine" not in main, path


@pytest.mark.parametrize("own", [True, False])
def test_lists_tell_of_a_withdrawn_item_that_it_was_and_not_its_result(*, own: bool) -> None:
    facts = (
        Fact(value="9 of 14", shows=Shows.BENEFIT, says="had less swelling"),
        Fact(value="3 of 14", shows=Shows.HARM, says="had a fever"),
    )
    slug = "antibody-pair-ra"
    first, *rest = earlier_issue().stories
    about = About(conditions=("rheumatoid arthritis",))
    first = replace(first, about=about, brief="All nine were well.", facts=facts)
    old = replace(earlier_issue(), stories=(first, *rest))
    back = replace(SLIP, of=f"2026-11/{slug}", kind=CorrectionKind.RETRACTION, words=())
    later = replace(back, id="later", kind=CorrectionKind.CLARIFICATION, note="A word more on it.")
    made = (
        render(old, (), TEMPLATES, current=Current(corrections=(back, later))).site
        if own
        else render(sample_issue(), (old,), TEMPLATES).site
    )
    said = SLIP.note if own else "What it said can no longer be relied on."
    for path in ("2026-11/index.html", "topics/rheumatoid-arthritis/index.html", *(["index.html"] if own else [])):
        (head,) = lxml.html.fromstring(made[path]).xpath(f"//h3[a[contains(@href, '{slug}')]]")
        card = head.getparent()
        text = card.text_content().replace("\xa0", " ")
        assert "Withdrawn on" in text, path
        assert said in text, path
        assert "All nine" not in text, path
        assert not card.xpath(".//*[@class='proof']|.//*[local-name()='svg']"), path
    page = lxml.html.fromstring(made[f"2026-11/{slug}/index.html"])
    assert not page.xpath("//main//*[local-name()='svg']")
    undrawn = page.xpath("string(//*[@class='undrawn'])")
    assert ("we have taken this item back" in undrawn, "the source of this result" in undrawn) == (own, not own)
    (described,) = lxml.html.fromstring(made["2026-11/index.html"]).xpath("//meta[@name='description']/@content")
    gone = "An item of this issue has been withdrawn."
    assert described.startswith(f"{gone} ")
    issue = next(e for e in feedparser.parse(made["feed.xml"]).entries if e.id.endswith("2026-11:_issue"))
    assert lxml.html.fromstring(issue.content[0].value).text_content().startswith(gone)
    assert issue.updated[:10] == ("2026-12-20" if own else "2026-12-01")


def test_acceptance_12_the_issue_that_tells_it_does_so_on_the_web_and_in_both_mails() -> None:
    made = site(told=(SLIP,))
    part = made["2027-01/index.html"].xpath("//h2[@id='part-corrections']/following-sibling::article[1]")[0]
    assert SLIP.note in part.text_content()
    edition: Edition = made["edition"]
    for name in ("email.html", "email.txt"):
        text = " ".join(edition.files[name].decode().split())
        assert SLIP.note in text
        assert "Corrected: " in text  # what became of it comes before its headline
        assert "https://news.example.org/2026-11/mouse-nephritis/" in text
        assert "No correction" not in text
    assert edition.costs
    assert edition.costs.words - (edition.costs.frame or 0) == 11  # its words are no frame
    assert "No correction" in render(quiet_issue(), (), TEMPLATES).files["email.txt"].decode()


def test_a_correction_never_moves_out_of_a_mail_that_is_too_long() -> None:
    tight = replace(sample_issue().masthead, mail=replace(sample_issue().masthead.mail, words=600))
    long = replace(sample_issue(), masthead=tight, corrections=(SLIP,))
    made = render(long, (earlier_issue(),), TEMPLATES)
    assert made.costs
    assert made.costs.moved
    assert SLIP.note in " ".join(made.files["email.txt"].decode().split())


def test_a_mail_that_went_out_stays_as_it_was() -> None:
    of_december = replace(SLIP, of="2026-12/luma-cel-lupus-phase-1", words=())
    issues = (earlier_issue(), replace(quiet_issue(), corrections=(of_december,)))
    plain = render(sample_issue(), (earlier_issue(),), TEMPLATES)
    again = render(sample_issue(), issues, TEMPLATES)
    assert again.files == plain.files
    page = lxml.html.fromstring(again.site["2026-12/luma-cel-lupus-phase-1/index.html"])
    assert page.xpath("string(//h1)").startswith("Corrected: ")


def test_a_mail_whose_own_template_would_lose_a_correction_is_refused() -> None:
    own = {
        "email/issue.html": TEMPLATES["email/issue.html"].replace("{% for t in l.corrections %}", "{% for t in () %}")
    }
    issue = replace(quiet_issue(), corrections=(SLIP,))
    with pytest.raises(InputError, match="the correction of 2026-11/mouse-nephritis is not in the mail"):
        render(issue, (earlier_issue(), sample_issue()), TEMPLATES | own)
    assert render(quiet_issue(), (), TEMPLATES | own).files


def test_hostile_notes_and_words_stay_words() -> None:
    bad = "<script>alert(1)</script> ]]> {{ 7*7 }} \"'><img src=x>"
    evil = replace(SLIP, note=bad, words=(Reworded(field="headline", was=HEADLINE, now=bad),))
    made = site(evil, told=(evil,))
    for path, page in made.items():
        if path.endswith(".html"):
            assert not page.xpath("//script[not(@type='application/ld+json')] | //img[@src='x']"), path
    assert bad in made[PAGE].xpath("string(//h1)")
    assert b"<script" not in made["edition"].files["email.html"]


def test_the_start_page_of_the_first_issue_lists_its_corrections() -> None:
    made = render(earlier_issue(), (), TEMPLATES, current=Current(corrections=(SLIP,))).site
    assert SLIP.note in made["index.html"].decode()
