"""How strong a claim a sentence makes: none, a link, a conditional effect, an effect.

Exaggeration sits in the verb, not in superlatives: the words of hype tell nothing about whether a release goes beyond
its paper (chance, in 125 pairs), while "linked to" turning into "cuts" does.

Source: the four steps of Yu, Li and Wang 2019 and of Wright and Augenstein 2021 (0 none, 1 correlational, 2 conditional
causal, 3 causal).
"""

from __future__ import annotations

import re
from enum import IntEnum

from pipeline.language.normalise import fold
from pipeline.language.sentences import sentences


class Strength(IntEnum):
    """One of four steps."""

    NONE = 0
    LINK = 1
    CONDITIONAL = 2
    CAUSAL = 3


_LINK = re.compile(
    r"\b(?:associat(?:ed|ion|ions)|(?:cor)?relat(?:ed|ion|ions|ionship|ionships|es) (?:with|to|between|of)|"
    r"correlat\w+|link(?:s|ed|ing)? (?:to|between|with)|links?\b|connections?|predict(?:s|ed|or|ors|ive|ion|ions)?|"
    r"risk (?:factors?|markers?)|"
    r"(?:more|less|as|times|% more|far more|most|least|twice as) likely|likelihood|odds|(?:increased|higher|lower|"
    r"reduced|greater|elevated|heightened|decreased|at|raised|excess) (?:\w+ )?(?:risks?|rates?|levels?|odds|"
    r"mortality|incidence|prevalence|chance)|at (?:\w+ )?risk|"
    r"(?:higher|lower|greater|weaker|stronger|fewer|poorer|better|worse|more|less|larger|smaller|"
    r"thinner) (?:[\w-]+ ){0,8}?(?:than|compared|in (?:those|people|women|men|patients|children))|compared (?:with|"
    r"to)|differ(?:s|ed|ences?)|tend(?:s|ed)? to|was seen in|were seen in|had (?:fewer|lower|higher|less|more|"
    r"better)|\d+ of (?:the )?\d+)\b",
    re.IGNORECASE,
)
_VERB = (
    r"increas|decreas|reduc|improv|enhanc|prevent|protect|lower|rais|boost|cut|curb|slow|halt|stop|revers|restor|"
    r"repair|reliev|eas|allevi|treat|cur|heal|help|benefit|caus|trigger|induc|"
    r"driv|promot|inhibit|suppress|block|activat|regulat|control|determin|affect|influenc|alter|chang|impair|harm|"
    r"damag|kill|destroy|eliminat|eradicat|delay|accelerat|stimulat|produc|creat|"
    r"modulat|mediat|disrupt|extend|prolong|sav|attenuat|confer|weaken|strengthen|worsen|exacerbat|minimi[sz]|"
    r"maximi[sz]|mitigat|counter|impact|contribut|ameliorat|normali[sz]|reset|"
    r"reboot|free|calm|fix|clear|wip|end|tam|beat|defeat|conquer|transform|reshap|shap|remov|support"
)
_THIRD = rf"(?:{_VERB})(?:e?s|ies)"
_PAST = rf"(?:{_VERB})(?:e?d|ted|ped|bed)|cut|beat|drove"
_BARE = rf"(?:{_VERB})e?"
_ING = rf"(?:{_VERB})(?:p|t|b)?ing"
_STATED = re.compile(
    rf"\b(?:(?:{_THIRD})|leads? to|led to|results? in|resulted in|makes?|made|gives? rise to|brings? about|(?:is|are|"
    r"was|were|be|been|being|remains?) (?:\w+ly )?(?:\w+ )?(?:effective|responsible|caused|determined|driven|"
    r"triggered|mediated|activated|induced|stimulated|implicated|protective|suppressed|inhibited)|"
    r"effectiveness|efficacy|works? (?:in|for|against)|works\b(?! (?:by|with|as|at))|(?:has|have|had|showed?|shown|"
    r"shows|demonstrat\w+) (?:\w+ ){0,3}(?:effects?|benefits?|success|activity|promise|efficacy|influence|role)|"
    r"plays? (?:an? )?(?:\w+ )?(?:role|part)|key to|the cause of|"
    r"identified (?:the |a )?(?:\w+ )?(?:cause|mechanism|gene|protein)s?|the (?:causes?|mechanisms?) (?:of|behind)|"
    r"evidence for the involvement|due to|because of|thanks to|responsible for|ways? (?:of|to)|"
    r"lives? (?:[\d%]+ )?longer|effects? (?:of|on)|role (?:of|in)|pos(?:es|ed) (?:an? )?\w+ risk)\b",
    re.IGNORECASE,
)
_PAST_STATED = re.compile(
    rf"\b(?:{_PAST})\b(?! (?:risks?|rates?|levels?|odds|likelihood|mortality|incidence|prevalence|chance|\w+ in\b|"
    r"by older)\b)",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"\b(?:to|helps?|helped|does|do|did|will|must|should be considered|shown to|found to|"
    rf"that) (?:\w+ly )?(?:{_BARE})\b|\b(?:{_ING})\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    rf"\b(?:{_BARE})\b(?= (?:the|our|your|their|its|a|an|children|patients|people|pain|symptoms|risk|brain|growth|"
    r"mortality|survival|disease|health|quality|\w+tion|\w+ (?:and|in|of))\b)",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:may|might|can|could|would|possibl[ey]|possibility|potential(?:ly)?|perhaps|probably|appears?|appeared|"
    r"seems?|seemed|likely to|promising|hypothes\w+|believed to|thought to|suggests? (?:a|the|"
    r"that (?:\w+ ){0,6}(?:may|might|could|can))|point(?:s)? to|new avenues?)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|n't|without|little|lack|neither|never|cannot|unlikely|did not|uncertain|inconclusive|"
    r"insufficient) (?:[\w-]+ ){0,4}?(?:associat\w+|link\w*|evidence|effects?|differ\w*|increas\w+|reduc\w+|"
    r"improv\w+|benefit\w*|related|relationship|support\w*|caus\w+|chang\w+|affect\w*|show\w*|detect\w*)\b|"
    r"n't (?:\w+ ){0,2}(?:reduce|increase|improve|affect|cause|help|work)\b|\bno (?:more|less|better|worse)\b|"
    r"\black(?:s|ed)?\b",
    re.IGNORECASE,
)
_MIGHT = re.compile(
    rf"\b(?:may|might|could|can|would) (?:\w+ly )?(?:also |help(?: to)? |significantly |in turn )?(?:(?:{_BARE})|"
    r"lead to|contribute|result in|be (?:the |a )?(?:\w+ly )?(?:key|effective|efficacious|used to|beneficial|useful|"
    r"improved|reduced|prevented|helpful|able)|"
    r"hold the key|provide|explain|help|see (?:their|fewer|less|an?)|make|shape|alter)\b|\bpotential (?:strateg\w+|"
    r"treatments?|therap\w+|targets?|benefits?)\b",
    re.IGNORECASE,
)
_WILLING = re.compile(r"\bwould (?:take|be willing|like|prefer|choose)\b", re.IGNORECASE)


def strength(text: str) -> Strength:
    """Judge the strongest claim of a text, usually one sentence."""
    folded = fold(text)
    return max((_of(s.text) for s in sentences(folded)), default=Strength.NONE)


def _of(text: str) -> Strength:
    if _DENIED.search(text) or _WILLING.search(text):
        return Strength.NONE
    if _MIGHT.search(text):
        return Strength.CONDITIONAL
    effect = _effect(text)
    linked = _LINK.search(text)
    if effect is None:
        return Strength.LINK if linked else Strength.NONE
    modal = any(m.start() < effect.start() + 25 and effect.start() - m.end() < 70 for m in _MODAL.finditer(text))
    if modal:
        return Strength.CONDITIONAL
    if linked and linked.start() < effect.end() + 30:
        return Strength.LINK
    return Strength.CAUSAL


def _effect(text: str) -> re.Match[str] | None:
    for pattern in (_STATED, _PAST_STATED, _INFINITIVE, _PLURAL):
        found = pattern.search(text)
        if found:
            return found
    return None
