"""Every item says what it costs and who can get it, or that nobody can yet.

Cost is what reports leave out most: 93 of 100 rated press releases were unsatisfactory on it, and nothing said was the
surest sign of all (99 of 100). If it is not too early to tell how well something works, it is not too early to tell
what it may cost. A treatment that is not on the market has no price, and saying that is enough.

Source: HealthNewsReview.org criterion 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import DECISION, TRIAL, WITHDRAWN, said
from pipeline.checks._cues import fold, missing
from pipeline.checks._due import access
from pipeline.checks._rule import Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_SOLD = re.compile(
    r"(?<!not )(?<!not yet )(?<!n't )\b(?:approved|licen[sc]ed|on the market|on sale|prescribed)\b", re.IGNORECASE
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
    words = fold(item.access or "")
    sold = _SOLD.search(words)
    if sold and not _COST.search(words):
        yield Remark(
            field="access",
            start=sold.start(),
            end=sold.end(),
            why="It can be had somewhere, but what it costs, and who pays, isn't said.",
            suggestion="Give the price with its source, or say “The cost was not reported.”",
        )


RULE = Rule(
    id="E05",
    name="cost-access",
    severity=Severity.WARN,
    check=check,
    bad=(
        *said("access", None, "n/a", "tbd", of=TRIAL),
        *said("access", "Approved in Examplia for stiff-person syndrome only.", of=DECISION),
    ),
    good=(
        *said("access", "Only inside studies.", "Not on the market; cost not reported.", "Not approved anywhere."),
        *said(
            "access",
            "Approved in Examplia only. The price is not known.",
            "Licensed in Japan; insurers pay.",
            of=DECISION,
        ),
        WITHDRAWN,
    ),
)
