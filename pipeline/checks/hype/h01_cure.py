"""Nothing here is called a cure, a miracle or a certainty.

Nobody yet knows whether any of these treatments cures: the longest-followed people have had years, not decades, and
relapses are on record. Readers who are told of a cure give up medicines that hold their disease. "May cure" promises
no less; hedges do not offset hype in rated texts. Denials, warnings, myths and a reader's own question are free.

Source: Science Media Centre, ten best practices ("don't call something a cure that is not a cure"); Abola and Prasad,
JAMA Oncology 2016 (superlatives in cancer news); ratings of 597 press releases by HealthNewsReview.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import hedged
from pipeline.language.hit import Hit
from pipeline.language.voices import Speaker, speaker
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["cure"]
# Cure as a measured outcome, as a craft, and in fixed phrases that promise nothing.
_OTHER = re.compile(
    r"\b(?:antibiotics?|penicillin|antivirals?|surgery) (?:\w+ )?cured?\b|\bcured? (?:the|her|his|their|an?|"
    r"my) (?:\w+ ){0,2}(?:infections?|pneumonia|tuberculosis|cold|ulcers?|abscess|thrush|shingles)|\b(?:light|salt|"
    r"air|heat|UV|oven|smoke)-cured|\b(?:adhesive|glue|resin|cement|varnish|paint|concrete|ink|"
    r"filler)\b[^.;]{0,20}\bcur(?:es|ed|ing)|\bcur(?:ed|ing) (?:resin|meat|ham|time|oven|lamp|agent|cement|glue|"
    r"adhesive|concrete)|\bcured (?:with|in|by) (?:salt|smoke|light|heat|air)|\b(?:more|less|"
    r"as) likely to be cured\b|\bcure (?:rates?|models?|fractions?)|"
    r"\b(?:clinical|microbiological|mycological|parasitological|bacteriological|virological|overall|complete|initial|"
    r"test of|short-term|long-term|symptomatic|subjective|objective|endoscopic|self-reported|"
    r"participant-reported) (?:cure|or improv\w+)|"
    r"\binfections? (?:\w+ ){0,3}cured\b|\b(?:an?|the) (?:real |true )?cure would (?:mean|be|require|need)|"
    r"\bheil(?:t|te|ten|en) (?:die|der|das|den) (?:[\w-]+ )?(?:stelle|wunde|haut|geschwür)\w*|\bheil(?:t|te|ten|"
    r"en)\b[^.;]{0,40} ab\b|\btests?[- ]of[- ]cure\b|\bcure (?:or|and|/) (?:improv|relief|reliev)\w*|"
    r"\bcurative (?:intent|surgery|"
    r"resection|treatments? for cancer)|\bcures? (?:of|for) (?:infections?|warts?|malaria|hepatitis C|ulcers?|"
    r"cancers?)|"
    r"\b(?:cancers?|infections?|hepatitis C|tuberculosis|leukaemias?|lymphomas?|malaria) (?:can|could) (?:often |"
    r"now |sometimes )?be cured|\bwundheilung|\bwunden? (?:\w+ )?heil\w+|\bheilen (?:wunden|langsam)|\bguarantee(?:d|"
    r"s)? (?:by|in) (?:law|the (?:law|constitution|state))|\bguaranteed (?:minimum|access to)|"
    r"\bguarantee (?:period|fund)|\bworse than the disease|\bsearch(?:es|ed|ing)? for (?:a|the) cure\b|\b(?:would|"
    r"will) end (?:the )?(?:disease|illness) (?:progression|registry)|\bend[- ]stage",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a promise of cure, a miracle, a guarantee, or the end of a disease."""
    for field, hit in hits(item, _PATTERN):
        if not _other(hit):
            yield remark(
                field,
                hit,
                "“{}” promises what nobody knows yet. Someone may stop taking a medicine because of it.",
                "Say what was seen, in how many people, and for how long: “no signs of disease in 7 of 9 people at month 6”.",
                _weight(field, hit),
            )


def _other(hit: Hit) -> bool:
    """Whether the words mean a measured outcome or a craft."""
    start = max(hit.sentence.start, hit.start - 45)
    around = hit.plain.text[start : hit.end + 50]
    return any(m.start() <= hit.start - start < m.end() for m in _OTHER.finditer(around))


def _weight(field: str, hit: Hit) -> Severity | None:
    """A hedge, or a person's own words on her own life, ask for a look in the text; a headline stays a block."""
    if field != "headline" and (hedged(hit) or speaker(hit) is Speaker.PATIENT):
        return Severity.WARN
    return None


RULE = Rule(
    id="H01",
    name="cure",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
    final_in=frozenset({"headline"}),
)
