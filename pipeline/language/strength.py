"""How strong a claim a sentence makes: none, a link, a conditional effect, an effect.

Exaggeration sits in the verb, not in superlatives: the words of hype tell nothing about whether a release goes beyond
its paper (chance, in 125 pairs), while "linked to" turning into "cuts" does.

Source: the four steps of Yu, Li and Wang 2019 and of Wright and Augenstein 2021 (0 none, 1 correlational, 2 conditional
causal, 3 causal).
"""

from __future__ import annotations

from enum import IntEnum

from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import Passage, pack
from pipeline.language.sentences import sentences


class Strength(IntEnum):
    """One of four steps."""

    NONE = 0
    LINK = 1
    CONDITIONAL = 2
    CAUSAL = 3


_CUES = pack(__name__)
_STATED = ("stated", "stated in the past", "stated in the infinitive", "stated in the plural")


def strength(text: str) -> Strength:
    """Judge the strongest claim of a text, usually one sentence."""
    plain = normalise(text)
    return max((_of(s.text) for s in sentences(plain)), default=Strength.NONE)


def _of(text: str) -> Strength:
    if _CUES["denied"].stands(text) or _CUES["willing"].stands(text):
        return Strength.NONE
    if _CUES["might"].stands(text):
        return Strength.CONDITIONAL
    effect = _effect(text)
    linked = _CUES["link"].search(text)
    if effect is None:
        return Strength.LINK if linked else Strength.NONE
    modal = any(m.start < effect.start + 25 and effect.start - m.end < 70 for m in _CUES["modal"].finditer(text))
    if modal:
        return Strength.CONDITIONAL
    if linked and linked.start < effect.end + 30:
        return Strength.LINK
    return Strength.CAUSAL


def _effect(text: str) -> Passage | None:
    found = (_CUES[each].search(text) for each in _STATED)
    return next(filter(None, found), None)
