"""Dates as sources write them, read strictly: year, month and day must stand in the text, nothing is guessed.

A day keeps the source's own time zone. What can't be read is None; what can't be right is marked as doubted.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from pipeline.model.entry import Precision, When
from pipeline.text import plain

EARLIEST = 1990
AHEAD = timedelta(hours=48)
RAW = 100


def read_date(raw: str, field: str, today: date) -> When | None:
    """Read one date; `today` is what "in the future" is measured against.

    Knows RFC 822, ISO 8601 (also cut to month or year), asctime, the written-out forms of English and German,
    2021/10/16, 2021.10.16, 30.06.2021 and 2021年6月30日. 05/11/2025 may be May or November: never read.
    """
    text = plain(raw[: 4 * RAW])
    if not text or len(text) > RAW:
        return None
    found = _read(text)
    if found is None:
        return None
    year, month, day, timed = found
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    precision = Precision.YEAR if not month else Precision.MONTH if not day else Precision.DAY
    iso = first.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)]
    return When(iso, Precision.SECOND if timed and day else precision, text, field, _doubt(first, today))


_MONTHS = {
    name: number
    for number, several in enumerate(
        (
            "jan january januar jän jänner",
            "feb february februar",
            "mar march mär märz mrz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in several.split()
}
_WEEKDAYS = frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)
_WEEKDAY = r"(?:(?P<w>[^\W\d_]{2,10})\.?,?\s+)?"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_NAMED, _TH = r"(?P<n>[^\W\d_]{3,10})", "(?:st|nd|rd|th)?"
_ZONE = (
    r"(?:\s*(?:[AaPp]\.?[Mm]\.?))?\s*(?P<z>Z|[A-Za-z]{1,5}|\(?(?:UTC|GMT)?\s*[+-][0-9]{2}:?[0-9]{2}\)?)?"
    r"(?:\s*\([A-Za-z ]{1,30}\))?"
)
_CLOCK = rf"(?P<t>{_TIME}){_ZONE}"
_SHAPES = (
    rf"(?P<y>[0-9]{{4}})(?:-(?P<m>[0-9]{{2}})(?:-(?P<d>[0-9]{{2}})(?:[Tt ]\s*{_CLOCK})?)?)?",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:T(?P<t>[0-9]{4,6})(?P<z>Z|[+-][0-9]{4})?)?",
    rf"(?P<y>[0-9]{{4}})([/.])(?P<m>[0-9]{{1,2}})\2(?P<d>[0-9]{{1,2}})(?:,?\s+{_CLOCK})?",
    rf"(?P<d>[0-9]{{1,2}})\.\s?(?P<m>[0-9]{{1,2}})\.\s?(?P<y>[0-9]{{4}})(?:,?\s+{_CLOCK})?",
    r"(?P<y>[0-9]{4})\s?年\s?(?P<m>[0-9]{1,2})\s?月(?:\s?(?P<d>[0-9]{1,2})\s?日)?",
    rf"{_WEEKDAY}(?P<d>[0-9]{{1,2}}){_TH}\.?[\s-]*{_NAMED}\.?,?[\s-]*(?P<y>[0-9]{{4}})(?:,?\s+{_CLOCK})?",
    rf"{_WEEKDAY}{_NAMED}\.?\s+(?P<d>[0-9]{{1,2}}){_TH},?\s+(?P<y>[0-9]{{4}})(?:,?\s+(?:at\s+)?{_CLOCK})?",
    rf"{_WEEKDAY}(?P<n>[^\W\d_]{{3,10}})\s+(?P<d>[0-9]{{1,2}})\s+{_CLOCK}\s+(?P<y>[0-9]{{4}})",
    r"(?P<n>[^\W\d_]{3,10})\.?,?\s+(?P<y>[0-9]{4})",
    r"(?P<y>[0-9]{4})\s+(?P<n>[^\W\d_]{3,10})(?:\s+(?P<d>[0-9]{1,2}))?",
)


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Compile them, which no command needs but the one that reads sources."""
    return tuple(map(re.compile, _SHAPES))


def _read(text: str) -> tuple[int, int, int, bool] | None:
    """Match the first shape that fits: year, month or 0, day or 0, and whether a possible time came with it."""
    for shape in _shapes():
        found = shape.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        if parts.get("w") and parts["w"].lower() not in _WEEKDAYS:
            continue
        month = _MONTHS.get(parts["n"].lower(), -1) if parts.get("n") else int(parts.get("m") or 0)
        if month < 0 or (month == 0 and parts.get("m")):
            continue
        if parts.get("d") and int(parts["d"]) == 0:
            return None
        return int(parts["y"]), month, int(parts.get("d") or 0), _possible_time(parts.get("t"), parts.get("z"))
    return None


def _possible_time(clock: str | None, zone: str | None) -> bool:
    """Tell whether a time of day and its zone can be real; an impossible one leaves the day alone."""
    if not clock:
        return False
    digits = re.findall(r"[0-9]{1,2}", clock)
    hours, minutes = int(digits[0]), int(digits[1])
    offset = re.search(r"[+-]([0-9]{2}):?([0-9]{2})", zone or "")
    return hours <= 24 and minutes < 60 and (offset is None or (int(offset[1]) <= 14 and int(offset[2]) < 60))


def _doubt(first: date, today: date) -> str:
    """Say why a date can't be right, or nothing."""
    if first.year < EARLIEST:
        return f"before {EARLIEST}"
    return "in the future" if first > today + AHEAD else ""
