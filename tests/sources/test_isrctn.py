"""The UK's register: its XML. Documents are small and ours, in the shapes seen in September 2026."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from feed_samples import TODAY, WINDOW, source

from pipeline.errors import SourceError
from pipeline.model.settings import Topics
from pipeline.model.source import Request
from pipeline.sources import kind
from pipeline.triage.verdict import judge

API = "https://www.isrctn.com/api"
CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "registries" / "ISRCTN"
ISRCTN = kind("isrctn")
NS = "http://www.67bricks.com/isrctn"
TRIAL = """
<fullTrial>
<trial lastUpdated="2026-09-18T10:05:00.000Z" version="4" publicIdentifierCanonical="ISRCTN12345678">
<isrctn dateAssigned="2026-02-01T00:00:00.000Z">12345678</isrctn>
<trialDescription>
 <title>CAR-T cells for lupus that medicines have not held</title>
 <scientificTitle>A phase I/II trial of CD19 CAR-T cells in refractory SLE</scientificTitle>
 <primaryOutcome>Adverse events &lt; 24 weeks</primaryOutcome>
 <plainEnglishSummary>Background and study aims\nLupus is a disease in which\nthe immune system attacks the body.</plainEnglishSummary>
</trialDescription>
<externalRefs><clinicalTrialsGovNumber>NCT05030779</clinicalTrialsGovNumber><eudraCTNumber>Nil known</eudraCTNumber>
 <secondaryNumbers><secondaryNumber>1005191</secondaryNumber><secondaryNumber>2024-516838-35-00</secondaryNumber></secondaryNumbers></externalRefs>
<trialDesign><primaryStudyDesign>Interventional</primaryStudyDesign><secondaryStudyDesign>Non randomised study</secondaryStudyDesign>
 <overallEndDate>2031-10-31T00:00:00.000Z</overallEndDate></trialDesign>
<participants><recruitmentCountries><country>United Kingdom</country><country>England</country><country>Ireland</country></recruitmentCountries>
 <trialCentres><trialCentre><name>Royal Example Hospital</name><address>1 Private Road</address><city>Leeds</city><country>United Kingdom</country></trialCentre></trialCentres>
 <inclusion>Adults with SLE</inclusion><exclusion>Infection</exclusion><lowerAgeLimit>18 Years</lowerAgeLimit><gender>All</gender>
 <targetEnrolment>12</targetEnrolment><totalFinalEnrolment/>
 <recruitmentStart>2026-03-01T00:00:00.000Z</recruitmentStart><recruitmentEnd>2028-03-01T00:00:00.000Z</recruitmentEnd></participants>
<conditions><condition><description>Systemic lupus erythematosus</description></condition></conditions>
<interventions><intervention><description>One infusion of CAR-T cells</description><phase>Phase I/II</phase><drugNames>KYV-101, fludarabine</drugNames></intervention></interventions>
<results><publicationStage/></results>
<parties><sponsorId>s1</sponsorId></parties>
</trial>
<contact><forename>Ada</forename><surname>Lovelace</surname><email>ada@example.org</email></contact>
<sponsor id="s1"><organisation>University of Example</organisation></sponsor>
</fullTrial>"""


def read(*trials, total=None, request=None):
    body = (
        f'<allTrials xmlns="{NS}" totalCount="{len(trials) if total is None else total}">{"".join(trials)}</allTrials>'
    )
    return ISRCTN.read(
        source("isrctn", API), request or Request(f"{API}/query", step="trial"), body.encode(), {}, WINDOW
    )


def one(*changes):
    text = TRIAL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (entry,) = read(text).entries
    return entry


def test_treatments_are_asked_for_and_trials_we_follow_by_number():
    window = replace(WINDOW, watch=("NCT05030779", "ISRCTN12345678", "2024-516838-35-00"))
    listed, watched = ISRCTN.first(source("isrctn", API), window)
    query = {k: v[0] for k, v in parse_qs(urlsplit(listed.url).query).items()}
    assert query["limit"] == "500"
    assert '"CAR-T" OR ' in query["q"]
    assert (watched.url, watched.optional) == (f"{API}/trial/ISRCTN12345678/format/default", True)


def test_words_of_ones_own_take_the_place_of_the_kinds():
    (listed,) = ISRCTN.first(source("isrctn", f"{API}/query/format/default", options={"words": ("MB-CART19",)}), WINDOW)
    assert listed.url == f"{API}/query/format/default?q=%22MB-CART19%22&limit=500"


def test_one_trial_can_be_looked_up():
    lookup = ISRCTN.lookup
    assert lookup is not None
    assert lookup(source("isrctn", API), "isrctn12345678").url == f"{API}/trial/ISRCTN12345678/format/default"
    assert lookup(source("isrctn", API), "NCT05030779") is None


def test_an_entry_becomes_a_trial_with_its_summary_for_the_public():
    entry = one()
    trial = entry.trial
    assert (trial.number, trial.registry, entry.ids.number) == ("ISRCTN12345678", "isrctn", "ISRCTN12345678")
    assert (trial.link, trial.read_from) == ("https://www.isrctn.com/ISRCTN12345678", "isrctn")
    assert entry.summary == "Background and study aims Lupus is a disease in which the immune system attacks the body."
    assert trial.official_title == "A phase I/II trial of CD19 CAR-T cells in refractory SLE"
    assert (trial.phases, trial.study_type, trial.allocation) == (
        ("PHASE1", "PHASE2"),
        "INTERVENTIONAL",
        "NON_RANDOMIZED",
    )
    assert (trial.enrollment, trial.enrollment_type) == (12, "ESTIMATED")
    assert trial.conditions == ("Systemic lupus erythematosus",)
    assert (trial.interventions, trial.intervention_text) == (("KYV-101", "fludarabine"), "One infusion of CAR-T cells")
    assert trial.primary_outcomes == ("Adverse events < 24 weeks",)
    assert trial.countries == ("United Kingdom", "Ireland")
    assert trial.sites == ("Royal Example Hospital, Leeds, United Kingdom",)
    assert (trial.minimum_age, trial.maximum_age, trial.sex) == ("18 Years", None, "ALL")
    assert (trial.start, trial.completion) == ("2026-03-01", "2031-10-31")
    assert (trial.first_posted, trial.updated) == ("2026-02-01", "2026-09-18")
    assert trial.sponsor == "University of Example"
    assert trial.other_ids == ("NCT05030779", "1005191", "2024-516838-35-00")
    assert (trial.has_results, trial.why_stopped) == (False, None)


def test_people_and_addresses_of_an_entry_are_not_read():
    assert not any(word in repr(one()) for word in ("Lovelace", "ada@", "Private Road"))


def test_a_trial_of_our_topic_is_kept_by_the_same_rules_as_any_other():
    assert judge(one(), source("isrctn", API), Topics()).kept


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (("2027-01-01", "2028-01-01", "2029-01-01"), "NOT_YET_RECRUITING"),
        (("2026-01-01", "2028-01-01", "2029-01-01"), "RECRUITING"),
        (("2025-01-01", "2026-01-01", "2029-01-01"), "ACTIVE_NOT_RECRUITING"),
        (("2024-01-01", "2025-01-01", "2026-01-01"), "ENDED"),
    ],
)
def test_a_status_is_worked_out_from_dates_and_says_so(dates, status):
    assert TODAY.isoformat() == "2026-11-22"
    trial = one(("2026-03-01", dates[0]), ("2028-03-01", dates[1]), ("2031-10-31", dates[2])).trial
    assert (trial.status, trial.status_said.startswith("by its dates")) == (status, True)


def test_a_word_of_the_register_counts_more_than_dates_and_brings_the_reason():
    stopped = "<overallStatusOverride>Stopped</overallStatusOverride><reasonAbandoned>Lack of funding</reasonAbandoned>"
    trial = one(("<primaryStudyDesign>", f"{stopped}<primaryStudyDesign>")).trial
    assert (trial.status, trial.status_said, trial.why_stopped) == ("TERMINATED", "Stopped", "Lack of funding")


def test_who_really_joined_counts_more_than_the_plan():
    trial = one(("<totalFinalEnrolment/>", "<totalFinalEnrolment>9</totalFinalEnrolment>")).trial
    assert (trial.enrollment, trial.enrollment_type) == (9, "ACTUAL")


def test_chance_that_decides_is_seen_in_either_spelling():
    assert one(("Non randomised study", "Randomised controlled trial")).trial.allocation == "RANDOMIZED"
    assert one(("Non randomised study", "Randomized controlled trial")).trial.allocation == "RANDOMIZED"


def test_a_list_that_is_cut_is_asked_for_whole_and_then_said():
    first = ISRCTN.first(source("isrctn", API), WINDOW)[0]
    page = read(TRIAL, total=700, request=first)
    assert "limit=700" in page.next.url
    assert page.note == ""
    again = read(TRIAL, total=700, request=page.next)
    assert (again.next, again.note) == (None, "699 trials more than it returns at once")


def test_one_trial_may_stand_alone():
    body = TRIAL.replace("<fullTrial>", f'<fullTrial xmlns="{NS}">').strip().encode()
    page = ISRCTN.read(source("isrctn", API), Request(f"{API}/trial", step="trial"), body, {}, WINDOW)
    assert [e.ids.number for e in page.entries] == ["ISRCTN12345678"]


def test_an_entry_that_can_not_be_read_costs_only_itself():
    page = read(TRIAL, "<fullTrial/>", "<fullTrial><trial><isrctn>1</isrctn></trial></fullTrial>")
    assert (page.parsed, len(page.entries), page.note) == (3, 1, "2 trials could not be read")


@pytest.mark.parametrize(
    ("body", "what", "page"),
    [
        (b"", "empty", False),
        (b"Invalid query", "ISRCTN answered: Invalid query", False),
        (b"<!DOCTYPE html><html></html>", "web page", True),
        (b"<allTrials><fullTrial>", "is cut off", False),
        (b"<rss/>", "not the register", False),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><allTrials>&b;</allTrials>', "entities", False),
    ],
)
def test_what_is_no_answer_is_told(body, what, page):
    with pytest.raises(SourceError) as caught:
        ISRCTN.read(source("isrctn", API), Request(API, step="list x"), body, {}, WINDOW)
    assert what in caught.value.what
    assert caught.value.page == page


def as_xml(name, value):
    """Write a real entry, kept as JSON elsewhere, back as the XML it came from; its attributes were lost on that way."""
    if isinstance(value, list):
        return [element for each in value for element in as_xml(name, each)]
    element = ET.Element(name)
    if isinstance(value, dict):
        element.extend(child for key, inner in value.items() for child in as_xml(key, inner))
    else:
        element.text = str(value)
    return [element]


@pytest.mark.captures
@pytest.mark.skipif(not CAPTURES.exists(), reason=f"the real entries are not here: {CAPTURES}")
def test_every_real_entry_is_read():
    paths = sorted(CAPTURES.glob("*.json"))
    assert paths
    statuses = set()
    for path in paths:
        (trial,) = as_xml("trial", json.loads(path.read_bytes()))
        full = ET.Element("fullTrial")
        full.append(trial)
        (entry,) = read(ET.tostring(full, encoding="unicode")).entries
        found = entry.trial
        assert found.number == f"ISRCTN{path.stem}"
        assert found.summary
        assert found.conditions
        assert found.countries
        assert found.primary_outcomes
        assert found.allocation == "RANDOMIZED"
        assert found.enrollment
        assert found.start
        statuses.add(found.status)
    assert {"TERMINATED", "RECRUITING", "ENDED"} <= statuses
