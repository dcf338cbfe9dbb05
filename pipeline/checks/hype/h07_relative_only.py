"""A relative figure never appears without both absolute ones.

"Halved" is 2 in 100 to 1 in 100, or 40 to 20: only the second changes much. Given the relative figure alone, 21% more
people would take a medicine (a randomised study of 2,978). Both figures, with one denominator, are understood best.

Source: HealthNewsReview.org criterion 2; Cochrane review CD006776 (presenting risk); Galesic et al. 2009.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.normalise import PlainText, normalise
from pipeline.language.nouns import with_nouns
from pipeline.language.sentences import sentences
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["relative-only"]
_ABSOLUTE = with_nouns(
    r"\b{count} (?:of|in|out of|von) (?:(?:the|every|these|den) )?{count}\b|\b\d+/\d+\b", re.IGNORECASE
)
_FROM_TO = r"\bfrom (?:about )?\d+(?:[.,]\d+)? ?(?:%|per ?cent)? (?:[\w-]+ ){0,4}?to (?:about )?\d+"
_AGAINST = r"(?:versus|vs\.?|against|compared (?:with|to)|and)"
_PAIR = re.compile(
    rf"{_FROM_TO}|\d ?(?:%|per ?cent)\W+(?:[\w'-]+ ){{0,8}}?{_AGAINST} (?:[\w'-]+ ){{0,5}}?\d+(?:[.,]\d+)? ?"
    r"(?:%|per ?cent)",
    re.IGNORECASE,
)
_OF_A_THING = _PACK["of-a-thing"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a relative figure while the item holds no pair of absolute ones."""
    found = list(hits(item, _PATTERN))
    if not found or _both_given(normalise(item_text(item))):
        return
    for field, hit in found:
        if not _dose(hit) and not re.search(r"\b(?:not|never|nicht)\b|n't\b", hit.text):
            yield remark(
                field,
                hit,
                "“{}” can mean a lot or next to nothing: without the absolute figures, no reader can tell.",
                "Give both, with one denominator: “10 of 100 people with it, 20 of 100 without”.",
            )


def _both_given(plain: PlainText) -> bool:
    """Whether two absolute figures stand together, in a sentence and the one after it."""
    among = [s.text for s in sentences(plain)]
    return any(
        _PAIR.search(two) or len({m.group() for m in _ABSOLUTE.finditer(two)}) >= 2
        for two in map(" ".join, zip(among, [*among[1:], ""], strict=bool(among)))
        if _compares(two)
    )


def _compares(two: str) -> bool:
    return (
        re.search(
            r"\b(?:placebo|versus|vs|against|compared|than|without|usual|control|other|and|from|to|gegen|ohne)\b",
            two,
            re.IGNORECASE,
        )
        is not None
    )


def _dose(hit: Hit) -> bool:
    return (
        _OF_A_THING.stands(hit.marked)
        or re.search(r"\b(?:dose|price|cost|infusion rate)", hit.text, re.IGNORECASE) is not None
    )


RULE = Rule(
    id="H07",
    name="relative-only",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
