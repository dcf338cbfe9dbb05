"""Approve, hold or reject items, or take a decision back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.flow.select import Selection, select
from pipeline.model.names import Status
from pipeline.queue import decide as decide_items
from pipeline.store import Newsroom
from pipeline.text import plain


@dataclass(frozen=True, slots=True)
class Decided:
    """The status of an item before and after a decision."""

    item: str
    before: Status
    after: Status


def decide(
    newsroom: Newsroom, issue: str, selection: Selection, status: Status, reason: str | None = None
) -> tuple[Decided, ...]:
    """Give items a status; raises UsageError for a rejection without a reason, as the next editor will ask."""
    reason = plain(reason) if reason is not None else None
    if status is Status.REJECTED and not reason:
        raise UsageError('Say why in a few words: hope reject ID --reason "…". The next editor will ask.')
    with newsroom.folder.locked():
        old = newsroom.queue(issue)
        ids = select(old, selection)
        newsroom.save_queue(decide_items(old, ids, status, reason))
    return tuple(Decided(each, old.queue.items[old.index(each)].status, status) for each in ids)
