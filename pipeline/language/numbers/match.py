"""Whether two numbers are the same: in any normal form, only after rounding, or of another thing.

Words and digits, thousands, per cent and counts, years and months are forms of one number. What is equal only in value
("45" people, "45" per cent) is told apart: a small number stands in nearly every source by chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import DAYS, FAMILIES

_HUNDREDS = frozenset({Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(100_000)})
_TIMES = (Sort.DURATION, Sort.AGE)
_WORDED = Decimal("1.5")  # "a third" may be 32 or 34 per cent, "half" 49 or 51
_ROUGHLY = Decimal("0.02")  # 26 weeks for half a year, 30 days for a month
_COUNTED = 20  # up to here "1 in N" is exact, beyond "1 in 200" may stand for 1 in 196
_ABOUT = Decimal("0.05")


class Fit(IntEnum):
    """How well a number is borne out by another."""

    NONE = 0
    OTHER = 1
    """The value is there, but of another kind or thing."""
    NEAR = 2
    """The same after rounding, or in another unit of time."""
    EXACT = 3


class Stock(NamedTuple):
    """Numbers to look others up in, by value; and those that may be equal in another form."""

    by_value: dict[Decimal, list[Number]]
    formed: tuple[Number, ...]

    def find(self, number: Number) -> tuple[Fit, Number | None]:
        """Find what bears a number out best; the first of equals."""
        found: tuple[Fit, Number | None] = (Fit.NONE, None)
        for other in self.by_value.get(number.value, ()):
            if (fits := fit(number, other)) > found[0]:
                found = fits, other
            if fits is Fit.EXACT:
                return found
        for other in self.formed if _formable(number) else ():
            if (fits := fit(number, other)) > found[0]:
                found = fits, other
        return found


@lru_cache(maxsize=1024)
def stock(*texts: str) -> Stock:
    """Sort the numbers of texts for looking up."""
    return sort(n for text in texts for n in read(text))


def sort(numbers: Iterable[Number]) -> Stock:
    """Sort numbers for looking up; of those that are alike in all but place, the first."""
    first: dict[tuple[object, ...], Number] = {}
    by_value: dict[Decimal, list[Number]] = {}
    for n in numbers:
        key = (*n[:2], *n[5:9], *n[10:])  # all but where it stands, how it is written, and its parts
        if key not in first:
            first[key] = n
            by_value.setdefault(n.value, []).append(n)
    return Stock(by_value, tuple(n for n in first.values() if _formable(n) and not n.implied))


def best(number: Number, others: Iterable[Number]) -> tuple[Fit, Number | None]:
    """Find what bears a number out best among a few."""
    return sort(others).find(number)


def fit(number: Number, other: Number) -> Fit:
    """Say how well `other`, a source's number, bears out `number`."""
    if number.kind is Sort.ORDINAL or other.kind is Sort.ORDINAL:
        same = number.value == other.value and number.unit == other.unit and number.kind is other.kind
        ends = number.to is None or number.to == other.to
        return (Fit.EXACT if ends else Fit.OTHER) if same else Fit.NONE
    if number.share is not None and (shared := _shares(number, other)) is not Fit.NONE:
        return shared
    if number.kind in _TIMES and other.kind in _TIMES:
        return _times(number, other)
    if number.value != other.value:
        return _rounded(number, other)
    return Fit.EXACT if _alike(number, other) else Fit.OTHER


def natural(value: Decimal, whole: Decimal, share: Decimal) -> bool:
    """Whether "1 in 3" or "36 of 100" is a share of a hundred, put in round people."""
    if value == 1 and share > 0:
        every = 100 / share
        step = Decimal(1) if whole <= _COUNTED else Decimal(10) ** _zeros(whole)
        return whole > 1 and abs(every - whole) <= min(step / 2, max(Decimal("0.5"), whole * _ABOUT))
    return whole in _HUNDREDS and abs(share * whole / 100 - value) <= Decimal("0.5")


def _zeros(whole: Decimal) -> int:
    """How many zeros a whole number ends with: 2 for 1,200."""
    digits = f"{whole:f}".partition(".")[0]
    return len(digits) - len(digits.rstrip("0"))


def _formable(number: Number) -> bool:
    """Whether the number may equal one of another value: a share, a time, or a large or broken one."""
    return number.share is not None or number.kind in _TIMES or number.value % 1 != 0 or number.value >= 100


def _shares(number: Number, other: Number) -> Fit:
    """Compare as parts of a hundred: "63%", "5 of 8", "63 in 100", "two thirds"."""
    mine, theirs = number.share, other.share
    # A part of a small whole is not borne out by a share alone: "5 of 8" says how many people there were.
    if mine is None or theirs is None or not (number.kind is Sort.PERCENT or number.parts or number.of in _HUNDREDS):
        return Fit.NONE
    if number.kind is Sort.PERCENT and other.kind is Sort.PERCENT and number.value != other.value:
        return Fit.NEAR if _rounds(number.value, other.value) else Fit.NONE
    worded = number.parts is not None or other.parts is not None
    slack = (
        _WORDED
        if worded and number.kind is not Sort.PERCENT
        else _half_place(mine if number.kind is Sort.PERCENT else Decimal(1))
    )
    if number.of in _HUNDREDS:
        slack = Decimal(50) / (number.of or 1)
    return Fit.EXACT if abs(mine - theirs) <= slack else Fit.NONE


def _times(number: Number, other: Number) -> Fit:
    """Compare two lengths of time."""
    if number.unit == other.unit:
        if number.value == other.value:
            return Fit.EXACT
        return Fit.NEAR if _rounds(number.value, other.value) else Fit.NONE
    mine, theirs = (n.value * DAYS.get(n.unit or "", Decimal(1)) for n in (number, other))
    if any(number.unit in each and other.unit in each for each in FAMILIES):
        if abs(mine - theirs) < Decimal("0.01"):
            return Fit.EXACT
    elif mine and (abs(mine - theirs) / mine <= _ROUGHLY or _four_weeks(mine, theirs)):
        return Fit.NEAR
    return Fit.OTHER if number.value == other.value else Fit.NONE


def _four_weeks(mine: Decimal, theirs: Decimal) -> bool:
    """Whether two lengths agree when a month is taken as four weeks: 24 weeks for half a year."""
    month = DAYS["month"]
    return any(abs(a / month * 28 - b) < 1 for a, b in ((mine, theirs), (theirs, mine)))


def _rounded(number: Number, other: Number) -> Fit:
    """Whether a number is another one, rounded: 63 for 62.7, 1,200 for 1,187."""
    if number.kind is not other.kind and not (number.bare or other.bare):
        return Fit.NONE
    if Sort.DATE in (number.kind, other.kind) or number.of is not None:
        return Fit.NONE
    if _rounds(number.value, other.value):
        return Fit.NEAR
    whole = number.value
    step = Decimal(1)
    while whole and whole % 10 == 0:
        whole, step = whole / 10, step * 10
    return (
        Fit.NEAR
        if whole >= 2 and step > 1 and other.value >= 100 and abs(number.value - other.value) <= step / 2
        else Fit.NONE
    )


def _rounds(number: Decimal, other: Decimal) -> bool:
    """Whether `other` has more decimals and rounds to `number`."""
    places, more = (-int(n.as_tuple().exponent) for n in (number, other))
    if more <= max(places, 0):
        return False
    return other.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP) == number


def _alike(number: Number, other: Number) -> bool:
    """Whether two numbers of one value may count the same thing."""
    if number.of is not None and (other.whole or (other.of is not None and number.of != other.of)):
        return False
    if (number.kind is Sort.DATE) != (other.kind is Sort.DATE):
        return number.value >= 1900 and (number.bare or other.bare)
    if number.bare or other.bare:
        return Sort.PERCENT not in (number.kind, other.kind) or number.kind is other.kind
    if number.noun and other.noun:
        return number.noun == other.noun or {number.noun, other.noun} == {"people", "death"}
    if number.kind is Sort.DOSE and other.kind is Sort.DOSE:
        return number.unit == other.unit
    counts = (Sort.COUNT, Sort.RATIO, Sort.RANGE)
    return number.kind is other.kind or (number.kind in counts and other.kind in counts)


def _half_place(value: Decimal) -> Decimal:
    """Half a unit of the last place that is written."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)) / 2
