"""What triage made of the entries: a verdict on each, and stories that join those that tell the same."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.entry import Entry, Trial
from pipeline.model.evidence import Evidence
from pipeline.model.names import Population, Section, Therapy
from pipeline.model.strict import strict, written_as
from pipeline.text import digest


@strict
@dataclass(frozen=True, slots=True)
class About:
    """Therapies, conditions (plain lower-case names, as `lupus`) and who was studied."""

    therapies: tuple[Therapy, ...] = ()
    conditions: tuple[str, ...] = ()
    population: Population | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an entry is about our topics, and because of which words.

    `reason` is a short slug when it is kept out: oncology-only, keyword-collision, investor-spam,
    no-therapy, no-condition. `steps` are full sentences for `hope why`, in the order they were decided.
    """

    kept: bool
    reason: str
    about: About
    evidence: Evidence
    section: Section
    steps: tuple[str, ...] = ()


@strict
@written_as(number="nct")
@dataclass(frozen=True, slots=True)
class Change:
    """One field of a trial that moved between two states of the registry.

    `field` is named as in the registry's own words (status, enrollment, ...); `before` and `after` are text;
    `date` is the registry's own; `reason` the sponsor's own words. `number` names the trial where an item is
    about several.
    `reverses` is the issue whose note on this trial no longer holds.
    """

    field: str
    before: str | None = None
    after: str | None = None
    date: str | None = None
    reason: str | None = None
    number: str | None = None
    reverses: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with its verdict."""

    entry: Entry
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Story:
    """The entries that tell of the same thing; the most trustworthy one leads. `by_hand`: an editor added it."""

    lead: Entry
    also: tuple[Entry, ...]
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    by_hand: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The leading entry first, then the others."""
        return (self.lead, *self.also)

    @property
    def trial(self) -> Trial | None:
        """The trial's facts when a registry leads."""
        return self.lead.trial

    def keys(self) -> tuple[str, ...]:
        """Every identity of every entry; for a trial that moved, the identity of the move."""
        if self.changes and self.lead.ids.number:
            return (change_key(self.lead.ids.number, self.changes),)
        return tuple(dict.fromkeys(k for e in self.entries for k in e.ids.keys()))


def change_key(number: str, changes: tuple[Change, ...]) -> str:
    """Name a move of a trial, so that the same move is reported once and the next one again."""
    return f"change:{number}:{digest(*(f'{c.field}={c.after}' for c in sorted(changes, key=lambda c: c.field)))}"
