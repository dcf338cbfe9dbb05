"""The imperative shell on one page: gather, check, build, deliver. It asks, reads and writes; what to do is decided elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.asking import Told, ask_all
from pipeline.channels import channel
from pipeline.errors import BlockedError, UsageError
from pipeline.issue import dump, freeze, manifest
from pipeline.model.entry import Entry
from pipeline.model.finding import Finding
from pipeline.model.issue import Issue, Receipt
from pipeline.model.names import Status
from pipeline.model.source import Health, Source, Window
from pipeline.model.story import Judged
from pipeline.newsroom import Newsroom
from pipeline.queue import sign as sign_items
from pipeline.queue.merge import merge
from pipeline.queue.signing import signer
from pipeline.sources import kind
from pipeline.triage.health import assess
from pipeline.triage.moves import known, moves
from pipeline.triage.stories import merge as join
from pipeline.triage.verdict import judge

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


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left: the issue, the folder it stands in, and how many files changed."""

    issue: Issue
    folder: str
    changed: int
    findings: tuple[Finding, ...]


def gather(room: Newsroom, issue: str, since: date | None, today: date, now: datetime, progress: Progress) -> Gathered:
    """Ask every enabled source, judge what came, and merge what is new into the issue's queue."""
    config, before = room.config, room.before(issue)
    if any(built.key == issue for built in room.built):
        raise UsageError(
            f"{issue} is built, so nothing new goes into it. Leave --issue out to gather for the next one."
        )
    room.queue_or_new(issue)  # a fault in the queue is told before anyone is asked
    baseline = room.trials(before.key if before else None)
    window = Window(since or (before.date if before else today - FIRST_WINDOW), today, tuple(sorted(baseline)))
    told, judged = asyncio.run(_asked(room, window, now, progress))
    sources = {s.key: s for s in config.sources}
    printed = room.printed()
    whole = {s.key for s in config.enabled if kind(s.kind).windowed}
    news = tuple(j for j in judged if not j.entry.trial and _wanted(j, window, printed, whole))
    found = (*join(news, sources), *moves(judged, baseline, window))
    with room.folder.locked():
        merged = merge(room.queue_or_new(issue), found, sources, seen=room.seen(issue), carried=room.carried(issue))
        health = _assessed(told, room.health, today, now)
        room.save_texts(issue, merged.texts)
        room.save_queue(merged.queue)
        if remembered := known(judged, room.trials(issue) | baseline):
            room.save_trials(issue, remembered)
        room.save_health(health)
    kept = len(news) + sum(j.verdict.kept for j in judged if j.entry.trial)
    notes = tuple(dict.fromkeys(note for each in told for note in each.notes))
    return Gathered(issue, window, health, len(judged), kept, merged.added, merged.told, len(baseline), notes)


def check(
    room: Newsroom, issue: str, today: date, *, items: Iterable[str] = (), everything: bool = False
) -> tuple[Finding, ...]:
    """Hold an issue's approved items against the standard."""
    from pipeline import checks  # noqa: PLC0415  rules and templates take a while to load: a gather needs neither

    queue = room.queue(issue)
    chosen = frozenset(queue.queue.items[queue.index(each)].id for each in items) or None
    return checks.check(
        queue.queue,
        room.config,
        today,
        queue.place,
        items=chosen,
        everything=everything,
        glossary=room.glossary,
        texts=room.texts(issue),
    )


def sign(
    room: Newsroom, issue: str, ids: Iterable[str], person: str, role: str | None, checked: str | None, today: date
) -> tuple[str, ...]:
    """Record sign-offs of items by a named person; raises UsageError when person, role or item don't fit."""
    who, as_role = signer(room.config.newsletter, person, role)
    with room.folder.locked():
        old = room.queue(issue)
        chosen = tuple(old.queue.items[old.index(each)] for each in ids)
        if empty := [i.id for i in chosen if not (i.headline and i.summary)]:
            raise UsageError(f"There is nothing to sign yet: {', '.join(empty)} has no headline and summary.")
        new = sign_items(old, [i.id for i in chosen], by=who.key, role=as_role, on=today, checked=checked)
        room.save_queue(new)
    told = "was signed by" if new is old else "signed by"
    return tuple(f"{i.id}: {told} {who.name} as {as_role} ({i.text_hash[:14]}…)" for i in chosen)


def build(
    room: Newsroom, issue: str, today: date, *, draft: bool = False, quiet: bool = False, again: bool = False
) -> Built:
    """Freeze the signed, approved items into an issue and render its edition and the archive.

    Raises BlockedError when findings block, or when nothing is approved and no quiet month was asked for.
    """
    from pipeline import checks, render  # noqa: PLC0415  see check

    queue, findings = room.queue(issue).queue, check(room, issue, today)
    approved = any(i.status is Status.APPROVED for i in queue.items)
    if not approved and not (quiet or draft):
        raise BlockedError(f"Nothing in {issue} is approved yet. Approve items, or say so with --quiet-month.")
    if approved and quiet:
        raise UsageError(f"{issue} has approved items, so it is no quiet month. Leave --quiet-month out.")
    if checks.blocks(findings) and not draft:
        return Built(freeze(queue, room.config, room.health, today=today, waivers=0, glossary=()), "", 0, findings)
    waivers = sum(f.waived for f in findings)
    made = freeze(
        queue, room.config, room.health, today=today, waivers=waivers, glossary=room.glossary, draft=draft, quiet=quiet
    )
    made = next((i for i in room.built if i == replace(made, date=i.date)), made)  # built again: the same, to the date
    if (sent := room.receipts(issue)) and made not in room.built and not (draft or again):
        raise BlockedError(
            f"{issue} went out on {sent[0].on}, so a change to it now would be silent.\n"
            "Print a correction in the next issue. To build it anew all the same, add --again."
        )
    others = tuple(i for i in room.built if i.key != issue)
    edition = render.render(made, others if draft else (*others, made), room.folder.templates())
    folder = f"outbox/{issue}/draft" if draft else f"outbox/{issue}"
    seal = {"manifest.json": manifest({**edition.files, "issue.json": dump(made)}, edition.site)}
    seal["issue.json"] = dump(made)  # last of all: it is what makes an issue count as built
    with room.folder.locked():
        old = room.written(folder)
        pages = {f"outbox/site/{path}": content for path, content in edition.site.items()}
        pages |= {f"{folder}/{path}": content for path, content in edition.files.items()}
        changed = sum(room.folder.write(path, content) for path, content in pages.items())
        for path in old.keys() - pages.keys() - {f"{folder}/issue.json"}:  # the page of an item taken out again
            room.folder.remove(path, old[path])
        changed += sum(room.folder.write(f"{folder}/{path}", content) for path, content in seal.items())
    return Built(made, folder, changed, findings)


def deliver(room: Newsroom, issue: str, way: str, to: str, today: date) -> tuple[Receipt, bool]:
    """Send a built issue out by a channel, once; returns the receipt, and whether it went just now.

    The receipt names the edition by its manifest's hash, so that a corrected edition may go again.
    """
    files = room.edition(issue)
    edition = hashlib.sha256(files["manifest.json"]).hexdigest()
    receipts = room.receipts(issue)
    old = next((r for r in receipts if (r.channel, r.to, r.edition) == (way, to, edition)), None)
    if old is not None:
        return old, False
    with room.folder.locked():
        note = channel(way).send(to, files, room.site())
        receipt = Receipt(channel=way, to=to, issue=issue, edition=edition, on=today, note=note)
        room.save_receipts(issue, (*receipts, receipt))
    return receipt, True


async def _asked(
    room: Newsroom, window: Window, now: datetime, progress: Progress
) -> tuple[tuple[Told, ...], tuple[Judged, ...]]:
    """Ask all sources; what one told is judged while the others are still being asked."""
    config, done = room.config, 0
    judged: dict[str, list[Judged]] = {}

    async def heard(told: Told) -> None:
        nonlocal done
        mine = judged.setdefault(told.source.key, [])
        for n, entry in enumerate(told.entries):
            if n % AT_A_STRETCH == 0:
                await asyncio.sleep(0)
            mine.append(Judged(entry, judge(entry, told.source, config.newsletter.topics)))
        done += 1
        progress(told.source, done, len(config.enabled))

    told = await ask_all(room.folder.cache, config, window, room.health, now, heard)
    return told, tuple(j for each in told for j in judged[each.source.key])


def _wanted(judged: Judged, window: Window, printed: Mapping[str, str], whole: Container[str]) -> bool:
    """About our topics and inside the window; and whatever takes back something we printed."""
    entry = judged.entry
    if entry.retracts and f"doi:{entry.retracts}" in printed:
        return True
    return judged.verdict.kept and (entry.source in whole or _inside(entry, window))


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
