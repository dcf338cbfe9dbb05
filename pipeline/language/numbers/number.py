"""A number of a text, and the sorts of numbers there are."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Sort(StrEnum):
    """What sort of number it is, told by what stands beside it."""

    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    RANGE = "range"
    DURATION = "duration"
    AGE = "age"
    DOSE = "dose"
    DATE = "date"
    ORDINAL = "ordinal"
    STATISTIC = "statistic"


class Number(NamedTuple):
    """One number of a text; `start` and `end` are offsets in the text as it was given. A tuple, as texts hold hundreds.

    `unit` is a unit's one name ("month", "mg", "grade"), `noun` the class of what is counted ("people", "study").
    `of` is the whole of a part ("7 of 9": 9 for the 7, and the 9 is a `whole`), `to` the other end
    of a range. `parts` are the two numbers of a fraction in words ("two thirds"). `bare` says that nothing beside it
    tells what it is.
    """

    value: Decimal
    kind: Sort
    start: int
    end: int
    raw: str
    unit: str | None = None
    noun: str | None = None
    of: Decimal | None = None
    to: Decimal | None = None
    parts: tuple[int, int] | None = None
    implied: bool = False
    whole: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing beside the number tells what it counts."""
        return self.kind in (Sort.COUNT, Sort.RANGE) and self.noun is None and self.of is None

    @property
    def share(self) -> Decimal | None:
        """The part of a hundred that the number says, if it says one."""
        if self.parts:
            return Decimal(100 * self.parts[0]) / self.parts[1]
        if self.kind is Sort.PERCENT:
            return self.value
        return 100 * self.value / self.of if self.of else None
