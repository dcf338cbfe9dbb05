"""A harm's number, the number of people and the length of follow-up that the source gives are not lost on the way.

Nobody misses what a summary leaves out: three of four rated press releases did not report harms well enough. A number
in a sentence on harms that is nowhere in the item is shown to the editor, who may have a reason to leave it out.

Source: HealthNewsReview.org criterion 3 (74 of 100 of 597 rated releases unsatisfactory); CONSORT for harms 2022.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipeline.checks.due import outcomes
from pipeline.checks.hits import item_text as prose
from pipeline.checks.hits import pack
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import texts, written
from pipeline.language.harm_words import DIED, tells_harm
from pipeline.language.normalise import normalise
from pipeline.language.nouns import with_nouns
from pipeline.language.numbers.match import Fit, Stock
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY
from pipeline.language.sentences import sentences
from pipeline.model.finding import Remark
from pipeline.model.item import Item, SourceText
from pipeline.model.names import Severity
from pipeline.text import clip

_PACK = pack(__name__)
_WATCHED = _PACK["watched"]
_CLAUSE = re.compile(r"[;,:](?!\d)| and | und | but ")
_LABEL = re.compile(r"(?:grades? [\d-]+|\([^():;]{0,40}\)|[^:;\d(]){3,90}:(?=\s)", re.IGNORECASE)
_NOTHING = _PACK["nothing"]
_PERSONS = r"patients?|people|participants?|adults?|women|men|children|cases?|events?|Personen|Betroffenen?"
_BESIDE = "in|of|the|all|n|only|about|each|both|per|cent|percent|grade|vs|versus|against|compared|with|to|von|bei"
_BARE = with_nouns(rf"(?:[\d\s.,%()/+-]|\b(?:{_BESIDE}|{_PERSONS}|{{spelled}})\b)*", re.IGNORECASE)
_LASTED = re.compile(
    r"\b(?:last(?:ed|ing)?|persist\w*|stayed|remained|spent|longer than|resolved (?:after|within|in)|dauerte\w*|"
    r"hielt\w*)\b[^;:]{0,40}$"
)
_STAY = re.compile(r"[^;:,]{0,20}\bin (?:hospital|intensive care)\b")
_ONE_DIED = _PACK["one-died"]
_NO_HARM = frozenset({"study", "place", "dose", "point", "animal"})
_WITHOUT = frozenset({Sort.STATISTIC, Sort.DATE, Sort.ORDINAL, Sort.DOSE, Sort.AGE, Sort.RANGE})
_SHOWN = 3


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Show the sentences of the sources whose numbers of harms, people or follow-up the item doesn't give."""
    kept = texts(item, context)
    if not kept:
        return
    said = written(item)
    yield from _harms(kept, said, item)
    if outcomes(item):
        yield from _people(kept[0], said, item)
        yield from _watched(kept[0], said)


def _harms(kept: tuple[SourceText, ...], said: Stock, item: Item) -> Iterator[Remark]:
    deaths = DIED.search(prose(item)) is not None
    dropped = {} if deaths else dict.fromkeys(_one_died(kept))
    dropped |= dict.fromkeys(
        (each.source, sentence)
        for each in kept
        for sentence, numbers in _sentences(each)
        if tells_harm(sentence)
        and any(
            _harm(each.text[start:end], n, start) and not _reported(n, sentence, said, deaths=deaths)
            for start, end, n in numbers
        )
    )
    if dropped:
        more = f" {len(dropped) - _SHOWN} more like it." if len(dropped) > _SHOWN else ""
        yield _remark("harms", "A number in the source on harms isn't in the item", list(dropped)[:_SHOWN], more)


def _one_died(kept: tuple[SourceText, ...]) -> Iterator[tuple[str, str]]:
    """The sentences that tell of a death without a numeral: "A patient died"."""
    for each in kept:
        for sentence in sentences(normalise(each.text)) if _ONE_DIED.stands(each.text) else ():
            if _ONE_DIED.stands(sentence.text):
                yield each.source, sentence.text


def _people(lead: SourceText, said: Stock, item: Item) -> Iterator[Remark]:
    """The largest number of people of the lead, unless the item gives it or knows another."""
    if item.evidence.participants is not None:
        return
    counted = [
        (n.value, sentence, n)
        for sentence, numbers in _sentences(lead)
        for _, _, n in numbers
        if n.noun == "people" and n.kind is Sort.COUNT and not n.implied and n.value > 1
    ]
    if counted and not _given(max(counted)[2], said):
        yield _remark("summary", "A number in the source on people isn't in the item", [(lead.source, max(counted)[1])])


def _watched(lead: SourceText, said: Stock) -> Iterator[Remark]:
    what = "How long people were followed is in the source, but not in the item"
    for sentence, numbers in _sentences(lead):
        lengths = [n for _, _, n in numbers if n.kind is Sort.DURATION]
        if lengths and _WATCHED.stands(sentence) and not any(_given(n, said) for n in lengths):
            yield _remark("summary", what, [(lead.source, sentence)])
            return


def _harm(sentence: str, number: Number, offset: int) -> bool:
    """Whether a number stands in the clause of a harm, or after its label, and counts it or says how long it lasted."""
    if number.kind in _WITHOUT or number.noun in _NO_HARM or number.whole or not number.value:
        return False
    if number.implied and not (number.value == 1 and number.noun in BODY):
        return False
    at, end = number.start - offset, number.end - offset
    start, clause = _clause(sentence, at, end)
    if not tells_harm(clause):
        return False
    lasted = _LASTED.search(sentence[start:at]) or _STAY.match(sentence, end)
    return number.kind is not Sort.DURATION or lasted is not None


def _clause(sentence: str, at: int, end: int) -> tuple[int, str]:
    """Where the clause of a number begins, and its words, with the label it stands under.

    "Deaths: 3", "Fever, 44%; infection, 22%": what says nothing itself belongs to what stands before it.
    """
    breaks = [m for m in _CLAUSE.finditer(sentence) if m.end() <= at]
    start = breaks[-1].end() if breaks else 0
    after = _CLAUSE.search(sentence, end)
    clause = sentence[start : after.start() if after else len(sentence)]
    if breaks and _BARE.fullmatch(clause.strip().rstrip(".")):
        first = next((m.end() for m in reversed(breaks[:-1]) if m.group() in "; and but "), 0)
        return start, sentence[first:end]
    label = _LABEL.match(sentence)
    if label and label.end() <= at and not _NOTHING.stands(label.group()) and ";" not in sentence[:at]:
        return start, label.group() + clause
    return start, clause


def _reported(number: Number, sentence: str, said: Stock, *, deaths: bool) -> bool:
    """Whether the item gives a number of a harm; one death is given only where the item speaks of death at all."""
    if number.value == 1 and number.kind is not Sort.PERCENT and DIED.search(sentence):
        return deaths
    return _given(number, said)


def _given(number: Number, said: Stock) -> bool:
    return (number.value == 1 and 1 in said.by_value) or said.find(number)[0] >= Fit.NEAR


def _sentences(each: SourceText) -> Iterator[tuple[str, list[tuple[int, int, Number]]]]:
    """The sentences of a text that hold numbers; each number with its sentence's beginning and end in the raw text."""
    plain = normalise(each.text)
    numbers = read(each.text)
    places = [n.start for n in numbers]
    for sentence in sentences(plain):
        start, end = plain.span(sentence.start, sentence.end)
        if within := [(start, end, n) for n in numbers[bisect_left(places, start) : bisect_left(places, end)]]:
            yield sentence.text, within


def _remark(field: str, what: str, where: list[tuple[str, str]], more: str = "") -> Remark:
    shown = " · ".join(f"{source}: “{clip(text, 140)}”" for source, text in where)
    return Remark(
        field=field,
        why=f"{what}. {shown}{more}",
        suggestion="Add it, or leave it out knowingly; a note doesn't block.",
    )


RULE = Rule(
    id="N03",
    name="dropped-harm",
    severity=Severity.NOTE,
    binds=(Bound.ITEM,),
    check=check,
)
