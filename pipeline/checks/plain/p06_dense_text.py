"""Paragraphs are short, and brackets few.

A screen of text without a break is put off until later, which is never. Brackets put a second sentence inside the
first; plain summaries have half as many as abstracts (AUC 0.82 on 411 Cochrane pairs). Counts and percentages in
brackets are asked for, so they don't count. Square ones are brackets too.

Source: Cochrane standards for plain-language summaries, 2021; CDC Clear Communication Index (chunks of text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.body import texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.reading.measure import measure
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n(?=[^\n]*\S))?)+")
_BRACKET = re.compile(r"\([^()]*[A-Za-z]{3}[^()]*\)|\[[^\[\]()]*[A-Za-z]{3}[^\[\]()]*\](?!\()")
_LONG, _SOME, _PER_WORDS = 90, 3, 1.5


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on long paragraphs and on many brackets."""
    for name, words in texts(item):
        for part in _PARAGRAPH.finditer(words):
            length = measure(part.group(), context.glossary).words
            if length > _LONG:
                yield Remark(
                    field=name,
                    start=part.start(),
                    end=part.start(),
                    why=f"This paragraph has {length} words; beyond {_LONG}, it looks like hard work.",
                    suggestion="Split it with an empty line where the thought changes, or leave something out.",
                )
        yield from _brackets(name, words, measure(words, context.glossary).words)


def _brackets(name: str, words: str, length: int) -> Iterable[Remark]:
    found = list(_BRACKET.finditer(words))
    if len(found) >= _SOME and len(found) * 100 > length * _PER_WORDS:
        yield Remark(
            field=name,
            start=found[-1].start(),
            end=found[-1].end(),
            why=f"{len(found)} asides in brackets in {length} words.",
            suggestion="Turn each one that matters into a sentence, and drop the rest.",
        )


RULE = Rule(
    id="P06",
    name="dense-text",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
