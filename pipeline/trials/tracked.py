"""The trials we track, from the records kept with the issues: what changed between two, and one trial's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.story import Change
from pipeline.model.strict import written_as
from pipeline.trials.diff import changes
from pipeline.trials.history import follow, old_number


@written_as(number="nct")
@dataclass(frozen=True, slots=True)
class Moved:
    """One field of one trial that moved; `what` is named as in `Change.field`, or "new".

    Values are whole, not what was added.
    """

    number: str
    what: str
    before: str | None
    after: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What an issue's record adds to a trial's history; `changes` is empty where it was met first."""

    issue: str
    trial: Trial
    changes: tuple[Change, ...]


def moved_between(before: Mapping[str, Trial], after: Mapping[str, Trial]) -> tuple[Moved, ...]:
    """List what changed between two records, by number; with nothing before, all is only the first record."""
    found: list[Moved] = []
    for number in sorted(after) if before else ():
        now = after[number]
        old = before.get(number) or before.get(old_number(now, before, after) or "")
        if old is None:
            found.append(Moved(number, "new", None, now.status, now.first_posted or now.updated))
            continue
        if old.registry != now.registry:
            continue  # what two registries put differently did not change
        found += [
            Moved(number, c.field, _value(old, c.before, c.field), _value(now, c.after, c.field), c.date)
            for c in changes(old, now)
        ]
    return tuple(found)


def history(number: str, records: Iterable[tuple[str, Mapping[str, Trial]]]) -> tuple[Stage, ...]:
    """Follow one trial through the issues' records, oldest first; issues in which nothing moved are left out."""
    told = follow({issue: trials.values() for issue, trials in records})
    wanted = number.upper()
    several = [t for t in told.tracks if wanted in (n.upper() for n in t.numbers)]
    several = several or [t for t in told.tracks if find(number, {s.trial.number: s.trial for s in t.sightings})]
    sightings = several[0].sightings if several else ()
    first = tuple(Stage(s.issue, s.trial, ()) for s in sightings[:1])
    return first + tuple(Stage(s.issue, s.trial, s.changes) for s in sightings[1:] if s.changes)


def find(number: str, trials: Mapping[str, Trial]) -> Trial | None:
    """Find a trial by its number, in whatever case, or by one it has in another registry."""
    wanted = number.upper()
    if wanted in trials:
        return trials[wanted]
    return next((t for t in trials.values() if wanted in (t.number.upper(), *(i.upper() for i in t.other_ids))), None)


def since(trials: Iterable[Trial], day: str) -> tuple[Trial, ...]:
    """The trials whose registry entries were updated on a day or later, newest first."""
    some = (t for t in trials if t.updated and t.updated >= day[: len(t.updated)])
    return tuple(sorted(some, key=lambda t: (t.updated or "", t.number), reverse=True))


def _value(trial: Trial, told: str | None, field: str) -> str | None:
    """The whole value of a field that changes tell by what was added, or with more than the value."""
    if field == "enrollment":
        return None if trial.enrollment is None else str(trial.enrollment)
    if field == "sites":
        return str(len(trial.sites))
    if field == "countries":
        return "|".join(sorted(trial.countries)) or None
    return told and told.replace(" | ", "|")
