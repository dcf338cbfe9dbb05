"""Which items a command is about: named one by one, or all pending ones of a section or of a group of trial news."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.model.names import Group, Section, Status
from pipeline.queue import QueueText
from pipeline.trials.change_types import group_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Items by id, and all pending ones of a section, of a group, or of both."""

    ids: tuple[str, ...] = ()
    section: Section | None = None
    group: Group | None = None


def select(queue: QueueText, selection: Selection) -> tuple[str, ...]:
    """Give the whole ids of the items, each once; raises UsageError when there are none, or not of that name."""
    named = tuple(queue.queue.items[queue.index(each)].id for each in selection.ids)
    group, section = selection.group, selection.section
    if group is None and section is None:
        if not named:
            raise UsageError("Name the items, or take many at once with --group or --section. `hope queue` lists them.")
        return tuple(dict.fromkeys(named))
    found = tuple(
        item.id
        for item in queue.queue.items
        if item.status is Status.PENDING and group in (None, group_of(item)) and section in (None, item.section)
    )
    if not found:
        raise UsageError(f"No pending items of {group or section}. `hope queue` lists them.")
    return tuple(dict.fromkeys((*named, *found)))
