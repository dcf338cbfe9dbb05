"""Superlatives are left out: the numbers speak, or they don't.

A superlative in a title went with an unjustified, sensational release in 36 of 43 cases, so in a headline it blocks.
The single word "breakthrough" raises what people believe of a drug, whatever the evidence (a randomised experiment).
Delete the word and read again: when nothing is lost, it carried no information. Names, technical compounds
("breakthrough infection") and what is denied or set right at once are free; quotations are not.

Source: Abola and Prasad, JAMA Oncology 2016; Krishnamurti et al., JAMA Internal Medicine 2015; Vinkers et al., BMJ 2015;
ratings by HealthNewsReview.org, counted by this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.nouns import HARM
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PATTERN = words(
    r"break-?throughs?",
    r"game[- ]chang(?:ers?|ing)",
    r"revolutionary|revolutioni[sz](?:e|es|ed|ing)|(?:medical|therapeutic|quiet|immune|cell-therapy|"
    r"treatment) revolution|revolution (?:in (?:medicine|treatment|care|therapy|the treatment|the care|how|"
    r"immunology|rheumatology|neurology)|for)",
    r"ground-?breaking|path-?breaking|trail-?blazing|landmark|seminal|epoch-making",
    r"dramatic(?:ally)?|spectacular(?:ly)?|stunning(?:ly)?|astonishing(?:ly)?|astounding(?:ly)?|amazing(?:ly)?|"
    r"phenomenal(?:ly)?|extraordinar(?:y|ily)|sensational(?:ly)?|incredibl[ey]|unbelievabl[ey]|remarkabl[ey]|"
    r"mind-blowing|jaw-dropping|"
    r"breathtaking|marvel(?:s|l?ous(?:ly)?)?|fantastic|wonderful(?:ly)?|magical(?:ly)?|tremendous(?:ly)?|"
    r"incomparabl[ey]",
    r"unprecedented|unparalleled|unrivall?ed|unmatched|second to none|never[- ]before[- ]seen|like never before|"
    r"best[- ]ever|most (?:effective|powerful|advanced|exciting|promising|important|"
    r"significant) (?:\w+ ){0,2}(?:ever|yet|to date|in (?:decades|years|history))",
    r"transformati(?:ve|onal)|life-?(?:changing|altering|transforming)|life-?savers?|practice-changing|"
    r"paradigm[- ]shift(?:s|ing)?|holy grail|home run|moonshots?|(?:quantum|giant) leaps?|(?:giant|huge|massive|"
    r"enormous) (?:step|advance|win|victory|success|improvement|benefit|progress|impact)s?|"
    r"sea change|step change|(?:giant|great|big|huge|major|massive) (?:step|leap|advance|stride)s?(?: forward)?|"
    r"leaps? forward|leaps and bounds|turning point|watershed|(?:a )?(?:new|golden) (?:era|dawn|age|chapter)|"
    r"dawn of (?:a )?|history in the making|makes? history|historic(?! (?:buildings?|sites?|houses?|cit(?:y|ies)|"
    r"towns?|cent(?:re|er)s?|records?|notes?|controls?|data|cohorts?|comparisons?))|historical (?:moment|success|"
    r"first|step|day|achievement|milestone)",
    r"(?:re-?writ|tear|tore|ripp?)\w* (?:up )?(?:the (?:rule ?books?|text ?books?|rules|history)|history)|(?:beyond|"
    r"exceed\w*|surpass\w*) (?:all |our |anyone's |everyone's |even the )?(?:\w+ )?(?:dreams|expectations|hopes)|"
    r"dreams? come true|in a (?:league|class) of (?:its|their) own|(?:left|leaves|"
    r"leaving) (?:\w+ ){0,3}(?:speechless|stunned|in awe)|staggering(?:ly)?|stupendous|eye-popping|head-turning|"
    r"next-level|chang\w+ the face of|rais\w+ the bar|the (?:penicillin|aspirin|iPhone|moon landing|Everest|"
    r"Rolls-Royce|crown jewel) of|(?:second|new) (?:birth|chance at life)|(?:born again|reborn)|(?:lives|li(?:fe|"
    r"ves) (?:is|was|are|were|have been|has been)) (?:transformed|changed|saved)|the talk of the|nothing like it|"
    r"(?:finally|at last) (?:has|have|had) an answer",
    r"(?:major |key |important |huge |historic )?milestones?|triumphs?|tour de force|cutting-edge|"
    r"state[- ]of[- ]the[- ]art|leading-edge|world-class|at the (?:cutting|leading) edge|futuristic|super-?(?:drugs?|"
    r"cells?|therapy|charged|powers?)|block-?busters?|profound(?:ly)? (?:effects?|impact|benefits?|improve\w*|"
    r"changes?|differences?|responses?|chang\w+)|world-renowned|world-leading|new (?:gold )?standard of care|"
    r"new gold standard|(?:packs?|packing) a punch|best hope|rejuvenat\w+|(?:transform|redefin|reshap)(?:s|e|es|ed|"
    r"ing)? (?:how|the (?:way|lives|treatment|care|field|landscape|future|outlook|management)|lives|medicine|care|"
    r"treatment|patients)|(?:sav(?:e|es|ed|ing)) (?:\w+ ){0,3}lives|holds? the key|unlock(?:s|ed|ing)? (?:the|new|a)|"
    r"chang(?:e|es|ed|ing) (?:the )?lives|(?:change|changing|changes) (?:the lives|medicine|the world|everything)|"
    r"new lease (?:of|on) life|(?:help|helps|benefit|save|for|of) millions|millions (?:of \w+ )?(?:could|will|may|"
    r"might|can) (?:now )?(?:benefit|be helped|profit)|things? of the past|the future of (?:medicine|care|treatment|"
    r"therapy|rheumatology|immunology)|(?:crack(?:s|ed|ing)?|broke(?:n)?|solv(?:e|es|ed|ing)) the (?:\w+ )?(?:code|"
    r"riddle|mystery|puzzle)|lifetime of (?:pills|drugs|medicines?|steroids|treatment)|light-?years ahead|"
    r"the (?:best|safest|strongest|most (?:effective|powerful|advanced)) (?:treatment|therapy|drug|option|medicine|"
    r"weapon|cells?)(?! for you)|never (?:been )?seen before",
    r"durchbr(?:uch|üche|uchs)|bahnbrechend\w*|revolutionär\w*|revolutionier\w*|sensationell\w*|sensation|"
    r"spektakulär\w*|meilensteine?s?|quantensprung\w*|phänomenal\w*|unglaublich\w*|beispiellos\w*|wendepunkt\w*|"
    r"(?:eine|die|diese) revolution (?:in der|in den|der|des|für)|historische[rs]? (?:erfolg|moment|durchbruch)|"
    r"einzigartig\w*",
)
_BREAKTHROUGH_OF = re.compile(
    r"[- ](?:infections?|cases?|symptoms?|pain|bleed(?:s|ing)?|seizures?|cancer pain|flares?|doses?|medications?|"
    r"fevers?|attacks?|headaches?|itch\w*|hives|disease|ovulation|acid|urticaria|varicella|"
    r"covid\S*|influenza|measles|hypertension|depression|episodes?|activity|(?:therapy|device|designation|status|"
    r"medicine))\b",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"[- ](?:ceremon\w+|arts?|society|club|school|role|monologue|payments?|im (?:projekt|zeit|studien)plan|"
    r"des (?:projekt|zeit|studien)plans|analys[ei]s|points?|meetings?|general|(?:low|high) |of (?:the|"
    rf"a) (?:microtome|blade|knife|tool|tooth)|(?:[\w-]+ ){{0,2}}{HARM})\b",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"\b(?:serve[sd]?|used?|using|acts?|acted|take[ns]?)\b[^.;]{0,40} as an? $|\b(?:developmental|motor|anatomical|"
    r"payment|bony|surface|study|project|trial|child's|language|surgical) $",
    re.IGNORECASE,
)
_FELT = re.compile(
    r"\b(?:lost|lose|losing|loss of|burning|tingling|numb|strange|reduced|less|no|of|touch) \||\| (?:in|of|to)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\b(?:fell|dropped|worse|worsen\w*|decline[sd]?|increase[sd]? in (?:risk|deaths|infections)|lost)\b", re.IGNORECASE
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a superlative; in a headline it blocks."""
    for field, hit in hits(item, _PATTERN):
        if not _other(hit):
            yield remark(
                field,
                hit,
                "“{}” tells readers how to feel and not what was found.",
                "Delete it and read again. If something is missing, put the number there: how many people, how much, how long.",
                Severity.BLOCK if field == "headline" else None,
            )


def _other(hit: Hit) -> bool:
    """Whether the word is part of a technical term, or tells of something bad."""
    if hit.text.lower().startswith("break") and _BREAKTHROUGH_OF.match(hit.after):
        return True
    if hit.text == "sensation" and _FELT.search(f"{hit.before}|{hit.after}"):
        return True
    if _OTHER_AFTER.match(hit.after) or _OTHER_BEFORE.search(hit.before):
        return True
    return hit.text.lower().startswith("dramatic") and _HARMED.search(hit.sentence.text) is not None


RULE = Rule(
    id="H02",
    name="superlative",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
    final_in=frozenset({"headline"}),
)
