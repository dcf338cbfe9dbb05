"""Dates as sources write them, read strictly: year, month and day must stand in the text, nothing is guessed.

A day keeps the source's own time zone. What can't be read is None; what can't be right is marked as doubted.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import cache

from pipeline.model.entry import Precision, When
from pipeline.text import plain

EARLIEST = 1990
AHEAD = timedelta(hours=48)
RAW = 100


def read_date(raw: str, field: str, today: date) -> When | None:
    """Read one date; `today` is what "in the future" is measured against.

    Knows RFC 822 (also with years of two digits), ISO 8601 (also cut to month, year or hour), asctime, the written-out
    forms of English, German, French, Spanish, Italian and Dutch, 2021/10/16, 2021.10.16, 30.06.2021 and 2021年6月30日.
    05/11/2025 may be May or November: never read.
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
            "jan january januar janner jaenner janvier janv enero ene gennaio gen januari",
            "feb february februar fevrier fev fevr febrero febbraio februari",
            "mar march marz mrz maerz mars marzo maart mrt",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei",
            "jun june juni juin junio giugno giu",
            "jul july juli juillet juil julio luglio lug",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre setiembre settembre set sett",
            "oct october okt oktober octobre octubre ottobre ott",
            "nov november novembre noviembre",
            "dec december dez dezember decembre diciembre dic dicembre",
        ),
        1,
    )
    for name in several.split()
}
"""Months as feeds name them in English, German, French, Spanish, Italian and Dutch, without accents."""
_WEEKDAYS = frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche "
    "mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo "
    "gio lunedi martedi mercoledi giovedi venerdi sabato domenica "
    "ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
)
_WORD = r"[^\W\d_]"
_WEEKDAY = rf"(?:(?P<w>{_WORD}{{2,12}})\.?,?\s+)?"
_TIME = r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?|[.h][0-9]{2})"
_NAMED, _TH = rf"(?P<n>{_WORD}{{3,10}})", "(?:st|nd|rd|th|er|º|°)?"
_OFFSET = r"[+-][0-9]{1,2}(?::?[0-9]{2})?"
_ZONE = (
    rf"(?:\s*(?:[AaPp]\.?[Mm]\.?|Uhr))?\s*(?P<z>[A-Z][A-Za-z]{{2,20}}(?:/[A-Z][A-Za-z_]{{2,20}}){{1,2}}"
    rf"|\(?[A-Za-z]{{0,5}}\s*{_OFFSET}\)?|[A-Za-z]{{1,5}})?(?:\s*\({_WORD}[^()]{{0,40}}\))?"
)
_CLOCK = rf"(?P<t>{_TIME}){_ZONE}"
_THEN = r"(?:,?\s+(?:(?:at|um|à|a las|alle|alle ore|om|-|–|\|)\s+)?"
_ISO = (
    rf"(?P<y>[0-9]{{4}})(?:-(?P<m>[0-9]{{1,2}})(?:-(?P<d>[0-9]{{1,2}})(?:[Tt ]\s*(?P<t>{_TIME}|[0-9]{{2}}(?=[Z+-]|$))"
    rf"{_ZONE})?)?)?"
)
_WRITTEN_OUT = (
    rf"{_WEEKDAY}(?P<d>[0-9]{{1,2}}){_TH}\.?[\s/-]*(?:de\s+|of\s+)?{_NAMED}\.?,?[\s/-]*(?:del?\s+)?"
    rf"(?P<y>[0-9]{{4}}|[0-9]{{2}}){_THEN}{_CLOCK})?"
)
_SHAPES = (
    _ISO,
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:T(?P<t>[0-9]{2,6})(?P<z>Z|[+-][0-9]{2}(?:[0-9]{2})?)?)?",
    rf"(?P<y>[0-9]{{4}})([/.])(?P<m>[0-9]{{1,2}})\2(?P<d>[0-9]{{1,2}}){_THEN}{_CLOCK})?",
    rf"{_WEEKDAY}(?P<d>[0-9]{{1,2}})\.\s?(?P<m>[0-9]{{1,2}})\.\s?(?P<y>[0-9]{{4}}){_THEN}{_CLOCK})?",
    r"(?P<y>[0-9]{4})\s?年\s?(?P<m>[0-9]{1,2})\s?月(?:\s?(?P<d>[0-9]{1,2})\s?日)?",
    _WRITTEN_OUT,
    rf"{_WEEKDAY}{_NAMED}\.?\s+(?P<d>[0-9]{{1,2}}){_TH},?\s+(?P<y>[0-9]{{4}}){_THEN}{_CLOCK})?",
    rf"{_WEEKDAY}{_NAMED}\s+(?P<d>[0-9]{{1,2}})\s+{_CLOCK}\s+(?P<y>[0-9]{{4}})",
    rf"{_NAMED}\.?,?\s+(?:de\s+)?(?P<y>[0-9]{{4}})",
    rf"(?P<y>[0-9]{{4}})\s+{_NAMED}(?:\s+(?P<d>[0-9]{{1,2}}))?",
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
        if parts.get("w") and _bare(parts["w"]) not in _WEEKDAYS:
            continue
        month = _MONTHS.get(_bare(parts["n"]), -1) if parts.get("n") else int(parts.get("m") or 0)
        if month < 0 or (month == 0 and parts.get("m")):
            continue
        if parts.get("d") and int(parts["d"]) == 0:
            return None
        return _year(parts["y"]), month, int(parts.get("d") or 0), _possible_time(parts.get("t"), parts.get("z"))
    return None


def _year(written: str) -> int:
    """Read a year; of two digits, as RFC 5322 4.3 has it: 00 to 49 is 20xx, what follows 19xx."""
    year = int(written)
    return year if len(written) > 2 else year + (2000 if year < 50 else 1900)


def _bare(word: str) -> str:
    """A word in lower case and without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _possible_time(clock: str | None, zone: str | None) -> bool:
    """Tell whether a time of day and its zone can be real; an impossible one leaves the day alone."""
    if not clock:
        return False
    digits = re.findall(r"[0-9]{1,2}", clock)
    hours, minutes = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    offset = re.search(r"[+-]([0-9]{1,2}):?([0-9]{2})?(?![0-9])", zone or "")
    return hours <= 24 and minutes < 60 and (offset is None or (int(offset[1]) <= 14 and int(offset[2] or 0) < 60))


def _doubt(first: date, today: date) -> str:
    """Say why a date can't be right, or nothing."""
    if first.year < EARLIEST:
        return f"before {EARLIEST}"
    return "in the future" if first > today + AHEAD else ""
