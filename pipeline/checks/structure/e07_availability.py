"""The access line says whether this exists outside studies, and where.

People travel, pay and wait for what a report lets them believe is there. "Trial only", or "approved in A for B", keeps
them from it; so does "not approved here". A line on cost alone doesn't answer the question.

Source: HealthNewsReview.org criterion 8 (39 of 100 rated press releases were unsatisfactory on it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.due import access
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing
from pipeline.language.normalise import plain_punctuation
from pipeline.language.phrase_list import pack
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

# "Available at leading centres" leaves open which, and whether to everybody; a country or a named place doesn't.
_THERE = re.compile(
    r"\b[Aa]vailable\b[^.;]{0,40}\b(?:in|at|from) (?:the )?[A-Z]|(?i:\bunavailable\b|\bavailability\b|"
    r"\b(?:not|nowhere|nobody|never|isn't|aren't|no longer)\b[^.;]{0,20}\b(?:available|get|have)\b)"
)
_PACK = pack(__name__)
_WHERE = _PACK["where"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on an access line that leaves open whether the treatment can be had."""
    words = plain_punctuation(item.access or "")
    if access(item) and not missing(words) and not _WHERE.stands(words) and not _THERE.search(words):
        yield Remark(
            field="access",
            why="The line doesn't say whether this is available outside a study, and where.",
            suggestion="Add “Only inside studies.” or “Approved in … for …; not approved in … as of …”.",
        )


RULE = Rule(
    id="E07",
    name="availability",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
)
