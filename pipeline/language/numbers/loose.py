"""Amounts said without a numeral: "dozens died", "twice as many", "their antibodies halved".

They drift as numerals do, and no comparison of values sees them. A crowd is borne out by a count of its size beside the
same words, a multiple by two numbers of the source that stand together and are so many times each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.parts import Portion, about, clauses, parts
from pipeline.language.numbers.spelling import CROWDS, FACTORS
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY, THINGS

_CROWD = re.compile(rf"\b(?:{'|'.join(sorted(CROWDS, key=len, reverse=True))})\b")
_OF_PEOPLE = re.compile(
    r"\s+(?:of\s+|von\s+)?(?:(?:the|these|those|more|other|such|young|older|sick|new|der|"
    r"more than)\s+)*(?:[\w-]+\s+)?([\w-]+)"
)
_ACTED = re.compile(
    r"\s+(?:have |had |has |were |was |are )?(?:died|got|developed|relapsed|needed|suffered|improved|responded|"
    r"recovered|had|have|"
    r"were|are|starben|hatten)\b",
    re.IGNORECASE,
)
_TOOK_PART = re.compile(
    r"\b(?:took part|joined|treated|followed|enrolled|studied|included|received|got|in (?:the|this) study|teil)\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(twice|double|thrice|triple)(?=\s+(?:as|the|that)\b)|"
    rf"({'|'.join(w for w in FACTORS if w not in ('twice', 'double', 'thrice', 'triple'))}))\b",
)
_TIMES = re.compile(r"(?:-| )?(?:times|fold|mal)\b(?! (?:a|per|in|during|before|since|pro)\b)")
_NEAR = 220
_STOP = re.compile(r"[.;!?]\s|\n")
_VERSUS = re.compile(
    r"\b(?:versus|vs|against|compared|than|while|whereas|instead of|rose to|fell to|gegen(?:über)?)\b|^ to ",
    re.IGNORECASE,
)
_SLACK = Decimal("0.12")


class Loose(NamedTuple):
    """An amount without a numeral: where it stands in the raw text, how much it says at least or by how many times."""

    start: int
    end: int
    raw: str
    amount: Decimal
    about: frozenset[str]


def crowds(text: str) -> Iterator[Loose]:
    """Find "dozens of people", "hundreds died"; hundreds of euros or cells are none."""
    for found in _CROWD.finditer(_small(text)):
        after = _OF_PEOPLE.match(text, found.end())
        people = after is not None and any(THINGS.get(w.lower()) in BODY for w in re.findall(r"[\w-]+", after.group()))
        if people or _ACTED.match(text, found.end()):
            said = about(clauses(text), found.start())
            raw = text[found.start() : found.end()]
            yield Loose(*found.span(), raw, CROWDS[found.group()], said)


def multiples(text: str) -> Iterator[Loose]:
    """Find "twice as many", "doubled", "three times higher"; "given twice" and "three times a week" are none."""
    small = _small(text)
    for found in _MULTIPLE.finditer(small):
        said = about(clauses(text), found.start())
        yield Loose(*found.span(), text[found.start() : found.end()], FACTORS[found.group()], said)
    if _TIMES.search(small):
        for number in read(text):
            if number.kind is Sort.COUNT and not number.implied and _TIMES.match(small, number.end):
                yield Loose(number.start, number.end, number.raw, number.value, about(clauses(text), number.start))


def crowded(crowd: Loose, text: str, sources: Iterable[str]) -> bool:
    """Whether a source holds the same word, or a count of that size beside the same words."""
    plain = _TOOK_PART.search(text[crowd.end : crowd.end + 60]) is not None
    return any(
        re.search(rf"\b{crowd.raw}\b", source, re.IGNORECASE)
        or any(
            part.value >= crowd.amount
            and not part.percent
            and (part.about & crowd.about or (plain and part.of is None))
            for part in parts(source)
        )
        for source in sources
    )


def borne(multiple: Loose, sources: Iterable[str]) -> bool:
    """Whether a source says the multiple itself, or has two numbers side by side that make it."""
    for source in sources:
        if any(other.amount in (multiple.amount, 1 / multiple.amount) for other in multiples(source)):
            return True
        if multiple.amount == Decimal("0.5") and any(n.share == 50 for n in read(source) if not n.implied):
            return True
        if any(_makes(multiple.amount, one, two) for one, two in _couples(source)):
            return True
    return False


def compared(multiple: Loose, sources: Iterable[str]) -> tuple[Portion, Portion] | None:
    """Find the two numbers side by side of which a multiple speaks most likely: those with most of its words."""
    best: tuple[int, Portion, Portion] | None = None
    for source in sources:
        portions = {part.start: part for part in parts(source)}
        for one, two in _couples(source):
            if (a := portions.get(one.start)) and (b := portions.get(two.start)):
                shared = len((a.about | b.about) & multiple.about)
                if (shared or one.of) and (best is None or shared > best[0]):
                    best = (shared, a, b)
    return best[1:] if best else None


def _small(text: str) -> str:
    """Small letters, character for character: patterns that ignore case are slow."""
    small = text.lower()
    return small if len(small) == len(text) else text


def _couples(text: str) -> Iterator[tuple[Number, Number]]:
    """Pairs of numbers of one sort that follow each other: both arms' counts, before and after."""
    last: dict[tuple[object, ...], Number] = {}
    for number in read(text):
        if number.implied or number.whole or not number.value:
            continue
        sort = (number.kind, number.unit, number.of)
        before = last.get(sort)
        if before is not None and _compares(text[before.end : number.start], number):
            yield before, number
        last[sort] = number


def _compares(gap: str, number: Number) -> bool:
    """Whether two numbers are set side by side: shares in one sentence, others only by a "versus" or "from … to"."""
    if len(gap) > _NEAR or number.kind is Sort.DATE or _STOP.search(gap):
        return False
    return number.of is not None or number.kind is Sort.PERCENT or _VERSUS.search(gap) is not None


def _makes(factor: Decimal, one: Number, two: Number) -> bool:
    quotients = (one.value / two.value, two.value / one.value)
    return any(abs(q - factor) <= _SLACK * factor for q in quotients)
