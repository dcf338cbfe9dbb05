"""Take over the drafts of trial items as the editors' own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.errors import UsageError
from pipeline.model.item import Item
from pipeline.queue import Written, fill
from pipeline.store import Newsroom


def accept(room: Newsroom, issue: str, ids: Iterable[str], *, undo: bool = False) -> tuple[str, ...]:
    """Copy drafts of trial items into the editors' fields that are empty; `undo` empties those that still hold them.

    Returns a line an item. Raises UsageError when an item has no draft. Nothing is approved or signed by it.
    """
    from pipeline.render.trials.drafts import accepted  # noqa: PLC0415  see above

    templates = room.folder.templates()
    with room.folder.locked():
        old = room.queue(issue)
        chosen = tuple(old.queue.items[old.index(each)] for each in dict.fromkeys(ids))
        if bare := [i.id for i in chosen if not i.draft]:
            raise UsageError(f"{', '.join(bare)}: no draft, so the words are yours to write in {old.name}.")
        words = {i.id: _open(i, accepted(i, templates), undo=undo) for i in chosen}
        room.save_queue(fill(old, {item_id: Written(words=each) for item_id, each in words.items()}))
    done = "emptied" if undo else "taken from the draft"
    return tuple(f"{i.id}: " + (f"{', '.join(words[i.id])} {done}" if words[i.id] else "nothing to do") for i in chosen)


def _open(item: Item, words: Mapping[str, str], *, undo: bool) -> dict[str, str]:
    """The fields to write: those an editor left empty; to undo, those that hold the draft's words and no others."""
    if undo:
        return {name: "" for name, text in words.items() if getattr(item, name) == text}
    return {name: text for name, text in words.items() if not getattr(item, name)}
