"""Show what stands in a newsroom: its sources, its queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
