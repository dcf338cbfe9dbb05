"""Dates as people write them: "22 November 2026"; "May 2026" where the day was never given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from pipeline.language.catalog import SOURCE

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.ASCII)


@lru_cache(maxsize=4096)
def say_day(value: date | str | None) -> str:
    """Write a date, or an ISO date cut to what its source gave, in words; anything else stays as it is."""
    return _in_words(value, _english)


def days_in(language: str) -> Callable[[date | str | None], str]:
    """Say how dates are written in a language that our sentences are said in."""
    return say_day if language == SOURCE else _say_in(language)


@cache
def _say_in(language: str) -> Callable[[date | str | None], str]:
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415  English does without

    def localised(year: str, month: int, day: int | None) -> str:
        known = date(int(year), month, 1 if day is None else day)
        return format_skeleton("yMMMM", known, locale=language) if day is None else format_date(known, "long", language)

    return lru_cache(maxsize=4096)(lambda value: _in_words(value, localised))


def _english(year: str, month: int, day: int | None) -> str:
    name = f"{_MONTHS[month - 1]} {year}"
    return name if day is None else f"{day} {name}"


def _in_words(value: date | str | None, write: Callable[[str, int, int | None], str]) -> str:
    """Write what a date or an ISO date gives; what can't be written so stays as it is."""
    text = value.isoformat() if isinstance(value, date) else value or ""
    found = _read(text)
    if found is None or found[1] is None:
        return text if found is None else found[0]
    try:
        return write(found[0], found[1], found[2])
    except ValueError:
        return text


def _read(text: str) -> tuple[str, int | None, int | None] | None:
    """Take an ISO date apart: its year, its month and its day, as far as they were given."""
    found = _ISO.fullmatch(text.strip())
    if not found or (found[2] and not 1 <= int(found[2]) <= 12):
        return None
    year, month, day = found.groups()
    return year, int(month) if month else None, int(day) if day else None
