"""What changed in a trial between two states of its registry: one line a field.

A status alone misses the changes that matter most: a study can drop its comparison group under the same number. What a
change amounts to for readers stands in `change_types`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.story import Change
from pipeline.trials.field_diff import (
    Two,
    came,
    design,
    enrollment,
    first_reported,
    moved,
    new_text,
    results,
    sites,
    slipped,
    sponsor,
    text,
    title,
    whole,
    why_stopped,
)


@dataclass(frozen=True, slots=True)
class WatchedField:
    """One field that is watched: its name, and how to tell its two states apart; None where nothing moved."""

    field: str
    differ: Callable[[Trial, Trial], Two | None]


def changes(before: Trial, after: Trial) -> tuple[Change, ...]:
    """List what moved between two states of one trial, most telling first.

    Letter case, spacing, the order of a list, dates of verification, a slip that was mended in a title or a name, and
    a site that got a name are noise. Lists that only grow and shrink (countries, sites) tell what was taken away in
    `before` and what was added in `after`.
    """
    found: list[Change] = []
    for each in FIELDS:
        two = each.differ(before, after)
        if two is not None:
            reason = after.why_stopped if each.field == "status" else None
            found.append(Change(field=each.field, before=two[0], after=two[1], date=after.updated, reason=reason))
    return tuple(found)


FIELDS = (
    WatchedField("status", text(lambda t: t.status)),
    WatchedField("why stopped", why_stopped),
    WatchedField("design", design),
    WatchedField("results", results),
    WatchedField("adverse events", first_reported(lambda t: tuple(map(str, t.arms_events)))),
    WatchedField("phase", whole(lambda t: t.phases)),
    WatchedField("enrollment", enrollment),
    WatchedField("minimum age", text(lambda t: t.minimum_age)),
    WatchedField("maximum age", text(lambda t: t.maximum_age)),
    WatchedField("conditions", whole(lambda t: t.conditions)),
    WatchedField("interventions", whole(lambda t: t.interventions)),
    WatchedField("primary outcome", whole(lambda t: t.primary_outcomes)),
    WatchedField("linked paper", came(lambda t: t.retracted)),
    WatchedField("expanded access", new_text(lambda t: t.expanded_access)),
    WatchedField("violation", came(lambda t: t.violations)),
    WatchedField("primary completion", slipped(lambda t: t.primary_completion)),
    WatchedField("completion", slipped(lambda t: t.completion)),
    WatchedField("start", slipped(lambda t: t.start)),
    WatchedField("sponsor", sponsor),
    WatchedField("title", title),
    WatchedField("countries", moved(lambda t: t.countries)),
    WatchedField("sites", sites),
)
"""Every field that is watched, most telling first; a new one is one line here."""
