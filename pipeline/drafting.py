"""Drafts of trial items: how gather has them written, and how an editor takes them over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.errors import UsageError
from pipeline.model.entry import Trial
from pipeline.model.item import Item
from pipeline.model.story import Change
from pipeline.newsroom import Newsroom
from pipeline.queue import Written, fill
from pipeline.queue.fold import Drafts


def drafts(room: Newsroom) -> Drafts:
    """How drafts are written: in the newsroom's own templates, which are read when the first draft is needed."""

    @cache
    def templates() -> Mapping[str, str]:
        return room.folder.templates()

    def item(trial: Trial, changes: tuple[Change, ...]) -> str:
        from pipeline.render.trials import draft  # noqa: PLC0415  a gather without news of trials needs no templates

        return draft(trial, changes, templates()).text

    def line(trial: Trial, changes: tuple[Change, ...]) -> str:
        from pipeline.render.trials import line as written  # noqa: PLC0415  see above

        return written(trial, changes, templates())

    def also(number: int) -> str:
        from pipeline.render.trials import also as headed  # noqa: PLC0415  see above

        return headed(number, templates())

    return Drafts(item=item, line=line, also=also)


def accept(room: Newsroom, issue: str, ids: Iterable[str], *, undo: bool = False) -> tuple[str, ...]:
    """Copy drafts of trial items into the editors' fields that are empty; `undo` empties those that still hold them.

    Returns a line an item. Raises UsageError when an item has no draft. Nothing is approved or signed by it.
    """
    from pipeline.render.trials import accepted  # noqa: PLC0415  see above

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
