"""Drafts of trial news: registry fields alone, whole sentences, nothing promised, nothing guessed."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import pytest
from trialnews import TEMPLATES, TRIAL, after, judged, said, stories

from pipeline.model.entry import ArmEvents, Trial
from pipeline.model.story import Change
from pipeline.render.trials.drafts import accepted, caveats, draft
from pipeline.trials.change_types import CHANGE_TYPES, change_type
from pipeline.trials.diff import FIELDS, changes
from pipeline.trials.news import known
from pipeline.trials.reversals import Printed, reversals

PROMISES = re.compile(
    r"\b(?:breakthrough|promising|now available|cure[sd]?|hope|join us|enrol now|sign up)\b", re.IGNORECASE
)
RAW = re.compile(r"\b(?:[A-Z]+_[A-Z_]+|PHASE\d|ESTIMATED|ACTUAL|RANDOMIZED|None|True|False)\b")


def test_a_trial_that_loses_its_comparison_group():
    now = after(allocation="NA", intervention_model="SINGLE_GROUP", masking="NONE", arms=1)
    found = said(now)
    assert found.headline == "Comparison group dropped: Velta CAR-T in lupus nephritis"
    assert found.summary.startswith(
        "The registry entry now says that “Velta CAR-T in lupus nephritis” no longer has a comparison group made by chance. "
        "Before, chance decided who got which treatment; now everyone gets the same one. The entry gives no reason."
    )
    assert "Comparison group: no." in found.summary
    assert found.caveats == (
        "Without a comparison group a study cannot show whether a treatment does better than what people get now.",
    )


def test_a_trial_that_stops_silently_with_21_of_123_people():
    found = said(after(status="ACTIVE_NOT_RECRUITING", enrollment=21, enrollment_type="ACTUAL"))
    assert found.headline == "Closed with far fewer people than planned: Velta CAR-T in lupus nephritis"
    assert found.summary.startswith(
        "The registry entry now says that “Velta CAR-T in lupus nephritis” closed to new participants with 21 people; "
        "123 had been planned. No reason is given in the registry. "
        "People already in it are still being treated or followed."
    )
    assert "We do not guess at the cause." in " ".join(found.caveats)


def test_a_trial_that_goes_back_to_not_open_yet_after_we_said_it_opened():
    printed = Printed("2026-05", Change("status", "NOT_YET_RECRUITING", "RECRUITING", "2026-05-15"))
    now = after(status="NOT_YET_RECRUITING", updated="2026-08-03")
    moved = reversals(changes(TRIAL, now), (printed,))
    assert draft(now, moved, TEMPLATES).summary.startswith(
        "Correction to our issue of May 2026: we wrote then that “Velta CAR-T in lupus nephritis” was open to new people, "
        "as its registry entry said. The entry now says that it is not open yet."
    )
    assert change_type(moved[0]).name == "reversed"


def test_a_trial_that_we_listed_as_open_when_it_was_new_is_corrected_too():
    printed = Printed("2026-05", Change("status", None, "RECRUITING"))
    assert reversals(changes(TRIAL, after(status="NOT_YET_RECRUITING")), (printed,))[0].reverses == "2026-05"


def test_a_study_that_goes_on_corrects_nothing():
    printed = Printed("2026-05", Change("status", "NOT_YET_RECRUITING", "RECRUITING"))
    assert reversals(changes(TRIAL, after(status="ACTIVE_NOT_RECRUITING")), (printed,))[0].reverses is None


def test_a_trial_that_vanishes_from_the_search_while_recruiting_gets_no_sentence():
    other = replace(TRIAL, number="NCT99990009", title="CAR-T in myasthenia gravis", conditions=("Myasthenia Gravis",))
    assert stories((TRIAL, other), other) == ()
    assert known(judged(other), {TRIAL.number: TRIAL, other.number: other})[TRIAL.number] == TRIAL


def test_a_trial_in_two_registries_is_one_study_with_both_numbers():
    both = replace(TRIAL, other_ids=("2024-512345-11-00", "ORB-201"))
    summary = said(replace(both, status="COMPLETED"), both).summary
    assert "It is one study, also registered as 2024-512345-11-00." in summary
    assert "ORB-201" not in summary


@pytest.mark.parametrize(
    ("before", "moved", "sentence", "caveat"),
    [
        ("NOT_YET_RECRUITING", {"status": "RECRUITING"}, "has begun looking for participants. 2 places are listed, in Germany and the Netherlands.", "Open to volunteers does not mean the treatment works."),
        ("RECRUITING", {"status": "ACTIVE_NOT_RECRUITING"}, "is no longer taking new participants. People already in it are still being treated or followed.", "This is a normal stage. It says nothing about results."),
        ("RECRUITING", {"status": "ENROLLING_BY_INVITATION"}, "selects participants from a group chosen in advance. People cannot apply.", "long-term follow-up"),
        ("RECRUITING", {"status": "SUSPENDED"}, "has paused and may start again. No reason is given in the registry.", "We do not guess."),
        ("RECRUITING", {"status": "SUSPENDED", "why_stopped": "Supply"}, "has paused and may start again. Reason given: “Supply”.", "We do not guess."),
        ("RECRUITING", {"status": "TERMINATED", "why_stopped": "Funding", "enrollment": 1, "enrollment_type": "ACTUAL"}, "stopped early and will not restart. Reason given: “Funding”. 1 person had joined (the plan was 123).", "Stopping early is not proof of harm or failure."),
        ("NOT_YET_RECRUITING", {"status": "WITHDRAWN", "enrollment": 0, "enrollment_type": "ACTUAL"}, "was withdrawn before anyone joined. No reason is given in the registry. 123 people had been planned.", "No participant was treated in this study."),
        ("ACTIVE_NOT_RECRUITING", {"status": "COMPLETED"}, "all planned visits in “Velta CAR-T in lupus nephritis” have finished.", "Finished is not the same as successful."),
        ("RECRUITING", {"status": "UNKNOWN", "last_known_status": "RECRUITING"}, "for about two years; the registry now lists it as unknown. The last known status was: open to new people.", "It may be running, ended or never started."),
        ("UNKNOWN", {"status": "RECRUITING"}, "is looking for participants again.", "Open to volunteers"),
        ("RECRUITING", {"status": "SOMETHING_NEW"}, "is SOMETHING_NEW. Before, the entry said: open to new people.", "nothing about results"),
    ],
)  # fmt: skip
def test_each_status_has_its_sentence_and_its_caveat(before, moved, sentence, caveat):
    found = said(after(**moved), replace(TRIAL, status=before))
    assert sentence in found.summary
    assert caveat in " ".join(found.caveats)


@pytest.mark.parametrize(
    ("moved", "sentence"),
    [
        ({"enrollment": 150}, "the planned number of participants in “Velta CAR-T in lupus nephritis” changed from 123 to 150."),
        ({"enrollment": 110, "enrollment_type": "ACTUAL"}, "110 people joined “Velta CAR-T in lupus nephritis”; 123 had been planned."),
        ({"maximum_age": "80 Years"}, "the upper age limit of “Velta CAR-T in lupus nephritis” is 80 years; it was 65 years."),
        ({"maximum_age": None}, "“Velta CAR-T in lupus nephritis” no longer has an upper age limit; it was 65 years."),
        ({"minimum_age": "12 Years"}, "the lower age limit of “Velta CAR-T in lupus nephritis” is 12 years; it was 18 years."),
        ({"conditions": ("Lupus Nephritis", "Systemic Sclerosis")}, "also names Systemic Sclerosis among its conditions."),
        ({"countries": ("Germany",)}, "no longer lists places in the Netherlands."),
        ({"countries": ("Germany", "Netherlands", "Spain")}, "lists places in Spain too."),
        ({"sites": (*TRIAL.sites, "Clinic, Ulm, Germany")}, "lists 1 new place, in Germany."),
        ({"phases": ("PHASE2", "PHASE3")}, "from a limited group to a large comparison. Before, it was: looks at effect and side effects in a limited group."),
        ({"primary_outcomes": ("Adverse events",)}, "was changed. No longer there: “Complete renal response at week 52”. New: “Adverse events”."),
        ({"sponsor": "Northgate University"}, "changed from Orbital, Inc. to Northgate University."),
        ({"interventions": ("Velta CAR-T",)}, "no longer lists “Standard of care”."),
        ({"masking": "NONE"}, "Before, it was: chance decides who gets which treatment, one side does not know who gets what, 2 groups, groups side by side."),
        ({"has_results": True, "results_posted": "2026-05-20"}, "were posted on the registry on 20 May 2026. They cover 123 people. The main question: Complete renal response at week 52."),
        ({"expanded_access": "NCT99990077"}, "there is an expanded-access programme alongside “Velta CAR-T in lupus nephritis” (NCT99990077)."),
        ({"retracted": ("12345678",)}, "a paper linked to “Velta CAR-T in lupus nephritis” was retracted (PubMed number 12345678)."),
        ({"violations": ("Notice of Noncompliance, 2026-05-01",)}, "there is a note about “Velta CAR-T in lupus nephritis”: “Notice of Noncompliance, 2026-05-01”."),
        ({"title": "Velta CAR-T in lupus"}, "has a new title. It was: “Velta CAR-T in lupus nephritis”."),
    ],
)  # fmt: skip
def test_each_other_change_has_its_sentence(moved, sentence):
    assert sentence in said(after(**moved)).summary


def test_an_expected_date_is_told_as_people_write_it():
    before = replace(TRIAL, primary_completion="2027-05-01")
    summary = said(after(before, primary_completion="2028-02"), before).summary
    assert "are expected to be complete in February 2028; before, the date was 1 May 2027." in summary


def test_serious_harms_are_counted_per_group_with_deaths():
    events = (ArmEvents(group="Velta", serious=7, serious_at_risk=40, deaths=1, deaths_at_risk=40),)
    now = after(has_results=True, arms_events=events, events_time_frame="52 weeks")
    found = said(now)
    assert (
        "In the group “Velta”, 7 of 40 people had at least one serious adverse event; 1 of 40 died (of any cause)."
        in found.summary
    )
    assert "Time looked at: 52 weeks." in found.summary
    assert "An event during a study was not necessarily caused by the treatment." in found.caveats


def test_several_changes_make_one_readable_summary():
    summary = said(after(maximum_age="75 Years", enrollment=200, countries=(*TRIAL.countries, "Spain"))).summary
    assert summary.count("The registry entry now says that") == 1
    assert summary.count("It also says that") == 1
    assert "The study lists places in Spain too." in summary
    assert summary.endswith("Sponsor: Orbital, Inc. Entry dated 22 May 2026.")


def test_every_kind_of_change_has_words_and_no_words_stand_alone():
    names = {f"trials/{each.name}.txt" for each in CHANGE_TYPES}
    there = {name for name in TEMPLATES if name.startswith("trials/")}
    assert there - names == {f"trials/{n}.txt" for n in ("_said", "facts", "fixed", "also", "new")} - names
    assert names <= there
    printed = {change_type(Change(kind.field, "a", "b")).name for kind in FIELDS}
    assert "other" not in printed


def some() -> list[Trial]:
    """The trial with each of its texts and numbers gone, one at a time."""
    gone: dict[str, Any] = {f.name: f.default for f in fields(Trial) if f.name not in ("number", "title")}
    return [replace(TRIAL, **{name: value}) for name, value in gone.items()]


@pytest.mark.parametrize("now", some())
def test_no_draft_promises_or_shows_a_registry_word(now):
    for before, later in ((TRIAL, now), (now, TRIAL)):
        found = draft(later, changes(before, later), TEMPLATES)
        assert not PROMISES.search(found.text)
        assert not RAW.search(found.text), found.text
        assert ".." not in found.text
        assert "  " not in found.text


def test_a_title_that_looks_like_a_template_or_markup_stays_a_title():
    title = "{{ 7*7 }} {% raw %} <b>x</b>\u202e\x07"
    assert "{{ 7*7 }} {% raw %} <b>x</b>" in said(after(title=title, status="COMPLETED")).headline


def test_the_caveat_of_what_a_stop_tells_already_is_not_said_twice():
    stop = changes(TRIAL, after(status="WITHDRAWN", enrollment=0, enrollment_type="ACTUAL", countries=(), sites=()))
    assert caveats(stop, "WITHDRAWN") == ("No participant was treated in this study.",)


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("Novartis", "Novartis Pharmaceuticals", False),
        ("Kite, A Gilead Company", "Kite a Gilead company", False),
        ("Hôpital Cochin", "Hopital Cochin", False),
        ("Daishi Tian", "Tongji Hospital", True),
        ("University Hospital", "University Hospital Leiden", True),
        (None, "Orbital", True),
    ],
)
def test_another_spelling_of_a_sponsor_is_no_news(before, now, moved):
    found = changes(replace(TRIAL, sponsor=before), replace(TRIAL, sponsor=now))
    assert bool(found) is moved


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("2027-05", "2027-07", False),
        ("2027-05", "2027-08", True),
        ("2027-05-20", "2027-05", False),
        ("2027", "2027-12", False),
        ("2027", "2028-01", True),
        ("2028-02", "2027-02", True),
        (None, "2027-02", False),
    ],
)
def test_a_date_is_news_when_it_moves_by_ninety_days_at_the_coarser_precision(before, now, moved):
    found = changes(replace(TRIAL, primary_completion=before), replace(TRIAL, primary_completion=now))
    assert bool(found) is moved


def item_with(now: Trial, before: Trial = TRIAL):
    from trialnews import gathered

    return gathered((before,), now).queue.queue.items[0]


def test_fixed_words_follow_from_the_registry_and_leave_harms_of_results_to_a_person():
    opened = item_with(after(), replace(TRIAL, status="NOT_YET_RECRUITING"))
    words = accepted(opened, TEMPLATES)
    assert words["who"] == "The plan is for 123 people with lupus, aged 18 years to 65 years."
    assert words["access"] == "Not available outside studies. Only the study team can say who may join this one."
    assert words["harms"] == "No results of this study are posted in the registry, so nothing is reported about harms."
    assert words["funding"] == "Sponsor: Orbital, Inc."
    stopped = accepted(item_with(after(status="TERMINATED")), TEMPLATES)
    assert stopped["who"].startswith("The plan was for 123 people with lupus")
    assert stopped["who"].endswith("How many joined is not given.")
    with_results = accepted(item_with(after(has_results=True)), TEMPLATES)
    assert "harms" not in with_results
    assert "not_known" not in with_results
