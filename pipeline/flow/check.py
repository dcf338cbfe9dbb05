"""Hold an issue, or all of them, against the standard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.model.finding import Finding
from pipeline.model.item import Queue
from pipeline.store import Newsroom


def check(
    room: Newsroom,
    issue: str,
    today: date,
    *,
    items: Iterable[str] = (),
    rules: Iterable[str] = (),
    everything: bool = False,
) -> tuple[Finding, ...]:
    """Hold an issue's approved items and its opening against the standard; `items` and `rules` are ids to keep to."""
    from pipeline import checks  # noqa: PLC0415  rules and templates take a while to load: a gather needs neither

    queue = room.queue(issue)
    chosen = frozenset(queue.queue.items[queue.index(each)].id for each in items) or None
    context = checks.Context(
        config=room.config,
        today=today,
        glossary=room.glossary,
        texts=room.texts(issue),
        templates=room.folder.templates(),
    )
    choice = checks.Choice(rules=frozenset(rules) or None, items=chosen, everything=everything)
    return checks.check(queue.queue, context, queue.place, choice)


def check_all(room: Newsroom, today: date, *, cores: int = 1) -> dict[str, tuple[Finding, ...]]:
    """Hold every issue's printed or approved items against the standard of today, by issue: built ones as frozen."""
    from pipeline.flow import archive_check as archive  # noqa: PLC0415  see check

    frozen = {i.key: Queue(issue=i.key, intro=i.intro, signed=i.signed, items=i.stories) for i in room.archive.issues}
    there = {
        key: (frozen[key] if key in frozen else room.queue(key).queue, room.texts(key))
        for key in room.folder.issues()
        if key in frozen or room.has_queue(key)
    }
    return archive.check(there, archive.Shelf(room.config, today, room.glossary), cores=cores)
