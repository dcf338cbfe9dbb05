"""Ask every source, judge what came, and merge what is new into the queue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.errors import UsageError
from pipeline.flow.gather_sources import Told, ask_all
from pipeline.flow.trial_drafts import drafts
from pipeline.model.entry import Entry, Trial
from pipeline.model.source import Health, Source, Window
from pipeline.model.story import Judged
from pipeline.queue.merge import merge
from pipeline.source_health.health import assess
from pipeline.sources import kind
from pipeline.store import Newsroom
from pipeline.stories.candidates import merge as join
from pipeline.text import count
from pipeline.triage.verdict import judge
from pipeline.trials.identity import renamed, settle
from pipeline.trials.news import known, moves, unmoved
from pipeline.trials.reversals import printed_changes

Progress = Callable[[Source, int, int], None]
"""Told after each source was asked and read: the source, how many are done, how many there are."""


FIRST_WINDOW = timedelta(days=45)


AT_A_STRETCH = 20
"""Entries judged before the network gets its turn: some 10 ms."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a gather did. `read` counts entries, `kept` those about our topics and inside the window."""

    issue: str
    window: Window
    health: tuple[Health, ...]
    read: int
    kept: int
    added: tuple[str, ...]
    told: tuple[str, ...]
    baseline: int
    notes: tuple[str, ...]


def gather(room: Newsroom, issue: str, since: date | None, today: date, now: datetime, progress: Progress) -> Gathered:
    """Ask every enabled source, judge what came, and merge what is new into the issue's queue."""
    config, archive, printed = room.config, room.archive, room.archive.printed()
    before = archive.before(issue)
    if archive.has(issue):
        raise UsageError(
            f"{issue} is built, so nothing new goes into it. Leave --issue out to gather for the next one."
        )
    room.queue_or_new(issue)  # a fault in the queue is told before anyone is asked
    baseline = room.trials(before.key if before else None)
    last = room.trials(issue) or baseline  # what a gather of this month already knows is newer
    window = Window(since or (before.date if before else today - FIRST_WINDOW), today, tuple(sorted(last)))
    told, judged = asyncio.run(_asked(room, window, printed, now, progress))
    settled = settle(judged, last, {t.source.kind for t in told if t.page is not None})
    baseline, judged = renamed(baseline, settled.judged)
    sources = {s.key: s for s in config.sources}
    news = tuple(j for j in judged if not j.entry.trial and (j.verdict.kept or _takes_back(j.entry, printed)))
    found = (*join(news, sources), *moves(judged, baseline, window, printed_changes(archive.issues)))
    with room.folder.locked():
        merged = merge(
            room.queue_or_new(issue),
            found,
            sources,
            seen=room.seen(issue),
            carried=room.carried(issue),
            kept=room.texts(before.key) if before else None,
            unmoved=unmoved(judged, baseline),
            drafts=drafts(room),
        )
        health = _assessed(told, room.health, today, now)
        room.save_texts(issue, merged.texts)
        room.save_queue(merged.queue)
        if remembered := known(judged, settled.known):
            room.save_trials(issue, remembered)
        room.save_health(health)
    kept = len(news) + sum(j.verdict.kept for j in judged if j.entry.trial)
    remarks = _remarks(issue, today, baseline, remembered)
    notes = tuple(dict.fromkeys((*remarks, *(note for each in told for note in each.notes), *settled.notes)))
    read = sum(len(each.entries) for each in told)
    return Gathered(issue, window, health, read, kept, merged.added, merged.told, len(baseline), notes)


def _remarks(issue: str, today: date, baseline: Mapping[str, Trial], remembered: Mapping[str, Trial]) -> Iterable[str]:
    """What an editor should know of a gather besides its counts."""
    if issue > f"{today:%Y-%m}":
        yield f"The issue of {today:%Y-%m} is out, so this is for {issue}. --issue names another."
    if remembered and not baseline:
        yield f"{count(len(remembered), 'trial')} noted as the starting point; from the next issue on you are told what moves."


async def _asked(
    room: Newsroom, window: Window, printed: Mapping[str, str], now: datetime, progress: Progress
) -> tuple[tuple[Told, ...], tuple[Judged, ...]]:
    """Ask all sources; what one told, and is due, is judged while the others are still being asked."""
    config, done = room.config, 0
    whole = {s.key for s in config.enabled if kind(s.kind).windowed}
    judged: dict[str, list[Judged]] = {}

    async def heard(told: Told) -> None:
        nonlocal done
        mine = judged.setdefault(told.source.key, [])
        for n, entry in enumerate(e for e in told.entries if e.trial or _due(e, window, printed, whole)):
            if n % AT_A_STRETCH == 0:
                await asyncio.sleep(0)
            mine.append(Judged(entry, judge(entry, told.source, config.newsletter.topics)))
        done += 1
        progress(told.source, done, len(config.enabled))

    told = await ask_all(room.folder.cache, config, window, room.health, now, heard)
    return told, tuple(j for each in told for j in judged[each.source.key])


def _due(entry: Entry, window: Window, printed: Mapping[str, str], whole: Container[str]) -> bool:
    """Inside the window, or taking back something we printed: only such are judged, and all trials."""
    return entry.source in whole or _inside(entry, window) or _takes_back(entry, printed)


def _takes_back(entry: Entry, printed: Mapping[str, str]) -> bool:
    """Whether an entry is a notice about something we printed."""
    return bool(entry.retracts) and f"doi:{entry.retracts}" in printed


def _inside(entry: Entry, window: Window) -> bool:
    """Whether an entry falls into the window; one without a date we can trust does."""
    day = entry.day
    return day is None or day >= window.since.isoformat()[: len(day)]


def _assessed(told: Iterable[Told], old: Iterable[Health], today: date, now: datetime) -> tuple[Health, ...]:
    """One state for every source that was asked; the others keep theirs."""
    was = {h.key: h for h in old}
    for each in told:
        source, before = each.source, was.get(each.source.key)
        if each.answer is not None:
            new, newest = each.new_since(before), each.newest
            was[source.key] = assess(
                source, before, each.answer, each.page, each.trouble, new=new, newest=newest, today=today, now=now
            )
    return tuple(was[key] for key in sorted(was))
