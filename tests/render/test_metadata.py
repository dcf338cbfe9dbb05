"""What pages say of themselves: one block of data each, open previews, and nothing that a browser would run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import lxml.html
import pytest
from issues import HOSTILE, MASTHEAD, earlier_issue, hostile_issue, item, sample_issue, templates
from tracked import TWO, tracks

from pipeline.model.correction import Correction
from pipeline.model.issue import Credit, Edition
from pipeline.model.names import CorrectionKind, PersonRole, Section
from pipeline.render import Current, render
from pipeline.theme import Logo

OLD, STORY = "2026-11/antibody-pair-ra/index.html", "2026-12/luma-cel-lupus-phase-1/index.html"


@pytest.fixture(scope="module")
def made() -> Edition:
    return render(sample_issue(), (earlier_issue(),), templates(), tracks(TWO))


def head(page: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.decode()).find("head")


def said(page: bytes) -> dict[str, Any]:
    (block,) = lxml.html.document_fromstring(page.decode()).xpath("//script")
    assert block.get("type") == "application/ld+json"
    found: dict[str, Any] = json.loads(block.text)
    return found


def previewed(page: bytes) -> dict[str, str]:
    return {m.get("property"): m.get("content") for m in head(page).xpath("meta[@property]")}


def test_every_page_says_once_what_it_is(made: Edition) -> None:
    kinds = {path: said(page)["@type"] for path, page in made.site.items() if path.endswith(".html")}
    news = {path for path, kind in kinds.items() if kind == ["NewsArticle", "MedicalWebPage"]}
    assert news == {path for path in kinds if path.startswith("20")}
    assert {str(kinds[path]) for path in kinds.keys() - news} == {"MedicalWebPage"}
    for path in kinds:
        page = said(made.site[path])
        assert page["url"] == head(made.site[path]).xpath("link[@rel='canonical']/@href")[0]
        assert page["isAccessibleForFree"] is True
        assert page["name"].startswith("FICTIONAL: ")
        assert "ClaimReview" not in made.site[path].decode()


def test_an_item_has_its_dates_its_reviewers_and_its_source(made: Edition) -> None:
    page = said(made.site[STORY])
    assert (page["datePublished"], page["dateModified"], page["lastReviewed"]) == (
        "2026-12-01",
        "2026-12-01",
        "2026-11-18",
    )
    assert [p["name"] for p in page["reviewedBy"]] == ["Anna Example", "Dr M. Example"]
    assert page["citation"][0]["@type"] == "ScholarlyArticle"
    assert page["citation"][0]["identifier"].startswith("https://doi.org/10.5555/")
    assert page["about"] == [{"@type": "MedicalCondition", "name": "lupus"}]
    assert page["audience"]["audienceType"] == "Patient"
    assert "correction" not in page


def test_a_withdrawn_paper_is_a_correction_of_its_page(made: Edition) -> None:
    page = said(made.site[OLD])
    assert (page["datePublished"], page["dateModified"]) == ("2026-11-03", "2026-12-01")
    (correction,) = page["correction"]
    assert correction["datePublished"] == "2026-12-01"
    assert correction["url"] == "https://news.example.org/2026-12/antibody-pair-withdrawn/"
    assert said(made.site["2026-11/index.html"])["dateModified"] == "2026-12-01"


def test_a_correction_of_the_editors_own_is_one_of_its_page_and_comes_first_in_its_title() -> None:
    slip = Correction(
        id="correction-1",
        of="2026-11/mouse-nephritis",
        kind=CorrectionKind.CORRECTION,
        on=date(2026, 12, 18),
        note="Rats.",
    )
    made = render(sample_issue(), (earlier_issue(),), templates(), current=Current(corrections=(slip,)))
    page = said(made.site["2026-11/mouse-nephritis/index.html"])
    assert page["correction"][0]["text"] == "Rats."
    assert page["dateModified"] == page["correction"][0]["datePublished"] == "2026-12-18"
    assert page["headline"].startswith("FICTIONAL: Corrected: ")
    assert page["description"].startswith("Corrected on 18 December 2026: Rats.")


def test_who_writes_is_the_author_and_no_reviewer() -> None:
    credits_ = (Credit(name="W", role=PersonRole.WRITER), Credit(name="M", role=PersonRole.MEDICAL))
    page = said(render(sample_issue(credits=credits_), (), templates()).site[STORY])
    assert [p["name"] for p in page["author"]] == ["W"]
    assert [p["name"] for p in page["reviewedBy"]] == ["M"]
    assert "reviewedBy" not in said(render(sample_issue(credits=()), (), templates()).site[STORY])


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "]]>--><!--", "\u202eevil\u2028 & \"'", HOSTILE]
)
def test_words_that_would_end_the_block_stay_words(title: str) -> None:
    bad = replace(item("x", Section.RESEARCH), headline=title, title=title)
    page = render(sample_issue(stories=(bad,)), (), templates()).site["2026-12/x/index.html"]
    assert page.count(b"<script") == page.count(b"</script") == 1
    words = " ".join(title.replace("\u202e", " ").split())
    assert said(page)["citation"][0]["name"] == words
    assert words in said(page)["headline"]
    assert previewed(page)["og:title"].count("&lt;") == 0


def test_hostile_pages_all_hold_one_block_of_data() -> None:
    for path, page in render(hostile_issue(), (), templates()).site.items():
        if path.endswith(".html"):
            said(page)


def test_a_preview_of_a_link_shows_words_and_the_logo_if_there_is_one(made: Edition) -> None:
    shown = previewed(made.site[STORY])
    assert shown["og:type"] == "article"
    assert shown["og:title"].startswith("FICTIONAL: Nine people with lupus")
    assert shown["og:description"] == head(made.site[STORY]).xpath("meta[@name='description']/@content")[0]
    assert "og:image" not in shown
    assert previewed(made.site["index.html"])["og:type"] == "website"
    real = sample_issue(masthead=replace(MASTHEAD, fictional=""))
    page = render(real, (), templates(), current=Current(logo=Logo(b"\x89PNG", 800, 200))).site["index.html"]
    assert previewed(page)["og:image"] == "https://news.example.org/logo.png"
    assert previewed(page)["og:title"] == MASTHEAD.name


def test_a_draft_says_nothing_of_itself() -> None:
    for path, page in render(sample_issue(draft=True), (), templates()).files.items():
        if path.startswith("web/") and path.endswith(".html"):
            assert b"<script" not in page
            assert b"og:" not in page
