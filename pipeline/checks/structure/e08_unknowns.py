"""Every item says what is not known.

How long, for whom, what later: the open questions of a young field are the part of the news that keeps a reader from
deciding too early. "More research is needed" holds for everything and says nothing. Saying them costs no readers
(Sumner 2016: caveats in press releases did not cut their uptake).

Source: CDC Clear Communication Index (what experts know and don't know); Sumner et al., PLOS ONE 2016.
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
_NOTHING = _PACK["nothing"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing unknowns."""
    text = item.not_known or ""
    parts = [words for part in re.split(r"[.;!?]+", plain_punctuation(text)) if (words := part.strip(" \"'"))]
    if missing(text) or all(map(_NOTHING.whole, parts)):
        yield Remark(
            field="not_known",
            end=len(text) if text.strip() else 0,
            why="The item doesn't say what is not known yet. Without that, early news reads as settled.",
            suggestion="How long does it last? Who is helped, and who isn't? What may show up later? "
            "“Nobody knows yet how long it lasts.”",
        )


RULE = Rule(
    id="E08",
    name="unknowns",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
