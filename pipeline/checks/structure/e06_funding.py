"""Every item says who paid and whose interests stand behind it, or that the source doesn't.

Money isn't an accusation, but something to weigh. Silence about funding meant an unsatisfactory report for 78 of 100
rated press releases. "Not stated" is an answer, an empty line is not.

Source: HealthNewsReview.org criterion 6.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.due import funding
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing funding and interests."""
    if funding(item) and missing(item.funding):
        sponsor = item.trial.sponsor if item.trial else None
        known = (
            f"The registry names the sponsor: “Sponsor: {sponsor}.”"
            if sponsor
            else "“Paid for by …; two authors work there.”"
        )
        yield Remark(
            field="funding",
            why="The item doesn't say who paid, or who has an interest.",
            suggestion=f"{known} If the source is silent: “The source does not say who paid.”",
        )


RULE = Rule(
    id="E06",
    name="funding",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
)
