"""Nothing is proved by one study, and nobody is certain.

"Proves", "definitely", "works for everyone" close a question that early studies have only opened. Medicine's findings
are more or less certain, and the newsletter says how certain. Denied, asked and technical proof ("biopsy-proven",
"burden of proof") is free.

Source: Good Lay Summary Practice 2021 (no "this study proved"); GRADE guidelines 26 (Santesso et al. 2020): wording by
certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.nouns import PEOPLE, TREATMENT
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PATTERN = words(
    r"proves (?:it|the|its|this|how|why|his|her|their|them|what|to be (?:effective|safe))|prov(?:e|es|ed|en|"
    r"ing) (?:that|to (?:work|help|be (?:\w+ )?(?:effective|safe|successful|a success))|its? (?:worth|effect|value|"
    r"efficacy)|it (?:works|helps)|the (?:concept|effect|efficacy|benefit))",
    rf"prov(?:e|es|ed) (?:[\w-]+ )?{TREATMENT} (?:\w+ )?(?:works?|helps?|stops?|is|are)",
    r"(?:(?:clinically|scientifically|fully|now) )?proven(?= (?:to|treatment|therapy|remedy|effective|safe|benefits?|"
    r"results?|cure|success|way|efficacy))|(?:is|are|was|were|been) (?:clinically |scientifically |now |finally |"
    r"fully )?proven|proven (?:beyond|by science)",
    r"(?:is|are|here is|here's|offers?|provides?|gives?|final|definitive|clear|living|solid|scientific|conclusive|"
    r"irrefutable|first|as|the|more) proof(?= (?:that|of|the|it)\b)(?! of concept)",
    r"proven(?=:)|it is (?:now |quite |very )?clear that (?:it|the|this|car\S*)|(?:everyone|everybody|"
    r"every patient) (?:benefits?|benefited|responds?|responded)",
    r"confirm(?:s|ed)? that (?:[\w-]+ ){1,6}(?:will|works?|stops?|halts?|cures?|reverses?|heals?|helps?|is (?:safe|"
    r"effective))",
    r"undoubtedly|unquestionabl[ey]|undeniabl[ey]|indisputabl[ey]|irrefutabl[ey]|definitively (?:shows?|proves?|"
    r"works?|demonstrates?|establish\w*)|definite(?:ly)? (?:works?|helps?|stops?|the|a|an|answer|better)|"
    r"conclusive(?:ly)? (?:evidence|proof|shows?|showed|demonstrates?|proves?|results?)|"
    r"(?:without|beyond) (?:a |any |all )?(?:shadow of a )?doubt|there (?:is|can be) no (?:doubt|question)(?: that)?|"
    r"no doubt(?= (?:that|this|it|about|the)\b)|leaves? no doubt|(?:little|no) room for doubt|"
    r"little doubt(?= (?:that|this|about))|(?:it is|it's|we are|we're|doctors are) (?:now )?certain that|"
    r"certain to (?:work|help|succeed|be approved)|"
    r"(?:will|is going to) (?:definitely|certainly|surely|undoubtedly|always)",
    r"(?:always|never fails to|100 ?% sure to) (?:works?|helps?)|works? (?:for|in) (?:everyone|everybody|"
    rf"all (?:{PEOPLE})|every (?:patient|person|case|single))|works? every time|never fails|100 ?(?:%|"
    r"per ?cent) (?:effective|success|certain|sure|response)|foolproof|fail-?safe|infallible|"
    r"the science is (?:clear|settled)|we now know that (?:CAR|it|this|the (?:treatment|therapy|drug))|(?:experts|"
    r"doctors|researchers|scientists) (?:are (?:convinced|certain|sure)|(?:all )?agree) that|makes? (?:relapses?|"
    r"flares?|failure) impossible|rules? out (?:relapses?|flares?)|puts? (?:it )?beyond doubt|"
    r"once thought impossible|case closed",
    r"beweis(?:t|en)(?=,? (?:dass|die|den|das))|bewiesen\w*|zweifellos|zweifelsfrei\w*|ohne (?:jeden )?zweifel|"
    r"kein zweifel|garantiert wirksam|mit sicherheit (?:wirkt|hilft)|wirkt (?:bei allen|immer)",
)
_OTHER_BEFORE = re.compile(
    r"(?:(?<!enough )(?<!able )(?<!first )(?<!managed )\bto |\btoo (?:[\w-]+ ){1,3}to |\b(?:burden|standard|onus|"
    r"proof) of |\b\w+-)$",
    re.IGNORECASE,
)
_VIRTUE = re.compile(
    r"\b(?:durch|per) (?:\w+ )?(?:biopsie|gewebeprobe|blutprobe|labor\w*|test)\w*\b[^.;,]{0,10}$|\b(?:geduld|mut|"
    r"ausdauer|stärke|humor|patience|courage|grit|strength)\b[^.;,]{0,20}$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r" of the pudding|[- ](?:tanks?|devices?|systems?|mechanisms?|locks?|designs?|alarms?|freezers?|containers?|"
    r"switch(?:es)?|procedures?)\b|,? (?:(?:on|by) (?:biopsy|culture|blood|histolog\w+)|(?:to be )?(?:difficult|hard|"
    r"fatal|wrong|useless|impossible|deadly|unsafe|too (?:toxic|risky)|ineffective|unreliable|costly))|"
    r" (?:infections?|diagnos[ei]s|disease|cases?|nephritis)",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on claims of proof and certainty."""
    for field, hit in hits(item, _PATTERN):
        if not _other(hit):
            yield remark(
                field,
                hit,
                "“{}” closes a question that the study has only opened.",
                "Say what was seen: “in this study, 7 of 9 people …”; or how sure one can be: “may”, “it is likely”.",
            )


def _other(hit: Hit) -> bool:
    before = _OTHER_BEFORE.search(hit.before) or _VIRTUE.search(hit.before)
    return before is not None or _OTHER_AFTER.match(hit.after) is not None


RULE = Rule(
    id="H05",
    name="proof",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
