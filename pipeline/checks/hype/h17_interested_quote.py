"""Praise from those who made, sell or led it has an independent voice beside it.

One unchallenged exaggerated quote throws a report out of balance: readers remember the voice, not whose it was.
A sober word from the company (a number, a harm, a plan) is free.

Source: HealthNewsReview.org criteria 6 and 10 (independent sources; language "including in the quotes of researchers").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import remark, told, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import countered, denied
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import fold
from pipeline.language.voices import Quote, Speaker, balanced, quotes
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_PRAISE = words(
    r"(?:very |so |really |extremely |truly |incredibly )?(?:excit\w+|thrill\w+|delight\w+|proud|pleased|encourag\w+|"
    r"promising|optimistic|confident|impress\w+|remarkabl\w+|unprecedented|extraordinar\w+|amaz\w+|great|huge|"
    r"fantastic|wonderful|tremendous\w*|profound\w*|outstanding|exceptional|excellent|superb|incredible)|"
    r"potential to|transform\w*|game[- ]chang\w*|breakthroughs?|mileston\w+|landmark|revolution\w*|best|"
    r"strong(?:ly)?|powerful|important (?:step|advance)|major|significant|believe|hope|first time|unique|"
    r"never (?:before|seen)|met (?:its|the|all (?:of )?its) (?:main|primary|key|co-primary)|change (?:lives|the|"
    r"everything)|cur(?:e|es|ed)|works|safe|effective|success\w*|stunn\w+|vielversprechend\w*|stolz|begeistert\w*|"
    r"durchbruch",
)
_INDIRECT = re.compile(
    r"\b(?:the )?(?:company|maker|manufacturer|sponsor|firm|chief executive|CEO|founder|lead (?:author|researcher|"
    r"investigator)|study's? authors?|authors|investigators|researchers|study team|"
    r"inventors?)(?:'s [\w ]{3,25})? (?:\w+ )?(?:says?|said|claims?|claimed|calls?|"
    r"called|hails?|hailed|touts?|touted|described?|believes?|promises?)\b[^.;]*",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on praise in the words of an interested voice while no independent one is heard."""
    for field in WORDS:
        raw = getattr(item, field)
        if not raw:
            continue
        spans = [(q.start, q.end) for q in quotes(fold(raw)) if _interested(q)]
        spans += [(m.start(), m.end()) for m in _INDIRECT.finditer(fold(raw).text)]
        praised = list(find(_PRAISE, raw)) if spans else []
        for start, end in spans:
            within = (h for h in praised if start <= h.start and h.end <= end)
            inside: Hit | None = next((h for h in within if not _taken_back(h)), None)
            if inside and not balanced(told(item)):
                yield remark(
                    field,
                    inside,
                    "“{}” is said by somebody who gains from it, and nobody else is heard.",
                    "Leave the quote out, or let someone who was not involved weigh it, with a number.",
                )


def _taken_back(hit: Hit) -> bool:
    """Whether the words are denied in the quotation itself, or set right by somebody else at once."""
    return denied(hit) or countered(hit)


def _interested(quote: Quote) -> bool:
    return quote.speaker is Speaker.INTERESTED


RULE = Rule(
    id="H17",
    name="interested-quote",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
