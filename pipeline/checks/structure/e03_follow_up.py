"""What was seen in people comes with how long they were followed.

"Drug-free remission" without a time reads as "for ever". Early reports follow people for months; relapses at 8 or 9
months are on record, and late risks need years. A claim that lasts, in a headline without a time, can make somebody
stop a medicine: there it blocks.

Source: standards of the field's own reports; Cochrane plain-language guidance ("how up to date is this evidence");
the Jo-1 myositis report of a relapse at 9 months, Nature Medicine 2025 (s41591-025-03718-3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from pipeline.checks.due import outcomes
from pipeline.checks.hits import pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import duration
from pipeline.language.context import asked, excused, warned
from pipeline.language.hit import Hit, find
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_LASTING = _PACK["lasting"]
# The same words as a question, an aim or a denial claim nothing; only within the clause they stand in.
_NO_CLAIM = _PACK["no-claim"]
# The words of the field; others are plain ones that stand in many a sober sentence, where a denial or a mistake that is
# told of claims nothing.
_TERM = _PACK["term"]
_BELIEF = _PACK["belief"]
_QUESTION = re.compile(
    r"\W*(?:does|do|did|is|are|was|were|can|could|will|would|may|how|what|who|when|why)\b", re.IGNORECASE
)
_NEAR = 160
_NO_STUDY = frozenset({Stage.REGISTRATION, Stage.STOPPED, Stage.SAFETY_NOTICE, Stage.RETRACTION})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing follow-up, and on claims that last without a time."""
    if outcomes(item) and not item.evidence.follow_up and not duration(item.headline) and not duration(item.summary):
        yield Remark(
            field="evidence",
            why="How long people were followed is missing. A result after weeks and one after years are "
            "different news.",
            suggestion="Copy it from the source into evidence.follow_up: “median 9 months (4 to 14)”.",
        )
    if item.evidence.stage in _NO_STUDY:
        return
    yield from _lasting(item.headline or "", "headline", Severity.BLOCK)
    # Where the evidence gives no time, one somewhere in a long text doesn't stand for this claim.
    near = _NEAR if item.evidence.follow_up is None else None
    yield from _lasting(item.summary or "", "summary", Severity.WARN, near)


def _lasting(text: str, field: str, severity: Severity, near: int | None = None) -> Iterable[Remark]:
    claims = (hit for hit in find(_LASTING, text) if _claims(hit) and not _timed(text, hit, near))
    for hit in islice(claims, 1):
        yield remark(
            field,
            hit,
            "“{}” without a length of time reads as “for ever”.",
            "Say for how long: “in remission for a median of 9 months”, “six months after treatment”.",
            severity,
        )


def _timed(text: str, hit: Hit, near: int | None) -> bool:
    start, end = hit.span
    return duration(text if near is None else text[max(0, start - near) : end + near])


def _claims(hit: Hit) -> bool:
    """Whether the words claim something, or ask, aim and deny."""
    question = hit.sentence.text.endswith("?") and _QUESTION.match(hit.sentence.text)
    if question or _NO_CLAIM.stands(hit.marked) or asked(hit) or warned(hit):
        return False
    return _TERM.stands(hit.text) or not (excused(hit) or _BELIEF.stands(hit.marked))


RULE = Rule(
    id="E03",
    name="follow-up",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
