"""Dates as people write them: "22 November 2026"; "May 2026" where the day was never given."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.ASCII)


def say_day(value: date | str | None) -> str:
    """Write a date, or an ISO date cut to what its source gave, in words; anything else stays as it is."""
    if value is None:
        return ""
    if isinstance(value, date):
        value = value.isoformat()
    found = _ISO.fullmatch(value.strip())
    if not found:
        return value
    year, month, day = found.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return value
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"
