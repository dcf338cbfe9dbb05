"""Where a source tells of harms, so that "not reported" can be held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.due import outcomes
from pipeline.checks.rule import Context
from pipeline.checks.sourced import texts
from pipeline.language.harm_words import harms
from pipeline.language.normalise import fold
from pipeline.language.numbers.in_patterns import SPELLED
from pipeline.language.numbers.number import Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.sentences import sentences
from pipeline.model.evidence import Stage
from pipeline.model.item import Item
from pipeline.model.names import Tier

NAMED = harms("named", "death", "cancer")
"""A harm by its name."""

_GENERAL = harms("general")
_AT_ALL = (
    rf"(?:(?:serious |severe |treatment-emergent )?{_GENERAL}|SAEs?|TEAEs?|"
    r"(?:dose-limiting |grade \d\S* )?toxicit(?:y|ies)|DLTs?)"
)
_HARM = re.compile(rf"\b(?:{NAMED}|{_AT_ALL})\b", re.IGNORECASE)
_HAPPENED = re.compile(
    rf"\b(?:{NAMED}|{_AT_ALL})\b[^.;]{{0,60}}\b(?:occurred|happened|developed|arose|emerged|resolved|led to|"
    r"(?<!is )(?<!are )required|lasted|(?:was|were)(?: not| only| also| mostly| mainly| mild\w*)? (?:seen|observed|"
    r"noted|found|reported|detected|frequent|common|rare|mild|moderate|severe|fatal|transient|manageable|reversible|"
    r"low-grade|limited|treated))\b|"
    rf"\b{_AT_ALL} (?:was|were|included|consisted of)\b[^.;]{{0,30}}\b{NAMED}\b|"
    r"(?<!has )(?<!have )\b(?:developed|experienced|suffered|included|including|caused|observed|led to|there (?:was|"
    rf"were)|had|got|reported)\b[^.;]{{0,40}}\b(?:{NAMED}|{_AT_ALL})\b|"
    r"\b(?:patients?|participants?|persons?|people|adults?|wom[ae]n|m[ae]n|child(?:ren)?|he|she|"
    rf"{SPELLED}|who|none|nobody|no one) (?:\([^)]*\) )?(?:has |have |had )?died\b|"
    r"\b(?:traten?|kam es|entwickelten?|erlitten?|hatten?)\b[^.;]{0,60}\b(?:Infektion\w*|Fieber|Nebenwirkung\w*|"
    r"Zytokin\w*|Komplikation\w*)",
    re.IGNORECASE,
)
# Plans, reasons for not joining, and what people had before: no harm of this treatment.
_BESIDE = re.compile(
    r"\b(?:history of|prior|previous(?:ly)?|baseline|exclu(?:ded|sion|ding)|criteri\w+|eligib\w+|will|would|may|"
    r"might|can|could|should|aim(?:s|ed)?|objectives?|end ?points?|"
    r"outcome measures?|planned|to (?:assess|evaluate|determine|study|test|measure|monitor|prevent|treat)|(?:was|"
    r"were|are|is) (?:assessed|evaluated|recorded|monitored|graded|collected|defined|measured)|"
    r"(?:primary|secondary) outcomes?|in the general population|risk factors?|(?:is|are) (?:a |an |the )?(?:common|"
    r"known|leading|feared|frequent|major|main)|associated with|in (?:[\w-]+ ){0,3}(?:cancer|lymphoma|leuk\w+|"
    r"myeloma|oncology)|before (?:treatment|infusion|enrol\w+|CAR))\b",
    re.IGNORECASE,
)
_COUNTED = frozenset({Sort.COUNT, Sort.PERCENT, Sort.RATIO})
_NO_PEOPLE = frozenset({"study", "place", "dose"})
# What a registry posts of events, as `hope gather` keeps it; its other lines are plans.
_POSTED = re.compile(r"(?:arms events|serious affected): \S")
_NO_RESULTS = frozenset({Stage.REGISTRATION, Stage.STOPPED, Stage.RETRACTION, Stage.COMMENTARY, Stage.PRECLINICAL})


def sourced(item: Item, context: Context) -> str | None:
    """Find the first sentence in which a source of the item tells of harms, or of their absence; None where none does."""
    return next(_told(item, context), None)


def _told(item: Item, context: Context) -> Iterator[str]:
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
                yield from (s.text for s in sentences(fold(line)) if _tells(s.text))


def _tells(sentence: str) -> bool:
    if not _HARM.search(sentence) or _BESIDE.search(sentence):
        return False
    counted = any(
        n.kind in _COUNTED and not n.implied and n.noun not in _NO_PEOPLE and n.unit != "grade" for n in read(sentence)
    )
    return counted or _HAPPENED.search(sentence) is not None
