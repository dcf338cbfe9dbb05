"""Add one item to a queue by hand, looked up at the registers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from pipeline.errors import SourceError, UsageError
from pipeline.fetch import Fetcher
from pipeline.flow.gather_sources import MAX_PAGES, SourceResult, agent
from pipeline.flow.identifiers import Identifier, identify
from pipeline.flow.parse_pool import Reader
from pipeline.model.entry import Entry, Precision, When
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.settings import Config
from pipeline.model.source import Source, Window
from pipeline.model.story import Story
from pipeline.queue.merge import Background, Merged, merge
from pipeline.sources import kind, kinds, registries
from pipeline.store import Newsroom
from pipeline.text import canonical_link, plain, safe_link
from pipeline.triage.verdict import judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the editor says of an item herself: it counts more than what is found. `source` is a key of sources.yml."""

    title: str | None = None
    published: date | None = None
    link: str | None = None
    source: str | None = None
    excerpt: str | None = None


def add(newsroom: Newsroom, issue: str, what: str, today: date, given: Given) -> tuple[Merged, tuple[str, ...]]:
    """Add one item to the queue by its name; returns what was merged and remarks for the editor.

    Raises UsageError for what is no name, for a source or a link that is none, and where no title is to be had.
    """
    config, name = newsroom.config, _name(what)
    _refuse(given, config)
    entry, notes = asyncio.run(_look_up(newsroom, name, Window(today, today)))
    entry = _with(entry, name, what, given)
    if not entry.title:
        raise UsageError(_untitled(what, name, notes))
    usual = next((each for each in _usual() if each.key == entry.source), None)
    source = config.source(entry.source) or usual or _by_hand(entry)
    verdict = judge(entry, source, config.newsletter.topics, newsroom.terms)
    story = Story(lead=entry, also=(), verdict=verdict, by_hand=True)
    with newsroom.folder.locked():
        if newsroom.seen(issue) & set(story.keys()):
            notes = (*notes, "An earlier issue has already dealt with this. Added anyway, as you asked.")
        merged = merge(newsroom.queue_or_new(issue), [story], Background(sources={source.key: source}))
        newsroom.save_texts(issue, merged.texts)
        newsroom.save_queue(merged.queue)
    if not verdict.kept:
        step = verdict.steps[-1] if verdict.steps else ""
        notes = (*notes, f"Our own rules would have left this out ({verdict.reason}): {step}")
    return merged, notes


def _name(what: str) -> Identifier:
    """Read what the item is called; raises UsageError for what names nothing that could be looked up."""
    name = identify(what)
    if name.scheme == "text":
        numbers = ", ".join(each.example for each in registries().every if each.key in kinds())
        raise UsageError(
            f"“{what}” is not a web address, DOI, PubMed number or trial number (as {numbers}).\n"
            "For example: hope add https://…  or  hope add NCT01234567"
        )
    return name


def _refuse(given: Given, config: Config) -> None:
    if given.source and config.source(given.source) is None:
        raise UsageError(f"“{given.source}” is not a source in sources.yml.")
    if given.link and safe_link(given.link) is None:
        raise UsageError(f"“{given.link}” is not a web address: it must start with https://")


def _untitled(what: str, name: Identifier, notes: tuple[str, ...]) -> str:
    asked = "\n".join(notes) or _unasked(name)
    where, typed = "" if name.scheme == "link" else " --link https://…", f'"{what}"' if " " in what else what
    return (
        f"We could not find out what {what} is.\n{asked}\n"
        f'Give the details yourself: hope add {typed} --title "…" --published YYYY-MM-DD{where}'
    )


def _unasked(name: Identifier) -> str:
    """Say why there is nobody to ask about a thing."""
    registry = registries().of(name.value) if name.scheme == "nct" else None
    if registry is None:
        return "There is nowhere to look up a plain web address."
    if registry.key not in kinds():
        return "No kind of source reads the registry that this number is of."
    return f"{name.value} {registry.older_note}."


def _usual() -> tuple[Source, ...]:
    """Where a name is looked up when sources.yml lists no register of that kind."""
    return tuple(kind.usual for kind in kinds().values() if kind.usual is not None)


async def _look_up(newsroom: Newsroom, name: Identifier, window: Window) -> tuple[Entry | None, tuple[str, ...]]:
    """Ask the registers of sources.yml, then the usual ones, until one knows it."""
    config = newsroom.config
    notes: list[str] = []
    own = [s for s in config.sources if kind(s.kind).lookup is not None and s.url]
    taken = {s.kind for s in own}
    policy = config.newsletter.fetching
    with Reader(timeout=policy.parse_timeout) as reader:
        async with Fetcher(policy, agent=agent(config)) as fetcher:
            for source in (*own, *(each for each in _usual() if each.kind not in taken)):
                result = await _one(source, name, window, reader, fetcher)
                if result.entries:
                    return result.entries[0], tuple(notes)
                notes += result.notes
    return None, tuple(notes)


async def _one(source: Source, name: Identifier, window: Window, reader: Reader, fetcher: Fetcher) -> SourceResult:
    ask = kind(source.kind).lookup
    result = SourceResult(source)
    request = ask(source, name.value) if ask else None
    for _ in range(MAX_PAGES):
        if request is None:
            break
        answer = await fetcher.ask(request, origin=source.url)
        if not answer.good or answer.body is None:
            result.notes.append(f"{source.name}: {answer.note or answer.outcome}.")
            break
        try:
            page = await reader.read(source, request, answer.body, answer.headers, window)
        except SourceError as trouble:
            result.notes.append(f"{source.name}: {trouble.what}.")
            break
        result.entries, request = (*result.entries, *page.entries), page.next
    return result


def _with(entry: Entry | None, name: Identifier, what: str, given: Given) -> Entry:
    """What was found, overruled by what the editor gave."""
    link = safe_link(given.link) or (entry.link if entry else None) or safe_link(what)
    if link is None and name.scheme == "doi":
        link = f"https://doi.org/{name.value}"
    ids = entry.ids if entry else name.ids
    ids = ids if ids.link or link is None else replace(ids, link=canonical_link(link))
    day = given.published
    when = (
        When(day.isoformat(), Precision.DAY, day.isoformat(), "given by the editor")
        if day
        else entry.published
        if entry
        else None
    )
    base_entry = entry or Entry(source="", title="", ids=ids)
    return replace(
        base_entry,
        title=plain(given.title or base_entry.title, 500),
        link=link,
        published=when,
        summary=plain(given.excerpt or base_entry.summary, 2000),
        source=given.source or base_entry.source or "by-hand",
    )


def _by_hand(entry: Entry) -> Source:
    """A source of an item that came from no source: trusted least."""
    return Source(
        key=entry.source,
        kind="feed",
        name="added by hand",
        url="",
        tier=Tier.NEWS,
        role=Role.LEAD,
        excerpt=Excerpt.FULL,
    )
