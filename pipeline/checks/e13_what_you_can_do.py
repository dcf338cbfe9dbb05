"""An item ends with what a reader can do with it.

News that leaves a reader alone sends her to a search engine, where recipe sites and sellers wait. A question to take to
the specialist, where to follow a study, or "wait for the checked report" is enough; it is never advice on a medicine.

Source: CDC Clear Communication Index (behavioural recommendations); interviews with patients and carers on CAR-T, 2025
(PMC12494409), who missed exactly that.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._cases import MICE, TRIAL, WITHDRAWN, said
from pipeline.checks._cues import missing
from pipeline.checks._rule import Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing next step."""
    if missing(item.you_can):
        yield Remark(
            field="you_can",
            why="The item doesn't say what a reader can do with it.",
            suggestion="A question for the specialist, or “There is nothing to do yet. We will tell you when there is more.”",
        )


RULE = Rule(
    id="E13",
    name="what-you-can-do",
    severity=Severity.NOTE,
    check=check,
    bad=(*said("you_can", None, "-", "tbc"), *said("you_can", "", of=MICE)),
    good=(
        TRIAL,
        WITHDRAWN,
        *said("you_can", "There is nothing to do yet.", "Wait for the checked report."),
    ),
)
