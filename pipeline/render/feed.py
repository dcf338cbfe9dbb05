"""The entries of the Atom feed, and the ids that they keep for good (RFC 4287, 4151)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

from pipeline.model.issue import Issue
from pipeline.render.card import Card
from pipeline.render.layout import Layout
from pipeline.render.links import ascii_host, web_of

_LENGTH = 60
_DEFAULT_PORT = {"http": 80, "https": 443}
_IN_TAGS = "/~!$&'()*+,;=:@%"
"""What may stand in a tag as it is, beside letters and digits; a path may be percent-encoded already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One entry of the Atom feed: an item, or an issue as a whole (`card` None)."""

    tag: str
    address: str
    published: date
    updated: date
    issue: Issue
    card: Card | None


def dispatches(layouts: Mapping[str, Layout], web: str) -> list[Dispatch]:
    """The newest entries first; a corrected item comes up again under its old id."""
    entries = [entry for layout in layouts.values() for entry in _dispatches(layout, web)]
    return sorted(entries, key=lambda e: (e.updated, e.issue.key), reverse=True)[:_LENGTH]


def tag_of(issue: Issue, name: str) -> str:
    """Make the id of something in an issue: a `tag:` of where and when the issue was first published.

    It is made of the issue's own frozen settings: a move to a new domain must not renew it. Newsletters that share a
    host differ by their path or port; at the root of a host neither is there to tell.
    """
    parts = urlsplit(web_of(issue))
    port = "" if parts.port in (None, _DEFAULT_PORT.get(parts.scheme)) else f":{parts.port}"
    path = quote(parts.path, safe=_IN_TAGS) if parts.path != "/" or port else ""
    return f"tag:{host_of(issue)},{issue.key}:{port}{path}{name}"


def host_of(issue: Issue) -> str:
    """The host that an issue was first published on, as DNS has it."""
    return ascii_host(urlsplit(web_of(issue)).hostname or "localhost")


def _dispatches(layout: Layout, web: str) -> Iterator[Dispatch]:
    """The entry of each item, then that of the issue as a whole."""
    issue = layout.issue
    for card in layout.cards:
        yield Dispatch(
            tag=tag_of(issue, card.printed.slug),
            address=f"{web}{issue.key}/{card.printed.slug}/",
            published=issue.date,
            updated=max([issue.date, *(t.on for t in card.corrected)]),
            issue=issue,
            card=card,
        )
    # Underscored, so that no item's slug can be the same.
    yield Dispatch(
        tag=tag_of(issue, "_issue"),
        address=f"{web}{issue.key}/",
        published=issue.date,
        updated=issue.date,
        issue=issue,
        card=None,
    )
