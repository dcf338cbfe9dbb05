"""What happens to cells is not yet what happens to a person.

That B cells are gone, or antibodies normal, shows that the treatment did what it was built for. Whether people feel or
live better is another finding, and surrogate results have misled before. Mechanism is told as mechanism, and what
became of people beside it.

Source: Prentice 1989 and the Institute of Medicine 2010 (surrogate endpoints); HealthNewsReview.org (surrogate
markers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import Hit
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_DID = _PACK["did"]
_ROOT = _PACK["root"]
_SOLD = _PACK["sold"]
_PEOPLE = _PACK["people"]
_RISK = _PACK["risk"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a change in cells or antibodies that is sold as a benefit, or is all that a headline tells."""
    for field, hit in hits(item, _ROOT, ("headline", "summary")):
        yield remark(
            field,
            hit,
            "“{}” presents an idea of how it works as a result, and belittles what people take now.",
            "Say what was done to which cells, and what happened to the people.",
        )
    for field, hit in hits(item, _DID, ("headline", "summary"), excused):
        if _sold(field, hit):
            yield remark(
                field,
                hit,
                "“{}” says what happened to cells, not to people.",
                (
                    "Present it as how the treatment works, and add what happened to the people: “the B cells "
                    "were gone; 7 of 9 people had fewer symptoms”."
                ),
            )


def _sold(field: str, hit: Hit) -> bool:
    if re.search(r"\b(?:that|which)(?: \w+ly)? $", hit.before, re.IGNORECASE):
        return False  # it tells what a thing is made to do
    text = hit.sentence.text
    if _RISK.stands(hit.after):
        return False
    if field == "headline":
        return not _PEOPLE.stands(text)
    return _SOLD.stands(f"{hit.before} | {hit.after}") and not re.search(
        r"\b(?:not|whether|nobody|unknown|may|might)\b|n't\b", text
    )


RULE = Rule(
    id="H18",
    name="mechanism",
    severity=Severity.NOTE,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
