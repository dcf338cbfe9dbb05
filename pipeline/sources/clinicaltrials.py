"""ClinicalTrials.gov, API v2: the topic's studies, product codes, and every trial we watch, by number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from pipeline.errors import SourceError
from pipeline.language.terms import terms
from pipeline.model.entry import Entry, Trial
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.registries import Registry
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.expressions import any_of
from pipeline.sources.parts.listing import make_listing
from pipeline.text import clip, count, plain

REGISTRY = Registry(
    key="clinicaltrials",
    number=re.compile(r"(?<![A-Z0-9])NCT[0-9]{8}(?![0-9])"),
    example="NCT01234567",
    page="https://clinicaltrials.gov/study/{number}",
    site="clinicaltrials.gov",
    rank=0,
    posted="studyFirstPostDate",
    updated="lastUpdatePostDate",
)
PAGE_SIZE = 200
"""Studies a page: of the registry's 1,000 a page could weigh more than an answer may; a topic is two pages or three."""

PLAIN_SIZE = 50
"""Studies a page when whole studies are asked for, some of which weigh a megabyte."""

IDS = 100
"""Trials asked for by number in one request, so that the address stays short."""


@dataclass(frozen=True)
class ClinicalTrialsOptions:
    """Search words that take the place of the kind's own; none given means the kind's.

    `pages` is where a reader finds a study: this, with the study's number behind it.
    """

    therapies: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    pages: str = ""


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for the data's date, the topic's studies, studies of known products, and the watched trials.

    All of a topic is asked for in every run, so windows of time can't leave gaps. Watched trials are asked by number
    too: a trial that left a search has not left the registry, and the registry sets UNKNOWN without a new date.
    """
    therapies, conditions, products = (
        any_of(_words(source, name) or usual)
        for name, usual in (
            ("therapies", terms().means("clinicaltrials")),
            ("conditions", (*terms().search_words("clinicaltrials"), *window.own.get("clinicaltrials", ()))),
            ("products", terms().alone),
        )
    )
    watched = sorted({n.upper() for n in window.watch if REGISTRY.number.fullmatch(n.upper())})
    chunks = [watched[n : n + IDS] for n in range(0, len(watched), IDS)]
    return (
        Request(f"{_api(source)}/version", accept="application/json", step="version", stamped=True),
        _ask(source, "studies", {"query.cond": conditions, "query.intr": therapies}),
        _ask(source, "products", {"query.term": products}),
        *(_ask(source, "watched", {"filter.ids": ",".join(chunk)}) for chunk in chunks),
    )


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read the version, a page of studies, or one study.

    Raises SourceError with the registry's own line for an error, and with `page` set for a web page. A study
    that can't be read costs only itself and is counted in the note.
    """
    found = _json(body)
    if "protocolSection" in found:
        return _page(source, [found], window)
    if isinstance(stamp := found.get("dataTimestamp"), str):
        said = plain(stamp, 40)
        return Page(title=_TITLE, version=_VERSION, note=f"registry data as of {said[:10]}", stamp=said)
    studies = found.get("studies")
    if not isinstance(studies, list):
        raise SourceError("the registry's answer has no studies in it")
    page = replace(_page(source, studies, window), total=_total(found.get("totalCount")))
    return replace(page, next=_next(request, found.get("nextPageToken")))


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one study by its number."""
    if not REGISTRY.number.fullmatch(name):
        return None
    return Request(f"{_api(source)}/studies/{name}?format=json", accept="application/json", cached=False, step="study")


_TITLE = "ClinicalTrials.gov"
_VERSION = "ctgov-v2"
_FIELDS = (
    "IdentificationModule", "StatusModule", "LeadSponsorName", "LeadSponsorClass", "BriefSummary", "ConditionsModule",
    "DesignModule", "ArmsInterventionsModule", "PrimaryOutcomeMeasure", "EligibilityCriteria", "Sex", "MinimumAge",
    "MaximumAge", "LocationFacility", "LocationCity", "LocationCountry", "LocationStatus", "ReferencesModule",
    "AdverseEventsModule", "AnnotationSection", "MiscInfoModule", "HasResults",
)  # fmt: skip
"""What is asked of a study: names of its API's own description; one it doesn't know makes it refuse (400)."""


def _api(source: Source) -> str:
    """Give the API's address without query and closing slash."""
    parts = urlsplit(source.url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/").removesuffix("/studies"), "", ""))


def _words(source: Source, name: str) -> tuple[str, ...]:
    """Take the search words a source sets for itself."""
    given = source.options.get(name)
    return tuple(str(w) for w in given) if isinstance(given, (list, tuple)) else ()


def _ask(source: Source, step: str, query: dict[str, str]) -> Request:
    """Ask for studies; only the parts that are read, and whole ones where the registry does not know such parts."""
    parts = {"fields": "|".join(_FIELDS), "pageSize": str(PAGE_SIZE)}
    whole = _studies(source, step, query | {"pageSize": str(PLAIN_SIZE)})
    return replace(_studies(source, step, query | parts), instead=whole)


def _studies(source: Source, step: str, query: dict[str, str]) -> Request:
    query |= {"countTotal": "true", "format": "json"}
    return Request(f"{_api(source)}/studies?{urlencode(query, quote_via=quote)}", accept="application/json", step=step)


def _total(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None


def _next(request: Request, token: object) -> Request | None:
    """Ask for the page behind a token; a page may be empty and not be the last."""
    if not isinstance(token, str) or not token:
        return None
    parts = urlsplit(request.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if query.get("pageToken") == token:
        raise SourceError("the registry gave the same page token twice")
    url = urlunsplit(parts._replace(query=urlencode(query | {"pageToken": token}, quote_via=quote)))
    return replace(request, url=url, cached=False, page=request.page + 1, instead=None)


def _json(body: bytes) -> dict[str, object]:
    """Read the body as a JSON object, or say what came instead."""
    head = body[:2_000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not head:
        raise SourceError("the answer was empty")
    if head.startswith("<"):
        raise SourceError("a web page came instead of the registry's data", page=True)
    if not head.startswith(("{", "[")):
        line = plain(next(iter(head.splitlines()), ""), 200)
        raise SourceError(f"the registry answered: {line}")
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except RecursionError as broken:
        raise SourceError("the registry's data is nested too deeply") from broken
    except ValueError as broken:
        raise SourceError("the registry's data is cut off or is not JSON") from broken
    if not isinstance(found, dict):
        raise SourceError("the registry's answer has no studies in it")
    return found


def _page(source: Source, studies: list[object], window: Window) -> Page:
    """Make a page of studies."""
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.trial import make_trial, strange_words

    entries: list[Entry] = []
    strange: list[str] = []
    for study in studies:
        try:
            trial = make_trial(study, REGISTRY)
        except ValueError:
            continue
        strange += strange_words(trial)
        entries.append(_entry(source, trial, window.today))
    return Page(
        entries=tuple(entries),
        parsed=len(studies),
        title=_TITLE,
        version=_VERSION,
        note="; ".join(_remarks(len(studies) - len(entries), strange)),
    )


def _remarks(lost: int, strange: list[str]) -> Iterator[str]:
    """Say what could not be read, and which words the registry did not use before."""
    if lost:
        yield f"{count(lost, 'study', 'studies')} could not be read"
    if strange:
        new_words = ", ".join(dict.fromkeys(strange[:500]))
        yield f"new words of the registry, kept as they are: {clip(new_words, 200)}"


def _entry(source: Source, trial: Trial, today: date) -> Entry:
    """Make the entry that carries a trial."""
    trial = replace(trial, checked=today.isoformat())
    if pages := str(source.options.get("pages") or ""):
        trial = replace(trial, link=f"{pages.rstrip('/')}/{trial.number}")
    return make_listing(source, REGISTRY, trial, today)


KIND = Kind(
    name="clinicaltrials",
    what="Studies of the US registry ClinicalTrials.gov, by its API v2.",
    options=ClinicalTrialsOptions,
    first=first,
    read=read,
    lookup=lookup,
    usual=Source(
        key="clinicaltrials",
        kind="clinicaltrials",
        name="ClinicalTrials.gov",
        url="https://clinicaltrials.gov/api/v2",
        tier=Tier.REGISTRY,
        role=Role.EVIDENCE,
        excerpt=Excerpt.FULL,
    ),
    registry=REGISTRY,
)
