"""The UK's register of trials (ISRCTN): its XML, with summaries written for the public."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from pipeline.language.terms import terms
from pipeline.model.names import Excerpt, Role, Tier
from pipeline.model.registries import Registry
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources._kind import Kind
from pipeline.sources.parts.expressions import any_of
from pipeline.sources.parts.listing import make_listing
from pipeline.text import count

REGISTRY = Registry(
    key="isrctn",
    number=re.compile(r"(?<![A-Z0-9])ISRCTN ?[0-9]{8}(?![0-9])"),
    example="ISRCTN12345678",
    page="https://www.isrctn.com/{number}",
    site="isrctn.com",
    rank=1,
    posted="dateAssigned",
    updated="lastUpdated",
)
LIMIT = 500
"""Trials in one answer; the register knows no pages."""

MOST = 5_000
FEW = 150
"""Trials in one answer when more of them weigh too much."""


@dataclass(frozen=True)
class IsrctnOptions:
    """Words for treatments in place of the kind's own; what a trial is about is judged later, from its own fields."""

    words: tuple[str, ...] = ()


def first(source: Source, window: Window) -> tuple[Request, ...]:
    """Ask for all trials that mention a treatment of ours, and for those we follow, by number."""
    given = source.options.get("words")
    words = any_of(
        tuple(str(w) for w in given) if isinstance(given, (list, tuple)) and given else terms().means("isrctn")
    )
    numbers = sorted({n for n in window.watch if REGISTRY.number.fullmatch(n)})
    few = _query(source, words, FEW)
    return (replace(_query(source, words, LIMIT), instead=few), *(_trial(source, number) for number in numbers))


def read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read a list of trials, or one.

    Raises SourceError for what is not the register's XML, with `page` set for a web page. A trial that can't be read
    costs only itself and is counted in the note.
    """
    # The cleaner costs 20 ms to load; only the process that reads pays.
    from pipeline.sources.parts.isrctn_trial import read_trials

    found = read_trials(body, REGISTRY, window.today)
    entries = tuple(make_listing(source, REGISTRY, trial, window.today) for trial in found.trials)
    lost, left = found.parsed - len(entries), (found.total or 0) - found.parsed
    again = _query(source, request.step.removeprefix("list "), min(found.total or 0, MOST))
    more = left > 0 and request.step.startswith("list ") and again.url != request.url
    remarks = (
        f"{count(lost, 'trial')} could not be read" if lost else "",
        f"{count(left, 'trial')} more than it returns at once" if left > 0 and not more else "",
    )
    return Page(
        entries=entries,
        parsed=found.parsed,
        next=again if more else None,
        title="ISRCTN",
        version="isrctn-xml",
        note="; ".join(r for r in remarks if r),
    )


def lookup(source: Source, name: str) -> Request | None:
    """Ask for one trial by its ISRCTN number."""
    number = name.upper().replace(" ", "")
    return replace(_trial(source, number), cached=False, optional=False) if REGISTRY.number.fullmatch(number) else None


_ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.5"


def _query(source: Source, words: str, limit: int) -> Request:
    query = urlencode({"q": words, "limit": str(limit)}, quote_via=quote)
    return Request(f"{_api(source)}/query/format/default?{query}", accept=_ACCEPT, step=f"list {words}")


def _trial(source: Source, number: str) -> Request:
    return Request(f"{_api(source)}/trial/{number}/format/default", accept=_ACCEPT, step="trial", optional=True)


def _api(source: Source) -> str:
    """Give the interface's address without query and closing slash."""
    parts = urlsplit(source.url)
    return urlunsplit((parts.scheme, parts.netloc, re.sub(r"/query(?:/.*)?$", "", parts.path.rstrip("/")), "", ""))


KIND = Kind(
    name="isrctn",
    what="Trials of the UK's register ISRCTN, with summaries in plain English.",
    options=IsrctnOptions,
    first=first,
    read=read,
    lookup=lookup,
    usual=Source(
        key="isrctn",
        kind="isrctn",
        name="ISRCTN, the UK’s register",
        url="https://www.isrctn.com/api",
        tier=Tier.REGISTRY,
        role=Role.EVIDENCE,
        excerpt=Excerpt.ABSTRACT,
    ),
    registry=REGISTRY,
)
