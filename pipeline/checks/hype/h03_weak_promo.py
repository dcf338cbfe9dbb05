"""Weak promotion is flagged, and left to the editor: novel, promising, encouraging, exciting, powerful, first-ever.

Each of these words may be honest, and each can be dropped without losing anything. "Promising" alone raises belief in
a drug (a randomised experiment). As a gate such words are useless (chance in 591 rated releases), so this is a note.
"Significant" is read as "large" by readers and as "unlikely to be chance" by statisticians: say how much. Hope is the
reader's to feel; a product can't offer it. "First" is a checkable fact: keep it with a source.

Source: Vinkers et al., BMJ 2015; Millar et al., JAMA Network Open 2022; Krishnamurti et al., JAMA Internal Medicine
2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.nouns import with_nouns
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PLAIN = _PACK["plain"]
_POWERFUL = _PACK["powerful"]
_POWER_OTHER = with_nouns(
    r" (?:(?:[\w-]+ ){0,2}(?:immun\w+|drugs?|medicines?|medications?|chemo\w*|steroids?|microscopes?|computers?|"
    r"magnets?|painkillers?|opioids?|{harm})\b|enough\b)|-",
    re.IGNORECASE,
)
_SIGNIFICANT = _PACK["significant"]
_STATISTIC = re.compile(
    r"\bstatistic\w+|\bp ?[<=>]|\b\d|\bconfidence|\bCI\b|\bclinically (?:important|significant)|\bplacebo|\bcompared|"
    r"\bthan\b|\bversus\b|\bvs\b|\bcontrol\b|\bbetween\b",
    re.IGNORECASE,
)
_DELETE = "Delete it and reread the sentence. If nothing is lost, leave it out."


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on weak promotional words."""
    for field, hit in hits(item, _PLAIN):
        if not (_feeling(hit) or _book(hit)):
            yield remark(field, hit, "“{}” is praise that says nothing.", _try(hit), _weight(hit))
    for field, hit in hits(item, _POWERFUL):
        if not _POWER_OTHER.match(hit.after):
            yield remark(field, hit, "“{}” is praise that says nothing.", _DELETE)
    for field, hit in hits(item, _SIGNIFICANT):
        if not _STATISTIC.search(hit.sentence.text):
            yield remark(
                field,
                hit,
                "“{}”: readers take “significant” to mean large. It may only mean unlikely to be due to chance.",
                "Say how much, and in how many people: “the score was 2 points lower”.",
            )


def _feeling(hit: Hit) -> bool:
    """Whether it is the reader's own hope: "if a story like this gives you hope"."""
    words_ = hit.text.lower()
    return (
        "hope" in words_
        and re.search(
            r"\b(?:you|your|readers?|understandable|feel|false)\b", f"{hit.before[-60:]}{words_}", re.IGNORECASE
        )
        is not None
    )


def _book(hit: Hit) -> bool:
    """Whether it is a novel that somebody reads."""
    return (
        hit.text.lower() == "novel"
        and re.search(r"\b(?:an?|the|her|his|my|this|that|another|first|new|debut) $", hit.before, re.IGNORECASE)
        is not None
        and re.match(r"[.,;!?'\"]|$| (?:by|about|during|while|in|on|at|and|that|which|called|set|from|to)\b", hit.after)
        is not None
    )


def _weight(hit: Hit) -> Severity | None:
    """Results announced without a number ask for a look."""
    return Severity.WARN if re.match(r"positive|top", hit.text, re.IGNORECASE) else None


def _try(hit: Hit) -> str:
    found = hit.text.lower()
    if "first" in found:
        return "“First” is a claim to check: say who makes it, or write “first reported”."
    if "hope" in found:
        return "Hope belongs to readers. Say what was found, and leave the feelings to them."
    if "result" in found or "data" in found or "line" in found:
        return "Give the numbers and say who reports them. If there are none, say that no results have been published."
    return _DELETE


RULE = Rule(
    id="H03",
    name="weak-promo",
    severity=Severity.NOTE,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
