"""No effect is claimed in stronger words than the study can carry.

"Stops", "reverses", "works" say that the treatment did it. Without a comparison group nobody can tell, so up to
phase 2 the strongest word is "may", or better "was seen in 7 of 9 people"; people who were only followed give "was
linked to"; a plan "will test". A headline is never stronger than the conclusion of its source: each step up there is
carried on into what readers believe. What was seen in animals is said of animals.

Source: Santesso et al. 2020 (GRADE guidelines 26): wording by certainty; Sumner et al., BMJ 2014 (causal claims from
correlations in 33% of releases); Wright and Augenstein 2021 (four strengths of a claim).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, told, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import hedged
from pipeline.language.hit import Hit
from pipeline.language.normalise import fold
from pipeline.language.nouns import COUNT, ILLNESS, PEOPLE, TREATMENT
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
_STRONG = "revers|stop|halt|heal|restor|repair|end|fix|quell|silenc|tam|calm|defeat|sav|transform|rescu|thwart|eradicat|eliminat|overcom|tackl|knock"
_SOFT = "treat|reliev|reduc|lower|improv|prevent|slow|control|eas|protect|boost|help|normali[sz]|clear|free|suppress|counter|sooth|extend|prolong|cut"
_STATE = (
    r"(?:(?:\w+ )?(?:scarring|rash(?:es)?|swelling|stiffness|kidneys?|lungs?|joints?|organs?|nerves?|muscles?|"
    r"dialysis)|joint pain|symptoms?|flares?|relapses?|pain|fatigue|(?:joint|kidney|organ|nerve|skin|lung|muscle|"
    r"disease) (?:function|"
    r"damage|activity|strength|symptoms|health|progression|disease)|disability|survival|lives|quality of life|"
    r"remissions?|inflammation|weakness|"
    r"(?:walking|mobility|movement|muscle strength|health)|immune (?:system|balance|tolerance)|attacks? on|"
    r"the (?:attack|damage|progress|course)|autoantibodies)"
)
_OBJECT = (
    rf"(?:(?:the|their|her|his|these|all|most|many|severe|active|people's|patients') )?(?:{_STATE}|{ILLNESS}|"
    rf"(?:{PEOPLE}) (?:with|who|of|from|live|walk|recover|get)|{PEOPLE}(?=[.,;:!]|$))"
)
_PLURALS = (
    r"(?:cells|drugs|treatments|therapies|infusions|antibodies|medicines|injections|vaccines|scientists|researchers|"
    r"doctors)"
)
_PATTERN = words(
    r"(?:leads?|led) to (?:\w+ )?remissions?|(?:results?|"
    r"resulted) in (?:\w+ )?remissions?|caus(?:es|ed) (?:\w+ )?remissions?|achiev(?:es|"
    r"ed) (?:\w+ )?remissions?(?= in)",
    rf"helps? (?:in|with|against) {ILLNESS}|thanks to (?:the |this |these )?{TREATMENT}",
    r"(?:demonstrat|prov|confirm|establish|show)\w* (?:the )?(?:\w+ )?(?:efficacy|effectiveness|benefits?|success|"
    r"power) of",
    rf"(?:{_STRONG})(?:e?s|p?ed|d)(?: down| off| away)? {_OBJECT}(?: in its tracks)?",
    rf"(?:{_SOFT})(?:e?s) (?:back |down )?{_OBJECT}",
    rf"{_PLURALS} (?:{_STRONG}|{_SOFT})e? {_OBJECT}",
    rf"can (?:{_STRONG})e? {_OBJECT}",
    rf"(?:can now|now) (?:be )?(?:{_STRONG}|{_SOFT})(?:e?d|ped|ted|e)?(?: {_OBJECT})?",
    rf"puts? (?:\w+ ){{0,2}}(?:{ILLNESS} |people |patients )?(?:into|in|to) (?:lasting |full |complete |"
    rf"deep )?(?:remission|rest|sleep|an end)|puts? (?:an end|a stop) to {ILLNESS}|turns? (?:back|around|"
    rf"the tide (?:of|on|against)) {ILLNESS}|keeps? {ILLNESS} (?:away|at bay|in check|under control)",
    r"(?:induces|brings|delivers|achieves|produces|triggers) (?:[\w-]+ ){0,3}remissions?|(?:gives?|"
    r"gave) (?:[\w-]+ ){0,2}(?:their|her|his|my|our|your|a) (?:life|lives|health) back|(?:got|gets?|getting|has|have|"
    r"had) (?:got )?(?:\w+ )?(?:her|his|their|my|our|your) (?:life|lives|health) back",
    r"(?:beats?|outperforms?|trounces?|surpass(?:es)?|outshines?|is (?:far |much |"
    r"clearly )?superior to) (?:CAR[- ]?(?:T|NK)\S*|bispecifics?|standard (?:care|treatment)|rituximab|placebo|"
    r"steroids|(?:all |every )?(?:other|older|existing|current) (?:drugs|treatments|medicines)|everything)",
    r"(?:made|makes?|making) (?:a |an )?(?:full|complete|total|remarkable) recover(?:y|ies)|recover(?:ed|s) (?:fully|"
    r"completely)|(?:perfectly|completely|fully|totally) (?:healthy|well|normal|symptom-free)(?: again)?|"
    r"back to (?:a )?normal (?:life|lives)",
    rf"makes? {ILLNESS} (?:disappear|vanish|go away)|(?:heilt|stoppt|besiegt|wirkt(?= (?:bei|gegen))|hilft (?:bei|"
    rf"gegen)|verhindert) ?(?:{ILLNESS})?",
)
_WORKS = words(
    rf"(?:that|yes|because|and|but|study:) (?:the |this |a |it |one |such )?(?:\w+ )?{TREATMENT} (?:really |"
    r"actually |now |clearly )?works?(?! (?:by|with|as|at|on|together|like|through)\b)",
    rf"{TREATMENT} (?:really |actually |now |clearly )?works(?! (?:by|with|as|at|on|together|like|through)\b)",
    rf"{TREATMENT} (?:is|are|was|were|proved|remains?) (?:a |an )?(?:\w+ly )?(?:highly |very |extremely |clearly |"
    r"truly )?effective",
)
_FIELDS = ("headline", "summary", "who", "not_known", "you_can", "access")
_SOFT_VERB = re.compile(rf"(?:{_SOFT})", re.IGNORECASE)
_PAST = re.compile(r"^\w+(?:ed|d)\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b{COUNT} (?:of|in|out of) (?:the |these )?{COUNT}\b|\b{COUNT} (?:[\w-]+ ){{0,2}}{PEOPLE}\b|"
    r"\bin one (?:person|woman|man|patient)\b",
    re.IGNORECASE,
)
_NO_PERSON = (
    r"(?:mice|mouse|rats?|animals?|monkeys?|rodents?|pigs?|dogs?|lab(?:oratory)?|(?:in )?a dish|test tubes?|in vitro|"
    r"mäuse\w*|tierversuch\w*)"
)
_CARRIED = r"(?:so|means?|meaning|therefore|prov\w+|confirm\w*|shows?|showed|suggest\w* that|and soon)"
_OF_SO_MANY = re.compile(
    rf"\b{COUNT} (?:of|in|out of) (?:the |these )?{COUNT}\b|\bin one (?:person|woman|man|patient)\b", re.IGNORECASE
)
_FROM_ANIMALS = words(
    rf"{_NO_PERSON}\b[^.;]{{0,60}}?\b{_CARRIED} (?:that )?(?:\w+ ){{0,3}}?(?:people|patients|humans|"
    r"menschen) (?:\w+ )?(?:will|can|too|also|could)",
    rf"{_NO_PERSON}\b[^.;]{{0,60}}?\b(?:paving|paves?|paved|opens?|opening) the (?:way|door)",
    rf"{_NO_PERSON}\b[^.;]{{0,60}}?\b{_CARRIED}(?: that)? [^.;]{{0,50}}?\bwill (?!need|have to|not|only|be (?:needed|"
    r"tested))\w+",
    rf"(?:stud(?:y|ies)|tests?|work|experiments?|trials?) (?:in|on|with) {_NO_PERSON} (?:\w+ )?(?:confirm|prove)(?:s|"
    r"d|ed)?",
    r"work(?:s|ed)? in (?:mice|animals),? (?:and )?(?:\w+ )?will (?:\w+ )?(?:also )?work in (?:people|humans|patients)",
)
_DID = (
    rf"(?:(?:(?:{_STRONG}|{_SOFT})(?:e?d|ped|ted)|cut) (?:the |their |its )?(?:\w+ )?(?:{ILLNESS}|symptoms|survival|"
    r"damage|inflammation|flares?)|lived longer|survived|got better|recovered)"
)
_IN_ANIMALS = words(
    rf"(?:in|of) (?:\w+ ){{0,2}}(?:mice|rats|monkeys|animals|pigs|dogs)\b[^.;]{{0,60}}?\b{_DID}|"
    rf"{_DID}\b[^.;]{{0,40}}? in (?:\w+ ){{0,2}}(?:mice|rats|monkeys|animals|pigs|dogs)",
)
_NOT_FOR_PEOPLE = re.compile(
    r"\b(?:not|no one|nobody|whether|unknown|unclear|yet|never|only|cannot|different)\b[^.]{0,80}\b(?:people|humans?|"
    r"patients|person)\b|\b(?:people|humans?|patients)\b[^.]{0,60}\b(?:not|unknown|unclear|yet to|differ\w*|"
    r"another matter)\b|\bmenschen\b",
    re.IGNORECASE,
)
_NO_CLAIM_BEFORE = re.compile(
    r"\b(?:whether|if|how|why|when|until|unless|hopes?|hoped|aims?|aimed|designed|meant|intended|supposed|may|might|"
    r"could|would|will (?:test|study|ask)|tests?|testing|asks?|said|goal|idea|theory|in theory|seems? to|appears? to|"
    r"ob|soll\w*|könnte\w*)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|to)(?: \w+ly)? $", re.IGNORECASE)
_ANIMALS = re.compile(
    r"\b(?:mice|mouse|rats?|animals?|monkeys?|in (?:the lab|a dish|cells)|in vitro|mäuse\w*|tier\w*)\b", re.IGNORECASE
)
_CONCLUDES = re.compile(
    r"\b(?:conclusions?|concludes?|we conclude|interpretation|these (?:findings|results|data)|our (?:findings|"
    r"results|data))\b",
    re.IGNORECASE,
)


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
                    "“{}” says that the treatment did it; this kind of study can't tell.",
                    f"Try {_LADDER[stage]}.",
                    _weight(item, field),
                )
            elif field == "headline" and Strength.NONE < _conclusion(item, context) < Strength.CAUSAL:
                yield remark(
                    field,
                    hit,
                    "“{}” is stronger than what the source itself concludes.",
                    "Take the source's own word: “may”, “was linked to”.",
                )


def _people_too(item: Item) -> Iterable[Remark]:
    """Remark on what people are promised because it was seen in animals, or may take for theirs."""
    if item.evidence.stage is not Stage.PRECLINICAL:  # whose own sentence is printed
        for field, hit in hits(item, _IN_ANIMALS, _FIELDS):
            if not _NOT_FOR_PEOPLE.search(fold(told(item)).text):
                yield remark(
                    field,
                    hit,
                    "“{}” was seen in animals, and nothing says that people are another matter.",
                    "Add it: “nobody knows whether it would work in people”.",
                    Severity.NOTE,
                )
    for field, hit in hits(item, _FROM_ANIMALS, _FIELDS):
        yield remark(
            field,
            hit,
            "“{}” carries what was seen in animals over to people.",
            "Say it of the animals, and that nobody knows whether it holds in people.",
        )


def _claims(hit: Hit, field: str) -> bool:
    """Whether the words state an effect: not asked, aimed at, hedged, or counted out as seen in so many people."""
    told_how = field == "headline" and re.fullmatch(r"\W*(?:how|why) (?:[\w-]+ ){0,4}", hit.before, re.IGNORECASE)
    if hedged(hit) or (_NO_CLAIM_BEFORE.search(hit.before) and not told_how) or _ANIMALS.search(hit.sentence.text):
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
    found = [s.text for s in sentences(fold(kept[0].text))]
    last = [s for s in found if _CONCLUDES.search(s)] or found[-2:]
    return max((strength(s) for s in last), default=Strength.NONE)


RULE = Rule(
    id="H04",
    name="effect-verb",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
