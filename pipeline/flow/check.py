"""Hold an issue against the standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline import checks, own_pictures
from pipeline.checks.engine import ALL, Choice
from pipeline.flow.correct import findings
from pipeline.language.catalog import catalog_of
from pipeline.model.finding import Finding
from pipeline.model.item import Item
from pipeline.model.names import Status
from pipeline.queue import QueueText
from pipeline.store import Newsroom


class Checked(NamedTuple):
    """A queue as it was held against the standard, and what was found.

    `passed_over` are items that were asked for and not looked at, as they are not approved; `nothing_approved` says
    that a check of the whole issue had no item to look at, `idle` which templates of the newsroom's own are never used;
    `idle_words` are the names of its own words, after their file, that nothing prints. `unspoken` is the newsletter's
    language where our own sentences can't be said in it.
    """

    queue: QueueText
    findings: tuple[Finding, ...]
    passed_over: tuple[Item, ...] = ()
    nothing_approved: bool = False
    idle: tuple[tuple[str, str], ...] = ()
    idle_words: tuple[tuple[str, str], ...] = ()
    unspoken: str = ""


def check(newsroom: Newsroom, issue: str, today: date, choice: Choice = ALL) -> Checked:
    """Hold an issue's approved items, its opening and what was corrected since against the standard.

    Items of the choice go by whole or last id; corrections are looked at where no item is asked for.
    Raises UsageError for an item or a rule that doesn't exist, InputError when a built issue was changed by hand.
    """
    queue = newsroom.queue(issue)
    newsroom.built  # noqa: B018  reading it stops at an issue that was changed by hand, whatever is checked
    items = tuple(queue.queue.items[queue.index(each)] for each in sorted(choice.items or ()))
    context = checks.Context(
        config=newsroom.config,
        today=today,
        glossary=newsroom.glossary,
        terms=newsroom.terms,
        texts=newsroom.texts(issue),
        templates=newsroom.folder.templates(),
        setting_at=newsroom.setting_at,
        pictures=own_pictures.faults(newsroom.folder, queue.queue),
    )
    chosen = replace(choice, items=frozenset(i.id for i in items) or None)
    found = checks.check(queue.queue, context, queue.place, chosen)
    if choice.items is None:
        found += findings(newsroom, today, choice)
    language = newsroom.config.newsletter.language
    made = Checked(
        queue,
        found,
        idle=newsroom.folder.idle_templates(),
        idle_words=newsroom.folder.idle_words(),
        unspoken="" if catalog_of(language) else language,
    )
    if choice.everything:
        return made
    over = tuple(i for i in items if i.status is not Status.APPROVED)
    bare = not items and not any(i.status is Status.APPROVED for i in queue.queue.items)
    return made._replace(passed_over=over, nothing_approved=bare)
