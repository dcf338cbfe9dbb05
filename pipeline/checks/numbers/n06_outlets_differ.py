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

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import around, texts
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.parts import Portion, closest, parts
from pipeline.language.numbers.tokens import read
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_WATCHED = re.compile(
    r"\bmedian\b[^.;]{0,30}\b(?:follow|observ)|\b(?:follow|observ|watched|tracked)\w*\b[^.;]{0,40}\bmedian\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:ages?|aged|old|diagnos\w+|onset|time to|durations?|relaps\w+|respon\w+|surviv\w+|hospital|lasted|until|"
    r"stay|dose)\b",
    re.IGNORECASE,
)
_P = re.compile(r"\b[Pp] ?[=<] ?$")
_MONEY = frozenset({"share", "stock", "price", "reven", "sale"})
_ASK = {
    "whole": "Which number of people is right? The item should account for those missing from the smaller one.",
    "part": "Which of the two is right? Go by the paper or the registry; quote it in facts, with the reason.",
    "people": "How many people were there? Take it from the paper, and quote it in facts with the reason.",
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
                why=f"Two outlets differ. {one.source}: “{_shown(one.text, mine)}” · {other.source}: "
                f"“{_shown(other.text, theirs)}”",
                suggestion=_ASK[kind],
            )


def _settled(item: Item, *numbers: Number | Portion) -> bool:
    """Whether a fact takes one of the numbers and says why: quote and reason."""
    taken = [n for f in item.facts if f.quote and (f.reason or "").strip() for n in read(f.value)]
    return any(n.value == number.value and n.of == number.of for n in taken for number in numbers)


def _shown(text: str, said: Number | Portion) -> str:
    return around(text, Number(said.value, Sort.COUNT, said.start, said.end, said.raw))


def _differences(one: str, other: str) -> Iterator[tuple[str, Number | Portion, Number | Portion]]:
    wholes: list[tuple[str, Number, Number]] = list(_wholes(_parts(one), _parts(other)))
    yield from wholes
    seen = [{mine.start for _, mine, _ in wholes}, {theirs.start for _, _, theirs in wholes}]
    mine, theirs = (
        [p for p in parts(text) if p.start not in at and not (p.percent and _MONEY & p.about)]
        for text, at in zip((one, other), seen, strict=True)
    )
    yield from _shares(mine, theirs)
    yield from _people(mine, theirs)
    for kind, pick in (("time", _medians), ("p", _ps)):
        here, there = pick(one), pick(other)
        if here and there and {n.value for n in here}.isdisjoint(n.value for n in there):
            yield kind, here[0], there[0]


def _wholes(mine: list[Number], theirs: list[Number]) -> Iterator[tuple[str, Number, Number]]:
    """The same part of two wholes: 7 of 9, 7 of 7; nothing where one of them has both."""
    for number in mine:
        same = [n for n in theirs if n.value == number.value]
        wholes = {n.of for n in mine if n.value == number.value}
        if same and wholes.isdisjoint(n.of for n in same):
            yield "whole", number, same[0]
            return


def _shares(mine: list[Portion], theirs: list[Portion]) -> Iterator[tuple[str, Portion, Portion]]:
    """Other parts of one group in the same words: 7 of 9 in remission, all nine; one for each number."""
    shown: set[int] = set()
    for part in (p for p in mine if p.share is not None):
        rivals = [p for p in theirs if p.start not in shown and p.share is not None and _comparable(part, p)]
        other = closest(part, rivals)
        if other is None or _agree(part, other) or not part.shared(other) or _rest(part, other):
            continue
        if not _given_too(part, other, theirs) and not _given_too(other, part, mine):
            shown.add(other.start)
            yield "part", part, other


def _comparable(one: Portion, other: Portion) -> bool:
    return one.of == other.of or one.percent or other.percent


def _rest(one: Portion, other: Portion) -> bool:
    """Whether two parts are a whole together, so that one may be those who did not: 7 of 9, and 2 of 9 without."""
    return one.of is not None and one.of == other.of and one.value + other.value == one.of and 0 < one.value < one.of


def _agree(one: Portion, other: Portion) -> bool:
    """Whether two shares are the same, a percentage to its last place."""
    slack = 1 if one.percent or other.percent else 0
    return one.share is not None and other.share is not None and abs(one.share - other.share) <= slack


def _given_too(part: Portion, other: Portion, among: list[Portion]) -> bool:
    """Whether the other outlet gives a part as well, in words no further from it than those of its rival."""
    return any(_comparable(part, p) and _agree(part, p) and part.shared(p) >= part.shared(other) for p in among)


def _people(mine: list[Portion], theirs: list[Portion]) -> Iterator[tuple[str, Portion, Portion]]:
    """How many people there were: nine adults received it, ten adults did."""
    counts = ([p for p in each if p.of is None and not p.percent and p.value > 1] for each in (mine, theirs))
    ours, others = counts
    held = {n for p in mine for n in (p.value, p.of)}, {n for p in theirs for n in (p.value, p.of)}
    pairs = (
        (part.shared(other), part, other)
        for part in ours
        for other in others
        if part.value not in held[1] and other.value not in held[0] and part.shared(other)
        and max(part.value, other.value) < 2 * min(part.value, other.value)
    )  # fmt: skip
    found = max(pairs, key=lambda each: each[0], default=None)
    if found:
        yield "people", found[1], found[2]


def _parts(text: str) -> list[Number]:
    return [n for n in read(text) if n.of is not None and n.value > 1 and n.parts is None]


def _medians(text: str) -> list[Number]:
    return [
        n
        for n in read(text)
        if n.kind is Sort.DURATION and n.to is None and _is_follow_up(_near(text, n)) and not _ranged(text, n)
    ]


def _is_follow_up(near: str) -> bool:
    """Whether a median is that of follow-up: said so, or nothing else is said of it."""
    bare = "median" in near.lower() and not _OTHER_TIME.search(near)
    return bare or _WATCHED.search(near) is not None


def _ps(text: str) -> list[Number]:
    return [n for n in read(text) if _P.search(text, max(0, n.start - 6), n.start)]


def _near(text: str, number: Number) -> str:
    start = max(text.rfind(mark, 0, number.start) for mark in (". ", "; ", "\n", "("))
    end = min((at for mark in (". ", "; ", "\n", "(") if (at := text.find(mark, number.end)) >= 0), default=len(text))
    return text[start + 1 : end]


def _ranged(text: str, number: Number) -> bool:
    return "range" in text[max(0, number.start - 12) : number.start].lower()


RULE = Rule(
    id="N06",
    name="outlets-differ",
    severity=Severity.NOTE,
    binds=(Bound.ITEM,),
    check=check,
)
