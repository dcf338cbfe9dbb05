"""The words "safe" and "no side effects" come with how many people were followed, and for how long.

None in nine people over nine months still allows one in three: a harm that strikes one in ten is missed in a small
study more often than not. "Safe and effective" is a regulator's verdict, not a study's. What a trial asks ("whether it
is safe") is no claim.

Source: HealthNewsReview.org criterion 3 (harms explained and quantified); Good Lay Summary Practice 2021 ("safe",
"well tolerated"); Hanley and Lippman-Hand, JAMA 1983 (zero events in n allow up to 3/n).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import Hit
from pipeline.language.nouns import with_nouns
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_EFFECTIVE = _PACK["effective"]
_PATTERN = _PACK["safe"]
_PURPOSE = _PACK["purpose"]
_AS_WELL = _PACK["as-well"]
_WATCHED = with_nouns(
    r"\b{count} (?:[\w-]+ ){0,2}{people}\b|\b(?:of|in|among) (?:the |all |these )?{count}\b|\bn ?= ?\d",
    re.IGNORECASE,
)
_LONG = with_nouns(r"\b(?:{time}|(?:day|week|month|year)s? {count})\b", re.IGNORECASE)
_STRONG_STAGES = frozenset({Stage.SYSTEMATIC_REVIEW, Stage.PHASE_3_RCT, Stage.REGULATORY_DECISION})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on "safe" and its kin without the people and the time; "safe and effective" blocks below phase 3."""
    for field, hit in hits(item, _EFFECTIVE):
        if not _PURPOSE.stands(hit.marked):
            yield remark(
                field,
                hit,
                "“{}” is a regulator's verdict, not a study's finding.",
                (
                    "Report them separately, with counts: what got better in how many people, what harms in "
                    "how many, after how long."
                ),
                None if item.evidence.stage in _STRONG_STAGES else Severity.BLOCK,
            )
    for field, hit in hits(item, _PATTERN, excuse=_excused):
        if not (_WATCHED.search(hit.sentence.text) and _LONG.search(hit.sentence.text + " " + hit.following)):
            yield remark(
                field,
                hit,
                "“{}” doesn't say how many people were followed, or for how long.",
                "“None of the 6 people had … within 12 months; 4 had fever.”",
            )


def _excused(hit: Hit) -> bool:
    """Whether the words are what a study asks, or excused by their context."""
    enough = hit.text.lower().endswith("safe") and re.match(r" enough (?:to|for)\b", hit.after) is not None
    if enough or _PURPOSE.stands(hit.marked):
        return True
    # "Nothing to reject and nothing to fear": the first denies nothing of the second.
    return excused(hit) and not _AS_WELL.stands(hit.marked)


RULE = Rule(
    id="H06",
    name="safe",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
