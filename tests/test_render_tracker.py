"""The pages of trials: what the registry said and when, what moved, never a promise, never a lost page."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from issues import HOSTILE, MASTHEAD, earlier_issue, item, quiet_issue, sample_issue, templates
from tracked import DONE, LUPUS, ONE, SILENT, THREE, TWO, records, tracks

from pipeline.model.entry import Ids, Trial
from pipeline.model.issue import Edition
from pipeline.model.names import Section
from pipeline.model.story import Change
from pipeline.render import render
from pipeline.render.timeline import timeline
from pipeline.render.tracker import Stand, stand_of
from pipeline.sources.parts.trial import make_trial
from pipeline.triage.tracks import follow

TEMPLATES = templates()
REPLAY = Path(__file__).resolve().parents[2] / "shared" / "captures" / "trials" / "replay"
ARCHIVE = (earlier_issue(), sample_issue(), quiet_issue())


def built(until: str = THREE) -> Edition:
    issues = tuple(i for i in ARCHIVE if i.key <= until)
    return render(issues[-1], issues, TEMPLATES, tracks(until))


@pytest.fixture(scope="module")
def made() -> Edition:
    return built()


def tree(content: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(content.decode())


def text(content: bytes) -> str:
    return " ".join(tree(content).xpath("//main")[0].text_content().split())


def page(site: dict[str, bytes], nct: str) -> str:
    return text(site[f"trials/{nct}/index.html"])


def one(trial: Trial, **changes: object) -> str:
    """The page of a single trial in a first record."""
    changed = replace(trial, **changes)  # type: ignore[arg-type]
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: (changed,)})).site
    return page(site, changed.nct)


def test_the_list_says_how_many_when_checked_and_that_it_recommends_nothing(made: Edition) -> None:
    told = text(made.site["trials/index.html"])
    assert "4 trials we follow. Checked on 30 December 2026." in told
    assert "1 of them was last read earlier; its page says when." in told
    assert "We list trials; we do not recommend them." in told


def test_counts_of_what_changed_are_those_of_the_records(made: Edition) -> None:
    """As words and as squares, drawn by attributes; each trial once, and all of them together."""
    for until, expected in ((TWO, {"Opened": 1, "New on our list": 1, "No change": 2}), (THREE, {"Stopped": 1, "No change": 3})):  # fmt: skip
        for path in ("trials/index.html", "trials/changed/index.html"):
            rows = tree(built(until).site[path]).xpath("//figure[@class='month']//tbody/tr")
            told = {r[0].text_content().strip(): int(r.xpath("td/span")[0].text) for r in rows}
            assert told == expected
            assert sum(told.values()) == len(records()[until])
            for row in rows[:-1]:
                fills = [s.get("fill") for s in row.xpath(".//*[local-name()='rect']")]
                assert fills == ["#0b4f9c"] * told[row[0].text_content().strip()]


def test_the_first_record_claims_no_news() -> None:
    told = text(built(ONE).site["trials/index.html"])
    assert "This is our first record." in told
    assert "Opened" not in told
    assert "New on our list" not in told


@pytest.mark.parametrize(
    ("status", "plain"),
    [
        ("NOT_YET_RECRUITING", "Not open yet"),
        ("RECRUITING", "Open"),
        ("ENROLLING_BY_INVITATION", "Closed to new people"),
        ("ACTIVE_NOT_RECRUITING", "Closed to new people"),
        ("COMPLETED", "Finished"),
        ("TERMINATED", "Stopped early"),
        ("WITHDRAWN", "Stopped early"),
        ("SUSPENDED", "Stopped early"),
        ("UNKNOWN", "Not confirmed since October 2026"),
        ("AUTHORISED_BY_NOBODY", "No plain word for it"),
    ],
)
def test_a_status_stands_in_plain_words_with_the_registrys_own_beside(status: str, plain: str) -> None:
    told = one(LUPUS, status=status)
    assert f"{plain} (registry: {status})." in told
    assert "A listing is not a recommendation. Only the study team can say who may join." in told


def test_a_status_that_is_not_given_is_not_guessed() -> None:
    assert stand_of(None) is Stand.OTHER
    assert "No plain word for it (registry: not given)." in one(LUPUS, status=None)


def test_by_invitation_is_not_open_and_a_pause_may_end() -> None:
    assert "Nobody can apply." in one(LUPUS, status="ENROLLING_BY_INVITATION")
    assert "It has paused and may start again." in one(LUPUS, status="SUSPENDED")
    assert "Reason given: “No money”" in one(LUPUS, status="TERMINATED", why_stopped="No money")


def test_a_trials_page_tells_its_history_issue_by_issue(made: Edition) -> None:
    heads = tree(made.site["trials/NCT99990003/index.html"]).xpath("//h3")
    assert [h.text_content() for h in heads] == [
        "Issue of January 2027",
        "Issue of December 2026",
        "Issue of November 2026",
    ]
    assert heads[1].xpath("a/@href") == ["../../2026-12/index.html"]
    told = page(made.site, "NCT99990003")
    assert (
        "Status: was not open yet (NOT_YET_RECRUITING), now open to new people (RECRUITING) (entry dated 21 November 2026)."
        in told
    )
    assert "Status: was open to new people (RECRUITING), now paused (SUSPENDED)" in told
    assert "Reason given: “A review of doses”" in told
    assert "First in our record: not open yet (NOT_YET_RECRUITING)." in told
    assert "A pause can have many causes. We do not guess." in told


def test_a_trial_that_was_not_read_keeps_its_last_state_with_its_date(made: Edition) -> None:
    assert "Checked on 2 November 2026." in page(made.site, SILENT.nct)
    gone = {key: tuple(t for t in trials if key == ONE or t.nct != SILENT.nct) for key, trials in records().items()}
    site = render(quiet_issue(), ARCHIVE, TEMPLATES, follow(gone)).site
    told = page(site, SILENT.nct)
    assert "It was not in our record for the issue of January 2027." in told
    assert "the last we know, from the issue of November 2026." in told
    assert "4 trials we follow." in text(site["trials/index.html"])


def test_the_last_known_status_stands_beside_one_that_nobody_confirmed(made: Edition) -> None:
    told = page(made.site, SILENT.nct)
    assert "Not confirmed since May 2023 (registry: UNKNOWN)." in told
    assert "The last status the sponsor gave: open to new people." in told


def test_a_new_number_leads_on_from_the_old_page(made: Edition) -> None:
    told = page(made.site, "NCT99990030")
    assert "NCT99990030 is now listed as NCT99990031" in told
    links = tree(made.site["trials/NCT99990030/index.html"]).xpath("//main//a/@href")
    assert "../../trials/NCT99990031/index.html" in links
    assert "New on our list" in page(made.site, "NCT99990031")
    assert len(tree(made.site["trials/index.html"]).xpath("//article")) == 4


def test_items_lead_to_the_trial_and_the_trial_to_its_items() -> None:
    small = replace(
        item("also", Section.TRIALS), id="2026-12/also", change=(Change("sites", None, "X", nct=DONE.nct),), ids=Ids()
    )
    told = replace(item("news", Section.TRIALS), id="2026-12/news", ids=Ids(nct=LUPUS.nct))
    site = render(sample_issue(stories=(told, small)), (), TEMPLATES, tracks(TWO)).site
    assert "../../trials/NCT99990003/index.html" in tree(site["2026-12/news/index.html"]).xpath("//main//a/@href")
    assert "../trials/NCT99990003/index.html" in tree(site["2026-12/index.html"]).xpath("//main//a/@href")
    assert "../../trials/NCT99990010/index.html" in tree(site["2026-12/also/index.html"]).xpath("//main//a/@href")
    for nct, slug in ((LUPUS.nct, "news"), (DONE.nct, "also")):
        hrefs = tree(site[f"trials/{nct}/index.html"]).xpath("//main//a/@href")
        assert f"../../2026-12/{slug}/index.html" in hrefs
    assert "We have not written about this trial so far." in page(site, SILENT.nct)


def test_trials_are_found_by_status_disease_and_country(made: Edition) -> None:
    def listed(path: str) -> list[str]:
        return [a.text_content() for a in tree(made.site[path]).xpath("//article//h3/a")]

    assert listed("trials/status/finished/index.html") == [DONE.title]
    assert listed("trials/country/italy/index.html") == [LUPUS.title, DONE.title, SILENT.title]
    assert listed("trials/condition/myasthenia-gravis/index.html") == [DONE.title]
    assert "None at the moment." in text(made.site["trials/status/open/index.html"])


def test_no_page_of_an_earlier_archive_is_lost() -> None:
    """A list that has nothing to list any more says so; an old page left behind would still say “Open”."""
    alone = {ONE: (LUPUS,), TWO: (replace(LUPUS, countries=("Italy",), conditions=("Myositis",), title="X"),)}
    first = render(earlier_issue(), (), TEMPLATES, follow({ONE: alone[ONE]})).site
    second = render(sample_issue(), (earlier_issue(),), TEMPLATES, follow(alone)).site
    assert set(first) <= set(second)
    assert "None at the moment." in text(second["trials/country/germany/index.html"])
    assert "None at the moment." in text(second["trials/condition/lupus/index.html"])
    assert set(built(ONE).site) <= set(built(TWO).site) <= set(built(THREE).site)


def test_the_download_is_a_table_that_no_spreadsheet_runs() -> None:
    evil = replace(
        LUPUS, title='=HYPERLINK("https://x.example","y")', sponsor="@cmd", conditions=("-1+1", 'a "b", c'), why_stopped="+1\r\n=2"
    )  # fmt: skip
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: (evil, DONE)})).site
    rows = list(csv.DictReader(io.StringIO(site["trials.csv"].decode(), newline="")))
    assert [r["nct"] for r in rows] == [LUPUS.nct, DONE.nct]
    assert rows[0]["title"] == '\'=HYPERLINK("https://x.example","y")'
    assert rows[0]["sponsor"] == "'@cmd"
    assert rows[0]["conditions"] == '\'-1+1 | a "b", c'
    assert rows[0]["reason_stopped"] == "'+1 =2"
    assert (rows[1]["status"], rows[1]["registry_status"], rows[1]["checked"]) == (
        "Finished",
        "COMPLETED",
        "2026-11-02",
    )
    assert rows[1]["page"] == "https://news.example.org/trials/NCT99990010/"
    assert not any(cell.startswith(("=", "+", "-", "@")) for r in rows for cell in r.values())


def test_the_picture_of_dates_draws_done_apart_from_planned(made: Edition) -> None:
    ended = tree(made.site["trials/NCT99990010/index.html"]).xpath("//figure[@class='line']")[0]
    assert [r.get("fill") for r in ended.xpath(".//rect")] == ["#0b4f9c"] * 3
    assert not ended.xpath(".//path[@stroke-dasharray]")
    running = one(LUPUS, status="RECRUITING", start_type="ACTUAL", start="2026-09")
    assert "Began: September 2026" in running
    assert "Main measurements planned to end: June 2028 (may change)" in running
    line = timeline(replace(LUPUS, status="RECRUITING", start_type="ACTUAL", start="2026-09"))
    assert line is not None
    assert [m.name for m in line.marks] == ["start", "checked", "primary_completion", "completion"]
    assert [s.done for s in line.stretches] == [True, False, False]


def test_nothing_counts_as_done_that_the_registry_does_not_call_so() -> None:
    line = timeline(replace(LUPUS, start="2020-01", status="WITHDRAWN"))
    assert line is not None
    assert not any(s.done for s in line.stretches)
    assert line.marks[0].passed
    unconfirmed = timeline(SILENT)
    assert unconfirmed is not None
    assert [s.done for s in unconfirmed.stretches] == [False, False]
    assert "(this date has passed; the registry does not say that it was kept)" in one(SILENT)
    assert timeline(replace(LUPUS, primary_completion=None, completion="soon")) is None


def test_marks_of_one_day_stand_apart_inside_the_picture() -> None:
    line = timeline(replace(DONE, start="2025", primary_completion="2025", completion="2025", completion_type=None))
    assert line is not None
    xs = [m.x for m in line.marks]
    assert len(xs) == 4
    assert all(b - a >= 40 for a, b in pairwise(xs))
    assert xs[0] >= 12
    assert xs[-1] <= 288


def test_harms_are_counted_a_group_with_all_of_its_people(made: Edition) -> None:
    told = page(made.site, DONE.nct)
    assert "Orb-22: 3 of 12 had at least one serious adverse event. 0 of 12 died, of any cause." in told
    assert "An event during a study was not necessarily caused by the treatment." in told
    assert "Posted results are not peer reviewed." in told
    assert "Comparison groupyes, made by chance" in told
    assert "Comparison groupno" in page(made.site, LUPUS.nct)


def test_an_invented_trial_never_leads_to_a_real_registry() -> None:
    bare = (replace(LUPUS, link=""), replace(DONE, link=f"https://clinicaltrials.gov/study/{DONE.nct}"))
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: bare})).site
    assert not any(b"clinicaltrials.gov" in content for content in site.values())
    real = sample_issue(masthead=replace(MASTHEAD, fictional=""), stories=())
    site = render(real, (), TEMPLATES, follow({TWO: bare})).site
    assert b'href="https://clinicaltrials.gov/study/NCT99990003"' in site["trials/NCT99990003/index.html"]


def test_hostile_words_of_a_registry_stay_words_and_paths_stay_inside() -> None:
    bad = replace(
        LUPUS, nct="../../x", title=HOSTILE, status=HOSTILE, conditions=(HOSTILE,), countries=(HOSTILE, "日本"), sponsor=HOSTILE,
        interventions=(HOSTILE,), link="javascript:alert(1)", phases=(HOSTILE,), masking=HOSTILE, sex=HOSTILE, why_stopped=HOSTILE,
        primary_outcomes=(HOSTILE,), minimum_age=HOSTILE, other_ids=(HOSTILE,), updated=HOSTILE, checked=HOSTILE,
    )  # fmt: skip
    later = replace(bad, title=f"{HOSTILE} again", sponsor="Other", status="RECRUITING")
    site = render(sample_issue(), (earlier_issue(),), TEMPLATES, follow({ONE: (bad, DONE), TWO: (later, DONE)})).site
    pages = {p: tree(c) for p, c in site.items() if p.startswith("trials/")}
    for path, content in pages.items():
        assert re.fullmatch(r"[A-Za-z0-9./-]+", path)
        assert ".." not in path
        assert not content.xpath("//script|//img|//*[@onerror]|//*[@style]")
        assert all(re.match(r"https://|mailto:|[A-Za-z0-9./#-]+$", h) for h in content.xpath("//a/@href"))
    assert any("{{ 7*7 }}" in c.text_content() for c in pages.values())


def test_every_page_is_well_made_and_every_link_leads_somewhere(made: Edition) -> None:
    titles = []
    for path, content in made.site.items():
        if not path.endswith(".html"):
            continue
        root = tree(content)
        titles.append(root.findtext(".//title"))
        levels = [int(h.tag[1]) for h in root.xpath("//h1|//h2|//h3|//h4")]
        assert (levels[0], levels.count(1)) == (1, 1), path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert all(svg.xpath("*[local-name()='title']") for svg in root.xpath("//*[local-name()='svg']")), path
        assert all(th.get("scope") for th in root.xpath("//th")), path
        for href in root.xpath("//a/@href"):
            if not re.match(r"[a-z]+:", href):
                target, _, anchor = href.partition("#")
                found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
                assert found in made.site, (path, href)
                assert not anchor or tree(made.site[found]).xpath("//*[@id=$a]", a=anchor), (path, href)
    assert len(set(titles)) == len(titles)


def test_the_site_map_knows_the_pages_and_since_when(made: Edition) -> None:
    rows = dict(re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", made.site["sitemap.xml"].decode()))
    assert rows["https://news.example.org/trials/"] == "2027-01-05"
    assert rows["https://news.example.org/trials/NCT99990003/"] == "2027-01-05"
    assert len(rows) == sum(path.endswith(".html") for path in made.site)


def test_every_page_and_the_mail_lead_to_the_list_when_there_is_one(made: Edition) -> None:
    assert all(
        any(h.endswith("trials/index.html") for h in tree(c).xpath("//footer//a/@href"))
        for p, c in made.site.items()
        if p.endswith(".html")
    )
    assert b"https://news.example.org/trials/" in made.files["email.html"]
    assert b"https://news.example.org/trials/" in made.files["email.txt"]
    without = render(quiet_issue(), ARCHIVE, TEMPLATES)
    assert not [p for p in without.site if p.startswith("trials")]
    assert b"/trials/" not in without.files["email.html"]


def test_the_order_of_a_record_changes_no_byte(made: Edition) -> None:
    turned = follow({key: tuple(reversed(trials)) for key, trials in reversed(records().items())})
    assert render(quiet_issue(), ARCHIVE[::-1], TEMPLATES, turned).site == made.site


def test_pages_of_hundreds_of_trials_stay_light_and_lead_to_each_other() -> None:
    many = tuple(
        replace(DONE, nct=f"NCT{88000000 + n}", title=f"Study number {n} of an invented treatment in myasthenia gravis")
        for n in range(450)
    )
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: many})).site
    assert max(len(c) for p, c in site.items() if p.endswith(".html")) < 250_000
    listed = [
        a.get("href")
        for p in ("trials/", "trials/2/", "trials/3/", "trials/4/", "trials/5/")
        for a in tree(site[f"{p}index.html"]).xpath("//article//h3/a")
    ]
    assert len({posixpath.basename(posixpath.dirname(h)) for h in listed}) == 450
    rows = [r for p in ("trials/table/", "trials/table/2/") for r in tree(site[f"{p}index.html"]).xpath("//tbody/tr")]
    assert len(rows) == 450
    assert "The 400 whose entries changed last stand here." in text(site["trials/status/finished/index.html"])


@pytest.mark.captures
@pytest.mark.skipif(not REPLAY.is_dir(), reason="needs captures/trials/replay beside the checkout")
def test_the_real_registrys_months_count_every_trial_that_changed() -> None:
    keys = {ONE: "2026-05-08", TWO: "2026-05-31", THREE: "2026-06-30"}
    real = {k: [make_trial(s) for s in json.loads((REPLAY / f"{day}.json").read_text("utf-8"))["studies"]] for k, day in keys.items()}  # fmt: skip
    rows = [line.split("\t") for line in (REPLAY / "expected_changes.tsv").read_text("utf-8").splitlines()[1:]]
    for until in (TWO, THREE):
        issues = tuple(i for i in ARCHIVE if i.key <= until)
        site = render(issues[-1], issues, TEMPLATES, follow({k: t for k, t in real.items() if k <= until})).site
        told = tree(site["trials/changed/index.html"]).xpath("//figure[@class='month']//tbody/tr/td/span/text()")
        linked = tree(site["trials/changed/index.html"]).xpath("//main//li/a/@href")
        expected = {nct for day, nct, *_ in rows if day == keys[until]}
        assert {h.split("/")[-2] for h in linked} == expected
        assert sum(map(int, told[:-1])) == len(linked) == len(expected)
