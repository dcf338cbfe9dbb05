"""A headline gives the item's own numbers: its ratios, shares and counts of people stand in the words below it.

A brief, which the e-mail prints in place of the summary, gives no others either.

The issue's opening gives those of its items: subject, preheader, intro and question stand above the items as a
headline stands above its summary, and a count that no printed item gives is nobody's. A rate ("one in five people
with lupus") may be common knowledge, and "two of three studies treated fewer than ten" counts no people of one study:
these are warned of.

Most readers see the headline alone, and press offices sharpen it last: "7 of 9" in the text became "all nine" above
it. A number can stand in the source and still not be the one of this sentence, as "6 of 9" counts the fevers. So each
ratio is held against the ratios of the same group in the item, and against the words that stand beside them.

Source: Sumner et al., BMJ 2014 (what is exaggerated in headline and release is exaggerated in the news); Yavchitz et
al., PLOS Medicine 2012 (spin in conclusions and headlines); SAMPL guidelines: numerator and denominator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.checks.opening import COUNTED, printed
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import around, given
from pipeline.language.harm_words import tells_harm
from pipeline.language.numbers.match import Fit, Stock, natural, stock
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.parts import Portion, clauses, closest, parts
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_BODY = ("summary", "harms", "who", "not_known", "access")
_SURE, _FAR = 2, 3
_EVERYONE = re.compile(r"\b(?:all|every\w*|each|alle[nr]?|jede[rns]?)\b", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:none|nobody|no|not|never|without|kein\w*|niemand|nicht)\b|n['’]t\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:in|aus)\b", re.IGNORECASE)  # "one in two" is no group of two
_OF_ITEMS = re.compile(rf"\W*(?:{'|'.join(COUNTED)})\b", re.IGNORECASE)  # "3 of the 13 stories" are nobody's counts
_TRY = "Many people read only this: use the number from the summary, with the same words next to it."
_TRY_OPENING = "Use a number that stands in an approved item, with the same words next to it; or leave it out."


class _Own(NamedTuple):
    """What an item says itself: the parts of groups with the text of each, and every number."""

    portions: tuple[tuple[Portion, str], ...]
    words: tuple[str, ...]
    field: str
    item: Item
    context: Context

    @property
    def known(self) -> tuple[Stock, ...]:
        """The numbers of the words, of the facts, and of what gather wrote; most headlines need no look at them."""
        return (stock(*self.words), stock(*(fact.value for fact in self.item.facts)), given(self.item, self.context))

    def has(self, number: Number) -> bool:
        """Whether a number stands there, rounded or in another unit too."""
        return any(each.find(number)[0] >= Fit.NEAR for each in self.known)

    def counts(self, part: Portion) -> bool:
        """Whether the two ends of a part stand there, each by itself: "Nine adults … Seven were well"."""
        found = {value: self._held(value) for value in (part.value, part.of) if value is not None}
        return (
            part.value != part.of
            and any(n.kind is Sort.COUNT and not n.whole for n in found[part.value])
            and any(n.kind is Sort.COUNT or n.whole for value in found if value == part.of for n in found[value])
        )

    def _held(self, value: Decimal) -> list[Number]:
        return [n for each in self.known for n in each.by_value.get(value, ()) if not n.implied]


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on numbers of people above the item's words that these don't give, or give to something else."""
    for field in ("headline", "brief"):
        words = getattr(item, field) or ""
        if mine := parts(words):
            yield from _above(words, mine, _own(item, _BODY, context, field))


def _above(words: str, mine: tuple[Portion, ...], own: _Own) -> Iterator[Remark]:
    numbers = {number.start: number for number in read(words)}
    wholes = {part.end for part in mine if part.of is not None}
    for part in mine:
        if part.of is not None:
            yield from _ratio(part, own, words)
        elif part.end not in wholes and part.value != 1 and not own.has(numbers[part.start]):
            why = f"“{part.raw}” is in the {own.field}, but nowhere else in the item."
            yield _remark(part, why, Severity.WARN, own)


def whole(context: Context) -> Iterable[Remark]:
    """Remark on numbers of people in the opening that no printed item gives."""
    given_by = [_own(item, ("headline", *_BODY, "brief"), context) for item in printed(context)]
    for field, words in context.opening:
        for part in parts(words):
            number = next(n for n in read(words) if part.start <= n.start < part.end)
            if _OF_ITEMS.match(words, part.end) or any(_gives(own, part, number) for own in given_by):
                continue
            yield Remark(
                field=field,
                start=part.start,
                end=part.end,
                severity=Severity.WARN if _general(part, words) else None,
                why=f"“{part.raw}” in the {field} stands in no approved item of this issue.",
                suggestion=_TRY_OPENING,
            )


def _general(part: Portion, words: str) -> bool:
    """Whether it may tell of no single study's people: a rate, "one in five", or the people of counted studies."""
    if part.of is not None:
        return _RATE.search(part.raw) is not None
    clause = _clause(words, part)
    return any(_OF_ITEMS.match(clause, each.end) for each in parts(clause) if each.of is not None)


def _gives(own: _Own, part: Portion, number: Number) -> bool:
    """Whether an item gives a number of the opening; true of what counts no people."""
    if part.of is not None:
        same = [p for p, _ in own.portions if p.value == part.value and p.of == part.of]
        return number.noun not in (None, *BODY) or _stands(part, same, own, apart=False)
    return part.value == 1 or (number.kind is not Sort.PERCENT and number.noun not in BODY) or own.has(number)


def _own(item: Item, fields: Iterable[str], context: Context, above: str = "headline") -> _Own:
    words = tuple(text for name in fields if (text := getattr(item, name)))
    return _Own(tuple((part, text) for text in words for part in parts(text)), words, above, item, context)


def _ratio(part: Portion, own: _Own, headline: str) -> Iterator[Remark]:
    """Hold a ratio against those of the same group: in the item at all, and beside the same words."""
    alike = [(p, text) for p, text in own.portions if p.of == part.of or (p.of is None and not p.percent)]
    same = [p for p, _ in alike if p.value == part.value and (p.of is not None or part.value != part.of)]
    other = closest(part, [p for p, _ in alike if p.value != part.value and p.value <= (part.of or 0)])
    text = next((text for p, text in alike if p is other), "")
    mine = max((part.shared(p) for p in same), default=0)
    theirs = part.shared(other) if other is not None else 0
    if other is not None and other.value + part.value == part.of and _NOBODY.search(_clause(headline, part)):
        return  # "2 of 9 had no remission" is "7 of 9 had one"
    if other is not None and theirs >= (_SURE if not mine else mine + _FAR):
        yield _remark(part, _other(part, other, text, own), None if not mine else Severity.WARN, own)
    elif _stands(part, same, own, apart=theirs > mine):
        if not mine and same and other is not None and (theirs or _turned(part, same, other, headline, own)):
            yield _remark(part, _other(part, other, text, own), Severity.WARN, own)
    elif other is None or other.of is None:
        other = next((p for p, _ in alike if p.of is not None and p.value != part.value), other)
        yield _absent(part, other, alike, own)
    else:
        loose = not theirs and _said(part, own)
        yield _remark(part, _other(part, other, text, own), Severity.WARN if loose else None, own)


def _said(part: Portion, own: _Own) -> bool:
    """Whether "all" or "none" stand for what the item says of the whole group: "they first had chemotherapy"."""
    return part.value in (0, part.of) and any(
        2 * len(part.about & each.about) > len(part.about) for text in own.words for each in clauses(text)
    )


def _stands(part: Portion, same: list[Portion], own: _Own, *, apart: bool) -> bool:
    """Whether the item gives a ratio: as it is, as a share, as two counts, or by "all" and "none"."""
    rate = _RATE.search(part.raw) is not None
    if same or (not rate and (own.counts(part) or (part.value == 1 and not apart and _single(part, own)))):
        return True
    if _round(part, [p for p, _ in own.portions if p.share is not None]):
        return True
    if any(n.of == part.of for n in own.known[1].by_value.get(part.value, ())):
        return True
    return not apart and _universal(part, own)


def _round(part: Portion, shares: list[Portion]) -> bool:
    """Whether it is a share of the item in round people, "1 in 3", "36 of 100"; of the share beside the same words."""
    most = max((part.shared(p) for p in shares), default=0)
    whole = part.of or part.value
    return any(natural(part.value, whole, p.share) for p in shares if p.share and part.shared(p) == most)


def _single(part: Portion, own: _Own) -> bool:
    """One person is "a woman", "in one"; it is enough that the group is known."""
    return any(part.of in each.by_value for each in own.known)


def _universal(part: Portion, own: _Own) -> bool:
    """Whether the item says "everyone", or "nobody", beside words of the headline's clause."""
    if part.value not in (0, part.of):
        return False
    sign = _EVERYONE if part.value else _NOBODY
    return any(
        sign.search(text[each.start : each.end]) and (each.about & part.about or not part.about)
        for text in own.words
        for each in clauses(text)
    )


def _turned(part: Portion, same: list[Portion], other: Portion, headline: str, own: _Own) -> bool:
    """Whether the headline has the number of the harms for something else, or the other way round."""
    texts = {id(p): text for p, text in own.portions}
    harm = _harms(headline, part)
    return _harms(texts[id(other)], other) == harm and all(_harms(texts[id(p)], p) != harm for p in same)


def _harms(text: str, part: Portion) -> bool:
    return tells_harm(_clause(text, part))


def _clause(text: str, part: Portion) -> str:
    return next((text[c.start : c.end] for c in clauses(text) if c.start <= part.start <= c.end), text)


def _other(part: Portion, other: Portion, text: str, own: _Own) -> str:
    at = Number(other.value, Sort.COUNT, other.start, other.end, other.raw)
    beside = "next to similar words" if part.shared(other) else "for this group"
    return f"The {own.field} says “{part.raw}”. The item itself says “{other.raw}” {beside}: “{around(text, at)}”"


def _absent(part: Portion, other: Portion | None, alike: list[tuple[Portion, str]], own: _Own) -> Remark:
    if other is not None and other.of is not None:
        return _remark(part, _other(part, other, next(text for p, text in alike if p is other), own), None, own)
    loose = part.value in (0, part.of)
    why = f"“{part.raw}” is only in the {own.field}: the item gives no such number for this group."
    return _remark(part, why, Severity.WARN if loose else None, own)


def _remark(part: Portion, why: str, severity: Severity | None, own: _Own) -> Remark:
    return Remark(field=own.field, start=part.start, end=part.end, severity=severity, why=why, suggestion=_TRY)


RULE = Rule(
    id="N07",
    name="headline-number",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    whole=whole,
)
