"""Ask sources and read their answers, many at once: fetch, read in a child, remember what was read.

A source costs only itself: whatever goes wrong with it ends as one sentence about it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.fetch import Fetcher
from pipeline.files import BodyCache
from pipeline.flow.parse_pool import Reader
from pipeline.model.entry import Entry
from pipeline.model.settings import Config
from pipeline.model.source import Answer, Health, Outcome, Page, Request, Source, Window
from pipeline.sources import kind
from pipeline.yamltext import UnreadableError, adapter, load_json

MAX_PAGES = 200
"""Pages read of one source in one run; a registry's whole topic is one to four."""

RESTARTS = 2
"""How often a list of several pages is begun anew when one of them fails, or the data changed on the way."""

_ASK_OTHERWISE = frozenset({Outcome.CLIENT_ERROR, Outcome.TOO_LARGE})
_LEFT_ALONE = frozenset({Outcome.RATE_LIMITED, Outcome.BLOCKED, Outcome.GONE})


@dataclass(slots=True)
class SourceResult:
    """What came of asking one source: its last answer, all it listed, or why that is not to be had.

    `answer` is None for a source that asked us to wait longer (Retry-After) and so was left alone.
    `new` counts entries that were not there the last time; None when nobody remembers the last time. `short`: a list
    of it ended before all that it said it has.
    """

    source: Source
    answer: Answer | None = None
    page: Page | None = None
    trouble: SourceError | None = None
    short: bool = False
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
    def whole(self) -> bool:
        """Whether it was read to its end: only then is what was not seen there any more."""
        return self.page is not None and not self.short

    @property
    def newest(self) -> str | None:
        """The newest day any entry gives and that can be trusted."""
        return max((day for e in self.entries if (day := e.day)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was read from a body, with what must be the same for it to be read no second time."""

    stamp: str
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One round of asking all sources: the settings, the time it looks at, and what is known from the rounds before."""

    cache: BodyCache
    config: Config
    window: Window
    health: tuple[Health, ...]
    now: datetime


OnResult = Callable[[SourceResult], Awaitable[None]]
"""What to do with the result of a source, as soon as it is there; if it takes long it lets the others go on."""


async def ask_all(survey: Survey, on_result: OnResult) -> tuple[SourceResult, ...]:
    """Ask every enabled source that may be asked now; one result each, in the order of the file."""
    config, cache = survey.config, survey.cache
    policy = config.newsletter.fetching
    waiting = {h.key for h in survey.health if h.not_before and h.not_before > survey.now}

    async def one(source: Source, session: _Session) -> SourceResult:
        if source.key in waiting:
            result = SourceResult(source, notes=[f"{source.key} asked us to wait, so we did not ask again yet."])
        else:
            if cache.page(_asked(source)) is None:
                session.reader.start()  # there will be something to read, and starting takes as long as an answer
            result = await _ask(source, session)
        await on_result(result)
        return result

    with Reader(timeout=policy.parse_timeout) as reader:
        async with Fetcher(policy, agent=agent(config), cache=cache, now=survey.now) as fetcher:
            session = _Session(fetcher, reader, cache, survey.window)
            asked = []
            for source in config.enabled:
                asked.append(asyncio.create_task(one(source, session)))
                await asyncio.sleep(0)  # the first request is out before the last source is made ready
            return tuple(await asyncio.gather(*asked))


def remembered(cache: BodyCache, source: Source) -> tuple[Entry, ...]:
    """The entries the last gather read of a source, as far as they are still kept."""
    found: dict[str, Entry] = {}
    for page in _last_pages(cache, source):
        _collect(found, page.entries)
    return tuple(found.values())


def agent(config: Config) -> str:
    """The honest User-Agent: who we are and how to reach us."""
    letter = config.newsletter
    contact = letter.fetching.contact or letter.contact or letter.sender.partition("<")[2].rstrip("> ") or letter.sender
    plain = "".join(c for c in f"+{letter.base_url}; {contact}" if c.isascii() and c.isprintable() and c not in "()")
    return f"Hopeline/{__version__} ({plain})"


@dataclass(frozen=True, slots=True)
class _Session:
    """What every source is asked and read with."""

    fetcher: Fetcher
    reader: Reader
    cache: BodyCache
    window: Window


async def _ask(source: Source, session: _Session) -> SourceResult:
    """Follow a source's requests to their end; entries count only when all of them were read.

    A page that hangs on another and can't be had or read (its token died), or data that changed meanwhile, makes
    the whole way be gone again, a few times.
    """
    before: frozenset[str] | None = None
    for left in range(RESTARTS, -1, -1):
        run = _Run(SourceResult(source), before)
        again = await _go(run, session)
        before = run.before
        if not again or not left:
            break
    result, pages = run.result, run.pages
    if not run.whole or not pages:
        return result  # something was amiss, or it is a source that is only looked up
    session.cache.keep_page(_asked(source), "\n".join(run.asked).encode())
    result.entries = tuple(run.found.values())
    result.new = sum(before.isdisjoint(e.ids.keys()) for e in result.entries) if before else None
    result.page = replace(
        pages[0],
        entries=result.entries,
        parsed=len(result.entries) if len(pages) > 1 else pages[0].parsed,
        next=None,
        degraded=next(filter(None, (*(p.degraded for p in pages), run.short)), ""),
        note="; ".join(dict.fromkeys(p.note for p in pages if p.note)),
    )
    result.short = bool(run.short)
    result.notes += [f"{source.name}: {p.note}" for p in pages if p.note]
    return result


@dataclass(slots=True)
class _List:
    """A list that comes page by page: how many it says it has, what was seen of it, and how many could not be read."""

    total: int = 0
    seen: set[str] = field(default_factory=set)
    unread: int = 0


@dataclass(slots=True)
class _Run:
    """One way through all of a source's requests; `whole` when every one of them was read.

    `before` are the identities of all that the last whole reading held, `found` the entries so far, each once.
    """

    result: SourceResult
    before: frozenset[str] | None = None
    found: dict[str, Entry] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stamps: dict[Request, str] = field(default_factory=dict)
    longest: int = 1
    whole: bool = False
    lists: dict[str, _List] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """A clause on the lists that ended before all they said they have; empty where none did."""
        lists = {id(each): each for each in self.lists.values()}.values()
        missing = [f"{came} of {each.total}" for each in lists if (came := len(each.seen) + each.unread) < each.total]
        return f"its list ended too early: {' and '.join(missing)} came" if missing else ""

    def knows(self, page: Page) -> bool:
        """Whether a page holds only what other pages held before it: trials found by a search, asked by number."""
        return bool(page.entries) and all(e.trial and self.found.get(f"nct:{e.ids.number}") == e for e in page.entries)

    def add(self, request: Request, page: Page) -> None:
        """Count a page that was read; its entries are held once, however many lists name them."""
        _collect(self.found, page.entries)
        known = self.lists.setdefault(_name(request), _List())
        known.total = max(known.total, page.total or 0)
        known.seen |= {key for each in page.entries for key in each.ids.keys()[:1]}
        known.unread += page.parsed - len(page.entries)
        if page.next is not None:
            self.lists[_name(page.next)] = known
        self.pages.append(replace(page, entries=()))
        self.asked.append(_name(request))
        self.longest = max(self.longest, request.page)
        if request.stamped:
            self.stamps[request] = page.stamp


async def _go(run: _Run, session: _Session) -> bool:
    """Ask and read until nothing is left to ask; tells whether to start over may help."""
    result, source = run.result, run.result.source
    waiting: list[Request] = list(kind(source.kind).first(source, session.window))
    for _ in range(MAX_PAGES):
        if not waiting:
            run.whole = True
            return run.longest > 1 and await _changed(run, session)
        request = waiting.pop(0)
        answer = await session.fetcher.ask(request, origin=source.url)
        if request.instead is not None and answer.outcome in _ASK_OTHERWISE:
            result.notes.append(f"{source.name}: asked again in a simpler way, because {answer.note}")
            waiting.insert(0, request.instead)
            continue
        if request.optional and answer.outcome is Outcome.NOT_FOUND:
            continue
        if request.stamped and not answer.good and waiting:  # which state the data has is good to know, and no more
            result.notes.append(f"{source.name}: the state of its data is not known, because {answer.note}")
            continue
        if not answer.good:
            result.answer = answer
            return request.page > 1 and answer.outcome not in _LEFT_ALONE
        if run.before is None:
            run.before = _identities(session.cache, source)  # what was kept before this run began
        try:
            page, same = await _read(source, request, answer, session)
        except SourceError as trouble:
            if request.stamped and waiting:
                result.notes.append(f"{source.name}: the state of its data is not known: {trouble.what}")
                continue
            result.answer, result.trouble = answer, trouble
            return request.page > 1
        if (same and not request.cached) or run.knows(page):  # nobody else can tell that it brings nothing new
            answer = replace(answer, outcome=Outcome.UNCHANGED)
        result.answer = answer if result.answer is None else _joined(result.answer, answer)
        session.fetcher.keep(request, answer)
        run.add(request, page)
        waiting = [*([page.next] if page.next else []), *waiting]
    result.trouble = SourceError(f"its list did not end after {MAX_PAGES} pages: skipped")
    return False


async def _changed(run: _Run, session: _Session) -> bool:
    """Look whether the data is still what it was before the first page; if not, nothing of the run counts."""
    result, source = run.result, run.result.source
    for request, stamp in run.stamps.items():
        answer = await session.fetcher.ask(replace(request, cached=False), origin=source.url)
        try:
            page = (await _read(source, request, answer, session))[0] if answer.good else None
        except SourceError:
            page = None
        if page is not None and page.stamp != stamp:
            run.whole = False
            result.trouble = SourceError("its data kept changing while it was read: skipped")
            return True
    return False


async def _read(source: Source, request: Request, answer: Answer, session: _Session) -> tuple[Page, bool]:
    """Read an answer, or remember what was read from the very same bytes; second is whether the bytes are the same."""
    content = hashlib.sha256(answer.body or b"").hexdigest()
    key = _key(source, _name(request))
    stamp = f"{__version__} {session.window.today} {source.language} {sorted(source.options.items())} {content}"
    old = _remembered(session.cache.page(key))
    same = old is not None and old.stamp.endswith(content)
    if old is not None and old.stamp == stamp:
        return old.page, same
    page = await session.reader.read(source, request, answer.body or b"", answer.headers, session.window)
    kept = Remembered(stamp=stamp, page=page)
    session.cache.keep_page(key, adapter(Remembered).dump_json(kept, exclude_defaults=True))
    return page, same


def _name(request: Request) -> str:
    """What tells a request from others: its address, and what is sent there."""
    return request.url if request.body is None else f"{request.url}#{hashlib.sha256(request.body).hexdigest()[:16]}"


def _key(source: Source, name: str) -> str:
    return f"{source.key} {source.kind} {name}"


def _asked(source: Source) -> str:
    return f"asked {source.key} {source.url}"


def _last_pages(cache: BodyCache, source: Source) -> Iterator[Page]:
    """What is remembered of a source's last whole reading, page by page: all of it may be large."""
    asked = (cache.page(_asked(source)) or b"").decode("utf-8", "replace").splitlines()
    return (kept.page for name in asked if (kept := _remembered(cache.page(_key(source, name)))))


def _identities(cache: BodyCache, source: Source) -> frozenset[str]:
    return frozenset(k for page in _last_pages(cache, source) for e in page.entries for k in e.ids.keys())


def _remembered(content: bytes | None) -> Remembered | None:
    if content is None:
        return None
    try:
        return load_json(Remembered, content)
    except UnreadableError:
        return None


def _joined(first: Answer, later: Answer) -> Answer:
    """One answer for several requests: the last one, unless an earlier one brought something new."""
    return later if first.outcome == later.outcome or first.outcome != "ok" else first


def _collect(found: dict[str, Entry], entries: Iterable[Entry]) -> None:
    """Add entries, each once, in the order they are met; a registry lists a trial under several questions."""
    for entry in entries:
        found.setdefault(f"nct:{entry.ids.number}" if entry.trial else f"#{len(found)}", entry)
