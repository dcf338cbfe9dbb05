"""Which changes take back what an earlier issue printed of a trial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.issue import Issue
from pipeline.model.item import Item
from pipeline.model.registry import TrialStatus
from pipeline.model.story import Change

_FAR: Mapping[str, int] = {
    TrialStatus.NOT_YET_RECRUITING: 0,
    TrialStatus.RECRUITING: 1, TrialStatus.ENROLLING_BY_INVITATION: 1, TrialStatus.ACTIVE_NOT_RECRUITING: 1,
    TrialStatus.COMPLETED: 2, TrialStatus.TERMINATED: 2, TrialStatus.WITHDRAWN: 2,
    TrialStatus.REVOKED: 2, TrialStatus.CANCELLED: 2,
}  # fmt: skip
"""How far a study has come under a status; a step back takes back what was said of it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A change of a trial as an issue printed it."""

    issue: str
    change: Change


def printed_changes(issues: Iterable[Issue]) -> dict[str, tuple[Printed, ...]]:
    """What was printed of each trial, by its number, oldest first."""
    found: dict[str, list[Printed]] = {}
    for issue in issues:
        for item in issue.stories:
            for number, change in _reported(item):
                found.setdefault(number, []).append(Printed(issue.key, change))
    return {number: tuple(each) for number, each in found.items()}


def reversals(moved: tuple[Change, ...], printed: Sequence[Printed]) -> tuple[Change, ...]:
    """Mark the changes that take back what was printed last of their field."""
    newest = {each.change.field: each for each in printed}
    return tuple(
        replace(change, reverses=last.issue)
        if (last := newest.get(change.field)) and _takes_back(change, last.change)
        else change
        for change in moved
    )


def _reported(item: Item) -> Iterable[tuple[str, Change]]:
    """The changes an item told of; of a trial that was new, the status it had."""
    if item.ids.number and item.trial and item.trial.status and not item.change:
        yield item.ids.number, Change("status", None, item.trial.status)
    for change in item.change:
        number = change.number or item.ids.number
        if number:
            yield number, change if change.field != "new" else Change("status", None, change.after)


def _takes_back(now: Change, then: Change) -> bool:
    if now.field == "status":
        before, after = _rank(_FAR, then.after), _rank(_FAR, now.after)
        return now.before == then.after and before is not None and after is not None and after < before
    return then.after is not None and (now.before, now.after) == (then.after, then.before)


def _rank(far: Mapping[str, int], status: str | None) -> int | None:
    return far.get(status or "")
