"""Where the outlets of one story give different numbers, the editor sees both side by side.

"7 of 7 evaluable" is "7 of 9 treated" without the two who are missing; a p-value of 0.0002 became 0.0003; a range's end
became the median. One source alone never shows it.

Source: reference stories of the field (KYSA-8, Mueller 2024) as told by several outlets; SAMPL guidelines: every
proportion with its denominator. A fact with quote and reason settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from pipeline.checks._cases import case
from pipeline.checks._rule import Context, Rule
from pipeline.checks.numbers.number import Kind, Number
from pipeline.checks.numbers.sourced import around, texts
from pipeline.checks.numbers.tokens import read
from pipeline.model.finding import Remark
from pipeline.model.item import Fact, Item, SourceText
from pipeline.model.names import Severity

_WATCHED = re.compile(
    r"\bmedian\b[^.;]{0,30}\bfollow|\bfollow(?:ed)?[- ]?up\b[^.;]{0,20}\bmedian\b|\bmedian follow", re.IGNORECASE
)
_P = re.compile(r"\b[Pp] ?[=<] ?$")
_ASK = {
    "whole": "Which number of people is right? Those who are missing from the smaller one belong in the item.",
    "time": "Which length is the median? Take it from the paper.",
    "p": "Take it from the paper; readers need neither.",
}


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Show the numbers on which two sources of the item differ."""
    for one, other in combinations(texts(item, context), 2):
        if one.source == other.source and one.text == other.text:
            continue
        for kind, mine, theirs in _differences(one.text, other.text):
            if _settled(item, mine, theirs):
                continue
            yield Remark(
                field="summary",
                why=f"Two outlets differ. {one.source}: “{around(one.text, mine)}” · {other.source}: “{around(other.text, theirs)}”",
                suggestion=_ASK[kind],
            )


def _settled(item: Item, *numbers: Number) -> bool:
    """Whether a fact takes one of the numbers and says why: quote and reason."""
    taken = [n for f in item.facts if f.quote and (f.reason or "").strip() for n in read(f.value)]
    return any(n.value == number.value and n.of == number.of for n in taken for number in numbers)


def _differences(one: str, other: str) -> Iterator[tuple[str, Number, Number]]:
    yield from _wholes(_parts(one), _parts(other))
    for kind, pick in (("time", _medians), ("p", _ps)):
        mine, theirs = pick(one), pick(other)
        if mine and theirs and {n.value for n in mine}.isdisjoint(n.value for n in theirs):
            yield kind, mine[0], theirs[0]


def _wholes(mine: list[Number], theirs: list[Number]) -> Iterator[tuple[str, Number, Number]]:
    """The same part of two wholes: 7 of 9, 7 of 7; nothing where one of them has both."""
    for number in mine:
        same = [n for n in theirs if n.value == number.value]
        wholes = {n.of for n in mine if n.value == number.value}
        if same and wholes.isdisjoint(n.of for n in same):
            yield "whole", number, same[0]
            return


def _parts(text: str) -> list[Number]:
    return [n for n in read(text) if n.of is not None and n.value > 1 and n.parts is None]


def _medians(text: str) -> list[Number]:
    return [
        n
        for n in read(text)
        if n.kind is Kind.DURATION and n.to is None and _WATCHED.search(_near(text, n)) and not _ranged(text, n)
    ]


def _ps(text: str) -> list[Number]:
    return [n for n in read(text) if _P.search(text, max(0, n.start - 6), n.start)]


def _near(text: str, number: Number) -> str:
    start = max(text.rfind(mark, 0, number.start) for mark in (". ", "; ", "\n", "("))
    end = min((at for mark in (". ", "; ", "\n", "(") if (at := text.find(mark, number.end)) >= 0), default=len(text))
    return text[start + 1 : end]


def _ranged(text: str, number: Number) -> bool:
    return "range" in text[max(0, number.start - 12) : number.start].lower()


def _said(*told: tuple[str, str]) -> tuple[SourceText, ...]:
    return tuple(SourceText(source=source, title="A study", text=text) for source, text in told)


_PAPER = "Nine adults received one infusion. Median follow-up was 9 months (range 4-14). At week 24, 7 of 9 met the goal (p = 0.0002)."
_TAKEN = Fact(
    value="7 of 9", quote="At week 24, 7 of 9 met the goal", reason="the paper counts everyone who was treated"
)
_WIRE = "All seven evaluable patients in the nine-patient phase 1 study reached remission at week 24. Shares rose 18%."

RULE = Rule(
    id="N06",
    name="outlets-differ",
    severity=Severity.NOTE,
    check=check,
    texts=_said(("jei", _PAPER), ("biotrade", _WIRE)),
    bad=(case(), case(summary="Nine people took part.")),
    good=(
        case(facts=(_TAKEN,)),
        case(summary="7 of 9 met the goal; the company leaves two people out.", facts=(_TAKEN,)),
    ),
)
