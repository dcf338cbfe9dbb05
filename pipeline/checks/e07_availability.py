"""The access line says whether this exists outside studies, and where.

People travel, pay and wait for what a report lets them think is there. "Trial only", or "approved in A for B", keeps
them from it; so does "not approved here". A line on cost alone doesn't answer the question.

Source: HealthNewsReview.org criterion 8 (39 of 100 rated press releases were unsatisfactory on it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import MICE, WITHDRAWN, said
from pipeline.checks._cues import fold, missing
from pipeline.checks._due import access
from pipeline.checks._rule import Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_WHERE = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|approv\w+|licen[sc]\w+|authori[sz]\w+|(?:un)?available|availability|market\w*|on sale|sold|prescri\w+|"
    r"compassionate|expanded access|named[- ]patient|hospital exemption|recruit\w*|enrol\w*|nowhere|anywhere|"
    r"only (?:in|at|inside|within|for)|not (?:yet )?(?:for|in) people|research only|withdrawn|stopped|closed)\b",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on an access line that leaves open whether the treatment can be had."""
    if access(item) and not missing(item.access) and not _WHERE.search(fold(item.access or "")):
        yield Remark(
            field="access",
            why="The line leaves open whether this can be had outside a study, and where.",
            suggestion="Add “Only inside studies.” or “Approved in … for …; not approved in … as of …”.",
        )


RULE = Rule(
    id="E07",
    name="availability",
    severity=Severity.WARN,
    check=check,
    bad=said("access", "Several hundred thousand euros a person.", "The cost is not known.", "Ask your doctor."),
    good=(
        *said(
            "access", "Only inside studies.", "Approved in Examplia only; the cost isn't known.", "Not on the market."
        ),
        *said("access", "Four hospitals in Germany recruit.", None),
        MICE,
        WITHDRAWN,
    ),
)
