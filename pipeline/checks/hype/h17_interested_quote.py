"""Praise from those who made, sell or led it comes with an independent voice.

One unchallenged exaggerated quote throws a report out of balance: readers remember the voice, not whose it was.
A sober word from the company (a number, a harm, a plan) is free.

Source: HealthNewsReview.org criteria 6 and 10 (independent sources; language "including in the quotes of researchers").
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.hits import item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import countered, denied
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import normalise
from pipeline.language.voices import Quote, Speaker, balanced, quotes
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PRAISE = _PACK["praise"]
_INDIRECT = _PACK["indirect"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on praise in the words of an interested voice while no independent one is heard."""
    for field in WORDS:
        raw = getattr(item, field)
        if not raw:
            continue
        spans = [(q.start, q.end) for q in quotes(normalise(raw)) if _interested(q)]
        spans += [found.span() for found in _INDIRECT.finditer(normalise(raw).text)]
        praised = list(find(_PRAISE, raw)) if spans else []
        for start, end in spans:
            within = (h for h in praised if start <= h.start and h.end <= end)
            inside: Hit | None = next((h for h in within if not _taken_back(h)), None)
            if inside and not balanced(item_text(item)):
                yield remark(
                    field,
                    inside,
                    "“{}” comes from someone who stands to gain, and nobody independent is quoted.",
                    "Leave the quote out, or add what someone not involved makes of it, with a number.",
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
