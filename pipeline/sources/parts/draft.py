"""An entry as a document gave it, before anything is cleaned or believed; one shape for all feed formats."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = 4_000
TEXT = 64 * 1024
NAME = 1_000
LINK = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Raw fields of one entry, each capped, none cleaned.

    `dates` and `updates` are (field, raw text), best first. `texts` are abstracts or contents, as markup.
    `identifiers` are fields that exist to identify (prism:doi, dc:identifier), strongest first.
    """

    title: str = ""
    link: str = ""
    guid: str = ""
    texts: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    updates: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed document held. `link` is the place it belongs to, for relative links."""

    version: str
    title: str = ""
    link: str = ""
    drafts: tuple[Draft, ...] = ()
    degraded: str = ""
