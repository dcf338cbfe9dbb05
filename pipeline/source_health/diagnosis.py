"""What to make of one attempt at a source: the judgement that holds until its content changes.

A feed fails silently more often than loudly: it can answer 200 with nothing, with a web page, with last year's
entries or with somebody else's.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from pipeline.errors import SourceError
from pipeline.model.entry import UNREAD
from pipeline.model.names import State
from pipeline.model.source import Answer, Health, Outcome, Page, Source
from pipeline.text import count

FAILURES = frozenset({State.FAILED, State.BLOCKED, State.GONE, State.PAGE})
"""The states in which nothing of a source could be read."""

_FEW = 5  # a list shorter than this may turn over or shrink at any time


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """One attempt with all that is needed to judge it. `new` and `newest` as in `health.Reading`."""

    source: Source
    old: Health | None
    answer: Answer
    page: Page | None
    trouble: SourceError | None
    new: int
    newest: str | None
    changed: date
    today: date
    same: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A state that is never `unchanged`, and the facts behind it in a clause."""

    state: State
    note: str


def diagnose(tried: Attempted) -> Diagnosis:
    """Judge an attempt; the first judge in order of gravity that has something to say decides."""
    return next(found for judge in _JUDGES if (found := judge(tried)) is not None)


def _unanswered(tried: Attempted) -> Diagnosis | None:
    answer, note = tried.answer, tried.answer.note or str(tried.answer.outcome)
    if answer.outcome is Outcome.GONE:
        return Diagnosis(State.GONE, note)
    if answer.outcome is Outcome.NOT_FOUND:
        misses = 1 + _misses(tried.old)
        return (
            Diagnosis(State.GONE, f"{note}, {misses} runs in a row") if misses >= 3 else Diagnosis(State.FAILED, note)
        )
    if answer.outcome is Outcome.BLOCKED or answer.status in (401, 403):
        return Diagnosis(State.BLOCKED, note)
    return None if answer.good else Diagnosis(State.FAILED, note)


def _misses(old: Health | None) -> int:
    """How many attempts before this one, in a row, ended in 404."""
    history = old.history if old else ()
    return next((n for n, a in enumerate(history) if a.outcome != Outcome.NOT_FOUND), len(history))


def _unread(tried: Attempted) -> Diagnosis | None:
    if tried.trouble is not None and not tried.trouble.page:
        return Diagnosis(State.FAILED, tried.trouble.what)
    return None


def _reserved(tried: Attempted) -> Diagnosis | None:
    # A 304 need not repeat the header that came with the body.
    was = tried.old is not None and tried.old.diagnosis is State.RESERVED and tried.same
    if (tried.answer.reserved or was) and not tried.source.permission:
        return Diagnosis(State.RESERVED, "the publisher reserves text-and-data-mining rights")
    return None


def _page(tried: Attempted) -> Diagnosis | None:
    if tried.trouble is not None:
        return Diagnosis(State.PAGE, tried.trouble.what)
    return Diagnosis(State.FAILED, "nothing was read") if tried.page is None else None


def _wrong(tried: Attempted) -> Diagnosis | None:
    page, expect = _read(tried), tried.source.expect
    if expect:
        if not page.entries:
            return None
        texts = [t.casefold() for t in (page.title, *(e.title for e in page.entries))]
        if any(word.casefold() in text for word in expect for text in texts):
            return None
        return Diagnosis(State.WRONG, f"none of the expected words ({', '.join(expect)}) in any title")
    before = tried.old.title if tried.old else ""
    if before and page.title and not _akin(before, page.title):
        return Diagnosis(State.WRONG, f"now calls itself “{page.title}”; it was “{before}”")
    return None


def _akin(one: str, other: str) -> bool:
    """Whether two names of a feed may be one name reworded."""
    words = [{w for w in re.findall(r"\w+", name.casefold()) if len(w) > 3} for name in (one, other)]
    return bool(words[0] & words[1]) or fuzz.WRatio(one.casefold(), other.casefold()) >= 50


def _empty(tried: Attempted) -> Diagnosis | None:
    return Diagnosis(State.EMPTY, "read, but it has no entries") if _read(tried).parsed == 0 else None


def _moved(tried: Attempted) -> Diagnosis | None:
    if not tried.answer.moved_to:
        return None
    quiet = _quiet(tried)
    note = f"moved to {tried.answer.moved_to}: update your file"
    return Diagnosis(State.MOVED, f"{note}; {quiet.note}" if quiet else note)


def _quiet(tried: Attempted) -> Diagnosis | None:
    """Quiet for three times its cadence; frozen when that is more than a year as well.

    A source without any date we can trust is quiet since its body last changed.
    """
    last = _last_day(tried.newest) if tried.newest else None
    days = (tried.today - (last or tried.changed)).days
    if days <= 3 * tried.source.every:
        return None
    what = f"newest entry {tried.newest}" if last else f"no dates; nothing changed since {tried.changed}"
    note = f"{what}, {_age(days)}; expected every {count(tried.source.every, 'day')}"
    return Diagnosis(State.FROZEN if days > 365 else State.STALLED, note)


def _last_day(day: str) -> date | None:
    """The latest day a date cut to its precision can mean; None for what is no date."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", day)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _age(days: int) -> str:
    years, months = days // 365, days // 30
    return f"{count(years, 'year') if years else count(months, 'month') if months >= 2 else count(days, 'day')} old"


def _degraded(tried: Attempted) -> Diagnosis | None:
    page, old = _read(tried), tried.old
    if page.degraded:
        return Diagnosis(State.DEGRADED, page.degraded)
    unread = [doubt for e in page.entries for doubt in e.doubts if doubt.startswith(UNREAD)]
    if unread and 2 * len(unread) > len(page.entries):
        raw = unread[0].removeprefix(UNREAD)
        return Diagnosis(State.DEGRADED, f"{len(unread)} of {len(page.entries)} dates can't be read, as “{raw}”")
    if old is None:
        return None
    if tried.same:
        return Diagnosis(State.DEGRADED, old.note) if old.diagnosis is State.DEGRADED else None
    usual = next((a.entries for a in old.history if a.entries), 0)
    if usual >= _FEW and page.parsed < usual * 0.2:
        return Diagnosis(State.DEGRADED, f"{count(page.parsed, 'entry', 'entries')} where there were {usual}")
    listed = len(page.entries)
    if usual >= _FEW and listed >= _FEW and tried.new > listed * 0.8:
        since = f" since {old.last_ok}" if old.last_ok else ""
        return Diagnosis(State.DEGRADED, f"{tried.new} of {listed} entries are new{since}: a gap or a burst")
    return None


def _fine(tried: Attempted) -> Diagnosis:
    newest = "" if tried.newest is None else f"newest entry {tried.newest}"
    return Diagnosis(State.FRESH, "; ".join(filter(None, (newest, tried.answer.note))))


def _read(tried: Attempted) -> Page:
    return tried.page or Page()


_JUDGES = (_unanswered, _unread, _reserved, _page, _wrong, _empty, _moved, _quiet, _degraded, _fine)
