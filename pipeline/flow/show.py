"""Show what stands in a newsroom: its sources, its queue, and the whole text behind an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.errors import UsageError
from pipeline.model.item import Item, SourceText
from pipeline.model.names import Status
from pipeline.model.settings import Config
from pipeline.model.source import Health
from pipeline.queue import QueueText
from pipeline.store import Newsroom


@dataclass(frozen=True, slots=True)
class ShownSources:
    """The settings with all sources, and how each has been as far as it was asked; `everything`: also what is off."""

    config: Config
    health: tuple[Health, ...]
    today: date
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ShownQueue:
    """A queue, the settings it is held against, and the status to keep to (None: all)."""

    queue: QueueText
    config: Config
    only: Status | None


def show_sources(newsroom: Newsroom, today: date, *, everything: bool = False) -> ShownSources:
    """Show how the sources are, as the last gather left them."""
    return ShownSources(newsroom.config, newsroom.health, today, everything)


def show_queue(newsroom: Newsroom, issue: str, only: Status | None = None) -> ShownQueue:
    """Show the queue of an issue; raises UsageError when there is none."""
    return ShownQueue(newsroom.queue(issue), newsroom.config, only)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item, what its sources said, whole, and the words in it that its evidence was read from."""

    item: Item
    texts: tuple[SourceText, ...]
    read: tuple[str, ...]


def show_item(newsroom: Newsroom, name: str) -> ShownItem:
    """Show what the sources of an item said; raises UsageError where no queue holds an item of that id."""
    for key in reversed(newsroom.folder.issues()):
        if newsroom.folder.read_if_there(f"outbox/{key}/queue.yml") is None:
            continue
        for item in newsroom.queue(key).queue.items:
            if name in (item.id, item.slug):
                words = re.findall("“([^”]+)”", item.evidence.because or "")
                return ShownItem(item, newsroom.texts(key).get(item.id, ()), tuple(words))
    raise UsageError(f"No queue holds an item “{name}”: `hope queue` lists the ids.")
