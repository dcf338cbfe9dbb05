"""Parts of a group and what is said of them: "7 of the 9", "all nine", each with the words of its clause.

The value alone doesn't tell "6 of 9 had a fever" from "6 of 9 were well"; the words beside it do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.spelling import WORDS
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY, THINGS, TIME

_LETTERS = 5
_MOST = 400  # a book sent as a source would be compared part by part
_END = re.compile(
    r"[;:.!?](?=\s|$)|,(?=\s|$)(?!\s(?:which|meaning|that is|das hei)\b)|\n|\s(?:and|but|while|whereas|versus|vs\.?|"
    r"against|compared (?:with|to)|und|aber|während|gegen|gegenüber)\s",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:(?:came|come|comes) back|returned|recurred)\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ALL = re.compile(r"\b(?:all|every|alle|each|(?:all|each|every one) of(?: the| these| those| our)?) $", re.IGNORECASE)
_EACH = re.compile(r"(?:every|each) one\b", re.IGNORECASE)
_PERCENT = re.compile(r" ?(?:%|per ?cent|percent|Prozent)")
_NONE_OF = re.compile(r"\s+(?:of|von|der|in|out of)?\s*(?:the|these|those|all|den|diesen|treated)?\s*$", re.IGNORECASE)
_ACT = re.compile(
    r"\s+(?:also |then |all |later )?(?:had|have|has|were|was|are|died|got|met|needed|relapsed|developed|reached|"
    r"went|felt|"
    r"improved|responded|recovered|hatten|waren|starben)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "the and were was with for that this from have had has are who which than there their them been not they these "
    "those between after before into more most other such only also both each very all one two und der die das den "
    "dem des mit von bei nach eine einer nicht wurde wurden war waren out got did does its car about nearly almost "
    "first last any few none every everyone everybody nobody because when where what still later early earlier new "
    "age aged old ages per cent percent prozent median mean hatten hatte small large effect effects side reaction "
    "reactions serious severe mild study studies trial trials hospital's group groups people's treated".split()
)
_EMPTY |= WORDS | set(TIME) | {word for word, thing in THINGS.items() if thing in ("people", "study", "point")}


class Portion(NamedTuple):
    """A number of people or a share, with the stems of its clause; `start` and `end` are offsets in the raw text.

    `of` is the whole, None where the text gives a count by itself; `percent` says that the value is one.
    """

    value: Decimal
    of: Decimal | None
    start: int
    end: int
    raw: str
    about: frozenset[str]
    percent: bool = False

    @property
    def share(self) -> Decimal | None:
        """The part of a hundred that it is."""
        if self.percent:
            return self.value
        return 100 * self.value / self.of if self.of else None

    def shared(self, other: Portion) -> int:
        """Count the words that two clauses have in common."""
        return len(self.about & other.about)


class Clause(NamedTuple):
    """A clause of a raw text: where it stands, its words, and the sign or word it begins after."""

    start: int
    end: int
    words: str
    sign: str

    @property
    def about(self) -> frozenset[str]:
        """The stems of its words."""
        return _stems(self.words)

    @property
    def opens(self) -> bool:
        """Whether it begins a sentence."""
        return self.sign in ".!?\n"


@lru_cache(maxsize=1024)
def parts(text: str) -> tuple[Portion, ...]:
    """List the parts of groups, the percentages and the counts of people of a text, in its order."""
    numbers = read(text)
    cut = clauses(text) if numbers else ()
    made: list[Portion] = []
    for n, number in enumerate(numbers[:_MOST]):
        later = next((x for x in numbers[n + 1 : n + 4] if not x.implied), None)
        span = _span(text, number, later)
        if span is None:
            continue
        of, start, end = span
        percent = number.kind is Sort.PERCENT
        value = of if number.value == 1 and of and _EACH.match(text, start) else number.value
        made.append(Portion(value, of, start, end, text[start:end], about(cut, number.start), percent))
    return tuple(made)


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Clause, ...]:
    """Cut a text into clauses."""
    made = []
    start, sign = 0, "."
    for found in [*_END.finditer(text), None]:
        end = found.start() if found else len(text)
        made.append(Clause(start, end, text[start:end], sign))
        start, sign = (found.end(), found.group()[0]) if found else (end, ".")
    return tuple(made)


def about(cut: Sequence[Clause], at: int) -> frozenset[str]:
    """The stems of the clause at an offset, and of what it announces: "met the goal: few signs".

    One that says nothing takes those of the label before it ("Fever: 6 of 9"), or of the clause after it.
    """
    n = min(bisect_left(cut, at, key=attrgetter("end")), len(cut) - 1)
    before = cut[n - 1].about if n and not cut[n].opens else frozenset()
    after = cut[n + 1] if n + 1 < len(cut) and not cut[n + 1].opens else None
    if not cut[n].about:
        return before or (after.about if after else frozenset())
    return cut[n].about | after.about if after and after.sign == ":" else cut[n].about


def closest(part: Portion, others: Iterable[Portion]) -> Portion | None:
    """Find the part that shares most words with this one; the first of equals."""
    return max(others, key=part.shared, default=None)


def _span(text: str, number: Number, later: Number | None) -> tuple[Decimal | None, int, int] | None:
    """The whole of a number, and where both stand; None for numbers that count no people."""
    if number.implied:
        between = text[number.end : later.start] if later is not None else ""
        zero = later is not None and number.value == 0 and later.kind in (Sort.COUNT, Sort.RATIO) and later.value > 0
        return (later.value, number.start, later.end) if zero and later and _NONE_OF.fullmatch(between) else None
    if number.whole or number.parts:
        return None
    every = _ALL.search(text[max(0, number.start - 20) : number.start])
    start = number.start - (len(every.group()) if every else 0)
    if number.of is not None:
        paired = later is not None and later.whole and later.value == number.of
        return number.of, start, later.end if later is not None and paired else number.end
    if number.kind is Sort.PERCENT:
        sign = _PERCENT.match(text, number.end)
        return None, number.start, sign.end() if sign else number.end
    if every and number.kind is Sort.COUNT and number.noun in (None, *BODY) and number.value > 1:
        return number.value, start, number.end
    if number.kind is Sort.COUNT and number.noun in BODY:
        return None, number.start, number.end
    counted = number.bare and number.kind is Sort.COUNT and number.value % 1 == 0
    return (None, number.start, number.end) if counted and _counts(text, number) else None


def _counts(text: str, number: Number) -> bool:
    """Whether a bare number counts people: "six had a fever", "in two the disease came back", "four of them"."""
    before, after = text[max(0, number.start - 4) : number.start].lower(), text[number.end : number.end + 24]
    return bool(_ACT.match(after)) or before.endswith("in ") or after.lower().startswith((" of them", " of these"))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    small = _BACK.sub("relapsed", text.lower())
    found = (w for w in _WORD.findall(small) if w not in _EMPTY)
    return frozenset((w.removesuffix("s") if not w.endswith("ss") else w)[:_LETTERS] for w in found)
