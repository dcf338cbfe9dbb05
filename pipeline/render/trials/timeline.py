"""When a study began and ends, as a line to draw: what is done stands apart from what is only planned."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from pipeline.model.entry import Trial
from pipeline.model.registry import TrialStatus

WIDTH = 300
"""Units across the picture: small enough to be shown at its own size on the narrowest phone."""

_LEFT, _RIGHT, _GAP = 24, WIDTH - 24, 40
_RUNS = frozenset({
    TrialStatus.RECRUITING, TrialStatus.ENROLLING_BY_INVITATION, TrialStatus.ACTIVE_NOT_RECRUITING,
})  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One date of a study. `name` is start, primary_completion, completion or checked; `kind` done, planned or unsaid.

    `passed` tells that a planned date lay behind us when we looked, and `x` where it is drawn.
    """

    name: str
    day: str
    kind: str
    passed: bool = False
    x: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the line between two milestones."""

    start: int
    end: int
    done: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates in their order, and the line between them."""

    milestones: tuple[Milestone, ...]
    stretches: tuple[Stretch, ...]


def timeline(trial: Trial) -> Timeline | None:
    """Lay out a study's dates as far as the registry gives them; None for fewer than two.

    A date is done only where the registry says ACTUAL. The line is solid up to the last of those, or up to the day we
    looked at a study that has begun and whose status says that it still runs; all else of it is dashed.
    """
    said = (
        ("start", trial.start, trial.start_type),
        ("primary_completion", trial.primary_completion, trial.primary_completion_type),
        ("completion", trial.completion, trial.completion_type),
    )
    looked = trial.checked if _ordinal(trial.checked) else None
    milestones = [_milestone(name, day, kind, looked) for name, day, kind in said if day and _ordinal(day)]
    if len(milestones) < 2:
        return None
    kinds = {m.name: m.kind for m in milestones}
    begun = kinds.get("start") != "planned" and "done" in kinds.values()
    ended, runs = kinds.get("completion") == "done", trial.status in _RUNS
    if looked and not ended:
        milestones.append(Milestone(name="checked", day=looked, kind="checked"))
    milestones.sort(key=lambda m: _ordinal(m.day) or 0)
    placed = _placed(milestones)
    solid = [m.x for m in placed if begun and (m.kind == "done" or (m.kind == "checked" and runs))]
    until = max(solid, default=0)
    stretches = tuple(Stretch(a.x, b.x, b.x <= until) for a, b in pairwise(placed))
    return Timeline(placed, stretches)


def _milestone(name: str, day: str, kind: str | None, looked: str | None) -> Milestone:
    word = {"ACTUAL": "done", "ESTIMATED": "planned"}.get((kind or "").upper(), "unsaid")
    passed = word == "planned" and bool(looked) and day[: len(looked or "")] < (looked or "")[: len(day)]
    return Milestone(name=name, day=day, kind=word, passed=passed)


def _placed(milestones: list[Milestone]) -> tuple[Milestone, ...]:
    """Spread the milestones over the width by their dates, but never so near that their years run into each other."""
    days = [_ordinal(m.day) or 0 for m in milestones]
    span = max(days[-1] - days[0], 1)
    at = [_LEFT + round((day - days[0]) * (_RIGHT - _LEFT) / span) for day in days]
    for n in range(1, len(at)):
        at[n] = max(at[n], at[n - 1] + _GAP)
    at[-1] = min(at[-1], _RIGHT)
    for n in range(len(at) - 2, -1, -1):
        at[n] = min(at[n], at[n + 1] - _GAP)
    return tuple(replace(each, x=x) for each, x in zip(milestones, at, strict=True))


def _ordinal(day: str | None) -> int | None:
    """Count the days of a date; the middle of a month or year that is all a source gave. None for what is no date."""
    found = _ISO.fullmatch(day or "")
    if not found:
        return None
    year, month, each = found[1], found[2] or "07", found[3] or ("15" if found[2] else "01")
    try:
        return date(int(year), int(month), int(each)).toordinal()
    except ValueError:
        return None
