"""Changes of a trial: the turns that matter are seen, cosmetics are not."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registries import NO_NEWS

from pipeline.model.entry import ArmEvents, Trial
from pipeline.model.story import Change
from pipeline.trials.diff import FIELDS, changes

REPLAY = Path(__file__).resolve().parents[3] / "shared" / "captures" / "trials" / "replay"

TRIAL = Trial(
    number="NCT99990005",
    title="Velta-cel in lupus nephritis versus standard of care",
    status="RECRUITING",
    phases=("PHASE2",),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="SINGLE",
    arms=3,
    enrollment=120,
    enrollment_type="ESTIMATED",
    conditions=("Lupus Nephritis",),
    interventions=("Velta-cel", "Standard of care"),
    primary_outcomes=("Complete renal response at week 52",),
    sponsor="Orbital",
    countries=("Germany", "Netherlands"),
    sites=("University Hospital, Leiden, Netherlands", "Klinikum, Beispielstadt, Germany"),
    minimum_age="18 Years",
    maximum_age="65 Years",
    updated="2026-05-07",
)


def fields(found: tuple[Change, ...]) -> list[str]:
    return [c.field for c in found]


def test_a_lost_comparison_group_is_seen_though_the_status_stays():
    after = replace(TRIAL, allocation="NA", masking="NONE", arms=1, maximum_age="75 Years", updated="2026-05-22")
    found = changes(TRIAL, after)
    assert fields(found) == ["design", "maximum age"]
    assert found[0] == Change(
        "design",
        "allocation RANDOMIZED, masking SINGLE, arms 3, model PARALLEL",
        "allocation NA, masking NONE, arms 1, model PARALLEL",
        "2026-05-22",
    )


def test_allocation_that_vanishes_is_a_lost_comparison_group_too():
    assert fields(changes(TRIAL, replace(TRIAL, allocation=None))) == ["design"]


def test_absent_and_na_allocation_mean_the_same():
    single = replace(TRIAL, allocation="NA", masking="NONE", arms=None)
    assert changes(single, replace(single, allocation=None, masking=None, intervention_model=None, arms=1)) == ()


def test_a_stop_carries_the_sponsors_own_reason():
    after = replace(TRIAL, status="TERMINATED", why_stopped="Slow enrolment; low response rate", updated="2026-05-20")
    assert changes(TRIAL, after) == (
        Change("status", "RECRUITING", "TERMINATED", "2026-05-20", "Slow enrolment; low response rate"),
    )


def test_a_reason_given_after_the_stop_is_told_once():
    stopped = replace(TRIAL, status="TERMINATED")
    assert fields(changes(stopped, replace(stopped, why_stopped="Funding"))) == ["why stopped"]


def test_nobody_joined_is_a_change_from_twenty_to_nought():
    before = replace(TRIAL, status="NOT_YET_RECRUITING", enrollment=20, enrollment_type=None)
    after = replace(before, status="WITHDRAWN", enrollment=0, why_stopped="Funding")
    assert [(c.field, c.before, c.after) for c in changes(before, after)] == [
        ("status", "NOT_YET_RECRUITING", "WITHDRAWN"),
        ("enrollment", "20", "0"),
    ]


def test_planned_becomes_actual_is_told_with_both_numbers():
    after = replace(TRIAL, enrollment=9, enrollment_type="ACTUAL")
    assert [(c.before, c.after) for c in changes(TRIAL, after)] == [("120 ESTIMATED", "9 ACTUAL")]


def test_a_number_type_one_state_does_not_give_is_no_change():
    assert changes(TRIAL, replace(TRIAL, enrollment_type=None)) == ()


def test_a_swapped_site_is_seen_though_the_count_stays():
    after = replace(TRIAL, sites=("University Hospital, Leiden, Netherlands", "Klinik, Muster-Ulm, Germany"))
    assert [(c.field, c.before, c.after) for c in changes(TRIAL, after)] == [
        ("sites", "Klinikum, Beispielstadt, Germany", "Klinik, Muster-Ulm, Germany"),
    ]


def test_a_new_country_names_only_what_was_added():
    after = replace(TRIAL, countries=(*TRIAL.countries, "Spain"))
    assert [(c.field, c.before, c.after) for c in changes(TRIAL, after)] == [("countries", None, "Spain")]


def test_posted_results_are_told():
    assert [(c.before, c.after) for c in changes(TRIAL, replace(TRIAL, has_results=True))] == [("not posted", "posted")]


@pytest.mark.parametrize(
    ("field", "moved"),
    [
        ("phase", {"phases": ("PHASE1", "PHASE2")}),
        ("minimum age", {"minimum_age": "16 Years"}),
        ("maximum age", {"maximum_age": None}),
        ("conditions", {"conditions": ("Lupus Nephritis", "Systemic Sclerosis")}),
        ("interventions", {"interventions": ("Velta-cel",)}),
        ("primary outcome", {"primary_outcomes": ("Adverse events at week 24",)}),
        ("sponsor", {"sponsor": "Northgate University"}),
        ("title", {"title": "Velta-cel in lupus nephritis, open-label"}),
    ],
)
def test_each_other_kind_is_told_alone_and_by_its_name(field, moved):
    assert fields(changes(TRIAL, replace(TRIAL, **moved))) == [field]


@given(st.randoms(use_true_random=False))
def test_cosmetic_updates_yield_nothing(random):
    """Only verification dates, letter case, spacing and list order moved."""

    def jumble(text: str) -> str:
        return "  ".join(w.upper() if random.random() < 0.5 else w for w in text.split())

    def shuffled(parts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(random.sample([jumble(p) for p in parts], len(parts)))

    after = replace(
        TRIAL,
        updated="2026-05-30",
        title=jumble(TRIAL.title),
        sponsor=jumble(TRIAL.sponsor or ""),
        sites=shuffled(TRIAL.sites),
        countries=shuffled(TRIAL.countries),
        interventions=shuffled(TRIAL.interventions),
    )
    assert changes(TRIAL, after) == ()


def places(*sites: str) -> Trial:
    return replace(TRIAL, sites=sites)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Local Institution - 0014, Düsseldorf, Germany", "Universitaetsklinikum Duesseldorf, Duesseldorf, Germany"),
        ("Nkarta Investigational Site, Summit, United States", "Overlook Hospital, Summit, United States"),
        ("Centre Hospitalier, Nice, France", "Research Site 40, Nice, France"),
        ("Local Institution - 0102, Crownhill, Plymouth, United Kingdom", "Derriford Hospital, University Hospitals, Crownhill, Plymouth, United Kingdom"),
        ("Local Institution - 0106, Scottsdale, United States", "Local Institution - 0106, Phoenix, United States"),
        ("Site 7, Ulm, Germany", "Site Number 12, Ulm, Germany"),
        ("Concord General Hospital, Sydney, Australia", "Concord General Hospital, Syndey, Australia"),
        ("Universitätsklinikum Ulm, Ulm, Germany", "Universitatsklinikum Ulm, Ulm, Germany"),
        ("University Hospital Ghent, Ghent, Belgium", "Ghent University Hospital, Ghent, Belgium"),
    ],
)  # fmt: skip
def test_a_site_that_gets_a_name_or_another_spelling_is_no_news(before, after):
    other = "Klinikum, Beispielstadt, Germany"
    assert changes(places(before, other), places(other, after)) == ()
    assert changes(places(after, other), places(other, before)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Local Institution - 0014, Düsseldorf, Germany", "Universitätsklinikum Essen, Essen, Germany"),
        ("Hospital One, Ulm, Germany", "Hospital Two, Ulm, Germany"),
        ("Research Site 3, Ulm, Germany", "Research Site 4, Essen, Germany"),
        ("Research Site, Kanazawa, Japan", "Research Site, Ishikawa, Japan"),
        ("Hunan Hospital, China", "Henan Hospital, China"),
        ("Clinic 1, Ulm, Germany", "Clinic 2, Ulm, Germany"),
    ],
)
def test_a_site_that_was_swapped_for_another_is_news(before, after):
    found = changes(places(before), places(after))
    assert [(c.field, c.before, c.after) for c in found] == [("sites", before, after)]


def test_one_site_without_a_name_stands_for_one_that_has_a_name():
    bare, town = "Local Institution - 0003, Milan, Italy", "Milan, Italy"
    found = changes(places(bare), places(f"Hospital A, {town}", f"Hospital B, {town}"))
    assert [(c.before, c.after) for c in found] == [(None, f"Hospital B, {town}")]


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("CAR-T of Zolacaptagene in scleroderma", "CAR-T of zolacabtagene in scleroderma", False),
        ("Anti-CD19 CAR-T in Pateints With Lupus", "Anti CD19 CAR-T in patients with lupus", False),
        ("A study in Sjögren's disease", "A study in Sjogren’s disease", False),
        ("CD19 CAR-T in lupus", "CD20 CAR-T in lupus", True),
        ("CAR-T in rheumatoid arthritis", "CAR-T in giant-cell arteritis", True),
        ("CAR-T in giant cell arthritis", "CAR-T in giant cell arteritis", True),
        ("Symptomatic lupus and CAR-T", "Asymptomatic lupus and CAR-T", True),
        ("Phase 1 of CAR-T in lupus", "Phase 2 of CAR-T in lupus", True),
        ("CAR-T in lupus with nephritis", "CAR-T in lupus without nephritis", True),
    ],
)
def test_a_slip_that_was_mended_in_a_title_is_no_news(before, after, news):
    found = changes(replace(TRIAL, title=before), replace(TRIAL, title=after))
    assert fields(found) == (["title"] if news else [])


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("Tongji Hospital", "Hospital, Tongji", False),
        ("Northgate Univeristy", "Northgate University", False),
        ("Universität Ulm", "Universitaet Ulm", False),
        ("Hunan Provincial Hospital", "Henan Provincial Hospital", True),
        ("Shaanxi People's Hospital", "Shanxi People's Hospital", True),
        ("Daishi Tian", "Tongji Hospital", True),
        (None, "Tongji Hospital", True),
    ],
)
def test_a_sponsor_in_another_order_or_spelling_is_the_same_sponsor(before, after, news):
    found = changes(replace(TRIAL, sponsor=before), replace(TRIAL, sponsor=after))
    assert fields(found) == (["sponsor"] if news else [])


def test_every_kind_has_its_own_name():
    assert len({k.field for k in FIELDS}) == len(FIELDS)


def read(study: dict[str, Any]) -> Trial:
    """Read the fields that the dated states carry."""
    p = study["protocolSection"]
    design = p.get("designModule", {})
    places = p.get("contactsLocationsModule", {}).get("locations", [])
    return Trial(
        number=p["identificationModule"]["nctId"],
        title=p["identificationModule"].get("briefTitle", ""),
        status=p["statusModule"].get("overallStatus"),
        phases=tuple(design.get("phases", ())),
        enrollment=design.get("enrollmentInfo", {}).get("count"),
        conditions=tuple(p.get("conditionsModule", {}).get("conditions", ())),
        interventions=tuple(i["name"] for i in p.get("armsInterventionsModule", {}).get("interventions", ())),
        primary_outcomes=tuple(o["measure"] for o in p.get("outcomesModule", {}).get("primaryOutcomes", ())),
        sponsor=p.get("sponsorCollaboratorsModule", {}).get("leadSponsor", {}).get("name"),
        countries=tuple(dict.fromkeys(x["country"] for x in places if x.get("country"))),
        sites=tuple(", ".join(x.get(k, "") for k in ("facility", "city", "country")) for x in places),
        minimum_age=p.get("eligibilityModule", {}).get("minimumAge"),
        maximum_age=p.get("eligibilityModule", {}).get("maximumAge"),
        updated=p["statusModule"].get("lastUpdatePostDateStruct", {}).get("date"),
        has_results=study.get("hasResults", False),
    )


@pytest.mark.captures
@pytest.mark.skipif(not REPLAY.exists(), reason="the dated registry states are not beside the checkout")
def test_the_changes_of_real_trials_are_the_expected_ones():
    days = ("2026-05-08", "2026-05-31", "2026-06-30")
    states = [
        {t.number: t for t in map(read, json.loads((REPLAY / f"{day}.json").read_text("utf-8"))["studies"])}
        for day in days
    ]
    found = {
        (day, nct, change.field)
        for day, old, new in zip(days[1:], states[:-1], states[1:], strict=True)
        for nct in old.keys() & new.keys()
        for change in changes(old[nct], new[nct])
    }
    with (REPLAY / "expected_changes.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    expected = {(r["as_of"], r["nct"], r["what"]) for r in rows if r["what"] != "new"} - NO_NEWS
    assert (sorted(expected - found), sorted(found - expected)) == ([], [])


def test_what_a_registry_does_not_say_of_harms_is_not_printed_as_none() -> None:
    """A reader must never meet the program's word for nothing where a count of deaths belongs."""
    assert str(ArmEvents(group="A", serious=7, serious_at_risk=40)) == "A: serious 7 of 40, deaths not reported"
    assert str(ArmEvents(group="A", serious=7, deaths=0, deaths_at_risk=40)) == "A: serious 7, deaths 0 of 40"
