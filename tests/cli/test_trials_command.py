"""`hope trials` and `hope accept`: what is tracked, what changed, and drafts taken over by a person."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from newsrooms import REPO, Room
from registries import NO_NEWS
from trialnews import TRIAL, after, gathered

from pipeline.files import Folder
from pipeline.model.entry import Trial
from pipeline.report.trials import table
from pipeline.sources.clinicaltrials import REGISTRY
from pipeline.sources.parts.trial import make_trial
from pipeline.store import Newsroom
from pipeline.trials.history import history, moved_between, since

REPLAY = Path(__file__).resolve().parents[3] / "shared" / "captures" / "trials" / "replay"
NEW = replace(
    TRIAL, number="NCT99990014", title="In-body CAR-T in lupus", status="NOT_YET_RECRUITING", first_posted="2026-06-02"
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A newsroom with the records of two issues and a queue for the second."""
    (tmp_path / "sources.yml").write_text((REPO / "sources.yml").read_text(encoding="utf-8"), encoding="utf-8")
    inside = Newsroom(Folder(tmp_path, tmp_path / ".cache"), {})
    now = after(
        status="TERMINATED", why_stopped="Funding", enrollment=21, enrollment_type="ACTUAL", updated="2026-06-12"
    )
    inside.save_trials("2026-05", {TRIAL.number: TRIAL})
    inside.save_trials("2026-06", {TRIAL.number: now, NEW.number: NEW})
    room = Room(tmp_path, "2026-06")
    room.write(
        gathered((TRIAL,), now, NEW)
        .queue.text.replace("2026-05/", "2026-06/")
        .replace("issue: 2026-05", "issue: 2026-06")
    )
    return room


def test_the_table_says_each_status_in_plain_words_and_the_registrys_own(room):
    said = room.hope("trials")
    assert said.code == 0
    assert "2 trials, as the registries listed them for issue 2026-06" in said.out
    (line,) = [one for one in said.out.splitlines() if one.startswith(TRIAL.number)]
    assert line.split() == [TRIAL.number, "stopped", "TERMINATED", "2", "21", "2026-06-12", "Germany,", "Netherlands"]


def test_csv_and_json_hold_the_same_trials(room):
    rows = list(csv.DictReader(io.StringIO(room.hope("trials", "--format", "csv").out)))
    plain = json.loads(room.hope("trials", "--format", "json").out)
    assert [r["nct"] for r in rows] == [p["nct"] for p in plain] == [TRIAL.number, NEW.number]
    assert (plain[0]["status"], plain[0]["registry_status"], plain[0]["people"]) == ("stopped", "TERMINATED", 21)


def test_a_cell_that_a_spreadsheet_would_run_is_text():
    rows = list(csv.DictReader(io.StringIO(table([replace(TRIAL, title='=HYPERLINK("x")')], "2026-05", "csv"))))
    assert rows[0]["title"] == '\'=HYPERLINK("x")'


def test_one_trial_is_told_with_its_reason(room):
    said = room.hope("trials", TRIAL.number.lower())
    assert f"{TRIAL.number}  {TRIAL.title}" in said.out
    assert "stopped (registry: TERMINATED)" in said.out
    assert "reason        Funding" in said.out
    assert "people        21 in it" in said.out


def test_one_trial_of_an_earlier_issue_is_as_it_was_then(room):
    assert "open (registry: RECRUITING)" in room.hope("trials", TRIAL.number, "--issue", "2026-05").out


def test_since_leaves_out_what_was_not_touched(room):
    out = room.hope("trials", "--since", "2026-06-01").out
    assert TRIAL.number in out
    assert NEW.number not in out


def test_changes_are_named_and_told_with_before_and_after(room):
    found = json.loads(room.hope("trials", "--changes", "2026-06", "--format", "json").out)
    assert found == [
        {"nct": TRIAL.number, "what": "status", "before": "RECRUITING", "after": "TERMINATED", "date": "2026-06-12"},
        {"nct": TRIAL.number, "what": "enrollment", "before": "123", "after": "21", "date": "2026-06-12"},
        {"nct": NEW.number, "what": "new", "before": None, "after": "NOT_YET_RECRUITING", "date": "2026-06-02"},
    ]


def test_changes_read_as_text_too(room):
    assert "3 changes of 2 trials between 2026-05 and 2026-06" in room.hope("trials", "--changes", "2026-06").out


def test_the_first_record_has_no_changes(room):
    assert json.loads(room.hope("trials", "--changes", "2026-05", "--format", "json").out) == []
    assert "the comparison starts with its trials" in room.hope("trials", "--changes", "2026-05").out


@pytest.mark.parametrize("words", [("--history", TRIAL.number), ("history", TRIAL.number)])
def test_the_history_of_a_trial_goes_through_all_issues(room, words):
    out = room.hope("trials", *words).out
    assert "2026-05  first met RECRUITING" in out
    assert "2026-06  status: RECRUITING -> TERMINATED (2026-06-12)" in out


@pytest.mark.parametrize(
    "words", [("NCT00000000",), ("history", "NCT00000000"), (TRIAL.number, NEW.number), ("history",)]
)
def test_what_is_not_tracked_is_wrong_use_and_says_what_to_do(room, words):
    said = room.hope("trials", *words)
    assert said.code == 2
    assert "Traceback" not in said.text
    assert "hope trials" in said.err


def test_a_newsroom_without_trials_says_how_to_start(tmp_path):
    (tmp_path / "sources.yml").write_text((REPO / "sources.yml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "hope gather" in Room(tmp_path).hope("trials").out


def test_a_draft_is_accepted_and_taken_back_to_the_byte(room):
    before = room.queue_file.read_text()
    stopped = next(i for i in room.items if i.change)
    said = room.hope("accept", stopped.id)
    assert said.code == 0
    item = next(i for i in room.items if i.id == stopped.id)
    assert item.draft == f"{item.headline}\n\n{item.summary}"
    assert item.who == "21 people with lupus joined, aged 18 years to 65 years."
    assert item.status == "pending"
    assert room.hope("accept", "--undo", stopped.id).code == 0
    undone = next(i for i in room.items if i.id == stopped.id)
    assert not any(getattr(undone, name) for name in ("headline", "summary", "harms", "not_known", "who", "access"))
    assert room.queue_file.read_text().replace(': ""', ":") == before


def test_an_editors_own_words_are_never_replaced_by_a_draft(room):
    stopped = next(i for i in room.items if i.change)
    room.hope("accept", stopped.id)
    words = next(i for i in room.items if i.id == stopped.id).headline
    room.write(room.queue_file.read_text().replace(json.dumps(words, ensure_ascii=False), '"My words"', 1))
    again = room.hope("accept", stopped.id)
    assert "nothing to do" in again.out
    room.hope("accept", "--undo", stopped.id)
    assert next(i for i in room.items if i.id == stopped.id).headline == "My words"


def test_what_has_no_draft_is_told(room):
    text = room.queue_file.read_text()
    room.write(
        text[: text.index("items:")]
        + "items:\n- id: 2026-06/a\n  status: pending\n  section: research\n  title: T\n  source: jei\n"
    )
    said = room.hope("accept", "2026-06/a")
    assert said.code == 2
    assert "no draft" in said.err


def test_a_whole_group_is_approved_in_one_go(room):
    assert room.hope("approve", "--group", "stopped").code == 0
    assert {i.section: str(i.status) for i in room.items} == {"stopped": "approved", "trials": "pending"}
    assert room.hope("approve", "--section", "trials").code == 0
    assert {str(i.status) for i in room.items} == {"approved"}


def test_an_empty_group_and_no_ids_are_wrong_use(room):
    for words in (("approve", "--group", "results"), ("approve",), ("accept",)):
        said = room.hope(*words)
        assert said.code == 2
        assert "hope queue" in said.err


def test_a_history_leaves_out_issues_in_which_nothing_moved():
    records = [
        ("2026-04", {}),
        ("2026-05", {TRIAL.number: TRIAL}),
        ("2026-06", {TRIAL.number: TRIAL}),
        ("2026-07", {TRIAL.number: after(status="COMPLETED")}),
    ]
    assert [(s.issue, len(s.changes)) for s in history(TRIAL.number, records)] == [("2026-05", 0), ("2026-07", 1)]


def test_a_trial_is_found_by_its_number_in_another_registry():
    both = replace(TRIAL, other_ids=("2024-512345-11-00",))
    assert history("2024-512345-11-00", [("2026-05", {both.number: both})])[0].trial is both


def test_since_compares_dates_as_far_as_they_are_given():
    month = replace(TRIAL, updated="2026-06")
    assert since([month], "2026-06-15") == (month,)
    assert since([replace(TRIAL, updated=None)], "2026-06-15") == ()


@pytest.mark.captures
@pytest.mark.skipif(not REPLAY.exists(), reason="the dated registry states are not beside the checkout")
def test_the_changes_of_real_months_are_the_expected_rows():
    days = ("2026-05-08", "2026-05-31", "2026-06-30")

    def state(day: str) -> dict[str, Trial]:
        studies = json.loads((REPLAY / f"{day}.json").read_text("utf-8"))["studies"]
        return {t.number: t for t in (make_trial(each, REGISTRY) for each in studies)}

    states = [state(day) for day in days]
    found = {
        (day, m.number, m.what, m.before or "", m.after or "")
        for day, old, new in zip(days[1:], states[:-1], states[1:], strict=True)
        for m in moved_between(old, new)
    }
    with (REPLAY / "expected_changes.tsv").open(encoding="utf-8", newline="") as lines:
        rows = {
            (r["as_of"], r["nct"], r["what"], r["before"], r["after"])
            for r in csv.DictReader(lines, delimiter="\t")
            if (r["as_of"], r["nct"], r["what"]) not in NO_NEWS
        }
    assert (sorted(rows - found), sorted(found - rows)) == ([], [])
