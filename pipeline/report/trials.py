"""What `hope trials` says: tracked trials as a table, as CSV, as JSON; one trial; changes; a history. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from pipeline.flow.trials import OneTrial, TrialChanges, TrialHistory, TrialList
from pipeline.model.entry import Trial
from pipeline.model.names import Format
from pipeline.model.registry import STOPPED, TrialStatus
from pipeline.model.story import Change
from pipeline.model.strict import as_written
from pipeline.text import cell, clip, count, plain
from pipeline.trials.history import HistoryStep, Moved

COLUMNS = (
    "nct", "status", "registry_status", "phase", "people", "people_type", "countries", "sites", "sponsor", "updated",
    "results", "title", "link",
)  # fmt: skip


PLAIN_STATUS = {
    TrialStatus.NOT_YET_RECRUITING: "not open yet",
    TrialStatus.RECRUITING: "open",
    TrialStatus.ENROLLING_BY_INVITATION: "by invitation",
    TrialStatus.ACTIVE_NOT_RECRUITING: "closed",
    TrialStatus.COMPLETED: "finished",
    TrialStatus.UNKNOWN: "not confirmed",
} | dict.fromkeys(STOPPED - {TrialStatus.NO_LONGER_AVAILABLE}, "stopped")

_PHASES = {
    "EARLY_PHASE1": "early 1",
    "PHASE1": "1",
    "PHASE2": "2",
    "PHASE3": "3",
    "PHASE4": "4",
}


def show(answer: TrialList | OneTrial | TrialChanges | TrialHistory, form: Format) -> str:
    """Write the answer to a question about trials, as text, CSV or JSON."""
    match answer:
        case TrialList(issue, trials):
            return table(trials, issue, form)
        case OneTrial(issue, trial):
            return one(trial, issue, form)
        case TrialChanges(issue, before, moved):
            return change_table(moved, issue, before, form)
        case TrialHistory(number, steps):
            return history(number, steps, form)


def table(trials: Sequence[Trial], issue: str, form: str) -> str:
    """List trials: a line each as text, else all columns."""
    rows = [_row(trial) for trial in trials]
    if form != "text":
        return _written(rows, COLUMNS, form)
    if not rows:
        return "No trials are tracked here yet. With a registry among the sources, `hope gather` starts tracking."
    head = f"{'trial':<14} {'status':<13} {'registry':<23} {'phase':<7} {'people':>6}  {'updated':<10} countries"
    lines = [f"{count(len(rows), 'trial')}, as the registries listed them for issue {issue}", head]
    for r in rows:
        people = "-" if r["people"] is None else str(r["people"])
        where = plain(str(r["countries"]).replace("|", ", "), 30) if r["countries"] else "-"
        lines.append(
            f"{clip(str(r['nct']), 14):<14} {clip(str(r['status']), 13):<13} {clip(str(r['registry_status']), 23):<23} "
            f"{r['phase']:<7} {people:>6}  {r['updated'] or '-':<10} {where}"
        )
    return "\n".join(lines)


def one(trial: Trial, issue: str, form: str) -> str:
    """Tell all that is kept of a trial."""
    if form != "text":
        return _written([_row(trial)], COLUMNS, form)
    row = _row(trial)
    said = [f"{trial.number}  {plain(trial.title, 200)}", f"  as the registry listed it for issue {issue}"]
    for name, value in (
        ("status", f"{row['status']} (registry: {trial.status or 'not given'})"),
        ("reason", trial.why_stopped),
        ("phase", row["phase"]),
        ("people", None if trial.enrollment is None else f"{trial.enrollment} {_type(trial)}".strip()),
        ("comparison", trial.allocation),
        ("conditions", ", ".join(trial.conditions)),
        ("treatments", ", ".join(trial.interventions)),
        ("main measure", "; ".join(trial.primary_outcomes)),
        ("ages", " to ".join(a for a in (trial.minimum_age, trial.maximum_age) if a)),
        ("countries", ", ".join(trial.countries)),
        ("sites", str(len(trial.sites)) if trial.sites else None),
        ("sponsor", trial.sponsor),
        ("start", trial.start),
        ("main results", trial.primary_completion),
        ("results", row["results"]),
        ("updated", trial.updated),
        ("also known as", ", ".join(trial.other_ids)),
        ("entry", trial.link),
    ):
        if value:
            said.append(f"  {name:<13} {plain(str(value), 300)}")
    return "\n".join(said)


def change_table(moved: Sequence[Moved], issue: str, before: str | None, form: str) -> str:
    """List what changed for an issue."""
    rows = [dict(as_written(m)) for m in moved]
    if form != "text":
        return _written(rows, ("nct", "what", "before", "after", "date"), form)
    if before is None:
        return f"Nothing was recorded before {issue}: the comparison starts with its trials."
    if not rows:
        return f"No trial changed between {before} and {issue}."
    trials = count(len({m.number for m in moved}), "trial")
    lines = [f"{count(len(rows), 'change')} of {trials} between {before} and {issue}"]
    lines += [
        f"{m.number:<14} {m.what:<16} {plain(m.before or '-', 60)} -> {plain(m.after or '-', 60)} "
        f"({m.date or 'no date'})"
        for m in moved
    ]
    return "\n".join(lines)


def history(number: str, steps: Sequence[HistoryStep], form: str) -> str:
    """Tell a trial's history as the issues' records have it."""
    if form != "text":
        return _written([r for s in steps for r in _step(s)], ("issue", "nct", "what", "before", "after", "date"), form)
    if not steps:
        return f"{number} does not appear in any issue."
    lines = [f"{steps[-1].trial.number}  {plain(steps[-1].trial.title, 100)}"]
    for step in steps:
        for r in _step(step):
            what = "first met" if r["what"] == "first" else f"{r['what']}: {plain(r['before'] or '-', 70)} ->"
            lines.append(f"  {r['issue']}  {what} {plain(r['after'] or '-', 70)} ({r['date'] or 'no date'})")
    return "\n".join(lines)


def plain_status(status: str | None) -> str:
    """Say a status in a word or two; one that is not known goes as it is, in small letters."""
    known = TrialStatus.read(status)
    if known is not None and known in PLAIN_STATUS:
        return PLAIN_STATUS[known]
    return (status or "not given").lower().replace("_", " ")


def plain_phase(phases: Sequence[str]) -> str:
    """Say phases as "1" or "1/2"; a dash where there are none."""
    return "/".join(_PHASES[p] for p in sorted(phases) if p in _PHASES) or "-"


def _row(trial: Trial) -> dict[str, object]:
    return {
        "nct": trial.number,
        "status": plain_status(trial.status),
        "registry_status": trial.status_said or trial.status or "",
        "phase": plain_phase(trial.phases),
        "people": trial.enrollment,
        "people_type": _type(trial),
        "countries": "|".join(trial.countries),
        "sites": len(trial.sites),
        "sponsor": trial.sponsor or "",
        "updated": trial.updated or "",
        "results": "posted" if trial.has_results else "not posted",
        "title": trial.title,
        "link": trial.link,
    }


def _type(trial: Trial) -> str:
    return {"ACTUAL": "in it", "ESTIMATED": "planned"}.get((trial.enrollment_type or "").upper(), "")


def _step(step: HistoryStep) -> list[dict[str, str | None]]:
    first = Change("first", None, step.trial.status, step.trial.updated)
    return [
        {
            "issue": step.issue,
            "nct": step.trial.number,
            "what": c.field,
            "before": c.before,
            "after": c.after,
            "date": c.date,
        }
        for c in (step.changes or (first,))
    ]


def _written(
    rows: Iterable[dict[str, object]] | Iterable[dict[str, str | None]], columns: Sequence[str], form: str
) -> str:
    """Write rows as JSON or CSV; a value that a spreadsheet would run as a formula gets an apostrophe before it."""
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False, indent=1)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) if isinstance(value, str) else value for name, value in row.items()})
    return out.getvalue().rstrip("\n")
