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

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.nouns import HARM
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["superlative"]
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
                "“{}” tells readers how to feel, not what was found.",
                "Delete it and reread the sentence. If something is missing, give the number: how many people, how much, how long.",
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
