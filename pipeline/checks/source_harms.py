"""Where a source tells of harms, so that "not reported" can be held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.due import outcomes
from pipeline.checks.rule import Context
from pipeline.checks.sourced import texts
from pipeline.language.harm_words import harms
from pipeline.language.normalise import normalise
from pipeline.language.numbers.number import Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.phrase_list import pack
from pipeline.language.sentences import sentences
from pipeline.model.evidence import Stage
from pipeline.model.item import Item
from pipeline.model.names import Tier

NAMED = harms("named", "death", "cancer")
"""A harm by its name."""

_PACK = pack(__name__)
_HARM = _PACK["harm"]
_HAPPENED = _PACK["happened"]
# Plans, reasons for not joining, and what people had before: no harm of this treatment.
_BESIDE = _PACK["beside"]
_COUNTED = frozenset({Sort.COUNT, Sort.PERCENT, Sort.RATIO})
_NO_PEOPLE = frozenset({"study", "place", "dose"})
# What a registry posts of events, as `hope gather` keeps it; its other lines are plans.
_POSTED = re.compile(r"(?:arms events|serious affected): \S")
_NO_RESULTS = frozenset({Stage.REGISTRATION, Stage.STOPPED, Stage.RETRACTION, Stage.COMMENTARY, Stage.PRECLINICAL})


def sourced(item: Item, context: Context) -> str | None:
    """Find the first sentence in which a source of the item reports harms, or their absence; None where none does."""
    return next(_sentences_on_harms(item, context), None)


def _sentences_on_harms(item: Item, context: Context) -> Iterator[str]:
    reports = outcomes(item) or (item.evidence.stage not in _NO_RESULTS and not item.change)
    for source, text in (
        *((each.source, each.text) for each in texts(item, context)),
        (item.source, item.excerpt or ""),
    ):
        known = context.config.source(source)
        listed = known is not None and known.tier is Tier.REGISTRY
        for line in text.splitlines():
            if listed:
                yield from (line for _ in _POSTED.finditer(line))
            elif reports and line.strip() != item.title:
                yield from (s.text for s in sentences(normalise(line)) if _tells(s.text))


def _tells(sentence: str) -> bool:
    if not _HARM.stands(sentence) or _BESIDE.stands(sentence):
        return False
    counted = any(
        n.kind in _COUNTED and not n.implied and n.noun not in _NO_PEOPLE and n.unit != "grade" for n in read(sentence)
    )
    return counted or _HAPPENED.stands(sentence)
