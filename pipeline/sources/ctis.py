"""The EU's register of trials (CTIS): its RSS of what moved last and, experimental and off, its undocumented search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language.terms import terms
from pipeline.model.entry import Entry, Trial
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.registries import Registry
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.answer import at, read_object
from pipeline.sources.parts.listing import make_listing
from pipeline.text import clip, count

REGISTRY = Registry(
    key="ctis",
    number=re.compile(r"(?<![0-9-])20[0-9]{2}-[0-9]{6}-[0-9]{2}-[0-9]{2}(?![0-9-])"),
    example="2023-501234-12-00",
    older=re.compile(r"(?<![0-9-])20[0-9]{2}-[0-9]{6}-[0-9]{2}(?![0-9-])"),
    older_note="is a EudraCT number, of the EU’s register before 2023. No kind of source reads that register, and CTIS "
    "can’t be asked by it: a study that moved to CTIS has an EU CT number there",
    page="https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={number}",
    site="euclinicaltrials.eu",
    rank=2,
    posted="overall decision date",
    updated="last updated date",
    asked_by_number=False,  # only the first of them, and by a search
    lists_all=False,  # what moved last, whether or not it is new
)
PAGE_SIZE = 100
WATCHED = 30
"""Trials we follow that are asked for by number in one run, a request each."""


@dataclass(frozen=True)
class CtisOptions:
    """Words for treatment and disease in place of the kind's own; each disease is asked for by itself.

    `search` asks the register's search in place of its RSS. It is not documented, may vanish any day, and gives whole
    lists where the RSS gives the fifteen trials that moved last.
    """

    words: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    search: bool = False


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for trials of each disease with a treatment of ours, and for those we follow, by number.

    An address that brings its own `search_criteria` is asked for just that.
    """
    ask: Callable[[Source, dict[str, str]], Request] = _search if source.options.get("search") is True else _rss
    if parse_qs(urlsplit(source.url).query).get("search_criteria"):
        return (Request(source.url, accept=_ACCEPT, step="rss"), *_watched(source, window, _rss))
    treatments = ", ".join(_words(source, "words") or terms().means("ctis"))
    diseases = _words(source, "conditions") or (*terms().search_words("ctis"), *window.own.get("ctis", ()))
    asked = (ask(source, {"containAny": treatments, "medicalCondition": disease}) for disease in diseases)
    return (*asked, *_watched(source, window, ask))


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read a list of the RSS, or a page of the search.

    Raises SourceError for what is neither, with `page` set for a web page. A trial that can't be read costs only
    itself and is counted in the note.
    """
    if request.step.startswith("search"):
        return _found(source, request, read_object(body, _TITLE), window)
    return _listed(source, body, headers, window)


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one trial by its EU CT number; None for other names and EudraCT numbers, which it doesn't list."""
    return replace(_rss(source, {"number": name}), cached=False) if REGISTRY.number.fullmatch(name) else None


_TITLE = "CTIS"
_ACCEPT = "application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"


def _listed(source: Source, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read the RSS."""
    # The parsers cost 100 ms to load; only the process that reads pays.
    from pipeline.sources.parts import sniff, xmlfeed
    from pipeline.sources.parts.euct import of_draft

    sniffed = sniff.sniff(body, headers)
    if sniffed.root == "json":
        raise SourceError("the register answered with JSON instead of its RSS")
    document = xmlfeed.read_xml(sniffed.text, sniffed.root)
    page = _page(source, (partial(of_draft, draft, REGISTRY) for draft in document.drafts), window.today)
    degraded = "; ".join(part for part in (sniffed.degraded, document.degraded) if part)
    return replace(page, parsed=len(document.drafts), version="ctis-rss", degraded=degraded)


def _found(source: Source, request: Request, answer: dict[str, object], window: Window) -> Page:
    """Read a page of the search, and ask for the next."""
    from pipeline.sources.parts.euct import of_overview

    overviews, paging = at(answer, "data"), at(answer, "pagination")
    if not isinstance(overviews, list) or not isinstance(paging, dict):
        raise SourceError("the register’s search now answers in another format; set “search: false”")
    # Pages count from 1; of page 0 it says with 200 that nothing was found.
    if paging.get("currentPage", request.page) != request.page:
        raise SourceError("the register’s search returned another page than the one we asked for")
    if not overviews and paging.get("totalRecords") and request.page == 1:
        raise SourceError("the register’s search counts trials and gives none")
    page = _page(source, (partial(of_overview, each, REGISTRY) for each in overviews), window.today)
    more = paging.get("nextPage") is True and bool(overviews)
    return replace(page, parsed=len(overviews), version="ctis-search", next=_next(request) if more else None)


def _page(source: Source, drafts: Iterable[Callable[[], Trial]], today: date) -> Page:
    """Make a page of trials, each read by itself."""
    entries: list[Entry] = []
    lost, strange = 0, []
    for make in drafts:
        try:
            trial = replace(make(), checked=today.isoformat())
        except ValueError:
            lost += 1
            continue
        if (trial.status or "").startswith("CODE_"):
            strange.append(f"status {trial.status_said}")
        entries.append(make_listing(source, REGISTRY, trial, today, "; ".join(trial.primary_outcomes)))
    remarks = (
        f"{count(lost, 'trial')} could not be read" if lost else "",
        f"new words of the register, kept as they are: {clip(', '.join(dict.fromkeys(strange)), 200)}"
        if strange
        else "",
    )
    return Page(entries=tuple(entries), title=_TITLE, note="; ".join(r for r in remarks if r))


def _watched(source: Source, window: Window, ask: Callable[[Source, dict[str, str]], Request]) -> tuple[Request, ...]:
    numbers = sorted(n for n in window.watch if REGISTRY.number.fullmatch(n))
    return tuple(ask(source, {"number": number}) for number in numbers[:WATCHED])


def _rss(source: Source, criteria: dict[str, str]) -> Request:
    wanted = quote(json.dumps(criteria, ensure_ascii=False), safe="")
    return Request(f"{_api(source)}/rss/updates.rss?search_criteria={wanted}", accept=_ACCEPT, step="rss")


def _search(source: Source, criteria: dict[str, str]) -> Request:
    asked = _body(criteria, 1)
    plain = _rss(source, criteria)
    return Request(f"{_api(source)}/search", "application/json", asked, cached=False, step="search", instead=plain)


def _body(criteria: object, page: int) -> bytes:
    sort = {"property": "lastPublicationUpdate", "direction": "DESC"}
    asked = {"pagination": {"page": page, "size": PAGE_SIZE}, "sort": sort, "searchCriteria": criteria}
    return json.dumps(asked, ensure_ascii=False).encode()


def _next(request: Request) -> Request:
    asked = json.loads(request.body or b"{}")
    page = request.page + 1
    return replace(request, body=_body(at(asked, "searchCriteria"), page), page=page, instead=None)


def _api(source: Source) -> str:
    """Give the interface's address without query and closing slash."""
    parts = urlsplit(source.url)
    path = re.sub(r"/(?:rss/updates\.rss|search)$", "", parts.path.rstrip("/"))
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _words(source: Source, name: str) -> tuple[str, ...]:
    given = source.options.get(name)
    return tuple(str(w) for w in given) if isinstance(given, (list, tuple)) else ()


KIND = Kind(
    name="ctis",
    what="Trials of the EU's register CTIS, by its RSS.",
    options=CtisOptions,
    first=first,
    read=read,
    lookup=lookup,
    usual=Source(
        key="ctis",
        kind="ctis",
        name="EU Clinical Trials (CTIS)",
        url="https://euclinicaltrials.eu/ctis-public-api",
        tier=Tier.REGISTRY,
        role=Role.EVIDENCE,
        excerpt=Excerpt.FULL,
    ),
    registry=REGISTRY,
)
