"""Ask sources and read their answers, many at once: fetch, read in a child, remember what was read.

A source costs only itself: whatever goes wrong with it ends as one sentence about it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import ValidationError

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.fetch import Fetcher
from pipeline.files import BodyCache
from pipeline.marked import adapter
from pipeline.model.entry import Entry
from pipeline.model.settings import Config
from pipeline.model.source import Answer, Health, Page, Request, Source, Window
from pipeline.reading import Reader
from pipeline.sources import kind

MAX_PAGES = 200
"""Pages read of one source in one run; a registry's whole topic is one to four."""


@dataclass(slots=True)
class Told:
    """What one source told: its last answer, all it listed, or why that is not to be had.

    `answer` is None for a source that asked us to wait longer (Retry-After) and so was left alone.
    `new` counts entries that were not there the last time; None when nobody remembers the last time.
    """

    source: Source
    answer: Answer | None = None
    page: Page | None = None
    trouble: SourceError | None = None
    entries: tuple[Entry, ...] = ()
    new: int | None = 0
    notes: list[str] = field(default_factory=list)

    def new_since(self, old: Health | None) -> int:
        """How many entries are new since a source was last seen; by their dates when the cache forgot them."""
        if self.new is not None:
            return self.new
        if old is None:
            return len(self.entries)
        return sum((e.day or "") > (old.newest or "9") for e in self.entries)

    @property
    def newest(self) -> str | None:
        """The newest day any entry gives and that can be trusted."""
        return max((day for e in self.entries if (day := e.day)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was read from a body, with what must be the same for it to be read no second time."""

    stamp: str
    page: Page


Heard = Callable[[Told], Awaitable[None]]
"""What to do with what a source told, as soon as it did; if it takes long it lets the others go on."""


async def ask_all(
    cache: BodyCache, config: Config, window: Window, health: tuple[Health, ...], now: datetime, heard: Heard
) -> tuple[Told, ...]:
    """Ask every enabled source that may be asked now; one Told each, in the order of the file."""
    policy = config.newsletter.fetching
    waiting = {h.key for h in health if h.not_before and h.not_before > now}

    async def one(source: Source) -> Told:
        if source.key in waiting:
            told = Told(source, notes=[f"{source.key} asked to be left alone for now, so it was not asked."])
        else:
            if cache.page(_asked(source)) is None:
                reader.start()  # there will be something to read, and starting takes as long as an answer
            told = await _ask(source, fetcher, reader, cache, window)
        await heard(told)
        return told

    with Reader(timeout=policy.parse_timeout) as reader:
        async with Fetcher(policy, agent=agent(config), cache=cache) as fetcher:
            asked = []
            for source in config.enabled:
                asked.append(asyncio.create_task(one(source)))
                await asyncio.sleep(0)  # the first request is out before the last source is made ready
            return tuple(await asyncio.gather(*asked))


def remembered(cache: BodyCache, source: Source) -> tuple[Entry, ...]:
    """The entries the last gather read of a source, as far as they are still kept."""
    return _once([kept.page for kept in _memory(cache, source).values()])


def agent(config: Config) -> str:
    """The honest User-Agent: who we are and how to reach us."""
    letter = config.newsletter
    contact = letter.fetching.contact or letter.contact or letter.sender.partition("<")[2].rstrip("> ") or letter.sender
    plain = "".join(c for c in f"+{letter.base_url}; {contact}" if c.isascii() and c.isprintable() and c not in "()")
    return f"Hopeline/{__version__} ({plain})"


async def _ask(source: Source, fetcher: Fetcher, reader: Reader, cache: BodyCache, window: Window) -> Told:
    """Follow a source's requests to their end; entries count only when all of them were read."""
    told = Told(source)
    waiting: list[Request] = list(kind(source.kind).first(source, window))
    memory: dict[str, Remembered] = {}
    pages: list[Page] = []
    asked: list[str] = []
    for _ in range(MAX_PAGES):
        if not waiting:
            break
        request = waiting.pop(0)
        answer = await fetcher.ask(request, origin=source.url)
        told.answer = answer if told.answer is None or not answer.good else _joined(told.answer, answer)
        if not answer.good:
            return told
        memory = memory if pages else _memory(cache, source)
        try:
            page = await _read(source, request, answer, reader, cache, window, memory.get(request.url))
        except SourceError as trouble:
            told.trouble = trouble
            return told
        fetcher.keep(request, answer)
        pages.append(page)
        asked.append(request.url)
        waiting = [*([page.next] if page.next else []), *waiting]
    if not pages:
        return told  # a source that is only looked up
    cache.keep_page(_asked(source), "\n".join(asked).encode())
    told.entries = _once(pages)
    before = {k for kept in memory.values() for e in kept.page.entries for k in e.ids.keys()}
    told.new = sum(before.isdisjoint(e.ids.keys()) for e in told.entries) if before else None
    told.page = replace(
        pages[0],
        entries=told.entries,
        parsed=len(told.entries) if len(pages) > 1 else pages[0].parsed,
        next=None,
        degraded=next((p.degraded for p in pages if p.degraded), ""),
        note="; ".join(dict.fromkeys(p.note for p in pages if p.note)),
    )
    told.notes = [f"{source.name}: {p.note}" for p in pages if p.note]
    return told


async def _read(
    source: Source,
    request: Request,
    answer: Answer,
    reader: Reader,
    cache: BodyCache,
    window: Window,
    old: Remembered | None,
) -> Page:
    """Read an answer, or remember what was read from the very same bytes."""
    body = answer.body or b""
    key = _key(source, request.url)
    own = sorted(source.options.items())
    stamp = f"{__version__} {window.today} {source.language} {own} {hashlib.sha256(body).hexdigest()}"
    old = old or _remembered(cache.page(key))
    if old is not None and old.stamp == stamp:
        return old.page
    page = await reader.read(source, request, body, answer.headers, window)
    cache.keep_page(key, adapter(Remembered).dump_json(Remembered(stamp=stamp, page=page), exclude_defaults=True))
    return page


def _key(source: Source, url: str) -> str:
    return f"{source.key} {source.kind} {url}"


def _asked(source: Source) -> str:
    return f"asked {source.key} {source.url}"


def _memory(cache: BodyCache, source: Source) -> dict[str, Remembered]:
    """What is remembered of a source's last whole reading, by the address that was asked."""
    asked = (cache.page(_asked(source)) or b"").decode("utf-8", "replace").splitlines()
    return {url: kept for url in asked if (kept := _remembered(cache.page(_key(source, url))))}


def _remembered(content: bytes | None) -> Remembered | None:
    if content is None:
        return None
    try:
        return adapter(Remembered).validate_json(content)
    except ValidationError:
        return None


def _joined(first: Answer, later: Answer) -> Answer:
    """One answer for several requests: the last one, unless an earlier one brought something new."""
    return later if first.outcome == later.outcome or first.outcome != "ok" else first


def _once(pages: list[Page]) -> tuple[Entry, ...]:
    """Every entry once, in the order it was met; a registry lists a trial under several questions."""
    found: dict[str, Entry] = {}
    for n, entry in enumerate(e for page in pages for e in page.entries):
        key = f"nct:{entry.ids.nct}" if entry.trial else f"#{n}"
        found.setdefault(key, entry)
    return tuple(found.values())
