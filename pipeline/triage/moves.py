"""Which trials are news: new ones, and those that moved since the last issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.model.entry import Trial
from pipeline.model.names import Section
from pipeline.model.source import Window
from pipeline.model.story import Judged, Story
from pipeline.triage.changes import changes

_STOPPED = frozenset({"TERMINATED", "WITHDRAWN", "SUSPENDED"})


def moves(judged: Iterable[Judged], baseline: Mapping[str, Trial], window: Window) -> tuple[Story, ...]:
    """Make stories of the registry entries that are news.

    A trial that the baseline (the last built issue's records) knows is news when a watched field moved. One it
    doesn't know is news when it is new to a baseline that exists, or was first posted inside the window; on the
    first run of all, everything else only becomes the baseline.
    """
    return tuple(story for each in judged if (story := _story(each, baseline, window)) is not None)


def known(judged: Iterable[Judged], baseline: Mapping[str, Trial]) -> dict[str, Trial]:
    """What to remember: each trial as the registry gives it now; those not met this time as they were."""
    now = {
        j.entry.trial.nct: j.entry.trial
        for j in judged
        if j.entry.trial and (j.verdict.kept or j.entry.trial.nct in baseline)
    }
    return {**baseline, **now}


def _story(judged: Judged, baseline: Mapping[str, Trial], window: Window) -> Story | None:
    entry, verdict, trial = judged.entry, judged.verdict, judged.entry.trial
    if trial is None:
        return None
    before = baseline.get(trial.nct)
    if before is None:
        first = trial.first_posted or ""
        fresh = bool(baseline) or (first and first >= window.since.isoformat()[: len(first)])
        return Story(lead=entry, also=(), verdict=verdict) if verdict.kept and fresh else None
    moved = changes(before, trial)
    if not moved:
        return None
    stopped = trial.status in _STOPPED and before.status != trial.status
    section = Section.STOPPED if stopped else Section.TRIALS
    return Story(lead=entry, also=(), verdict=replace(verdict, section=section), changes=moved)
