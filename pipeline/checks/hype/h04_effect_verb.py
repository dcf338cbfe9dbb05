"""No effect is claimed in stronger words than the study can carry.

"Stops", "reverses", "works" say that the treatment did it. Without a comparison group nobody can tell, so up to
phase 2 the strongest word is "may", or better "was seen in 7 of 9 people"; people who were only followed give "was
linked to"; a plan "will test". A headline is never stronger than the conclusion of its source: each step up there is
carried on into what readers believe. What was seen in animals is reported as seen in animals.

Source: Santesso et al. 2020 (GRADE guidelines 26): wording by certainty; Sumner et al., BMJ 2014 (causal claims from
correlations in 33% of releases); Wright and Augenstein 2021 (four strengths of a claim).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import hedged
from pipeline.language.hit import Hit
from pipeline.language.normalise import normalise
from pipeline.language.nouns import with_nouns
from pipeline.language.sentences import sentences
from pipeline.language.strength import Strength, strength
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_LADDER = {
    Stage.PRECLINICAL: "“in mice, it lowered …”",
    Stage.CASE_REPORT: "“one person was …”",
    Stage.CASE_SERIES: "“4 of 6 people …”",
    Stage.OBSERVATIONAL: "“was linked to …”",
    Stage.PHASE_1: "“was seen in x of n people”",
    Stage.PHASE_1_2: "“was seen in x of n people”",
    Stage.PHASE_2: "“may …”, or “was seen in 12 of 30 people”",
    Stage.PHASE_2_RCT: "“may …”, with the counts of both groups",
    Stage.PHASE_3: "“may …”, or “was seen in 80 of 120 people”",
    Stage.REGISTRATION: "“will test whether …”",
    Stage.STOPPED: "“was meant to test whether …”",
    Stage.SAFETY_NOTICE: "“is being looked into”",
    Stage.RETRACTION: "“the paper said …”",
    Stage.COMMENTARY: "“the authors think that it may …”",
    Stage.UNCLEAR: "“may …”, or what was seen and in how many people",
}
_SOFT = (
    "treat|reliev|reduc|lower|improv|prevent|slow|control|eas|protect|boost|help|normali[sz]|clear|free|suppress|"
    "counter|sooth|extend|prolong|cut"
)
_PACK = pack(__name__)
_PATTERN = _PACK["effect-verb"]
_WORKS = _PACK["works"]
_FIELDS = ("headline", "summary", "who", "not_known", "you_can", "access")
_SOFT_VERB = re.compile(rf"(?:{_SOFT})", re.IGNORECASE)
_PAST = re.compile(r"^\w+(?:ed|d)\b", re.IGNORECASE)
_COUNTED = with_nouns(
    r"\b{count} (?:of|in|out of) (?:the |these )?{count}\b|\b{count} (?:[\w-]+ ){0,2}{people}\b|"
    r"\bin one (?:person|woman|man|patient)\b",
    re.IGNORECASE,
)
_OF_SO_MANY = with_nouns(
    r"\b{count} (?:of|in|out of) (?:the |these )?{count}\b|\bin one (?:person|woman|man|patient)\b", re.IGNORECASE
)
_FROM_ANIMALS = _PACK["from-animals"]
_IN_ANIMALS = _PACK["in-animals"]
_NOT_FOR_PEOPLE = _PACK["not-for-people"]
_NO_CLAIM = _PACK["no-claim"]
_RELATIVE = re.compile(r"\b(?:that|which|who|to)(?: \w+ly)? $", re.IGNORECASE)
_ANIMALS = _PACK["animals"]
_CONCLUDES = _PACK["concludes"]


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a claim of effect above the item's step of the ladder, or above its source's conclusion."""
    yield from _people_too(item)
    for field, hit in (found for pattern in (_PATTERN, _WORKS) for found in hits(item, pattern, _FIELDS)):
        if _claims(hit, field):
            stage = item.evidence.stage
            if stage in _LADDER:
                yield remark(
                    field,
                    hit,
                    "“{}” says that the treatment did it, but this kind of study can't show that.",
                    f"Try {_LADDER[stage]}.",
                    _weight(item, field),
                )
            elif field == "headline" and Strength.NONE < _conclusion(item, context) < Strength.CAUSAL:
                yield remark(
                    field,
                    hit,
                    "“{}” goes further than the source's own conclusion.",
                    "Use the source's own wording: “may”, “was linked to”.",
                )


def _people_too(item: Item) -> Iterable[Remark]:
    """Remark on what people are promised because it was seen in animals, or may take for theirs."""
    if item.evidence.stage is not Stage.PRECLINICAL:  # whose own sentence is printed
        for field, hit in hits(item, _IN_ANIMALS, _FIELDS):
            if not _NOT_FOR_PEOPLE.stands(normalise(item_text(item)).text):
                yield remark(
                    field,
                    hit,
                    "“{}” was seen in animals, and nothing here says that people may be different.",
                    "Add: “nobody knows whether it would work in people”.",
                    Severity.NOTE,
                )
    for field, hit in hits(item, _FROM_ANIMALS, _FIELDS):
        yield remark(
            field,
            hit,
            "“{}” applies to people what was only seen in animals.",
            "Say that it was seen in animals, and that nobody knows whether it holds in people.",
        )


def _claims(hit: Hit, field: str) -> bool:
    """Whether the words state an effect: not asked, aimed at, hedged, or counted out as seen in so many people."""
    says_how = field == "headline" and re.fullmatch(r"\W*(?:how|why) (?:[\w-]+ ){0,4}", hit.before, re.IGNORECASE)
    if hedged(hit) or (_NO_CLAIM.stands(hit.marked) and not says_how) or _ANIMALS.stands(hit.sentence.text):
        return False
    if _SOFT_VERB.match(hit.text) and _RELATIVE.search(hit.before):
        return False
    if not _PAST.match(hit.text):
        return True
    # What happened may be told when it is counted; of a strong verb, only as so many of so many.
    soft = _SOFT_VERB.match(hit.text) is not None
    counted = _COUNTED if soft and field != "headline" else _OF_SO_MANY
    return not (counted.search(hit.sentence.text) or (soft and field != "headline"))


def _weight(item: Item, field: str) -> Severity | None:
    unsettled = item.evidence.stage is Stage.UNCLEAR
    return Severity.WARN if unsettled and field != "headline" else None


def _conclusion(item: Item, context: Context) -> Strength:
    """How strong the source's own conclusion is; NONE when its text wasn't kept or concludes nothing."""
    kept = context.texts.get(item.id, ())
    if not kept:
        return Strength.NONE
    found = [s.text for s in sentences(normalise(kept[0].text))]
    last = [s for s in found if _CONCLUDES.stands(s)] or found[-2:]
    return max((strength(s) for s in last), default=Strength.NONE)


RULE = Rule(
    id="H04",
    name="effect-verb",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
