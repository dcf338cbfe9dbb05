"""Every number in an item's words has a source; a number from nowhere doesn't go out.

Numbers drift between outlets: a median of 15 months with a range to 29 became "29 months of median follow-up". So each
number of headline, summary, harms, not_known, who and access stands in a text the item rests on, in any normal form
(words, digits, per cent of counts), or came with the registry's facts, or is worked out by a formula that stands in the
item, or an editor answers for it with a reason. A value that is there but counts something else ("45" people, "45%") is
worth a look, a rounded or converted one gets a note. "Dozens died" and "twice as many" are numbers
too, and the end of a range is no median. Names with digits (CD19, phase 2, a DOI) are no numbers.

Source: measured on 411 Cochrane abstracts and their plain summaries: of wrong numbers of 13 and more, a comparison by
value alone finds nine in ten; SAMPL guidelines (Lang and Altman).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import (
    LARGEST,
    TRACED,
    Mention,
    borne_out,
    given,
    listed,
    mentions,
    quoted,
    sources,
    texts,
    vouched,
    where,
    worked_out,
    written,
)
from pipeline.language.numbers.loose import Loose, borne, compared, crowded, crowds, multiples
from pipeline.language.numbers.match import Fit, Stock
from pipeline.language.numbers.nearby import off_centre, rival, twin
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.parts import Portion
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_TRY = (
    "If it is a slip, correct it. If not, add a line to facts that says where it comes from. The source's words: "
    "{value: “7 of 9”, quote: “7 of 9 met the goal”}. Your own sum: {value: “78%”, derived: “7/9”}. Another text: "
    "{value: “1 in 2,000”, reason: “national statistics, 2025”}."
)
_COUNT = (
    "Give the source's count; or add a line to facts: the word as value, and a reason or the source's words as quote."
)
_TIMES = (Sort.DURATION, Sort.AGE)
_HALF = re.compile(
    r"\b(?:median|less|more|longer|shorter|older|younger|over|under|above|below|at (?:least|most)|up to)\b",
    re.IGNORECASE,
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on each number that no source bears out; once, when the sources' texts were not kept."""
    known = (given(item, context), quoted(item), vouched(item))
    yield from _loose(item, context)
    claimed = mentions(item)
    yield from _off_centre(claimed, item, context)
    open_ = [m for m in claimed if not borne_out(m.number, *known)]
    if not open_:
        return
    held = sources(item, context)
    open_ = [m for m in open_ if not worked_out(m, item, held)]
    if not texts(item, context):
        yield from _unkept([m for m in open_ if held.find(m.number)[0] < Fit.NEAR and m.number.value != 1])
        return
    words = " ".join(each.text for each in texts(item, context))
    for mention in open_:
        yield from _traced(mention, held, item, context, words)


def _loose(item: Item, context: Context) -> Iterator[Remark]:
    """Look for what bears out "dozens" and "twice as many", which no value does."""
    kept = [each.text for each in texts(item, context)]
    if not kept:
        return
    kept += [*(f.quote for f in item.facts if f.quote), item.title, item.excerpt or ""]
    answered = " ".join(f.value.lower() for f in item.facts if f.quote or f.derived or f.reason)
    for name in TRACED:
        text = getattr(item, name) or ""
        for crowd in crowds(text):
            if crowd.raw.lower() not in answered and not crowded(crowd, text, kept):
                why = f"“{crowd.raw}” is a number too, and no text behind this item has one of that size here."
                yield Remark(field=name, start=crowd.start, end=crowd.end, why=why, suggestion=_COUNT)
        for multiple in multiples(text):
            if multiple.raw.lower() not in answered and not borne(multiple, kept):
                yield _multiple(name, multiple, compared(multiple, kept))


def _off_centre(claimed: tuple[Mention, ...], item: Item, context: Context) -> Iterator[Remark]:
    """Look for ends of a range that are called a median; a quote of the whole range would bear them out."""
    kept = [each.text for each in texts(item, context)]
    for mention in claimed:
        number = mention.number
        middle = off_centre(getattr(item, mention.field) or "", number, kept) if number.kind in _TIMES else None
        at = where(middle, item, context) if middle is not None else None
        if middle is not None and at is not None:
            why = f"“{number.raw}” is one end of a range in the source, and “{middle.raw}” is its middle: “{at[1]}”"
            yield _remark(mention, Severity.WARN, why, "Give the median, or both ends of the range.")


def _multiple(field: str, multiple: Loose, pair: tuple[Portion, Portion] | None) -> Remark:
    why = f"“{multiple.raw}”: the source doesn't say this, and no two of its numbers give it."
    if pair and pair[0].value and pair[1].value:
        low, high = sorted((pair[0], pair[1]), key=lambda part: part.value)
        times = f"{high.value / low.value:.1f}".removesuffix(".0")
        why = f"“{multiple.raw}”: the source has “{high.raw}” beside “{low.raw}”, which is {times} times."
    return Remark(
        field=field,
        start=multiple.start,
        end=multiple.end,
        severity=Severity.WARN,
        why=why,
        suggestion="Give the two counts and let readers compare; or add the calculation to facts: {value: "
        "“1.7 times”, derived: “22/13”}.",
    )


def _unkept(open_: list[Mention]) -> Iterator[Remark]:
    if open_:
        first = open_[0]
        yield Remark(
            field=first.field,
            start=first.number.start,
            end=first.number.end,
            severity=Severity.WARN,
            why=f"We hold no copy of the source's text, so these numbers can't be traced: {listed(open_)}.",
            suggestion="Add the words each number came from to facts, as value and quote.",
        )


def _traced(mention: Mention, held: Stock, item: Item, context: Context, words: str) -> Iterator[Remark]:
    number = mention.number
    found, other = held.find(number)
    if found is Fit.EXACT or _always(number, getattr(item, mention.field) or "", words):
        yield from _mixed_up(mention, item, context)
        return
    if found is Fit.NEAR and other is not None:
        if written(item).find(other)[0] is not Fit.EXACT:
            yield _remark(mention, Severity.NOTE, _near(number, other), "Use the source's own form, or give both.")
    elif found is Fit.OTHER and other is not None:
        at = where(other, item, context)
        beside = f"only here: “{at[1]}”" if at else f"only as “{other.raw}”"
        yield _remark(mention, Severity.WARN, f"“{number.raw}” is in the source {beside}", _TRY)
    else:
        yield _remark(
            mention, None, f"“{number.raw}” is in none of the texts behind this item.{_like(number, held)}", _TRY
        )


def _mixed_up(mention: Mention, item: Item, context: Context) -> Iterator[Remark]:
    """Small numbers are left to N04: their company is no better than chance."""
    number = mention.number
    text = getattr(item, mention.field) or ""
    kept = [t.text for t in texts(item, context)]
    if number.value > LARGEST and twin(text, number, kept):
        why = f"“{number.raw}” is compared with itself. The source compares it with another number."
        yield _remark(mention, Severity.NOTE, why, "Check which of the two is meant.")
        return
    other = rival(text, number, kept) if number.value > LARGEST else None
    at = where(other, item, context) if other is not None else None
    if other is not None and at is not None:
        why = f"“{number.raw}” is in the source, but next to similar words it says “{other.raw}”: “{at[1]}”"
        yield _remark(
            mention, Severity.NOTE, why, "Check whether the two were mixed up. A fact with its quote settles it."
        )


def _always(number: Number, text: str, words: str) -> bool:
    """One person is "a woman" in the source; half of the people lie below a median, as in "9 months or less"."""
    if number.value == 1 and number.kind in (Sort.COUNT, Sort.RATIO):
        return True
    about = text[max(0, number.start - 60) : number.end + 80]
    halved = number.parts == (1, 2) and _HALF.search(about) is not None
    return halved and re.search(r"\bmedian\b", words, re.IGNORECASE) is not None


def _near(number: Number, other: Number) -> str:
    how = "in another unit" if number.unit != other.unit else "before rounding"
    unit = f" {other.unit}s" if other.unit and other.unit not in other.raw else ""
    return f"“{number.raw}” is “{other.raw}{unit}” in the source, {how}."


def _like(number: Number, held: Stock) -> str:
    """Name the source's numbers of the same kind, if they are few."""
    alike = [
        n
        for each in held.by_value.values()
        for n in each
        if not n.implied and not n.bare and (n.kind, n.unit, n.noun) == (number.kind, number.unit, number.noun)
    ]
    raws = list(dict.fromkeys(n.raw for n in alike))
    return f" Its numbers of that kind: {', '.join(f'“{raw}”' for raw in raws)}." if 0 < len(raws) < 5 else ""


def _remark(mention: Mention, severity: Severity | None, why: str, suggestion: str) -> Remark:
    number = mention.number
    return Remark(
        field=mention.field, start=number.start, end=number.end, severity=severity, why=why, suggestion=suggestion
    )


RULE = Rule(
    id="N01",
    name="untraced",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
