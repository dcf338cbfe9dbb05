"""Numbers that belong together: parts and their wholes, the ends of ranges, and lists that share a unit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.pieces import Piece, word
from pipeline.language.numbers.units import PERCENT, THINGS, TIME

JOINS = frozenset(", and or to - und oder bis versus vs through /".split())
"""What stands between the numbers of a list or a range."""

_RANGE = frozenset("- to bis through".split())
_AND = frozenset("and und".split())
_BETWEEN = frozenset("between zwischen".split())
_OF = frozenset("of von".split())
_OF_GERMAN = ("der",)  # "drei der acht"; elsewhere it is an article
_FILLING = frozenset(
    "the these those all its their a an total every each den der diesen allen only just insgesamt".split()
)


def pair(cut: Sequence[Piece], found: list[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """Join parts with their wholes ("7 of the 9", "1 in 10", "5/8", "all seven") and ends of ranges ("4-14")."""
    made = list(found)
    real = _next_real(found)
    for n, (at, number) in enumerate(found):
        if (
            not number.implied
            and number.kind is Sort.COUNT
            and word(cut, at - 1) in ("all", "every", "alle")
            and number.value > 1
            and not made[n][1].whole
        ):
            made[n] = (at, number._replace(of=number.value))
        later = real[n]
        if later is None or found[later][0] - at > 7 or (number.implied and number.value > 1):
            continue
        where, whole = found[later]
        words = [p.text for p in cut[at + 1 : where]]
        if _part(words, number, whole, glued=cut[where].start - cut[at].end == 1):
            of = whole.value
            if number.implied and not number.value:  # "none of the nine" says how many there were as "the nine" does
                made[n] = (at, number._replace(of=of))
                continue
            made[n] = (at, number._replace(kind=Sort.RATIO, of=of, noun=number.noun or whole.noun, implied=False))
            made[later] = (where, made[later][1]._replace(kind=Sort.RATIO, whole=True))
        elif not number.implied and _range(words, word(cut, at - 1)):
            made[n] = (at, number._replace(to=whole.value))
    return made


def share_kinds(cut: Sequence[Piece], found: list[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """Give the numbers of a list the kind of their neighbour: "3, 6 and 12 months", "weeks 12 and 24", "10 to 28%"."""
    made = list(found)
    real = [n for n, (_, number) in enumerate(made) if not number.implied or number.raw.lower() == "one"]
    given: set[int] = set()  # "3, 6 and 12 months" is a list, "41, 3 months" is two things
    for here, there in [*reversed(list(pairwise(real))), *((b, a) for a, b in pairwise(real))]:
        (at, number), (other_at, other) = made[here], made[there]
        first, last = (at, other_at) if at < other_at else (other_at, at)
        if not 1 < last - first < 4:  # no list has more than two words between two of its numbers
            continue
        between = [p.text for p in cut[first + 1 : last]]
        if between == [","] and there not in given:
            continue
        if set(between) <= JOINS and _shares_kind(number, other, between, word(cut, first - 1), back=there < here):
            given.add(here)
            implied = number.implied and other.kind is Sort.COUNT
            made[here] = (at, number._replace(kind=other.kind, unit=other.unit, noun=other.noun, implied=implied))
    return made


def _next_real(found: list[tuple[int, Number]]) -> list[int | None]:
    """For each number, the place of the next one that isn't implied."""
    nexts: list[int | None] = []
    last: int | None = None
    for n in range(len(found) - 1, -1, -1):
        nexts.append(last)
        last = last if found[n][1].implied else n
    return nexts[::-1]


def _part(words: list[str], number: Number, whole: Number, *, glued: bool) -> bool:
    """Whether two numbers with these words between are a part and its whole."""
    kinds = (Sort.COUNT, Sort.RATIO)
    if (
        not words
        or number.kind not in kinds
        or whole.kind not in kinds
        or number.value > whole.value
        or number.parts
        or whole.parts
    ):
        return False
    if whole.value % 1 or number.value % 1 or (number.value == 1 and words[0] in THINGS):  # "one woman of 44"
        return False
    if words == ["/"]:
        return glued
    if words in (["in"], ["in", "every"], ["out", "of"], ["out", "of", "every"], ["aus"]):
        return True
    of = [n for n, word in enumerate(words) if word in _OF] or [0] * (words[0] in _OF_GERMAN)
    if not of or (number.implied and of[0] > 0):
        return False
    before, after = words[: of[0]], words[of[0] + 1 :]
    return (
        len(of) == 1
        and set(after) <= _FILLING | {"treated", "evaluable", "first"}
        and all(w in THINGS or w == "out" for w in before)
    )


def _range(between: list[str], before: str) -> bool:
    """Whether two numbers are the ends of a range: "4-14", "31% to 44%", "between 12 and 21 days"."""
    core = between[1:] if between and (between[0] in PERCENT or between[0] in TIME) else between
    if len(core) != 1:
        return False
    return core[0] in _RANGE or (core[0] in _AND and before in _BETWEEN)


def _shares_kind(number: Number, other: Number, between: list[str], before: str, *, back: bool) -> bool:
    """Whether a number takes the kind of its neighbour after it, or (`back`) before it; `before` both stands a word."""
    interval = number.kind is Sort.STATISTIC and other.kind is Sort.PERCENT and not back
    if not (number.bare or interval) or other.bare:
        return False
    if back and other.kind is not Sort.STATISTIC and before not in TIME:
        return False
    if back and number.implied:  # "one at month nine and one at month 14"
        return False
    if other.kind is Sort.COUNT:
        return between in (["or"], ["to"], ["-"])
    return other.kind not in (Sort.RATIO, Sort.DATE)
