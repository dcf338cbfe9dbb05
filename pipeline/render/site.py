"""The archive as a folder of pages that also works opened from disk, and a draft's preview of the same pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from pipeline.model.issue import Issue
from pipeline.render.card import Card
from pipeline.render.colour import accent
from pipeline.render.press import Press
from pipeline.render.sheet import Sheet, direction, lay_out, way
from pipeline.render.shelf import Shelf, Told

_FEED_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page stands, so that its links to others are relative; `root` is "" or one "../" for each folder.

    A draft's pages stand alone (`alone` is its issue's key): links to other issues go to the address on the web.
    """

    path: str
    root: str
    web: str
    alone: str = ""

    @property
    def address(self) -> str:
        """The page's own address on the web."""
        return self.web + self.path.removesuffix("index.html")

    @property
    def style(self) -> str:
        """The style sheet."""
        return f"{self.root}style.css"

    def page(self, path: str) -> str:
        """A page of the site by its path."""
        return self.web + path.removesuffix("index.html") if self.alone else self.root + path

    def issue(self, key: str) -> str:
        """An issue's page."""
        return f"{self.root}index.html" if key == self.alone else self.page(f"{key}/index.html")

    def item(self, told: Told) -> str:
        """An item's page."""
        if told.key == self.alone:
            return f"{self.root}{told.slug}/index.html"
        return self.page(f"{told.key}/{told.slug}/index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One entry of the Atom feed: an item, or an issue as a whole (`card` None)."""

    tag: str
    address: str
    published: date
    updated: date
    issue: Issue
    card: Card | None


def print_site(shelf: Shelf, press: Press) -> dict[str, bytes]:
    """Print the whole archive: start page, issues, items, corrections, Atom feed, site map, style sheet."""
    web = _web(shelf.newest)
    sheets = {i.key: lay_out(i, shelf) for i in shelf.issues}
    shared: dict[str, object] = {"shelf": shelf, "newest": shelf.newest}
    pages: dict[str, str] = {}
    front = _common(shelf.newest) | shared
    pages["index.html"] = press.print(
        "web/home.html", place=Place(path="index.html", root="", web=web), sheets=sheets, **front
    )
    pages["corrections/index.html"] = press.print(
        "web/corrections.html", place=Place(path="corrections/index.html", root="../", web=web), **front
    )
    for sheet in sheets.values():
        place = Place(path=f"{sheet.issue.key}/index.html", root="../", web=web)
        pages |= _print_issue(sheet, shelf, press, place)
    days = {path: _touched(path, shelf) for path in pages}
    pages["feed.xml"] = press.print(
        "web/feed.xml", web=web, host=_host(_web(shelf.issues[0])), dispatches=_feed(sheets, web), **front
    )
    pages["sitemap.xml"] = press.print("web/sitemap.xml", web=web, days=days)
    pages["robots.txt"] = press.print("web/robots.txt", web=web, **front)
    pages["style.css"] = _style(shelf.newest, press)
    return {path: text.encode() for path, text in sorted(pages.items())}


def print_preview(issue: Issue, shelf: Shelf, press: Press) -> dict[str, bytes]:
    """Print a draft's own pages below `web/`, apart from the archive."""
    place = Place(path=f"{issue.key}/index.html", root="", web=_web(issue), alone=issue.key)
    pages = _print_issue(lay_out(issue, shelf), shelf, press, place)
    texts = {path.removeprefix(f"{issue.key}/"): text for path, text in pages.items()}
    texts["style.css"] = _style(issue, press)
    return {f"web/{path}": text.encode() for path, text in sorted(texts.items())}


def _print_issue(sheet: Sheet, shelf: Shelf, press: Press, place: Place) -> dict[str, str]:
    """Print an issue's page and the page of each of its items; `place` is the issue's own."""
    issue = sheet.issue
    values = _common(issue) | {"shelf": shelf, "newest": shelf.newest, "sheet": sheet}
    pages = {place.path: press.print("web/issue.html", place=place, **values)}
    for card, before, after in _neighbours(sheet.cards):
        path = f"{issue.key}/{card.told.slug}/index.html"
        stand = Place(path=path, root=f"{place.root}../", web=place.web, alone=place.alone)
        pages[path] = press.print("web/item.html", place=stand, card=card, before=before, after=after, **values)
    return pages


def _neighbours(cards: tuple[Card, ...]) -> Iterator[tuple[Card, Card | None, Card | None]]:
    for at, card in enumerate(cards):
        yield card, cards[at - 1] if at else None, cards[at + 1] if at + 1 < len(cards) else None


def _common(issue: Issue) -> dict[str, object]:
    masthead = issue.masthead
    return {
        "issue": issue,
        "masthead": masthead,
        "accent": accent(masthead.accent),
        "direction": direction(masthead.language),
        "contact": way(masthead.contact),
    }


def _style(issue: Issue, press: Press) -> str:
    return press.print("web/style.css", accent=accent(issue.masthead.accent))


def _feed(sheets: dict[str, Sheet], web: str) -> list[Dispatch]:
    """The newest entries first; a corrected item comes up again under its old id."""
    entries = [entry for sheet in sheets.values() for entry in _dispatches(sheet, web)]
    return sorted(entries, key=lambda e: (e.updated, e.issue.key), reverse=True)[:_FEED_LENGTH]


def _dispatches(sheet: Sheet, web: str) -> Iterator[Dispatch]:
    """The entry of each item, then that of the issue as a whole."""
    issue = sheet.issue
    # The tag (RFC 4151) is made of the issue's own frozen settings: a move to a new domain must not renew it.
    tag = f"tag:{_host(_web(issue))},{issue.key}"
    for card in sheet.cards:
        yield Dispatch(
            tag=f"{tag}:{card.told.slug}",
            address=f"{web}{issue.key}/{card.told.slug}/",
            published=issue.date,
            updated=max([issue.date, *(t.on for t in card.corrected)]),
            issue=issue,
            card=card,
        )
    # Underscored, so that no item's slug can be the same.
    yield Dispatch(
        tag=f"{tag}:_issue",
        address=f"{web}{issue.key}/",
        published=issue.date,
        updated=issue.date,
        issue=issue,
        card=None,
    )


def _touched(path: str, shelf: Shelf) -> date:
    """When a page last changed: its issue's day, or that of the last correction of it."""
    days = [i.date for i in shelf.issues if path.startswith(f"{i.key}/")] or [shelf.newest.date]
    fixed = [
        c.by.on for c in shelf.corrections if path in (f"{c.of.key}/index.html", f"{c.of.key}/{c.of.slug}/index.html")
    ]
    return max([*days, *fixed])


def _web(issue: Issue) -> str:
    return f"{issue.masthead.base_url.rstrip('/')}/"


def _host(web: str) -> str:
    return urlsplit(web).hostname or "localhost"
