"""The imperative shell on one page: gather, check, build, deliver. It asks, reads and writes; what to do is decided elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.asking import Told, ask_all
from pipeline.channels import channel
from pipeline.drafting import drafts
from pipeline.errors import BlockedError, UsageError
from pipeline.issue import dump, freeze, manifest
from pipeline.model.entry import Entry, Trial
from pipeline.model.finding import Finding
from pipeline.model.issue import Issue, Receipt
from pipeline.model.item import Queue
from pipeline.model.names import Status
from pipeline.model.source import Health, Source, Window
from pipeline.model.story import Judged
from pipeline.newsroom import Newsroom, queue_name
from pipeline.queue import sign as sign_items
from pipeline.queue.merge import merge
from pipeline.queue.signing import signable, signer
from pipeline.sources import kind
from pipeline.text import count, plain
from pipeline.triage.health import assess
from pipeline.triage.moves import known, moves, unmoved
from pipeline.triage.registries import renamed, settle
from pipeline.triage.reversals import printed_changes
from pipeline.triage.stories import merge as join
from pipeline.triage.tracks import follow
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
    last = room.trials(issue) or baseline  # what a gather of this month already knows is newer
    window = Window(since or (before.date if before else today - FIRST_WINDOW), today, tuple(sorted(last)))
    told, judged = asyncio.run(_asked(room, window, now, progress))
    settled = settle(judged, last, {t.source.kind for t in told if t.page is not None})
    baseline, judged = renamed(baseline, settled.judged)
    sources = {s.key: s for s in config.sources}
    printed = room.printed()
    news = tuple(j for j in judged if not j.entry.trial and (j.verdict.kept or _takes_back(j.entry, printed)))
    found = (*join(news, sources), *moves(judged, baseline, window, printed_changes(room.built)))
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
    return checks.check(
        queue.queue,
        room.config,
        today,
        queue.place,
        rules=frozenset(rules) or None,
        items=chosen,
        everything=everything,
        glossary=room.glossary,
        texts=room.texts(issue),
        templates=room.folder.templates(),
    )


def check_all(room: Newsroom, today: date, *, cores: int = 1) -> dict[str, tuple[Finding, ...]]:
    """Hold every issue's printed or approved items against the standard of today, by issue: built ones as frozen."""
    from pipeline import archive  # noqa: PLC0415  see check

    frozen = {i.key: Queue(issue=i.key, intro=i.intro, signed=i.signed, items=i.stories) for i in room.built}
    there = {
        key: (frozen[key] if key in frozen else room.queue(key).queue, room.texts(key))
        for key in room.folder.issues()
        if key in frozen or room.folder.read_if_there(queue_name(key)) is not None
    }
    return archive.check(there, archive.Shelf(room.config, today, room.glossary), cores=cores)


def sign(
    room: Newsroom, issue: str, ids: Iterable[str], person: str, role: str | None, checked: str | None, today: date
) -> tuple[str, ...]:
    """Record sign-offs of items by a named person; raises UsageError when person, role or item don't fit."""
    who, as_role = signer(room.config.newsletter, person, role)
    with room.folder.locked():
        old = room.queue(issue)
        texts = dict(signable(old, each) for each in ids)
        new = sign_items(old, tuple(texts), by=who.key, role=as_role, on=today, checked=plain(checked or "") or None)
        room.save_queue(new)
    told = "was signed by" if new is old else "signed by"
    return tuple(f"{name}: {told} {who.name} as {as_role} ({text[:14]}…)" for name, text in texts.items())


def build(
    room: Newsroom, issue: str, today: date, *, draft: bool = False, quiet: bool = False, again: bool = False
) -> Built:
    """Freeze the signed, approved items into an issue and render its edition and the archive.

    Raises BlockedError when findings block, or when nothing is approved and no quiet month was asked for.
    """
    from pipeline import checks  # noqa: PLC0415  see check

    queue, findings = room.queue(issue).queue, check(room, issue, today)
    approved = any(i.status is Status.APPROVED for i in queue.items)
    if not approved and not (quiet or draft):
        raise BlockedError(f"Nothing in {issue} is approved yet. Approve items, or say so with --quiet-month.")
    if approved and quiet:
        raise UsageError(f"{issue} has approved items, so it is no quiet month. Leave --quiet-month out.")
    if checks.blocks(findings) and not draft:
        return Built(freeze(queue, room.config, room.health, today=today, waivers=0, glossary=()), "", 0, findings)
    waivers = len({(f.item, f.waiver_at) for f in findings if f.waived})  # one may cover two findings
    made = freeze(
        queue, room.config, room.health, today=today, waivers=waivers, glossary=room.glossary, draft=draft, quiet=quiet
    )
    made = next((i for i in room.built if i == replace(made, date=i.date)), made)  # built again: the same, to the date
    if (sent := room.receipts(issue)) and made not in room.built and not (draft or again):
        raise BlockedError(
            f"{issue} went out on {sent[0].on}, so a change to it now would be silent.\n"
            "Print a correction in the next issue. To build it anew all the same, add --again."
        )
    folder = f"outbox/{issue}/draft" if draft else f"outbox/{issue}"
    return Built(made, folder, press(room, made, folder), findings)


def press(room: Newsroom, made: Issue, folder: str) -> int:
    """Render a frozen issue and the archive around it, and write what changed; returns the number of files."""
    from pipeline import render  # noqa: PLC0415  see check

    others = tuple(i for i in room.built if i.key != made.key)
    records = {i.key: room.trials(i.key).values() for i in (*others, made)}
    shelf = others if made.draft else (*others, made)
    edition = render.render(made, shelf, room.folder.templates(), follow(records))
    seal = {"manifest.json": manifest({**edition.files, "issue.json": dump(made)}, edition.site)}
    seal["issue.json"] = dump(made)  # last of all: it is what makes an issue count as built
    with room.folder.locked():
        old = room.written(folder)
        pages = {f"outbox/site/{path}": content for path, content in edition.site.items()}
        pages |= {f"{folder}/{path}": content for path, content in edition.files.items()}
        changed = sum(room.folder.write(path, content) for path, content in pages.items())
        for path in old.keys() - pages.keys() - {f"{folder}/issue.json"}:  # the page of an item taken out again
            room.folder.remove(path, old[path])
        return changed + sum(room.folder.write(f"{folder}/{path}", content) for path, content in seal.items())


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
    """Ask all sources; what one told, and is due, is judged while the others are still being asked."""
    config, printed, done = room.config, room.printed(), 0
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
