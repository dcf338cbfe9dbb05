"""Hold all issues of an archive against the standard of today, on as many cores as there are.

Ten years of issues are thousands of items. Each issue is checked by itself, so that they can be shared out; a few are
not worth the half second that another process takes to start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context

from pipeline import checks
from pipeline.checks import Context
from pipeline.errors import Fault, InputError
from pipeline.issue import queue_of
from pipeline.model.finding import Finding
from pipeline.model.issue import BuiltIssues
from pipeline.model.item import Queue, SourceText
from pipeline.store import Newsroom

_FEW = 300
"""Items that one process checks sooner than two."""


Texts = Mapping[str, tuple[SourceText, ...]]


def hold_to_seals(newsroom: Newsroom) -> BuiltIssues:
    """Hold every built issue against its manifest and its sign-offs; raises InputError with all that differs.

    The lists of what was published, moved and taken down are read, too.
    """
    built = BuiltIssues(())
    faults: list[Fault] = []
    looks: tuple[Callable[[], object], ...]
    looks = (lambda: newsroom.built, lambda: newsroom.addresses, lambda: newsroom.corrections)
    for look in looks:
        try:
            found = look()
            built = found if isinstance(found, BuiltIssues) else built
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(dict.fromkeys(faults))  # corrections are held to built issues, and tell of those, too
    return built


def check_all(newsroom: Newsroom, today: date, *, cores: int = 1) -> dict[str, tuple[Finding, ...]]:
    """Hold every issue's printed or approved items against the standard of today, by issue: built ones as frozen."""
    frozen = {i.key: queue_of(i) for i in newsroom.built.issues}
    issues = {
        key: (frozen[key] if key in frozen else newsroom.queue(key).queue, newsroom.texts(key))
        for key in newsroom.folder.issues()
        if key in frozen or newsroom.has_queue(key)
    }
    context = checks.Context(config=newsroom.config, today=today, glossary=newsroom.glossary, terms=newsroom.terms)
    return _shared_out(issues, context, cores)


def _shared_out(
    issues: Mapping[str, tuple[Queue, Texts]], context: Context, cores: int
) -> dict[str, tuple[Finding, ...]]:
    if cores < 2 or sum(len(queue.items) for queue, _ in issues.values()) < _FEW:
        return {key: _check(context, queue, texts) for key, (queue, texts) in issues.items()}
    # Not by forking: the process that asks may have threads, and half of their state would come along.
    with ProcessPoolExecutor(cores, get_context("spawn"), _keep, (context,)) as pool:
        found = pool.map(_check_kept, *zip(*issues.values(), strict=True), chunksize=4)
        return dict(zip(issues, found, strict=True))


_KEPT: list[Context] = []


def _keep(context: Context) -> None:
    """Keep what all issues share, once a process: a glossary is made ready by being the same one."""
    _KEPT[:] = [context]


def _check_kept(queue: Queue, texts: Texts) -> tuple[Finding, ...]:
    return _check(_KEPT[0], queue, texts)


def _check(context: Context, queue: Queue, texts: Texts) -> tuple[Finding, ...]:
    return checks.check(queue, replace(context, texts=texts))
