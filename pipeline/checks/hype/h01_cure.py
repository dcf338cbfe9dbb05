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

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import hedged
from pipeline.language.hit import Hit
from pipeline.language.nouns import ILLNESS, NAMED_ILLNESS
from pipeline.language.voices import Speaker, speaker
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_END = (
    r"(?:eradicat|eliminat|obliterat|vanquish|defeat|conquer|banish|abolish|annihilat|besieg)\w*|eras(?:e[sd]?|ing)|"
    r"(?:wip|sweep)(?:e[sd]?|ing|s)? (?:out|away)|wip(?:es|ed|ing) out|stamp(?:s|ed|ing)? out|beat(?:s|en|ing)?|"
    r"gets? rid of|rids? (?:\w+ ){1,3}of|end(?:s|ed|ing)?|heal(?:s|ed|ing)?"
)
_PATTERN = words(
    r"cur(?:e|es|ed|ing|able)|curative",
    r"miracles?(?: cures?| drugs?| cells?)?|miraculous(?:ly)?",
    r"wonder[- ](?:drugs?|cures?|cells?|medicines?|treatments?)",
    r"(?:magic|silver) bullets?|panacea|cure-?all|elixirs?",
    r"guarantee(?:s|d|ing)?",
    rf"(?:{_END}) (?:the |what |a |her |his |their |my |our |(?:all|every|any) (?:signs?|traces?) of )?(?:(?:root |"
    rf"very |main )?(?:causes?|roots?|source) of |caused )?{ILLNESS}(?: for good| for ever| forever)?",
    rf"(?:wip|blast|sweep)\w* {ILLNESS} (?:off|from) the (?:map|face)|(?:without|minus|rid of) (?:your|her|his|their|"
    rf"my) {NAMED_ILLNESS}",
    rf"(?:heal|cur|free|rid)(?:e?d|ed)? of {ILLNESS}|{NAMED_ILLNESS} (?:vanish|disappear|melt)(?:es|ed|"
    r"s)?(?! (?:from|as|in) the (?:text|news|list|name))",
    rf"(?:revers|cur|heal|end|fix|eras|eliminat|beat|remov)(?:e|es|ed|ing)? your (?:own )?{ILLNESS}",
    rf"{ILLNESS} (?:ist )?(?:verschwunden|weg|besiegt|geheilt|ausgelöscht|überwunden)(?! (?:zu|werden))|schalte(?:t|"
    rf"n|te) (?:(?:die|den|das|ihre|seine) )?{ILLNESS}[^.;,]{{0,40}} aus",
    rf"(?:(?:the|an) )?end (?:of|to|for) (?:all )?{NAMED_ILLNESS}|(?:the|an) end (?:of|to|for) (?:auto-?immune |her |"
    r"his |their |your |the )?(?:disease|illness|suffering)s?",
    rf"{ILLNESS} (?:(?!not|never)\w+ )?(?:has|have|can|could|will|was|were|is|are|may|might)(?: (?!not|"
    r"never)\w+)? (?:been |be )?(?:(?!not|never)\w+ )?(?:beaten|defeated|conquered|vanquished|wiped out|eradicated|"
    r"eliminated|obliterated|banished|healed|erased|gone for (?:good|ever)|(?:switched|turned) off|history|overcome)",
    rf"game over for {ILLNESS}|{ILLNESS} (?:has |have )?(?:simply |just )?(?:met (?:its|their) match|melted away|"
    rf"faded away)|{ILLNESS} (?:\w+ )?(?:disappeared|vanished|gone) (?:for (?:good|ever)|forever|completely|"
    r"without a trace)|(?:disappear\w*|vanish\w*) for (?:good|ever)|work(?:s|ed)? (?:wonders|like a charm|magic)|"
    r"verschw(?:and|indet|unden) (?:die )?(?:krankheit|lupus)|(?:krankheit|lupus) (?:ist |war )?(?:für immer|"
    r"endgültig)|für immer (?:gesund|geheilt|weg)|(?:krankheit|lupus|myositis|sklerose) (?:ist |wird |"
    r"wurde )?besiegt",
    rf"(?:goodbye|farewell) to {ILLNESS}|{NAMED_ILLNESS} (?:was|is|has|had) (?:now |simply |just |completely |"
    r"all )?(?:gone|disappeared|vanished|melted away)",
    rf"{NAMED_ILLNESS}[- ]free|free (?:of|from) {NAMED_ILLNESS}|(?:rid|frees?|freed) (?:of|from|\w+ (?:of|"
    rf"from)) {ILLNESS}",
    r"once and for all|(?:gone|free|well|better|healthy|in remission|stopped) (?:for good|for ever|forever|for life)|"
    r"permanent(?:ly)? (?:remission|fix|solution|relief|freed?|free|ends?|stops?|switch(?:es|ed)? off)|"
    r"lifelong (?:remission|freedom)",
    r"heil(?:t|te|ten|en|ung|ungen|bar|mittel)|geheilt\w*|wunder(?:mittel|heilung|therapie|waffe|pille|"
    r"medikament)?s?|garanti(?:e|ert\w*|eren)",
)
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
                "“{}” promises what nobody knows yet. Somebody may stop a medicine because of it.",
                "Say what was seen, in how many people, and for how long: “no signs of disease in 7 of 9 people at month 6”.",
                _weight(field, hit),
            )


def _other(hit: Hit) -> bool:
    """Whether the words mean a measured outcome or a craft."""
    start = max(hit.sentence.start, hit.start - 45)
    around = hit.folded.text[start : hit.end + 50]
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
