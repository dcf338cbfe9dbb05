"""An item ends with what a reader can do with it.

News that leaves readers alone sends them to a search engine, where recipe sites and sellers wait. A question to take
to the specialist, where to follow a study, or "wait for the checked report" is enough; "stay hopeful" is no step, and
none is ever advice on a medicine.

Source: CDC Clear Communication Index (behavioural recommendations); interviews with patients and carers on CAR-T, 2025
(PMC12494409), who missed exactly that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing
from pipeline.language.normalise import plain_punctuation
from pipeline.language.phrase_list import pack
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
# Comfort, and no step: the reader is alone with it.
_COMFORT = _PACK["comfort"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing next step."""
    parts = [
        words for part in re.split(r"[.;!?,]+", plain_punctuation(item.you_can or "")) if (words := part.strip(" \"'-"))
    ]
    if missing(item.you_can) or all(map(_COMFORT.whole, parts)):
        yield Remark(
            field="you_can",
            why="The item doesn't say what a reader can do with it.",
            suggestion="A question for the specialist, or “There is nothing to do yet. We will tell you "
            "when there is more.”",
        )


RULE = Rule(
    id="E13",
    name="what-you-can-do",
    severity=Severity.NOTE,
    binds=(Bound.ITEM,),
    check=check,
)
