"""A harm's number, the number of people and the length of follow-up that the source gives are not lost on the way.

What a summary leaves out, nobody misses: for three of four rated press releases harms were not told well enough. A number
in a sentence on harms that stands nowhere in the item is shown to the editor, who may have a reason to leave it out.

Source: HealthNewsReview.org criterion 3 (74 of 100 of 597 rated releases unsatisfactory); CONSORT for harms 2022.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks._cases import case
from pipeline.checks._due import outcomes
from pipeline.checks._rule import Context, Rule
from pipeline.checks.numbers.match import Fit, Stock
from pipeline.checks.numbers.number import Kind, Number
from pipeline.checks.numbers.sourced import texts, told
from pipeline.checks.numbers.tokens import read
from pipeline.checks.prose.fold import fold
from pipeline.checks.prose.sentences import sentences
from pipeline.model.finding import Remark
from pipeline.model.item import Item, SourceText
from pipeline.model.names import Severity
from pipeline.text import clip

_HARM = re.compile(
    r"\b(?:adverse|side effects?|toxicit\w+|neurotoxic\w*|cytokine release|CRS|ICANS|fevers?|infections?|sepsis|died|deaths?|fatal\w*|"
    r"cytopeni\w+|neutropeni\w+|thrombocytopeni\w+|low blood counts?|malignanc\w+|secondary cancers?|seizures?|bleeding|"
    r"hospitali[sz]\w+|intensive care|relapsed?|relapses|hypogammaglobulin\w+|immunoglobulin|serious events?|discontinued|withdrew|"
    r"Nebenwirkung\w*|Infektion\w*|Fieber|gestorben|starb\w*|Todesf\w+|Rückf\w+|Zytokin\w*)\b",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\b(?:follow(?:ed)?[- ]?up|followed for|observed for|nachbeobachtet|Nachbeobachtung)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;,:]| and | und | but ")
_NO_HARM = frozenset({"study", "place", "dose"})
_WITHOUT = frozenset({Kind.DURATION, Kind.STATISTIC, Kind.DATE, Kind.ORDINAL, Kind.DOSE, Kind.AGE, Kind.RANGE})
_SHOWN = 3


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Show the sentences of the sources whose numbers of harms, people or follow-up the item doesn't give."""
    kept = texts(item, context)
    if not kept:
        return
    said = told(item)
    yield from _harms(kept, said)
    if outcomes(item):
        yield from _people(kept[0], said, item)
        yield from _watched(kept[0], said)


def _harms(kept: tuple[SourceText, ...], said: Stock) -> Iterator[Remark]:
    dropped = dict.fromkeys(
        (each.source, sentence)
        for each in kept
        for sentence, numbers in _sentences(each)
        if _HARM.search(sentence)
        and any(_harm(each.text[start:end], n, start) and not _given(n, said) for start, end, n in numbers)
    )
    if dropped:
        more = f" {len(dropped) - _SHOWN} more like it." if len(dropped) > _SHOWN else ""
        yield _remark("harms", "A number on harms in the source isn't in the item", list(dropped)[:_SHOWN], more)


def _people(lead: SourceText, said: Stock, item: Item) -> Iterator[Remark]:
    """The largest number of people of the lead, unless the item gives it or knows another."""
    if item.evidence.participants is not None:
        return
    counted = [
        (n.value, sentence, n)
        for sentence, numbers in _sentences(lead)
        for _, _, n in numbers
        if n.noun == "people" and n.kind is Kind.COUNT and not n.implied and n.value > 1
    ]
    if counted and not _given(max(counted)[2], said):
        yield _remark("summary", "A number of people in the source isn't in the item", [(lead.source, max(counted)[1])])


def _watched(lead: SourceText, said: Stock) -> Iterator[Remark]:
    what = "How long people were watched, in the source, isn't in the item"
    for sentence, numbers in _sentences(lead):
        lengths = [n for _, _, n in numbers if n.kind is Kind.DURATION]
        if lengths and _WATCHED.search(sentence) and not any(_given(n, said) for n in lengths):
            yield _remark("summary", what, [(lead.source, sentence)])
            return


def _harm(sentence: str, number: Number, offset: int) -> bool:
    """Whether a number stands in the clause of a harm and counts it."""
    if number.implied or number.kind in _WITHOUT or number.noun in _NO_HARM:
        return False
    at, end = number.start - offset, number.end - offset
    start = max((m.end() for m in _CLAUSE.finditer(sentence, 0, at)), default=0)
    after = _CLAUSE.search(sentence, end)
    return _HARM.search(sentence[start : after.start() if after else len(sentence)]) is not None and not number.whole


def _given(number: Number, said: Stock) -> bool:
    return (number.value == 1 and 1 in said.by_value) or said.find(number)[0] >= Fit.NEAR


def _sentences(each: SourceText) -> Iterator[tuple[str, list[tuple[int, int, Number]]]]:
    """The sentences of a text that hold numbers; each number with where its sentence begins and ends in the raw text."""
    folded = fold(each.text)
    numbers = read(each.text)
    for sentence in sentences(folded):
        start, end = folded.span(sentence.start, sentence.end)
        if within := [(start, end, n) for n in numbers if start <= n.start < end]:
            yield sentence.text, within


def _remark(field: str, what: str, where: list[tuple[str, str]], more: str = "") -> Remark:
    shown = " · ".join(f"{source}: “{clip(text, 140)}”" for source, text in where)
    return Remark(
        field=field,
        why=f"{what}. {shown}{more}",
        suggestion="Give it, or leave it out knowingly; a note doesn't block.",
    )


_TEXT = SourceText(
    source="jei",
    title="A study",
    text="A study\nNine adults received one infusion. Median follow-up was 9 months (range 4-14). Cytokine release syndrome "
    "occurred in 6 (all grade 1-2), neurotoxicity grade 3 in 1, serious infection in 2. Two of 9 died.",
)
_WHOLE = case(
    summary="Nine people were followed for a median of nine months; 7 of 9 met the goal.",
    harms="Six had a fever reaction, one a serious brain reaction, two had serious infections. Two of nine died.",
)

RULE = Rule(
    id="N03",
    name="dropped-harm",
    severity=Severity.NOTE,
    check=check,
    texts=(_TEXT,),
    bad=(
        case(_WHOLE, harms="Some had a fever reaction, one a serious brain reaction, and two died of infection."),
        case(_WHOLE, summary="Nine people; 7 were well.", headline="Lupus", not_known=None),
    ),
    good=(
        _WHOLE,
        case(_WHOLE, summary="Nine people were followed for a median of nine months.", headline="Early lupus study"),
    ),
)
