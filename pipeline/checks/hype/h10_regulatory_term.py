"""A regulator's label is explained where it stands.

"Breakthrough therapy", "fast track", "RMAT", "orphan", "PRIME" speed up talks and reviews; none of them means that a
treatment was shown to work. The first word raises belief in a drug, and one sentence of explanation takes that back (a
randomised experiment). And "approved" says where and for what: CAR-T is approved for some blood cancers, which readers
take for their own disease.

Source: Krishnamurti et al., JAMA Internal Medicine 2015; FDA and EMA descriptions of the programmes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark, told
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import asked, denied, warned
from pipeline.language.hit import Hit
from pipeline.language.normalise import fold
from pipeline.language.nouns import ILLNESS
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_LABEL = _PACK["label"]
_EXPLAINED = re.compile(
    r"\b(?:do(?:es)? not|doesn't|don't|not) (?:itself )?(?:mean|say|show|prove|imply|tell|a (?:sign|proof|judg\w+|"
    r"seal|verdict|statement))|\b(?:says?|tells?) (?:\w+ )?(?:nothing|little)|\bnot (?:an? )?(?:proof|evidence|"
    r"approval|approved|sign)|\bwhich (?:means|speeds|gives|allows|offers)|\bthat means\b|\b(?:only |just |"
    r"simply )?means? (?:that|only|a|more|quicker|faster)\b|\b(?:this|it|that|label|"
    r"status|designation|term|scheme) (?:only |just |simply )?(?:means|speeds|gives (?:the )?(?:maker|company|"
    r"sponsor)|allows|is (?:for|about|meant|given))|"
    r"\bspeeds? up\b|\bshortens?\b|\blets? (?:a|the) (?:maker|company|sponsor|trial|study)\b|\ballows? (?:a|"
    r"the) (?:first )?(?:trial|study)\b|\bno sign of\b|\b(?:quicker|faster|shorter|earlier|speedier) (?:review|look|"
    r"check|talks|assessment|decision)|\bmore (?:talks|advice|meetings|support)\b|\bearly (?:advice|talks|support)|"
    r"\b(?:is|are) not (?:yet )?(?:known|shown|proven)|\b(?:has|have) not (?:yet )?been shown|\bfor (?:diseases?|"
    r"conditions?|illnesses) (?:that|which) (?:affect|are)|\brare diseases?\b|\brests on\b|\bon condition\b|"
    r"\b(?:must|has to|due to) (?:still )?(?:confirm|show|prove)|"
    r"\bbedeutet nicht|\bheißt nicht|\bsagt nichts|\bbeschleunigt\w*",
    re.IGNORECASE,
)
_APPROVED = _PACK["approved"]
_SCOPED = re.compile(
    r"\b(?:for (?!(?:use|it|sale|years?|decades?|patients|people|adults|everyone)\b)\w+|to treat|in (?:another|other|"
    r"some|one|two|several|blood|leuk|lymph|myeloma|cancer)|against|only|by (?:an|the) (?:ethics|board|review|"
    r"committee|editor|hospital)|ethics|committees?|(?:blood )?cancers?|leuk\w+|lymphoma\w*|myeloma)\b|\b(?:trial|"
    r"study|protocol|plan|design|text|consent|options?|treatments? (?:you|have)|medicines? (?:you|have))\b",
    re.IGNORECASE,
)
# "FDA-approved … ready for lupus" borrows an approval: the disease stands behind a promise, not behind the approval.
_SCOPE = re.compile(
    r"^(?:(?!\b(?:ready|hope|promise|should|must|push|insist|ask)\b)[^.;])*?\b(?:for|to treat|treating|in|against|"
    rf"of) (?:(?!the\b)[\w-]+ ){{0,3}}?{ILLNESS}|{ILLNESS} (?:drug|medicine|treatment|therapy)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;.]|, (?:so|and|but) |\b(?:ready|hope|promise|should|must|push|insist|ask)\b", re.IGNORECASE
)
_SCOPED_CASE = re.compile(
    r"\b(?:all|any|other|every|both|no) (?:\w+ )?approved (?:options|treatments|medicines|therapies|drugs)\b|"
    r"\b(?:options|treatments|therapies)\b"
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a regulator's label that nothing in the item explains, and on a bare "approved"."""
    labels = list(hits(item, _LABEL, excuse=_excused))
    if labels and not _EXPLAINED.search(fold(told(item)).text):
        for field, hit in labels:
            yield remark(
                field,
                hit,
                "“{}” reads like a verdict. It is a label for a faster review.",
                "Explain it in a sentence: “This speeds up the review; it does not mean that the treatment has been shown to work.”",
                Severity.BLOCK if field == "headline" and "breakthrough" in hit.text.lower() else None,
            )
    for field, hit in hits(item, _APPROVED, excuse=_excused):
        if not _scoped(hit):
            yield remark(
                field,
                hit,
                "“{}”: where, and for what? Readers take it for their own disease and country.",
                "Name both: “approved in the EU for some blood cancers; not approved for lupus”.",
            )


def _excused(hit: Hit) -> bool:
    return denied(hit) or warned(hit) or asked(hit)


def _scoped(hit: Hit) -> bool:
    """Whether place or disease stand in the same clause, or in the words before."""
    near = f"{hit.before[-60:]} {_CLAUSE_END.split(hit.after)[0]}"
    if re.search(r"\b(?:some|others?|most|many|products)\b[^.;]*$", hit.before, re.IGNORECASE) and "not" in hit.after:
        return True  # of several it is told that some were and some were not
    return any(each.search(near) for each in (_SCOPED, _SCOPED_CASE)) or _SCOPE.match(hit.after) is not None


RULE = Rule(
    id="H10",
    name="regulatory-term",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
