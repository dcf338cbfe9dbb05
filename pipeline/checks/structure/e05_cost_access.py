"""Every item says what it costs and who can get it, or that nobody can yet.

Cost is what reports leave out most: 93 of 100 rated press releases were unsatisfactory on it, and nothing said was the
surest sign of all (99 of 100). If it is not too early to tell how well something works, it is not too early to tell
what it may cost. A treatment that is not on the market has no price, and saying that is enough.

Source: HealthNewsReview.org criterion 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.due import access
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import fold, missing
from pipeline.language.context import denied
from pipeline.language.hit import find
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_SOLD = re.compile(
    r"\b(?:approved|licen[sc]ed|on the market|(?:on|for) sale|prescri(?:b\w+|ptions?))\b(?! (?:nowhere|(?:by|in|"
    r"for) (?:no|nobody|none))\b)",
    re.IGNORECASE,
)
# Here a study may be meant, or a programme of its maker.
_OFFERED = re.compile(
    r"\b(?:available|on offer|offer(?:s|ed)? (?:it|this|the)|(?:can|may|could) (?:now )?(?:be (?:had|bought|got|"
    r"ordered|obtained|given)|buy|order|get)|"
    r"(?:get|have|buy|order) (?:it|this) (?:at|from|in)|in (?:routine |daily )?use|gives? (?:it|this|the treatment)|"
    r"sold)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|research|recruit\w*|enrol\w*|compassionate|expanded access|named[- ]patient|"
    r"healing attempt|experiment\w*)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\W*(?:only |so far |now )*(?:in|at|from)\b(?! (?:mice|animals|cells|the lab|a lab))", re.IGNORECASE
)
_SHUT = re.compile(
    r"\b(?:not|no|nobody|nowhere|never|cannot|unavailable|withdrawn|refused|rejected|stopped)\b|n't\b", re.IGNORECASE
)
_COST = re.compile(
    r"\b(?:cost|price|pay|paid|insur|charge|fee|fund|reimburs|cover|free\b|budget|euro|dollar|pound)\w*|[€$£¥]",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing access, and on something sold whose cost nobody mentions."""
    if not access(item):
        return
    if missing(item.access):
        yield Remark(
            field="access",
            why="Nothing is said on cost and access. Readers will ask first whether they can get it, and what it takes.",
            suggestion="“Only inside studies.”, “Not on the market; cost not reported.”, or where it is approved and who pays.",
        )
        return
    span = None if _COST.search(fold(item.access or "")) else _had(item)
    if span:
        yield Remark(
            field="access",
            start=span[0],
            end=span[1],
            why="It can be had somewhere, but what it costs, and who pays, isn't said.",
            suggestion="Give the price with its source, or say “The cost was not reported.”",
        )


def _had(item: Item) -> tuple[int, int] | None:
    """Find the words by which the treatment can be had outside a study; for an approval or a bare place, all that doesn't deny it."""
    for hit in find(_SOLD, item.access):
        if not denied(hit):
            return hit.span
    for hit in find(_OFFERED, item.access):
        if not denied(hit) and not _INSIDE.search(hit.sentence.text):
            return hit.span
    text = fold(item.access or "")
    placed = item.evidence.stage is Stage.REGULATORY_DECISION or _PLACE.match(text)
    return (0, len(text)) if placed and not _INSIDE.search(text) and not _SHUT.search(text) else None


RULE = Rule(
    id="E05",
    name="cost-access",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
)
