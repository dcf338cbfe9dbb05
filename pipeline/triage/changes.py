"""What changed in a trial between two states of its registry: one small place per kind of change.

A status alone misses the turns that matter most: a study can drop its comparison group under the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.story import Change

Two = tuple[str | None, str | None]


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


def _text(read: Callable[[Trial], str | None]) -> Callable[[Trial, Trial], Two | None]:
    """Compare one text, deaf to letter case and spacing."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        return None if _flat(old) == _flat(new) else (old, new)

    return differ


def _whole(read: Callable[[Trial], tuple[str, ...]]) -> Callable[[Trial, Trial], Two | None]:
    """Compare a list whose every part matters, and tell both lists whole; order is noise."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        return None if _set(old) == _set(new) else (_join(old), _join(new))

    return differ


def _moved(read: Callable[[Trial], tuple[str, ...]]) -> Callable[[Trial, Trial], Two | None]:
    """Compare a list by the identity of its parts: what went, what came."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        gone = [part for part in old if _flat(part) not in _set(new)]
        came = [part for part in new if _flat(part) not in _set(old)]
        return (_join(gone), _join(came)) if gone or came else None

    return differ


def _reason(before: Trial, after: Trial) -> Two | None:
    """A reason that was given or reworded later; with a new status it rides on that."""
    if _flat(before.status) != _flat(after.status):
        return None
    return _text(lambda t: t.why_stopped)(before, after)


def _design(before: Trial, after: Trial) -> Two | None:
    """Tell a design apart by allocation, masking, arms and model.

    Registries leave allocation and masking out, or write NA and NONE, for a study without a comparison group:
    both mean the same. Arms and model that one state doesn't give prove nothing.
    """
    same = (
        _flat(before.allocation or "NA") == _flat(after.allocation or "NA")
        and _flat(before.masking or "NONE") == _flat(after.masking or "NONE")
        and (None in (before.arms, after.arms) or before.arms == after.arms)
        and (not before.intervention_model or not after.intervention_model or _model(before) == _model(after))
    )
    return None if same else (_say_design(before), _say_design(after))


def _model(trial: Trial) -> str:
    return _flat(trial.intervention_model)


def _say_design(trial: Trial) -> str | None:
    parts = [
        f"allocation {trial.allocation}" if trial.allocation else "",
        f"masking {trial.masking}" if trial.masking else "",
        f"arms {trial.arms}" if trial.arms is not None else "",
        f"model {trial.intervention_model}" if trial.intervention_model else "",
    ]
    return ", ".join(part for part in parts if part) or None


def _enrollment(before: Trial, after: Trial) -> Two | None:
    """Tell numbers of people apart; planned and actual differ too, where both states say which it is."""
    kinds = (before.enrollment_type, after.enrollment_type)
    same_kind = None in kinds or _flat(kinds[0]) == _flat(kinds[1])
    return None if before.enrollment == after.enrollment and same_kind else (_people(before), _people(after))


def _people(trial: Trial) -> str | None:
    if trial.enrollment is None:
        return None
    return f"{trial.enrollment} {trial.enrollment_type}" if trial.enrollment_type else str(trial.enrollment)


def _results(before: Trial, after: Trial) -> Two | None:
    said = {False: "not posted", True: "posted"}
    return None if before.has_results == after.has_results else (said[before.has_results], said[after.has_results])


def _flat(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _set(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(_flat(part) for part in parts)


def _join(parts: Iterable[str]) -> str | None:
    return " | ".join(sorted(parts)) or None


KINDS = (
    Kind("status", _text(lambda t: t.status)),
    Kind("why stopped", _reason),
    Kind("design", _design),
    Kind("results", _results),
    Kind("phase", _whole(lambda t: t.phases)),
    Kind("enrollment", _enrollment),
    Kind("minimum age", _text(lambda t: t.minimum_age)),
    Kind("maximum age", _text(lambda t: t.maximum_age)),
    Kind("conditions", _whole(lambda t: t.conditions)),
    Kind("interventions", _whole(lambda t: t.interventions)),
    Kind("primary outcome", _whole(lambda t: t.primary_outcomes)),
    Kind("sponsor", _text(lambda t: t.sponsor)),
    Kind("title", _text(lambda t: t.title)),
    Kind("countries", _moved(lambda t: t.countries)),
    Kind("sites", _moved(lambda t: t.sites)),
)
"""Every kind of change, most telling first; a new kind is one line here."""
