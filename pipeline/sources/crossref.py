"""Crossref's register of DOIs: asked for one paper, and for all notices about what we printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.model.names import Role, Tier
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.answer import at, items, read_object
from pipeline.text import count

USUAL = Source(
    key="crossref",
    kind="crossref",
    name="Crossref",
    url="https://api.crossref.org",
    tier=Tier.INDEXER,
    role=Role.INTEGRITY,
)

BATCH = 20
"""Papers asked for at once, so that the address stays short."""

ROWS = 200


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for the notices about all that was printed, some papers at a time; for nothing where nothing was.

    Filters of one name widen each other, and a comma parts them (crossref.org/documentation, "REST API filters"), so
    the few DOIs that hold a comma are asked for one by one, as works that bear their notices.
    """
    papers = [doi for doi in window.printed if "," not in doi]
    batches = [papers[n : n + BATCH] for n in range(0, len(papers), BATCH)]
    alone = (lookup(source, doi) for doi in window.printed if "," in doi)
    return (*(_updates(source, batch) for batch in batches), *(replace(each, optional=True) for each in alone if each))


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one paper by its DOI; None for other names."""
    name = name.strip()
    doi = dois.registered(name) if name.startswith("10.") else None
    # A client or a server may resolve "." and ".." in a path, so such a name would ask for something else.
    if doi is None or {".", ".."} & set(doi.split("/")):
        return None
    return _request(source, f"/{quote(doi, safe='')}", "", f"{_WANTED}{doi}")


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read one work, or the list of works that are notices.

    Raises SourceError with Crossref's own words for an error, with `page` set for a web page, and where another work
    came than the one that was asked for.
    """
    if body.strip().lower().startswith(b"resource not found"):
        raise SourceError("Crossref does not know this DOI")
    answer = read_object(body, _TITLE)
    work = answer.get("message", answer)
    if request.step == _LIST:
        return _notices(work, source, window)
    if not isinstance(at(work, "DOI"), str):
        raise SourceError("Crossref's answer is not a single work")
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.work import make_entry

    entry, wanted = make_entry(work, source, window.today), request.step.removeprefix(_WANTED)
    if request.step.startswith(_WANTED) and entry.ids.doi != wanted:
        raise SourceError(f"Crossref answered with {entry.ids.doi}, not with the DOI that was asked for")
    return Page((entry,), 1, title=_TITLE, version="crossref-works")


def _updates(source: Source, papers: list[str]) -> Request:
    """Ask for the works that update some papers."""
    named = ",".join(f"updates:{doi}" for doi in papers)
    return _request(source, "", urlencode({"filter": named, "rows": str(ROWS)}, quote_via=quote), _LIST)


def _request(source: Source, under: str, query: str, step: str) -> Request:
    """Ask for works, or for what lies under them."""
    parts = urlsplit(source.url or USUAL.url)
    path = f"{parts.path.rstrip('/').removesuffix('/works')}/works{under}"
    url = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return Request(url, accept="application/json", step=step)


def _notices(found: object, source: Source, window: Window) -> Page:
    """Read the works of a list; one that can't be read costs only itself."""
    if not isinstance(at(found, "items"), list):
        raise SourceError("Crossref answered with something that holds no list of works")
    from pipeline.sources.parts.work import make_entry

    entries, works = [], items(found, "items")
    for work in works:
        try:
            entries.append(make_entry(work, source, window.today))
        except SourceError:
            continue
    total = at(found, "total-results")
    lost = max(total if isinstance(total, int) else 0, len(works)) - len(entries)
    note = f"{count(lost, 'notice')} about what was printed could not be read" if lost else ""
    return Page(tuple(entries), len(works), title=_TITLE, version="crossref-works", note=note)


_TITLE = "Crossref"
_LIST = "updates"
_WANTED = "wanted=doi:"

KIND = Kind(
    name="crossref",
    what="One paper by its DOI, and retractions and corrections of all we printed, from Crossref.",
    options=None,
    first=first,
    read=read,
    lookup=lookup,
    usual=USUAL,
)
