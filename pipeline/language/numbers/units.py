"""What numbers count, English and German: words for time, dose and things, each under the name it has in the terms."""

from __future__ import annotations

from decimal import Decimal

from pipeline.language.terms import terms

_IN_GERMAN = ("time", "share")


def _table(sort: str) -> dict[str, str]:
    return {word: unit.key for unit in terms().units if unit.sort == sort for word in unit.spellings}


TIME = _table("time")
"""Units of time."""

DAYS = {
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
    "decade": Decimal("3652.5"),
}
"""How many days a unit of time has; a month is a twelfth of a year."""

FAMILIES = ({"minute", "hour", "day", "week"}, {"month", "year", "decade"})
"""Units that turn into each other without rounding."""

DOSE = _table("dose")
"""Units of dose and measure."""

THINGS = _table("thing")
"""Things that are counted, by their class."""

BODY = frozenset({"people", "death"})
"""Classes that count people, living or dead."""

MONTHS = _table("month")
"""Months by their names."""

PERCENT = _table("share")
"""Words for a part of a hundred."""

GERMAN = frozenset(
    word for each in terms().units if each.sort in _IN_GERMAN or each.key == "people" for word in each.de
)
"""Beside these a word is a number that means something else in English: "Elf Patienten"."""
