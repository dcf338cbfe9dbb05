"""One study as the records kept with our issues have it: what each of them said, and what moved."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.story import Change


@dataclass(frozen=True, slots=True)
class Sighting:
    """What an issue's record adds to what we knew of a trial.

    `changes` is empty in our very first record, and where the trial only moved to another registry; a trial that a
    later record met first has one change, "new".
    """

    issue: str
    trial: Trial
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One trial through all records. `numbers` are those it was kept under, the present one first.

    `sightings` run from oldest to newest; records in which nothing moved are left out. `trial` is its last state, and
    `last` the issue whose record gave it. `conditions` are the plain names of what it is about, `once` those it was.
    """

    numbers: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    trial: Trial
    last: str
    conditions: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowedTrials:
    """All trials our issues' records know, by number, and the issues that have a record, oldest first."""

    trials: tuple[Track, ...] = ()
    records: tuple[str, ...] = ()
