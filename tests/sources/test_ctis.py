"""The EU's register: its RSS, and its search while that lasts. Documents are small and ours, in the shapes seen in July 2026."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
from feed_samples import WINDOW, rss, source
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.names import Therapy
from pipeline.model.settings import Topics
from pipeline.model.source import Request
from pipeline.sources import kind
from pipeline.sources.parts.elsewhere import ages_in, day_first, phases_in, status_word
from pipeline.triage.verdict import judge

API = "https://euclinicaltrials.eu/ctis-public-api"
CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "registries" / "CTIS"
CTIS = kind("ctis")
NUMBER = "2024-516838-35-00"
SAID = {
    "Trial number": NUMBER,
    "Overall trial status": "Ongoing, recruiting",
    "Trial title": "An open-label study of KYV-101, a CAR-T cell therapy, in lupus &amp; nephritis",
    "Medical conditions": "Systemic lupus erythematosus, Lupus nephritis",
    "Status in each country": "Spain:Ongoing, recruiting, France:Authorised, recruitment pending, Italy:Ended",
    "Trial phase": "Phase I and Phase II (Integrated) - First administration to humans",
    "Primary end point": "Adverse events at week 24 < 5%",
    "Age of participants": "18-64 years, 65+ years",
    "Gender of participants": "Female, Male",
    "Planned number of participants": "54",
    "Sponsor": "Example Hospital",
    "Trial product": "KYV-101, Fludarabine",
    "Results posted": "No",
    "Overall decision date": "08/12/2025",
    "Last updated date": "09/07/2026",
}
OVERVIEW = {
    "ctNumber": NUMBER, "ctStatus": 4, "ctTitle": "An open-label study of KYV-101, a CAR-T cell therapy, in lupus & nephritis",
    "conditions": "Systemic lupus erythematosus, Lupus nephritis", "trialCountries": ["Spain:4", "France:2", "Italy:8"],
    "trialPhase": SAID["Trial phase"], "primaryEndPoint": "Adverse events at week 24 < 5%",
    "ageGroup": "18-64 years, 65+ years", "gender": "Female, Male", "totalNumberEnrolled": "54", "sponsor": "Example Hospital",
    "product": "KYV-101, Fludarabine", "resultsFirstReceived": "No", "decisionDateOverall": "08/12/2025",
    "lastUpdated": "09/07/2026", "lastPublicationUpdate": "10/07/2026",
}  # fmt: skip


def ctis(**options):
    return source("ctis", API, options=options)


def item(said=SAID, number=NUMBER):
    html = "<br />".join(f"<b>{name}</b>: {value}" for name, value in said.items())
    link = f"https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={number}"
    title, link = escape(said.get("Trial title", "")), escape(link)
    return f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description><![CDATA[{html}]]></description></item>"


def read(*items):
    return CTIS.read(ctis(), Request(f"{API}/rss/updates.rss", step="rss"), rss(*items).encode(), {}, WINDOW)


def found(*overviews, page=1, more=False, request=None, **paging):
    told = {"totalRecords": len(overviews), "currentPage": page, "totalPages": 1, "nextPage": more} | paging
    body = json.dumps({"pagination": told, "data": list(overviews)}).encode()
    request = request or CTIS.first(ctis(search=True), WINDOW)[0]
    return CTIS.read(ctis(search=True), request, body, {}, WINDOW)


def sent(request):
    return json.loads(request.body)


def criteria(request):
    return json.loads(parse_qs(urlsplit(request.url).query)["search_criteria"][0])


def test_each_disease_is_asked_for_by_itself_because_a_list_holds_only_fifteen():
    asked = CTIS.first(ctis(), WINDOW)
    assert {"lupus", "myasthenia", "sclerosis", "myositis"} <= {criteria(r)["medicalCondition"] for r in asked}
    assert all("CAR-T, " in criteria(r)["containAny"] for r in asked)
    assert all(r.body is None for r in asked)


def test_words_and_criteria_of_ones_own_take_the_place_of_the_kinds():
    (one,) = CTIS.first(ctis(words=("MB-CART19",), conditions=("lupus",)), WINDOW)
    assert criteria(one) == {"containAny": "MB-CART19", "medicalCondition": "lupus"}
    url = f"{API}/rss/updates.rss?search_criteria=%7B%22containAny%22%3A%22CAR-T%22%7D"
    assert [r.url for r in CTIS.first(source("ctis", url), WINDOW)] == [url]


def test_trials_we_follow_are_asked_for_by_number_and_nobody_elses():
    window = replace(WINDOW, watch=("NCT05030779", "ISRCTN12345678", NUMBER))
    assert criteria(CTIS.first(ctis(), window)[-1]) == {"number": NUMBER}
    asked = sent(CTIS.first(ctis(search=True), window)[-1])
    assert asked["searchCriteria"] == {"number": NUMBER}


def test_an_item_of_the_rss_becomes_a_trial():
    (entry,) = read(item()).entries
    trial = entry.trial
    assert (trial.number, trial.registry, entry.ids.number) == (NUMBER, "ctis", NUMBER)
    assert trial.title == "An open-label study of KYV-101, a CAR-T cell therapy, in lupus & nephritis"
    assert (trial.status, trial.status_said) == ("RECRUITING", "Ongoing, recruiting")
    assert trial.conditions == ("Systemic lupus erythematosus", "Lupus nephritis")
    assert trial.countries == ("Spain", "France", "Italy")
    assert trial.phases == ("PHASE1", "PHASE2")
    assert (trial.minimum_age, trial.maximum_age, trial.sex) == ("18 Years", None, "Female, Male")
    assert (trial.enrollment, trial.enrollment_type, trial.sponsor) == (54, "ESTIMATED", "Example Hospital")
    assert trial.interventions == ("KYV-101", "Fludarabine")
    assert trial.primary_outcomes == ("Adverse events at week 24 < 5%",)
    assert trial.has_results is False
    assert trial.link == f"https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={NUMBER}"
    assert (trial.read_from, trial.checked) == ("ctis rss", WINDOW.today.isoformat())


def test_dates_are_read_day_first():
    (entry,) = read(item()).entries
    assert (entry.trial.first_posted, entry.trial.updated) == ("2025-12-08", "2026-07-09")
    assert (entry.published.day, entry.updated.day) == ("2025-12-08", "2026-07-09")
    assert day_first("31/02/2026") is None
    assert day_first("2026-07-09") is None


def test_rss_and_search_tell_the_same_of_one_trial():
    (one,), (two,) = read(item()).entries, found(OVERVIEW).entries
    assert replace(one.trial, read_from="") == replace(two.trial, read_from="")


def test_a_trial_of_our_topic_is_kept_by_the_same_rules_as_any_other():
    (entry,) = read(item()).entries
    verdict = judge(entry, ctis(), Topics())
    assert verdict.kept
    assert verdict.about.therapies == (Therapy.CAR_T,)
    assert "lupus" in verdict.about.conditions


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        (1, "UNDER_EVALUATION", "Under evaluation"),
        (2, "NOT_YET_RECRUITING", "Authorised, recruitment pending"),
        (3, "RECRUITING", "Authorised, recruiting"),
        (4, "RECRUITING", "Ongoing, recruiting"),
        (5, "ACTIVE_NOT_RECRUITING", "Ongoing, recruitment ended"),
        (6, "SUSPENDED", "Temporarily halted"),
        (7, "SUSPENDED", "Suspended"),
        (8, "ENDED", "Ended"),
        (9, "EXPIRED", "Expired"),
        (10, "REVOKED", "Revoked"),
        (11, "NOT_AUTHORISED", "Not authorised"),
        (12, "CANCELLED", "Cancelled"),
    ],
)
def test_a_code_is_a_common_word_only_where_it_means_just_that(code, status, said):
    (entry,) = found(OVERVIEW | {"ctStatus": code}).entries
    assert (entry.trial.status, entry.trial.status_said) == (status, said)


def test_a_code_nobody_knows_passes_and_is_said():
    page = found(OVERVIEW | {"ctStatus": 99, "trialCountries": ["Spain:99", "France", 7]})
    assert (page.entries[0].trial.status, page.entries[0].trial.status_said) == ("CODE_99", "code 99")
    assert "status code 99" in page.note


def test_the_search_is_off_unless_asked_for_and_falls_back_to_the_rss():
    first = CTIS.first(ctis(search=True), WINDOW)[0]
    asked = sent(first)
    assert first.url == f"{API}/search"
    assert asked["pagination"] == {"page": 1, "size": 100}
    assert criteria(first.instead) == asked["searchCriteria"]
    assert first.cached is False


def test_pages_count_from_one_and_the_next_asks_for_the_same():
    first = CTIS.first(ctis(search=True), WINDOW)[0]
    page = found(OVERVIEW, more=True, request=first)
    assert sent(page.next) == sent(first) | {"pagination": {"page": 2, "size": 100}}
    assert (page.next.page, page.next.instead) == (2, None)
    assert found(OVERVIEW, page=2, request=page.next).next is None


def test_an_empty_answer_that_counts_trials_is_an_error_not_an_empty_register():
    with pytest.raises(SourceError, match="gives none"):
        found(totalRecords=3)
    with pytest.raises(SourceError, match="another page"):
        found(page=0, totalRecords=3)
    assert found().entries == ()


@pytest.mark.parametrize("answer", [b'{"data": []}', b'{"pagination": {}}', b"[]", b"<html></html>", b"Forbidden"])
def test_a_search_that_changed_its_shape_says_so(answer):
    with pytest.raises(SourceError):
        CTIS.read(ctis(search=True), CTIS.first(ctis(search=True), WINDOW)[0], answer, {}, WINDOW)


def test_an_item_without_number_or_title_costs_only_itself():
    page = read(item(), item({"Sponsor": "x"}, number="none"), item(SAID | {"Trial number": "2024-1"}, number=""))
    assert (page.parsed, len(page.entries), page.note) == (3, 1, "2 trials could not be read")
    page = found(OVERVIEW, {}, None, 7, OVERVIEW | {"ctNumber": "x"})
    assert (page.parsed, len(page.entries)) == (5, 1)


def test_a_register_is_no_more_trusted_than_a_feed():
    evil = "CAR-T <script>alert(1)</script>\u202e &lt;img src=x onerror=alert(1)&gt;"
    for page in (
        read(item(SAID | {"Trial title": evil, "Sponsor": evil})),
        found(OVERVIEW | {"ctTitle": evil, "sponsor": evil}),
    ):
        for line in (page.entries[0].title, page.entries[0].trial.sponsor):
            assert "<script" not in line
            assert "<img" not in line
            assert "\u202e" not in line


@pytest.mark.parametrize(
    ("said", "phases"),
    [
        ("Therapeutic exploratory (Phase II)", ("PHASE2",)),
        ("Human Pharmacology (Phase I)- First administration to humans", ("PHASE1",)),
        ("Phase I and Phase II (Integrated)", ("PHASE1", "PHASE2")),
        ("Phase II/III", ("PHASE2", "PHASE3")),
        ("Therapeutic use (Phase IV)", ("PHASE4",)),
        ("Phase IIb", ("PHASE2",)),
        ("Not Applicable", ("NA",)),
        ("a phase in vivo", ()),
        ("", ()),
    ],
)
def test_phases_are_found_in_the_registers_own_words(said, phases):
    assert phases_in(said) == phases


def test_age_groups_have_a_youngest_and_an_oldest():
    assert ages_in("0-17 years") == (None, "17 Years")
    assert ages_in("18-64 years") == ("18 Years", "64 Years")
    assert ages_in("65+ years, 18-64 years") == ("18 Years", None)
    assert ages_in("In utero") == (None, None)


@given(st.text(max_size=80))
def test_any_status_is_a_word_or_nothing(said):
    word = status_word(said)
    assert word is None or (word == word.upper() and " " not in word)


@pytest.mark.captures
@pytest.mark.skipif(not CAPTURES.exists(), reason=f"the real records are not here: {CAPTURES}")
def test_what_real_trials_carry_of_an_overview_is_read():
    kept = (
        "ctNumber",
        "ctStatus",
        "trialCountries",
        "trialPhase",
        "ageGroup",
        "gender",
        "totalNumberEnrolled",
        "lastUpdated",
    )
    paths = sorted(CAPTURES.glob("*.json"))
    assert paths
    for path in paths:
        whole = json.loads(path.read_bytes())
        overview = {k: whole[k] for k in kept if k in whole} | {
            "ctTitle": whole.get("title") or whole.get("shortTitle")
        }
        (entry,) = found(overview).entries
        trial = entry.trial
        assert trial.number == path.stem
        assert trial.phases
        assert trial.enrollment == int(whole["totalNumberEnrolled"])
        if isinstance(whole["ctStatus"], int):
            assert trial.status == "RECRUITING"
            assert trial.countries
            assert trial.updated
