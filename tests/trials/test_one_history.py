"""A study whose number changed has one history, wherever it is told."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.entry import Trial
from pipeline.trials.history import follow, history, moved_between

OLD = Trial(number="2023-501234-12-00", registry="ctis", title="CAR-T in lupus", status="RECRUITING")
NEW = replace(OLD, number="2023-501234-12-01", former_ids=(OLD.number,), status="SUSPENDED")
RECORDS = (("2026-05", {OLD.number: OLD}), ("2026-06", {NEW.number: NEW}))


def test_a_study_with_a_new_number_has_one_history_under_both():
    (track,) = follow({issue: trials.values() for issue, trials in RECORDS}).trials
    for number in (OLD.number, NEW.number):
        stages = history(number, RECORDS)
        assert [(s.issue, s.trial.number) for s in stages] == [("2026-05", OLD.number), ("2026-06", NEW.number)]
        assert stages[1].changes == track.sightings[1].changes


def test_its_changes_are_no_new_study():
    (moved,) = moved_between(RECORDS[0][1], RECORDS[1][1])
    assert (moved.number, moved.what, moved.before, moved.after) == (NEW.number, "status", "RECRUITING", "SUSPENDED")
