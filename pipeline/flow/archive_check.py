"""Hold all issues of an archive against the standard of today, on as many cores as there are.

Ten years of issues are thousands of items. Each issue is checked by itself, so that they can be shared out; a few are
not worth the half second that another process takes to start.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from pipeline import checks
from pipeline.model.finding import Finding
from pipeline.model.issue import Word
from pipeline.model.item import Queue, SourceText
from pipeline.model.settings import Config

_FEW = 300
"""Items that one process checks sooner than two."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the check of every issue needs: the settings, the day, the glossary."""

    config: Config
    today: date
    glossary: tuple[Word, ...]


Texts = Mapping[str, tuple[SourceText, ...]]


def check(issues: Mapping[str, tuple[Queue, Texts]], shelf: Shelf, *, cores: int) -> dict[str, tuple[Finding, ...]]:
    """Check each issue, a queue with what its sources said, by issue; places in the file are not looked up."""
    if cores < 2 or sum(len(queue.items) for queue, _ in issues.values()) < _FEW:
        return {key: _check(shelf, queue, texts) for key, (queue, texts) in issues.items()}
    # Not by forking: the process that asks may have threads, and half of their state would come along.
    with ProcessPoolExecutor(cores, get_context("spawn"), _keep, (shelf,)) as pool:
        found = pool.map(_check_kept, *zip(*issues.values(), strict=True), chunksize=4)
        return dict(zip(issues, found, strict=True))


_KEPT: list[Shelf] = []


def _keep(shelf: Shelf) -> None:
    """Keep what all issues share, once a process: a glossary is made ready by being the same one."""
    _KEPT[:] = [shelf]


def _check_kept(queue: Queue, texts: Texts) -> tuple[Finding, ...]:
    return _check(_KEPT[0], queue, texts)


def _check(shelf: Shelf, queue: Queue, texts: Texts) -> tuple[Finding, ...]:
    return checks.check(
        queue, checks.Context(config=shelf.config, today=shelf.today, glossary=shelf.glossary, texts=texts)
    )
