"""A fact's quote is word for word in the source, its value is in the quote, and its value is in the item's words.

A quote is the proof a reader is shown next to the number. One that was typed from memory proves nothing; one whose
number is no longer in the words shows that somebody changed the one and not the other. A count that shows a benefit or
a harm stands before readers as a sentence, and maybe as people: it can be true, it says what happened to them, and no
harm is drawn as a benefit. A benefit is drawn beside a counted harm only, so the last harm that goes takes its picture.

Source: house rule; the "reprogrammed" retellings of one lupus study (7 of 7, 7 of 9) show why. Compared as plain text:
hyphens, quotes, spaces and case don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.hits import pack
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import stands, texts, written
from pipeline.language.context import denied
from pipeline.language.harm_words import HARM
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import normalise
from pipeline.language.numbers.match import Fit, stock
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.sentences import sentences
from pipeline.language.terms import either, terms
from pipeline.model.finding import Remark
from pipeline.model.item import Fact, Item, SourceText
from pipeline.model.names import Severity, Shows
from pipeline.text import clip

_SPARED = pack(__name__)["spared"]
_ASIDE = frozenset({Sort.RANGE, Sort.STATISTIC, Sort.ORDINAL})


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on facts whose quote, value and words don't agree."""
    said = written(item)
    for n, fact in enumerate(item.facts):
        field = f"facts.{n}"
        numbers = [number for number in read(fact.value) if not number.implied]
        yield from _quote(field, fact, numbers, item, context)
        yield from _shown(field, fact, item, context)
        yield from _alone(field, fact, item)
        gone = [x for x in numbers if x.kind not in _ASIDE and said.find(x)[0] < Fit.NEAR and not _one(x, item)]
        if gone:
            yield Remark(
                field=field,
                why=f"“{gone[0].raw}” in this fact is nowhere in the item's words: one of the two was changed.",
                suggestion="Check the source, then correct the words or remove the fact.",
            )


def _shown(field: str, fact: Fact, item: Item, context: Context) -> Iterator[Remark]:
    said, (some, total) = bool((fact.says or "").strip()), fact.count or (0, 1)
    if fact.shows and some > total:
        why = f"“{fact.value}” can't be: the part is larger than the whole."
        yield Remark(field=field, why=why, suggestion="Compare both numbers with the source.")
    elif bool(fact.shows) != said or (fact.shows and not fact.count):
        why = f"“{fact.value}” is not printed as a sentence: that needs a count of people, shows and says."
        try_ = "{value: “7 of 9”, …, shows: benefit, says: “felt better at week 24”}; or leave shows and says out."
        yield Remark(field=field, severity=Severity.WARN, why=why, suggestion=try_)

    elif fact.shows is Shows.BENEFIT and (harm := _harm(fact)):
        why = f"“{fact.value} {fact.says}” would be printed and drawn as a benefit, and “{harm.text}” is a harm."
        try_ = "Write shows: harm; or say in says what got better."
        yield Remark(
            field=field, severity=Severity.WARN if _treated(harm, item, context) else None, why=why, suggestion=try_
        )


def _alone(field: str, fact: Fact, item: Item) -> Iterator[Remark]:
    """Say which benefit has no picture, as no harm stands beside it."""
    harms = any(each.drawable and each.shows is Shows.HARM for each in item.facts)
    if fact.drawable and fact.shows is Shows.BENEFIT and not harms:
        yield Remark(
            field=field,
            severity=Severity.NOTE,
            why=f"“{fact.value} {fact.says}” is not drawn, as no harm of this item is counted beside it.",
            suggestion="If the source counts one, add it: {value: “2 of 9”, …, shows: harm, says: “had a serious "
            "infection”}. Else its sentence stands alone.",
        )


def _harm(fact: Fact) -> Hit | None:
    """A harm that people had by what the fact says: none that was denied, over, or rarer."""
    found = (hit for hit in find(HARM, (fact.says or "").lower()) if not denied(hit) and not _SPARED.stands(hit.marked))
    return next(iter(found), None)


def _treated(harm: Hit, item: Item, context: Context) -> bool:
    """Whether a harm is what the item's disease is called after, as anaemia is: it may be what got better."""
    known = context.terms or terms()
    ill = [each for each in known.diseases if each.key in item.about.conditions]
    names = " ".join(name for each in ill for name in (each.key, each.glossary, *each.ctis)).lower()
    same = [rf"\b(?:{either(each.spellings)})\b" for each in known.harms if each.sense == "named"]
    return any(re.search(each, harm.text) and re.search(each, names) for each in same)


def _quote(field: str, fact: Fact, numbers: list[Number], item: Item, context: Context) -> Iterator[Remark]:
    kept = texts(item, context)
    if not (fact.quote or "").strip():
        if not (fact.derived or "").strip() and not (fact.reason or "").strip():
            yield Remark(
                field=field,
                severity=Severity.WARN,
                why=f"The fact “{fact.value}” has no quote, no formula and no reason, so it supports nothing.",
                suggestion="Copy the source's words into quote.",
            )
        return
    quote = fact.quote or ""
    if kept and not any(stands(quote, text) for text in (*(each.text for each in kept), item.title)):
        yield Remark(
            field=field,
            why=f"The quote “{clip(quote, 80)}” is in none of the texts behind this item.{_nearest(quote, kept)}",
            suggestion="Copy the words from the source exactly, or leave the fact out.",
        )
        return
    held = stock(quote)
    own = bool((fact.derived or "").strip() or (fact.reason or "").strip())
    missing = [] if own else [n for n in numbers if n.value != 1 and held.find(n)[0] is Fit.NONE]
    if missing:
        yield Remark(
            field=field,
            why=f"“{missing[0].raw}” is not in the quote that should support it.",
            suggestion="Quote the words with the number in them. If you worked it out, give the formula: "
            "derived: “5/8”.",
        )


def _one(number: Number, item: Item) -> bool:
    """Whether the words speak of one person without a numeral: "a woman", "in one"."""
    words = f"{item.headline} {item.summary} {item.harms} {item.who}"
    return number.value == 1 and re.search(r"\b(?:an?|one|single|eine?[rnm]?)\b", words, re.IGNORECASE) is not None


def _nearest(quote: str, kept: tuple[SourceText, ...]) -> str:
    """Show the sentence of the sources that shares most words with a quote."""
    words = set(re.findall(r"\w+", quote.casefold()))
    known = [s.text for each in kept for s in sentences(normalise(each.text))]
    near = max(known, key=lambda s: len(words & set(re.findall(r"\w+", s.casefold()))), default="")
    shared = len(words & set(re.findall(r"\w+", near.casefold())))
    return f" The nearest: “{clip(near, 160)}”" if shared * 2 >= len(words) and near else ""


RULE = Rule(
    id="N05",
    name="fact",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
