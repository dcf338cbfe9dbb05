"""Issues' records of trials, joined: each study once, through all the numbers it had, with what changed when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.language.conditions import conditions_in
from pipeline.language.entry_words import Words
from pipeline.language.normalise import comparable
from pipeline.model.entry import Trial
from pipeline.model.story import Change
from pipeline.model.strict import written_as
from pipeline.model.track import FollowedTrials, Sighting, Track
from pipeline.trials.diff import changes


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
class HistoryStep:
    """What an issue's record adds to a trial's history; `changes` is empty where it was met first."""

    issue: str
    trial: Trial
    changes: tuple[Change, ...]


def follow(records: Mapping[str, Iterable[Trial]]) -> FollowedTrials:
    """Follow each trial through the records, issue key -> what registries said when that issue was built.

    Changes are those between one record and the next, as the issue told them. A trial that is not in a later record
    keeps its last state. A study that goes under another number later is one track when its entry names the old
    number.
    """
    kept = {key: tuple(trials) for key in sorted(records) if (trials := tuple(records[key]))}
    threads: dict[str, _Thread] = {}
    for at, (issue, trials) in enumerate(kept.items()):
        here = {t.number for t in trials}
        for trial in trials:
            thread = threads.get(trial.number)
            if thread is None and (old := old_number(trial, threads, here)):
                thread = threads.pop(old)
            if thread is None:
                new = (Change("new", None, trial.status, trial.first_posted or trial.updated),) if at else ()
                thread = _Thread([trial.number], [Sighting(issue, trial, new)], trial, issue)
            else:
                thread.meet(trial, issue)
            threads[trial.number] = thread
    return FollowedTrials(tuple(threads[n].track() for n in sorted(threads)), tuple(kept))


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


def history(number: str, records: Iterable[tuple[str, Mapping[str, Trial]]]) -> tuple[HistoryStep, ...]:
    """Follow one trial through the issues' records, oldest first; issues in which nothing moved are left out."""
    followed = follow({issue: trials.values() for issue, trials in records})
    wanted = number.upper()
    several = [t for t in followed.trials if wanted in (n.upper() for n in t.numbers)]
    several = several or [t for t in followed.trials if find(number, {s.trial.number: s.trial for s in t.sightings})]
    sightings = several[0].sightings if several else ()
    first = tuple(HistoryStep(s.issue, s.trial, ()) for s in sightings[:1])
    return first + tuple(HistoryStep(s.issue, s.trial, s.changes) for s in sightings[1:] if s.changes)


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


@dataclass
class _Thread:
    """A track in the making."""

    numbers: list[str]
    sightings: list[Sighting]
    trial: Trial
    last: str
    about: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def meet(self, trial: Trial, issue: str) -> None:
        """Add a record's word; what two registries put differently did not change."""
        moved = changes(self.trial, trial) if trial.registry == self.trial.registry else ()
        if moved or trial.registry != self.trial.registry:
            self.sightings.append(Sighting(issue, trial, moved))
        if trial.number not in self.numbers:
            self.numbers.insert(0, trial.number)
        self.trial, self.last = trial, issue

    def track(self) -> Track:
        """Close it."""
        now = self._about(self.trial)
        past = dict.fromkeys(name for s in self.sightings for name in self._about(s.trial))
        return Track(
            numbers=tuple(self.numbers),
            sightings=tuple(self.sightings),
            trial=self.trial,
            last=self.last,
            conditions=now,
            once=tuple(name for name in past if name not in now),
        )

    def _about(self, trial: Trial) -> tuple[str, ...]:
        words = (trial.title, trial.official_title or "", *trial.conditions)
        if words not in self.about:
            self.about[words] = _conditions(trial)
        return self.about[words]


def old_number(trial: Trial, known: Collection[str], here: Collection[str]) -> str | None:
    """Find the one known number that a new one stands for: the study names it, and nobody bears it any more."""
    olds = [n for n in dict.fromkeys((*trial.former_ids, *trial.other_ids)) if n in known and n not in here]
    return olds[0] if len(olds) == 1 else None


def _conditions(trial: Trial) -> tuple[str, ...]:
    """Name what a trial's title and its field of conditions are about; a summary names what else there is."""
    titles = " | ".join(t for t in (trial.title, trial.official_title) if t)
    found = conditions_in(Words(title=comparable(titles), named=comparable(" | ".join(trial.conditions))))
    return found.ours or found.off


def _value(trial: Trial, given: str | None, field: str) -> str | None:
    """The whole value of a field that changes tell by what was added, or with more than the value."""
    if field == "enrollment":
        return None if trial.enrollment is None else str(trial.enrollment)
    if field == "sites":
        return str(len(trial.sites))
    if field == "countries":
        return "|".join(sorted(trial.countries)) or None
    return given and given.replace(" | ", "|")
