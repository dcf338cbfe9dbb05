"""The pages of trials: what the registry said and when, what moved, never a promise, never a lost page."""

from __future__ import annotations

import codecs
import csv
import io
import json
import posixpath
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from issues import HOSTILE, earlier_issue, quiet_issue, sample_issue
from registries import NO_NEWS
from tracked import ARCHIVE, DONE, LUPUS, ONE, SILENT, TEMPLATES, THREE, TWO, built, records, text, tree

from pipeline.model.issue import Edition
from pipeline.render import render
from pipeline.sources.clinicaltrials import REGISTRY
from pipeline.sources.parts.trial import make_trial
from pipeline.text import cell
from pipeline.trials.history import follow

REPLAY = Path(__file__).resolve().parents[3] / "shared" / "captures" / "trials" / "replay"


@pytest.fixture(scope="module")
def made() -> Edition:
    return built()


def test_the_list_says_how_many_when_checked_and_that_it_recommends_nothing(made: Edition) -> None:
    printed = text(made.site["trials/index.html"])
    assert "4 trials we follow. Checked on 30 December 2026." in printed
    assert "1 of them was last checked earlier; its page says when." in printed
    assert "We list trials; we do not recommend them." in printed


def test_counts_of_what_changed_are_those_of_the_records(made: Edition) -> None:
    """As words and as squares, drawn by attributes; each trial once, and all of them together."""
    for until, expected in ((TWO, {"Opened": 1, "New on our list": 1, "No change": 2}), (THREE, {"Stopped": 1, "No change": 3})):  # fmt: skip
        for path in ("trials/index.html", "trials/changed/index.html"):
            rows = tree(built(until).site[path]).xpath("//figure[@class='month']//tbody/tr")
            printed = {r[0].text_content().strip(): int(r.xpath("td/span")[0].text) for r in rows}
            assert printed == expected
            assert sum(printed.values()) == len(records()[until])
            for row in rows[:-1]:
                fills = [s.get("fill") for s in row.xpath(".//*[local-name()='rect']")]
                assert fills == ["#0b4f9c"] * printed[row[0].text_content().strip()]


def test_the_first_record_claims_no_news() -> None:
    printed = text(built(ONE).site["trials/index.html"])
    assert "This is our first record." in printed
    assert "Opened" not in printed
    assert "New on our list" not in printed


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
    rows = list(csv.DictReader(io.StringIO(site["trials.csv"].decode("utf-8-sig"), newline="")))
    assert [r["nct"] for r in rows] == [LUPUS.number, DONE.number]
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
    assert site["trials.csv"].startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize("before", ["", "\t", "\r", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t \u00a0"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹢﹣﹦﹫")
def test_a_formula_is_known_behind_blanks_and_in_wide_signs(before: str, sign: str) -> None:
    assert cell(f"{before}{sign}1+1") == f"'{before}{sign}1+1"
    assert cell(f"{before}n {sign} 1") == f"{before}n {sign} 1"


def test_the_wide_formula_of_a_registry_is_text_in_the_download() -> None:
    """Case w06 of the shared cases; the registry's bytes are read elsewhere, this is the title that they hold."""
    site = render(
        sample_issue(), (), TEMPLATES, follow({TWO: (replace(LUPUS, title="＝1+1 CD19 CAR-T, Sjögren"),)})
    ).site
    assert "'＝1+1 CD19 CAR-T, Sjögren" in site["trials.csv"].decode("utf-8-sig")


def test_hostile_words_of_a_registry_stay_words_and_paths_stay_inside() -> None:
    bad = replace(
        LUPUS, number="../../x", title=HOSTILE, status=HOSTILE, conditions=(HOSTILE,), countries=(HOSTILE, "日本"), sponsor=HOSTILE,
        interventions=(HOSTILE,), link="javascript:alert(1)", phases=(HOSTILE,), masking=HOSTILE, sex=HOSTILE, why_stopped=HOSTILE,
        primary_outcomes=(HOSTILE,), minimum_age=HOSTILE, other_ids=(HOSTILE,), updated=HOSTILE, checked=HOSTILE,
    )  # fmt: skip
    later = replace(bad, title=f"{HOSTILE} again", sponsor="Other", status="RECRUITING")
    site = render(sample_issue(), (earlier_issue(),), TEMPLATES, follow({ONE: (bad, DONE), TWO: (later, DONE)})).site
    pages = {p: tree(c) for p, c in site.items() if p.startswith("trials/")}
    for path, content in pages.items():
        assert re.fullmatch(r"[A-Za-z0-9./-]+", path)
        assert ".." not in path
        assert not content.xpath("//script[not(@type='application/ld+json')]|//img|//*[@onerror]|//*[@style]")
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
        assert all(
            svg.xpath("*[local-name()='title']") for svg in root.xpath("//*[local-name()='svg'][not(@aria-hidden)]")
        ), path
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
    assert len(rows) == sum(path.endswith(".html") and path != "404.html" for path in made.site)


def test_every_page_and_the_mail_lead_to_the_list_when_there_is_one(made: Edition) -> None:
    assert all(
        any(h.endswith("trials/index.html") for h in tree(c).xpath("//header//a/@href"))
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
        replace(
            DONE, number=f"NCT{88000000 + n}", title=f"Study number {n} of an invented treatment in myasthenia gravis"
        )
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
    assert "Here are the 400 most recently changed." in text(site["trials/status/finished/index.html"])


@pytest.mark.captures
@pytest.mark.skipif(not REPLAY.is_dir(), reason="needs captures/trials/replay beside the checkout")
def test_the_real_registrys_months_count_every_trial_that_changed() -> None:
    keys = {ONE: "2026-05-08", TWO: "2026-05-31", THREE: "2026-06-30"}
    real = {k: [make_trial(s, REGISTRY) for s in json.loads((REPLAY / f"{day}.json").read_text("utf-8"))["studies"]] for k, day in keys.items()}  # fmt: skip
    rows = [line.split("\t") for line in (REPLAY / "expected_changes.tsv").read_text("utf-8").splitlines()[1:]]
    for until in (TWO, THREE):
        issues = tuple(i for i in ARCHIVE if i.key <= until)
        site = render(issues[-1], issues, TEMPLATES, follow({k: t for k, t in real.items() if k <= until})).site
        printed = tree(site["trials/changed/index.html"]).xpath("//figure[@class='month']//tbody/tr/td/span/text()")
        linked = tree(site["trials/changed/index.html"]).xpath("//main//ul/li/a/@href")
        expected = {nct for day, nct, what, *_ in rows if day == keys[until] and (day, nct, what) not in NO_NEWS}
        assert {h.split("/")[-2] for h in linked} == expected
        assert sum(map(int, printed[:-1])) == len(linked) == len(expected)
