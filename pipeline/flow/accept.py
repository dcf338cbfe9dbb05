"""Take over the drafts of trial items as the editors' own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.flow.select import Selection, select
from pipeline.model.item import Item
from pipeline.queue import Written, fill
from pipeline.render.trials.drafts import accepted
from pipeline.store import Newsroom


@dataclass(frozen=True, slots=True)
class Accepted:
    """The fields of an item that took over the draft's words, or gave them back."""

    item: str
    fields: tuple[str, ...]


def accept(newsroom: Newsroom, issue: str, selection: Selection, *, undo: bool = False) -> tuple[Accepted, ...]:
    """Copy drafts of trial items into the editors' fields that are empty; `undo` empties those that still hold them.

    Raises UsageError when an item has no draft. Nothing is approved or signed by it.
    """
    templates, language = newsroom.folder.templates(), newsroom.config.newsletter.language
    with newsroom.folder.locked():
        old = newsroom.queue(issue)
        chosen = tuple(old.queue.items[old.index(each)] for each in select(old, selection))
        if bare := [i.id for i in chosen if not i.draft]:
            raise UsageError(f"{', '.join(bare)}: no draft, so write your own words in {old.name}.")
        words = {i.id: _due(i, accepted(i, templates, language), undo=undo) for i in chosen}
        newsroom.save_queue(fill(old, {item_id: Written(words=each) for item_id, each in words.items()}))
    return tuple(Accepted(item, tuple(each)) for item, each in words.items())


def _due(item: Item, words: Mapping[str, str], *, undo: bool) -> dict[str, str]:
    """The fields to write: those an editor left empty; to undo, those that hold the draft's words and no others."""
    if undo:
        return {name: "" for name, text in words.items() if getattr(item, name) == text}
    return {name: text for name, text in words.items() if not getattr(item, name)}
