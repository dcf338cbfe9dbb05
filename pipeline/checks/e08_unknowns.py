"""Every item says what is not known.

How long, for whom, what later: the open questions of a young field are the part of the news that keeps a reader from
deciding too early. Saying them costs no readers (Sumner 2016: caveats in press releases did not cut their uptake).

Source: CDC Clear Communication Index (what experts know and don't know); Sumner et al., PLOS ONE 2016.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import said
from pipeline.checks._cues import fold, missing
from pipeline.checks._rule import Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_NOTHING = re.compile(
    r"(?:nothing(?: (?:is|was|remains))?(?: (?:open|unknown|known))?|not (?:known|reported|stated|given)|none (?:known|reported)|everything is known|no open questions)",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing unknowns."""
    text = item.not_known or ""
    if missing(text) or _NOTHING.fullmatch(fold(text).strip(" .!")):
        yield Remark(
            field="not_known",
            end=len(text) if text.strip() else 0,
            why="What is not known yet isn't said. Without it, early news reads as settled.",
            suggestion="How long does it last? Who is helped, and who isn't? What may show up later? “Nobody knows yet how long it lasts.”",
        )


RULE = Rule(
    id="E08",
    name="unknowns",
    severity=Severity.BLOCK,
    check=check,
    bad=said("not_known", None, "-", "n/a", "Nothing.", "Not known."),
    good=said(
        "not_known",
        "How long it lasts.",
        "Whether the treatment caused it is not known.",
        "Nobody was watched past a year.",
    ),
)
