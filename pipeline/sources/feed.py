"""Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, told apart by content."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for the document itself."""
    return (Request(source.url, accept=_ACCEPT),)


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read a feed document into entries.

    Raises SourceError for whatever is no feed and says what came instead; `page` is set for web pages.
    """
    # The parsers cost 100 ms to load; only the process that reads pays.
    from pipeline.sources.parts import clean, entries, jsonfeed, sniff, xmlfeed

    sniffed = sniff.sniff(body, headers)
    is_json = sniffed.root == "json"
    document = jsonfeed.read_json(sniffed.text) if is_json else xmlfeed.read_xml(sniffed.text, sniffed.root)
    made, note = entries.make_entries(document, source, window.today)
    return Page(
        entries=made,
        parsed=len(document.drafts),
        title=clean.title(document.title, 200),
        version=document.version,
        degraded="; ".join(part for part in (sniffed.degraded, document.degraded) if part),
        note=note,
    )


_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)

KIND = Kind(name="feed", what="An RSS, RDF, Atom or JSON feed.", options=None, first=first, read=read)
