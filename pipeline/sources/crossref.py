"""Crossref's register of DOIs: asked for one paper at a time, and for what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.model.names import Role, Tier
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.answer import at, read_object

USUAL = Source(
    key="crossref",
    kind="crossref",
    name="Crossref",
    url="https://api.crossref.org",
    tier=Tier.INDEXER,
    role=Role.INTEGRITY,
)


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for nothing: this register is only looked things up in."""
    return ()


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one paper by its DOI; None for other names."""
    name = name.strip()
    doi = dois.registered(name) if name.startswith("10.") else None
    # A client or a server may resolve "." and ".." in a path, so such a name would ask for something else.
    if doi is None or {".", ".."} & set(doi.split("/")):
        return None
    parts = urlsplit(source.url or USUAL.url)
    works, asked = parts.path.rstrip("/").removesuffix("/works"), quote(doi, safe="")
    url = urlunsplit((parts.scheme, parts.netloc, f"{works}/works/{asked}", "", ""))
    return Request(url, accept="application/json", step=f"{_WANTED}{doi}")


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read one work.

    Raises SourceError with Crossref's own words for an error, with `page` set for a web page, and where another work
    came than the one that was asked for.
    """
    if body.strip().lower().startswith(b"resource not found"):
        raise SourceError("Crossref does not know this DOI")
    answer = read_object(body, _TITLE)
    work = answer.get("message", answer)
    if not isinstance(at(work, "DOI"), str):
        raise SourceError("Crossref's answer is not a single work")
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.work import make_entry

    entry, wanted = make_entry(work, source, window.today), request.step.removeprefix(_WANTED)
    if request.step.startswith(_WANTED) and entry.ids.doi != wanted:
        raise SourceError(f"Crossref answered with {entry.ids.doi}, not with the DOI that was asked for")
    return Page((entry,), 1, title=_TITLE, version="crossref-works")


_TITLE = "Crossref"
_WANTED = "wanted=doi:"

KIND = Kind(
    name="crossref",
    what="One paper by its DOI, with retractions and corrections, from Crossref.",
    options=None,
    first=first,
    read=read,
    lookup=lookup,
    usual=USUAL,
)
