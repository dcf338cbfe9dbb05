"""Issues' records of trials, joined: each study once, through all the numbers it had, with what moved when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.language.conditions import conditions_in
from pipeline.language.entry_words import Words
from pipeline.language.normalise import comparable
from pipeline.model.entry import Trial
from pipeline.model.story import Change
from pipeline.model.track import Sighting, Track, Tracks
from pipeline.trials.diff import changes


def follow(records: Mapping[str, Iterable[Trial]]) -> Tracks:
    """Follow each trial through the records, issue key -> what registries said when that issue was built.

    Changes are those between one record and the next, as the issue told them. A trial that is not in a later record keeps
    its last state. A study that goes under another number later is one track when its entry names the old number.
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
    return Tracks(tuple(threads[n].track() for n in sorted(threads)), tuple(kept))


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
