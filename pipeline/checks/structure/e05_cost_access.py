"""Every item says what it costs and who can get it, or that nobody can yet.

Cost is what reports leave out most: 93 of 100 rated press releases were unsatisfactory on it, and nothing said was the
surest sign of all (99 of 100). If it is not too early to tell how well something works, it is not too early to tell
what it may cost. A treatment that is not on the market has no price, and saying that is enough.

Source: HealthNewsReview.org criterion 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.due import access
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing
from pipeline.language.context import denied
from pipeline.language.hit import find
from pipeline.language.normalise import plain_punctuation
from pipeline.language.phrase_list import pack
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_SOLD = _PACK["sold"]
# Here a study may be meant, or a programme of its maker.
_OFFERED = _PACK["offered"]
_INSIDE = _PACK["inside"]
_PLACE = _PACK["place"]
_SHUT = _PACK["shut"]
_COST = _PACK["cost"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing access, and on something sold whose cost nobody mentions."""
    if not access(item):
        return
    if missing(item.access):
        yield Remark(
            field="access",
            why="Nothing is said about cost and access. Readers will first ask whether they can get it, "
            "and what it takes.",
            suggestion="“Only inside studies.”, “Not on the market; cost not reported.”, or where it is "
            "approved and who pays.",
        )
        return
    span = None if _COST.stands(plain_punctuation(item.access or "")) else _had(item)
    if span:
        yield Remark(
            field="access",
            start=span[0],
            end=span[1],
            why="It is available somewhere, but the item doesn't say what it costs or who pays.",
            suggestion="Give the price with its source, or say “The cost was not reported.”",
        )


def _had(item: Item) -> tuple[int, int] | None:
    """Find the words that say it is available outside a study; of an approval or a bare place, all not denied."""
    for hit in find(_SOLD, item.access):
        if not denied(hit):
            return hit.span
    for hit in find(_OFFERED, item.access):
        if not denied(hit) and not _INSIDE.stands(hit.sentence.text):
            return hit.span
    text = plain_punctuation(item.access or "")
    placed = item.evidence.stage is Stage.REGULATORY_DECISION or _PLACE.opens(text)
    return (0, len(text)) if placed and not _INSIDE.stands(text) and not _SHUT.stands(text) else None


RULE = Rule(
    id="E05",
    name="cost-access",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
)
