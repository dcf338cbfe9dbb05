"""The Atom feeds, whole or of one topic: what stands in them, and the ids that it keeps for good (RFC 4287, 4151)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote, urlsplit

from pipeline.model.issue import Issue
from pipeline.render.archive import Archive
from pipeline.render.card import Card
from pipeline.render.glossary_links import Linker
from pipeline.render.layout import Layout, Looked
from pipeline.render.links import Links, ascii_host, web_of
from pipeline.render.press import Press
from pipeline.render.topics import TopicIndex

PATH = "feed.xml"

_ISSUES = 2
_DEFAULT_PORT = {"http": 80, "https": 443}
_IN_TAGS = "/~!$&'()*+,;=:@%"
"""What may stand in a tag as it is, beside letters and digits; a path may be percent-encoded already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One entry of the Atom feed: an item, or an issue as a whole (`card` None), with how many items were withdrawn.

    `found` says of an issue how well its sources were looked through.
    """

    tag: str
    address: str
    published: date
    updated: datetime
    issue: Issue
    card: Card | None
    withdrawn: int = 0
    found: Looked = Looked.LOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomFeed:
    """A feed below the site: of the whole newsletter, or of the items on one topic, which `topic` names."""

    path: str
    tag: str
    address: str
    dispatches: tuple[Dispatch, ...]
    topic: str = ""


def whole_feed(layouts: Mapping[str, Layout], archive: Archive) -> AtomFeed:
    """The feed of the whole newsletter."""
    web = web_of(archive.newest)
    tag = tag_of(archive.issues[0], "feed")
    return AtomFeed(path=PATH, tag=tag, address=web, dispatches=_recent(_dispatches(layouts.values(), web)))


def topic_feeds(layouts: Mapping[str, Layout], archive: Archive, topics: TopicIndex) -> Iterator[AtomFeed]:
    """The feed of each topic, which stands in the folder of its page; the entries are those of the whole feed."""
    web = web_of(archive.newest)
    entries = {e.card.printed.address: e for e in _dispatches(layouts.values(), web) if e.card}
    for topic in topics.with_pages:
        folder = topic.path.removesuffix("/index.html")
        yield AtomFeed(
            path=f"{folder}/{PATH}",
            tag=tag_of(archive.issues[0], f"{folder}/feed"),
            address=f"{web}{folder}/",
            dispatches=_recent(entries[card.printed.address] for card in topic.cards),
            topic=topic.name,
        )


def print_feed(feed: AtomFeed, press: Press, web: str, values: Mapping[str, object]) -> str:
    """Print a feed; `values` are those every page needs. Its links are whole addresses: readers show it elsewhere."""
    return press.print(
        "web/feed.xml",
        **{
            **values,
            "feed": feed,
            "dispatches": feed.dispatches,
            "host": feed.tag.removeprefix("tag:").partition(",")[0],  # what the template asked for before
            "web": web,
            "links": Links(path=feed.path, root="", web=web, alone=feed.path),
            "terms": Linker(),
        },
    )


def _recent(entries: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """The last two issues, whole, and whatever was corrected since; the newest first, under its old id."""
    every = tuple(entries)
    last = sorted({e.issue.key for e in every})[-_ISSUES:]
    since = min((e.published for e in every if e.issue.key in last), default=date.max)
    # Of an older issue with a withdrawn item, that item alone comes up again: it tells all there is.
    recent = [e for e in every if e.issue.key in last or (e.updated.date() >= since and not e.withdrawn)]
    return tuple(sorted(recent, key=lambda e: (e.updated, e.issue.key), reverse=True))


def tag_of(issue: Issue, name: str) -> str:
    """Make the id of something in an issue: a `tag:` of where and when the issue was first published.

    It is made of the issue's own frozen settings: a move to a new domain must not renew it. Newsletters that share a
    host differ by their path or port; at the root of a host neither is there to tell.
    """
    parts = urlsplit(web_of(issue))
    port = "" if parts.port in (None, _DEFAULT_PORT.get(parts.scheme)) else f":{parts.port}"
    path = quote(parts.path, safe=_IN_TAGS) if parts.path != "/" or port else ""
    return f"tag:{ascii_host(parts.hostname or 'localhost')},{issue.key}:{port}{path}{name}"


def _dispatches(layouts: Iterable[Layout], web: str) -> Iterator[Dispatch]:
    for layout in layouts:
        yield from _dispatches_of(layout, web)


def _dispatches_of(layout: Layout, web: str) -> Iterator[Dispatch]:
    """The entry of each item, then that of the issue as a whole."""
    issue = layout.issue
    for card in layout.cards:
        yield Dispatch(
            tag=tag_of(issue, card.printed.slug),
            address=f"{web}{issue.key}/{card.printed.slug}/",
            published=issue.date,
            updated=_updated(card),
            issue=issue,
            card=card,
        )
    gone = [card.withdrawal.on for card in layout.cards if card.withdrawal]
    # Underscored, so that no item's slug can be the same.
    yield Dispatch(
        tag=tag_of(issue, "_issue"),
        address=f"{web}{issue.key}/",
        published=issue.date,
        updated=_moment(max([issue.words_of(None), *gone])),
        issue=issue,
        card=None,
        withdrawn=len(gone),
        found=layout.found,
    )


def _updated(card: Card) -> datetime:
    """When an entry last changed: a second later for each own correction, so that two of one day are two changes."""
    own = sum(bool(each.own) for each in card.notices)
    return _moment(max([card.printed.since, *(each.on for each in card.notices)])) + timedelta(seconds=own)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
