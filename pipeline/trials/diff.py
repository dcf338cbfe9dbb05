"""What changed in a trial between two states of its registry: one line a field.

A status alone misses the turns that matter most: a study can drop its comparison group under the same number. What a
change amounts to for readers stands in `model.turn`.
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
    first_told,
    moved,
    new_text,
    results,
    slipped,
    sponsor,
    text,
    whole,
    why_stopped,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change: the field's name, and how to tell its two states apart; None where nothing moved."""

    field: str
    differ: Callable[[Trial, Trial], Two | None]


def changes(before: Trial, after: Trial) -> tuple[Change, ...]:
    """List what moved between two states of one trial, most telling first.

    Letter case, spacing, the order of a list and dates of verification are noise. Lists that only grow and
    shrink (countries, sites) tell what was taken away in `before` and what was added in `after`.
    """
    found: list[Change] = []
    for kind in KINDS:
        two = kind.differ(before, after)
        if two is not None:
            reason = after.why_stopped if kind.field == "status" else None
            found.append(Change(field=kind.field, before=two[0], after=two[1], date=after.updated, reason=reason))
    return tuple(found)


KINDS = (
    Kind("status", text(lambda t: t.status)),
    Kind("why stopped", why_stopped),
    Kind("design", design),
    Kind("results", results),
    Kind("adverse events", first_told(lambda t: tuple(map(str, t.arms_events)))),
    Kind("phase", whole(lambda t: t.phases)),
    Kind("enrollment", enrollment),
    Kind("minimum age", text(lambda t: t.minimum_age)),
    Kind("maximum age", text(lambda t: t.maximum_age)),
    Kind("conditions", whole(lambda t: t.conditions)),
    Kind("interventions", whole(lambda t: t.interventions)),
    Kind("primary outcome", whole(lambda t: t.primary_outcomes)),
    Kind("linked paper", came(lambda t: t.retracted)),
    Kind("expanded access", new_text(lambda t: t.expanded_access)),
    Kind("violation", came(lambda t: t.violations)),
    Kind("primary completion", slipped(lambda t: t.primary_completion)),
    Kind("completion", slipped(lambda t: t.completion)),
    Kind("start", slipped(lambda t: t.start)),
    Kind("sponsor", sponsor),
    Kind("title", text(lambda t: t.title)),
    Kind("countries", moved(lambda t: t.countries)),
    Kind("sites", moved(lambda t: t.sites)),
)
"""Every kind of change, most telling first; a new kind is one line here."""
