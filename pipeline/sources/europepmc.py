"""Europe PMC by its articles service: a search by the day it was first listed, papers and preprints, page by page.

Fields and paging follow europepmc.org/RestfulWebService: `resultType=core`, and `cursorMark`, which begins as `*`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.language.terms import terms
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.answer import at, items, line, read_object, said
from pipeline.text import count, plain

USUAL = Source(
    key="europepmc",
    kind="europepmc",
    name="Europe PMC",
    url="https://www.ebi.ac.uk/europepmc/webservices/rest",
    tier=Tier.INDEXER,
    role=Role.EVIDENCE,
    excerpt=Excerpt.ABSTRACT,
)
OVERLAP = timedelta(days=7)
"""Asked for again before each window, because a paper may be listed days after it is first seen."""

PAGE_SIZE = 100


@dataclass(frozen=True)
class EuropePmcOptions:
    """A Europe PMC search in place of the kind's own (empty)."""

    query: str = ""


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Search for what Europe PMC first listed in the window and the week before it."""
    since = max(window.since, date(1950, 1, 1)) - OVERLAP
    days = f"FIRST_IDATE:[{since.isoformat()} TO {window.today.isoformat()}]"
    return (_search(source, f"({_query(source) or _question(window)}) AND {days}", "*"),)


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one paper by its PubMed number or DOI; None for other names."""
    name = name.strip()
    if re.fullmatch(r"[1-9][0-9]{0,8}", name):
        return replace(_search(source, f"EXT_ID:{name} AND SRC:MED", "*"), step=f"wanted=pmid:{name}")
    doi = dois.registered(name) if name.startswith("10.") else None
    if doi is None or '"' in doi:
        return None
    return replace(_search(source, f'DOI:"{doi}"', "*"), step=f"wanted=doi:{doi}")


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read one page of results and ask for the next.

    Raises SourceError with Europe PMC's own words for an error, with `page` set for a web page, and where one paper
    was asked for and is not there.
    """
    answer = read_object(body, _TITLE)
    if trouble := line(answer, "errMsg") or line(answer, "error"):
        raise SourceError(said(_TITLE, trouble))
    if not isinstance(at(answer, "resultList", "result"), list):
        raise SourceError("Europe PMC answered with something that holds no list of papers")
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.europepmc_paper import make_entry

    results = items(answer, "resultList", "result")
    entries = tuple(entry for each in results if (entry := make_entry(each, source, window.today)))
    if wanted := request.step.partition("wanted=")[2]:
        entries = tuple(e for e in entries if wanted in e.ids.keys())
        if not entries:
            raise SourceError(f"Europe PMC knows no such {'DOI' if wanted.startswith('doi:') else 'number'}")
        return Page(entries, len(results), title=_TITLE, version="europepmc-core")
    lost = len(results) - len(entries)
    note = f"{count(lost, 'paper')} could not be read" if lost else ""
    following = _following(request, line(answer, "nextCursorMark")) if results else None
    return Page(entries, len(results), next=following, title=_TITLE, version="europepmc-core", note=note)


_TITLE = "Europe PMC"


def _following(request: Request, mark: str) -> Request | None:
    """Ask for the page behind a mark; the last page gives the mark it was asked with, or none."""
    parts = urlsplit(request.url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if not mark or mark == asked.get("cursorMark"):
        return None
    query = urlencode(asked | {"cursorMark": mark}, quote_via=quote)
    url = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    return replace(request, url=url, cached=False, page=request.page + 1)


def _search(source: Source, query: str, mark: str) -> Request:
    """Ask for one page of a search."""
    parts = urlsplit(source.url or USUAL.url)
    path = f"{parts.path.rstrip('/').removesuffix('/search')}/search"
    fields = {"query": query, "format": "json", "resultType": "core", "pageSize": str(PAGE_SIZE), "cursorMark": mark}
    url = urlunsplit((parts.scheme, parts.netloc, path, urlencode(fields, quote_via=quote), ""))
    return Request(url, accept="application/json")


def _question(window: Window) -> str:
    """Ask for a therapy and a disease of ours in title and abstract."""
    known = terms()
    diseases = (*known.search_words("pubmed"), *window.own.get("pubmed", ()))
    return " AND ".join(
        "(" + " OR ".join(f'TITLE_ABS:"{word}"' for word in words) + ")" for words in (known.means("pubmed"), diseases)
    )


def _query(source: Source) -> str:
    """Take the search a source sets for itself."""
    given = source.options.get("query")
    return plain(given) if isinstance(given, str) else ""


KIND = Kind(
    name="europepmc",
    what="Papers and preprints in Europe PMC, by a search or one by one, with retractions and corrections.",
    options=EuropePmcOptions,
    first=first,
    read=read,
    lookup=lookup,
    windowed=True,
)
