"""PubMed by its E-utilities: a search by the day of entry, then the citations themselves, a hundred at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.language.terms import terms
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.answer import at, items, line, read_object, said
from pipeline.sources.parts.question import question
from pipeline.text import count, plain

USUAL = Source(
    key="pubmed",
    kind="pubmed",
    name="PubMed",
    url="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    tier=Tier.INDEXER,
    role=Role.EVIDENCE,
    excerpt=Excerpt.ABSTRACT,
)
OVERLAP = timedelta(days=15)
"""Asked for again before each window, because PubMed adds papers to days that have passed."""

CHUNK = 100
"""Citations in one answer, so that the address stays short and the answer small."""

MOST = 10_000
"""Numbers PubMed gives for one search (ncbi.nlm.nih.gov/books/NBK25499)."""


@dataclass(frozen=True)
class PubmedOptions:
    """A PubMed search in place of the kind's own (empty), and how many of its newest papers are read."""

    query: str = ""
    limit: int = 200


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Search for papers that entered PubMed in the window and the 15 days before it."""
    since = max(window.since, date(1950, 1, 1)) - OVERLAP
    span = {"datetype": "edat", "mindate": f"{since:%Y/%m/%d}", "maxdate": f"{window.today:%Y/%m/%d}"}
    return (
        _search(
            source, _query(source) or question(terms(), window.own.get("pubmed", ())), _limit(source), "search", span
        ),
    )


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one paper by its PubMed number or DOI; None for other names."""
    name = name.strip()
    if re.fullmatch(r"[1-9][0-9]{0,8}", name):
        return _fetch(source, (name,), wanted=f"pmid:{name}")
    doi = dois.registered(name) if name.startswith("10.") else None
    if doi is None:
        return None
    return _search(source, f'"{doi.replace(chr(34), "")}"[doi]', 5, f"search wanted=doi:{doi}", {})


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read the numbers a search found, or the citations of some of them.

    Raises SourceError with PubMed's own words for an error, with `page` set for a web page, and where one paper
    was asked for and is not there.
    """
    step, _, rest = request.step.partition(" ")
    noted = dict(part.split("=", 1) for part in rest.split() if "=" in part)
    if step == "search":
        return _found(source, read_object(body, _TITLE), noted.get("wanted", ""))
    page = _citations(source, body, window, noted.get("wanted", ""))
    waiting = tuple(noted["then"].split(",")) if noted.get("then") else ()
    return replace(page, next=_fetch(source, waiting) if waiting else None)


_TITLE = "PubMed"


def _found(source: Source, answer: dict[str, object], wanted: str) -> Page:
    """Read the numbers a search found and ask for the citations."""
    result = at(answer, "esearchresult")
    if trouble := line(result, "ERROR") or line(answer, "error"):
        raise SourceError(said(_TITLE, trouble))
    if not isinstance(at(result, "idlist"), list):
        raise SourceError("PubMed answered with something that holds no list of papers")
    listed = (line({"id": n}, "id") for n in items(result, "idlist"))
    numbers = tuple(dict.fromkeys(n for n in listed if re.fullmatch(r"[0-9]{1,9}", n)))[: _limit(source)]
    if wanted and not numbers:
        raise SourceError(_unknown(wanted))
    total = int(given) if re.fullmatch(r"[0-9]{1,9}", given := line(result, "count")) else 0
    more = total > len(numbers) and not wanted
    note = f"the newest {len(numbers):,} of {total:,} papers found were read" if more else ""
    following = _fetch(source, numbers, wanted=wanted) if numbers else None
    return Page(next=following, title=_TITLE, version="esearch", note=note)


def _citations(source: Source, body: bytes, window: Window, wanted: str) -> Page:
    """Read citations; where one paper was asked for, that one alone."""
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.citation import read_citations

    entries, parsed = read_citations(body, source, window.today)
    lost = parsed - len(entries)
    if wanted:
        # A search for a DOI that PubMed doesn't know can find papers that merely resemble it.
        entries = tuple(e for e in entries if wanted in e.ids.keys())
        if not entries:
            raise SourceError(_unknown(wanted))
    note = f"{count(lost, 'citation')} could not be read" if lost else ""
    return Page(entries, parsed, title=_TITLE, version="pubmed-xml", note=note)


def _unknown(wanted: str) -> str:
    """Say that PubMed doesn't know what was asked for."""
    return f"PubMed knows no such {'DOI' if wanted.startswith('doi:') else 'number'}"


def _search(source: Source, term: str, most: int, step: str, more: dict[str, str]) -> Request:
    """Ask for the numbers of papers, newest first."""
    query = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(most), "tool": "hopeline"} | more
    url = f"{_api(source)}/esearch.fcgi?{urlencode(query, quote_via=quote)}"
    return Request(url, accept="application/json", step=step)


def _fetch(source: Source, numbers: tuple[str, ...], wanted: str = "") -> Request:
    """Ask for the citations of the first hundred numbers; the step carries the others on."""
    now, then = numbers[:CHUNK], numbers[CHUNK:]
    query = {"db": "pubmed", "id": ",".join(now), "retmode": "xml", "tool": "hopeline"}
    step = " ".join(
        ("fetch", *((f"wanted={wanted}",) if wanted else ()), *((f"then={','.join(then)}",) if then else ()))
    )
    url = f"{_api(source)}/efetch.fcgi?{urlencode(query, quote_via=quote, safe=',')}"
    return Request(url, accept="application/xml, text/xml;q=0.9", step=step)


def _api(source: Source) -> str:
    """Give the address of the utilities without query and closing slash."""
    parts = urlsplit(source.url or USUAL.url)
    path = re.sub(r"/(?:esearch|efetch)\.fcgi$", "", parts.path.rstrip("/"))
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _query(source: Source) -> str:
    """Take the search a source sets for itself."""
    given = source.options.get("query")
    return plain(given) if isinstance(given, str) else ""


def _limit(source: Source) -> int:
    """Take how many papers are read: at least one, at most what PubMed lists."""
    given = source.options.get("limit")
    return min(max(given, 1), MOST) if isinstance(given, int) else PubmedOptions.limit


KIND = Kind(
    name="pubmed",
    what="Papers in PubMed, by a search or one by one, through its E-utilities.",
    options=PubmedOptions,
    first=first,
    read=read,
    lookup=lookup,
    usual=USUAL,
    windowed=True,
)
