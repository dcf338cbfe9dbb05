"""One study in several registries is one trial, by its numbers alone; a number proves nothing when two claim it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.evidence import Evidence
from pipeline.model.names import Section
from pipeline.model.story import About, Judged, Verdict
from pipeline.sources import registries
from pipeline.trials.identity import keep_silent, merge_registries, renamed, settle
from pipeline.trials.news import known, news_of
from pipeline.trials.record import read_trials, write_trials

CTIS = "2024-516838-35-00"
EUDRACT = "2019-000123-45"
KEPT = Verdict(kept=True, reason="", about=About(), evidence=Evidence(), section=Section.TRIALS)


def trial(number: str, registry: str = "clinicaltrials", **fields: Any) -> Trial:
    return Trial(number=number, title=f"Study {number}", registry=registry, **fields)


def judged(given: Trial, verdict: Verdict = KEPT) -> Judged:
    return Judged(Entry(source=given.registry, title=given.title, ids=Ids(number=given.number), trial=given), verdict)


def numbers(found: tuple[Judged, ...]) -> list[str]:
    return [j.entry.trial.number for j in found if j.entry.trial]


def test_a_study_in_three_registries_is_one_and_the_one_that_says_most_leads():
    found = merge_registries(
        [
            judged(trial(CTIS, "ctis")),
            judged(trial("ISRCTN12345678", "isrctn", other_ids=("NCT00000001", "1005191"))),
            judged(trial("NCT00000001", other_ids=(f"EU CT {CTIS}", "CAR-LUP-1"))),
        ],
        registries(),
    )
    assert numbers(found) == ["NCT00000001"]
    assert set(found[0].entry.trial.other_ids) >= {"ISRCTN12345678", "CAR-LUP-1"}


def test_the_eudract_number_that_two_registries_name_joins_them():
    found = merge_registries(
        [
            judged(trial("NCT00000001", other_ids=(EUDRACT,))),
            judged(trial("ISRCTN12345678", "isrctn", other_ids=(EUDRACT,))),
        ],
        registries(),
    )
    assert numbers(found) == ["NCT00000001"]


def test_titles_never_join():
    same = [replace(trial("NCT00000001"), title="A study"), replace(trial(CTIS, "ctis"), title="A study")]
    assert len(merge_registries([judged(t) for t in same], registries())) == 2


def test_a_follow_up_study_that_names_its_parent_stays_a_study_of_its_own():
    parent, follow_up = trial("NCT00000001"), trial("NCT00000002", other_ids=("NCT00000001",))
    assert numbers(merge_registries([judged(parent), judged(follow_up)], registries())) == [
        "NCT00000001",
        "NCT00000002",
    ]


def test_a_number_that_two_studies_of_one_registry_claim_joins_nothing():
    claim: dict[str, Any] = {"other_ids": (EUDRACT,)}
    found = merge_registries(
        [
            judged(trial("NCT00000001", **claim)),
            judged(trial("NCT00000002", **claim)),
            judged(trial("ISRCTN12345678", "isrctn", **claim)),
        ],
        registries(),
    )
    assert len(found) == 3


def test_an_entry_that_is_no_registrys_passes_untouched():
    paper = Judged(Entry(source="j", title="NCT00000001", ids=Ids(doi="10.1/x")), KEPT)
    assert merge_registries([paper, judged(trial("NCT00000001"))], registries())[0] is paper


def test_the_study_is_kept_when_any_of_its_entries_was():
    out = replace(KEPT, kept=False, reason="no-therapy")
    found = merge_registries(
        [judged(trial("NCT00000001", other_ids=(CTIS,)), out), judged(trial(CTIS, "ctis"))], registries()
    )
    assert [(j.entry.trial.number, j.verdict.kept) for j in found] == [("NCT00000001", True)]


def test_numbers_are_found_in_what_people_typed():
    said = ("ISRCTN 12345678", f"EudraCT {EUDRACT}", CTIS, "nct00000001", "DRKS00012345", "ChiCTR2400081234", "1005191")
    assert set(registries().numbers_in(said)) == {
        "ISRCTN12345678",
        EUDRACT,
        CTIS,
        "NCT00000001",
        "DRKS00012345",
        "CHICTR2400081234",
    }
    assert registries().numbers_in(("2024-516838-35-00-1", "X2019-000123-456")) == ()


def test_a_day_without_the_better_registry_keeps_its_state_and_nothing_is_new():
    before = {"NCT00000001": trial("NCT00000001", status="RECRUITING", other_ids=(CTIS,))}
    settled = settle([judged(trial(CTIS, "ctis", status="SUSPENDED"))], before, {"ctis"}, registries())
    assert settled.judged == ()
    assert known(settled.judged, settled.known) == before


def test_a_study_that_a_better_registry_lists_now_moves_over_without_a_word():
    before = {CTIS: trial(CTIS, "ctis", status="ENDED", enrollment=54)}
    now = judged(trial("NCT00000001", status="COMPLETED", enrollment=50, other_ids=(CTIS,)))
    settled = settle(
        [now, judged(trial(CTIS, "ctis", status="ENDED"))], before, {"ctis", "clinicaltrials"}, registries()
    )
    baseline, speak = renamed(before, settled.judged, registries())
    from feed_samples import WINDOW

    assert news_of(speak, baseline, WINDOW, registries()) == ()
    assert list(known(speak, settled.known)) == ["NCT00000001"]


def test_a_new_number_takes_the_old_ones_place():
    before = {"NCT00000001": trial("NCT00000001", status="RECRUITING")}
    now, _ = renamed(
        before, [judged(trial("NCT00000009", status="TERMINATED", former_ids=("NCT00000001",)))], registries()
    )
    assert {n: t.status for n, t in now.items()} == {"NCT00000009": "RECRUITING"}


def test_a_field_no_trial_has_any_more_keeps_its_value_and_is_remarked_on():
    before = {n: trial(n, phases=("PHASE1",), enrollment=5) for n in ("NCT00000001", "NCT00000002")}
    met = [judged(trial("NCT00000001", enrollment=0)), judged(trial("NCT00000002", enrollment=0))]
    found, notes = keep_silent(met, before, registries())
    assert [(j.entry.trial.phases, j.entry.trial.enrollment) for j in found] == [(("PHASE1",), 0)] * 2
    assert "no longer gives phases for any trial" in notes[0]


def test_a_field_one_trial_still_has_was_really_emptied_in_the_others():
    before = {n: trial(n, phases=("PHASE1",)) for n in ("NCT00000001", "NCT00000002")}
    met = [judged(trial("NCT00000001")), judged(trial("NCT00000002", phases=("PHASE1",)))]
    found, notes = keep_silent(met, before, registries())
    assert [j.entry.trial.phases for j in found] == [(), ("PHASE1",)]
    assert notes == ()


def test_a_reason_for_stopping_goes_when_a_study_goes_on():
    before = {"NCT00000001": trial("NCT00000001", status="SUSPENDED", why_stopped="Funding")}
    found, _ = keep_silent([judged(trial("NCT00000001", status="RECRUITING"))], before, registries())
    assert found[0].entry.trial.why_stopped is None


def test_a_study_that_was_not_met_is_remarked_on_only_where_it_was_asked_by_number():
    before = {n: trial(n, r) for n, r in (("NCT00000001", "clinicaltrials"), (CTIS, "ctis"))}
    assert "NCT00000001" in settle([], before, {"clinicaltrials", "ctis"}, registries()).notes[0]
    assert settle([], before, {"ctis"}, registries()).notes == ()


def test_what_is_kept_is_read_back_as_it_was():
    trials = {
        "NCT00000001": trial(
            "NCT00000001",
            sites=("B", "A"),
            has_results=True,
            read_from="clinicaltrials 2026-06-30",
            checked="2026-06-30",
        ),
        "NCT00000002": trial("NCT00000002", read_from="clinicaltrials 2026-05-31", checked="2026-05-31"),
        "NCT00000003": trial("NCT00000003", read_from="clinicaltrials 2026-06-30", checked="2026-06-30"),
        CTIS: trial(CTIS, "ctis", read_from="ctis rss"),
    }
    written = write_trials(trials)
    back = read_trials(written.decode())
    assert back == trials | {"NCT00000001": replace(trials["NCT00000001"], sites=("A", "B"))}
    assert write_trials(back) == written
