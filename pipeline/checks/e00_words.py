"""An approved item has a headline and a summary of its own.

Approving is a decision about words. Without them the only text there is would be the source's title, and titles of
reports are where exaggeration sits: any word of hype in a title meant an unjustified report in 36 of 43 rated press
releases.

Source: house rule; ratings by HealthNewsReview.org experts, counted by this project.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._cases import case, said
from pipeline.checks._cues import missing
from pipeline.checks._rule import Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_TRY = {
    "headline": "Say what was seen, in how many people, in one line: “Early lupus study: 7 of 9 people …”.",
    "summary": "Two or three sentences: what happened, to how many people, where, and after how long.",
}


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a headline or summary that isn't there."""
    for field, suggestion in _TRY.items():
        if missing(getattr(item, field)):
            yield Remark(
                field=field,
                why=f"The item is approved but has no {field} yet. Nothing is printed in words that nobody here wrote.",
                suggestion=suggestion,
            )


RULE = Rule(
    id="E00",
    name="words",
    severity=Severity.BLOCK,
    check=check,
    waivable=False,
    bad=(*said("headline", None, "TBC", " … "), *said("summary", "", "todo")),
    good=(
        *said("headline", "Lupus: what nine people taught us", "No benefit seen in a study of 40 people"),
        case(summary="None of the six people relapsed within a year."),
    ),
)
