"""Which trials are news: new ones, and those that moved since the last issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.model.entry import Trial
from pipeline.model.names import Section
from pipeline.model.registries import Registries
from pipeline.model.registry import stopped
from pipeline.model.source import Window
from pipeline.model.story import Judged, Story
from pipeline.trials.change_types import weight_order
from pipeline.trials.diff import changes
from pipeline.trials.reversals import Printed, reversals


def news_of(
    judged: Iterable[Judged],
    baseline: Mapping[str, Trial],
    window: Window,
    registries: Registries,
    printed: Mapping[str, Sequence[Printed]] | None = None,
) -> tuple[Story, ...]:
    """Make stories of the registry entries that are news, those that matter most first.

    A trial that the baseline (the last built issue's records) knows is news when a watched field moved. One it
    doesn't know is news when the baseline knows its registry, or it was first posted inside the window; on the first
    run of a registry, everything else only becomes the baseline. `printed` is what issues told of each trial.
    """
    partly = frozenset(each.key for each in registries.every if not each.lists_all)
    whole = frozenset(t.registry for t in baseline.values()) - partly
    found: list[Story] = []
    for each in judged:
        trial = each.entry.trial
        if trial is None:
            continue
        if (before := baseline.get(trial.number)) is not None:
            found += _moved(each, before, (printed or {}).get(trial.number, ()))
        elif each.verdict.kept and (trial.registry in whole or _first_posted(trial, window)):
            found.append(Story(lead=each.entry, also=(), verdict=each.verdict))
    return tuple(sorted(found, key=lambda s: weight_order(s.changes, s.trial.status if s.trial else None)))


def unmoved(judged: Iterable[Judged], baseline: Mapping[str, Trial]) -> frozenset[str]:
    """The numbers of the trials that the registry gives again just as the baseline has them."""
    trials = (each.entry.trial for each in judged)
    return frozenset(t.number for t in trials if t and t.number in baseline and not changes(baseline[t.number], t))


def known(judged: Iterable[Judged], baseline: Mapping[str, Trial]) -> dict[str, Trial]:
    """What to remember: each trial as the registry gives it now; those not met this time as they were."""
    now = {
        j.entry.trial.number: j.entry.trial
        for j in judged
        if j.entry.trial and (j.verdict.kept or j.entry.trial.number in baseline)
    }
    return {**baseline, **now}


def _moved(judged: Judged, before: Trial, printed: Sequence[Printed]) -> tuple[Story, ...]:
    """Make the story of a trial that moved; none where nothing did."""
    trial = judged.entry.trial
    moved = reversals(changes(before, trial), printed) if trial else ()
    if trial is None or not moved:
        return ()
    stops = stopped(trial.status) and before.status != trial.status
    section = Section.STOPPED if stops else Section.TRIALS
    return (Story(judged.entry, (), replace(judged.verdict, section=section), moved),)


def _first_posted(trial: Trial, window: Window) -> bool:
    """Whether the registry posted a trial inside the window; what it lists a few days late counts too."""
    first, since = trial.first_posted or "", (window.since - _LATE).isoformat()
    return bool(first) and first >= since[: len(first)]


_LATE = timedelta(days=15)
