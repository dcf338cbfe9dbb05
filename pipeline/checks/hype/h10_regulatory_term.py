"""A regulator's label is explained where it appears.

"Breakthrough therapy", "fast track", "RMAT", "orphan", "PRIME" speed up talks and reviews; none of them means that a
treatment was shown to work. The first word raises belief in a drug, and one sentence of explanation takes that back (a
randomised experiment). And "approved" says where and for what: CAR-T is approved for some blood cancers, which readers
take for their own disease.

Source: Krishnamurti et al., JAMA Internal Medicine 2015; FDA and EMA descriptions of the programmes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import asked, denied, warned
from pipeline.language.hit import Hit
from pipeline.language.normalise import normalise
from pipeline.language.nouns import with_nouns
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_LABEL = _PACK["label"]
_EXPLAINED = _PACK["explained"]
_APPROVED = _PACK["approved"]
# "FDA-approved … ready for lupus" borrows an approval: the disease stands behind a promise, not behind the approval.
_SCOPE = with_nouns(
    r"^(?:(?!\b(?:ready|hope|promise|should|must|push|insist|ask)\b)[^.;])*?\b(?:for|to treat|treating|in|against|"
    r"of) (?:(?!the\b)[\w-]+ ){0,3}?{illness}|{illness} (?:drug|medicine|treatment|therapy)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;.]|, (?:so|and|but) |\b(?:ready|hope|promise|should|must|push|insist|ask)\b", re.IGNORECASE
)
_SCOPED = _PACK["scoped"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a regulator's label that nothing in the item explains, and on a bare "approved"."""
    labels = list(hits(item, _LABEL, excuse=_excused))
    if labels and not _EXPLAINED.stands(normalise(item_text(item)).text):
        for field, hit in labels:
            yield remark(
                field,
                hit,
                "“{}” reads like a verdict. It is only a label for a faster review.",
                (
                    "Explain it in a sentence: “This speeds up the review; it does not mean that the "
                    "treatment has been shown to work.”"
                ),
                Severity.BLOCK if field == "headline" and "breakthrough" in hit.text.lower() else None,
            )
    for field, hit in hits(item, _APPROVED, excuse=_excused):
        if not _scoped(hit):
            yield remark(
                field,
                hit,
                "“{}”: where, and for what? Readers assume that it means their own disease and country.",
                "Name both: “approved in the EU for some blood cancers; not approved for lupus”.",
            )


def _excused(hit: Hit) -> bool:
    return denied(hit) or warned(hit) or asked(hit)


def _scoped(hit: Hit) -> bool:
    """Whether place or disease stand in the same clause, or in the words before."""
    near = f"{hit.before[-60:]} {_CLAUSE_END.split(hit.after)[0]}"
    if re.search(r"\b(?:some|others?|most|many|products)\b[^.;]*$", hit.before, re.IGNORECASE) and "not" in hit.after:
        return True  # of several it is told that some were and some were not
    return _SCOPED.stands(near) or _SCOPE.match(hit.after) is not None


RULE = Rule(
    id="H10",
    name="regulatory-term",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
