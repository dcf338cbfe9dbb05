"""Who calms readers about later cancers after CAR-T tells them of the boxed warning.

Since January 2024 the labels of the approved CAR-T products (against cancers of the blood) carry the FDA's strongest
warning: cancers of T cells have been reported, and people are to be watched for life. "No signal has emerged" without it
is a reassurance that the regulator doesn't give; so is "nobody got cancer". How often it happens after CAR-T for autoimmune disease is not known.

Source: FDA, safety communications of 28 November 2023 and 23 January 2024 on T-cell malignancies after BCMA- and
CD19-directed CAR-T cell immunotherapies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.hits import remark, told
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import denied
from pipeline.language.harm_words import cancer
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import fold
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Therapy

_CALM = re.compile(
    r"\b(?:no|without|not any|nor any|never any) (?:[\w-]+ ){0,3}(?:signals?|signs?|evidence|cases?|reports?|"
    r"increase|hints?|indications?)\b|"
    r"\bno (?:[\w-]+ ){0,2}(?:cancers?|tumou?rs?|malignanc(?:y|ies)) (?:was|were|has|have|had|is|are)\b|"
    r"\b(?:cancer|tumou?r|malignancy) risk (?:is|was|seems|appears) (?:very )?(?:low|small|tiny|rare)\b",
    re.IGNORECASE,
)
_LATER_CANCER = re.compile(
    r"\b(?:cancer risks?|(?:new|later|second|secondary|future|other) (?:\w+ )?(?:cancers?|malignanc(?:y|ies)|"
    r"tumou?rs?)|risk of cancer|"
    r"(?:cancers?|malignanc(?:y|ies)|tumou?rs?) (?:was|were|has|have|after|later|caused|risk))\b",
    re.IGNORECASE,
)
_CANCER = (
    rf"{cancer()}\b(?! (?:drugs?|medicines?|treatments?|therap(?:y|ies)|centres?|centers?|hospitals?|clinics?|research\w*|"
    r"patients?|cells?|care|necrosis|stud(?:y|ies)|trials?)\b)"
)
_SORT = (
    r"(?:[\w-]+ (?:or|and|nor) )?(?:(?:new|newly|later|late|second|secondary|further|other|additional|subsequent|"
    r"future|any|an?|single|the|such|t-cell|b-cell|blood|skin|treatment-related|kinds?|types?|forms?|cases?|signs?|"
    r"instances?|reports?|evidence|of) )*"
)
_PERSON = (
    r"(?:nobody|no[- ]one|none(?: of (?:the |these |those |our |them)?(?:[\w-]+ ?){0,3})?|"
    r"not one(?: of [\w -]{1,25})?|neither(?: of [\w -]{1,20})?|no (?:person|patient|participant|adult|child|"
    r"wom[ae]n|m[ae]n|people|patients|participants|adults|children))"
)
_GOT = (
    r"(?:got|gets?|developed|develops?|had|has|have|(?:was|were|been) (?:newly )?(?:diagnosed with|found to have)|"
    r"suffered(?: from)?|fell ill with|came down with|contracted|experienced|showed|seen)"
)
_NOT = r"(?:(?:was|were|has|have|had|did|does|do|is|are)(?:n't| not| never)|never)"
_DENIES_CANCER = re.compile(
    rf"\b(?:no|zero) {_SORT}{_CANCER}|"
    r"\bno (?:increased|higher|raised|greater|added|extra|elevated|excess) (?:[\w-]+ )?(?:risks?|rates?) (?:of|"
    rf"for) {_SORT}{_CANCER}|"
    rf"\b{_PERSON} (?:(?!who|with|whose)[\w-]+ ){{0,3}}?{_GOT} (?!had )(?:[\w-]+ ){{0,2}}?{_SORT}{_CANCER}|"
    rf"\b{_NOT} (?:yet |so far )?(?:been )?(?:cause|develop|get|got|lead|led|trigger|raise|increase|bring|brought|"
    rf"result|found?|see|seen|show)\w* (?:to |in )?(?:[\w-]+ ){{0,2}}?{_SORT}{_CANCER}|"
    rf"\b(?:without|free (?:of|from)) (?:any |new |later |late |second |secondary |signs? of |cases? of )+{_CANCER}|"
    rf"\b{_CANCER}(?: [\w-]+){{0,5}}? {_NOT}(?: yet| so far| been| seem| appear| to| be| become|"
    r" have)*(?: [\w-]+)? (?:seen|observed|found|reported|detected|noted|diagnosed|occurr?(?:ed)?|develop(?:ed)?|"
    r"arise[n]?|aris(?:e|en)|appear(?:ed)?|come true|emerge[d]?|happen(?:ed)?|an? (?:issue|problem|concern)|raised|"
    r"higher|increased?|elevated|risen|rise|gone up|go up|more (?:common|frequent))\b|"
    rf"\b(?:{_CANCER} risks?|risks? (?:of|for) (?:[\w-]+ ){{0,3}}?{_CANCER})(?: [\w-]+){{0,4}}? (?:is|was|are|were|"
    r"seems?|appears?|remains?|looks?)(?: to be| to remain)?(?: [\w-]+)? (?:low|small|tiny|rare|remote|minimal|"
    r"negligible|unchanged|no (?:higher|greater)|normal)\b|"
    rf"\b{_CANCER}(?: [\w-]+){{0,4}}? (?:is|was|are|were|seems?|appears?|remains?)(?: to be)?(?: [\w-]+)? (?:rare|"
    r"unlikely|absent|unfounded|no (?:concern|issue|problem|worry))\b|"
    r"\b(?:fears?|worr(?:y|ies)|concerns?|anxiet(?:y|ies)) (?:about|of|over|"
    rf"that) (?:[\w-]+ ){{0,3}}?{_CANCER}[^.;]{{0,40}}\b(?:unfounded|groundless|overblown|exaggerated|unjustified|"
    r"not (?:come true|borne out|been (?:confirmed|borne out)|justified)|(?:put|laid) to rest|eased|allayed|gone)\b",
    re.IGNORECASE,
)
_CANCER_RISK = re.compile(
    r"\bcancer risks?(?: [\w-]+){0,3}? (?:is|was|does|did|has|seems?|appears?)(?:n't| not| no)(?: yet| seem| appear|"
    r" to| be| been| have)*(?: [\w-]+)? (?:raised|higher|increased?|elevated|risen|rise|gone up|go up|greater|seen|"
    r"found)\b",
    re.IGNORECASE,
)
# "Nobody knows whether no cancers will come": what is open calms nobody.
_OPEN = re.compile(
    r"\b(?:whether|knows?|known|unknown|unclear|say|sure|rule out|exclude)\b[^.;,]{0,60}$", re.IGNORECASE
)
_WARNING = re.compile(
    r"\bbox(?:ed)? warning|\bblack[- ]box|\bstrongest warning|\blabels?\b[^.;]{0,60}\bwarn\w*|\bwarn(?:s|ed|ing|"
    r"ings)?\b[^.;]{0,60}\b(?:cancer|malignan|lymphom|leuk)",
    re.IGNORECASE,
)
_T_CELLS = re.compile(
    r"\bt[- ]cell (?:cancers?|malignanc\w*|lymphomas?|leuk\w+)|\bcancers? of (?:the )?t[- ]cells?", re.IGNORECASE
)
_MODIFIED = frozenset({Therapy.CAR_T, Therapy.IN_VIVO_CAR, Therapy.CAAR_T})


_CANCERS = re.compile(r"cancer|lymph|leuk|malign|tumou?r|neoplas|krebs|myelodys|t[- ]?cell|signal|t-zell")


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a reassurance about later cancers that leaves the warning out."""
    if not _MODIFIED & set(item.about.therapies) or _warned(item):
        return
    for field in WORDS:
        for hit in _calming(getattr(item, field)):
            yield remark(
                field,
                hit,
                "“{}” calms about later cancers, and the boxed warning on them is left out.",
                "Add: “Approved CAR-T products carry a boxed warning: cancers of T cells have been reported, and people are "
                "watched for life.” Say how many were watched, and for how long.",
            )


def _calming(text: str | None) -> Iterator[Hit]:
    """Find the words that calm about later cancers, each place once."""
    if not _CANCERS.search(fold(text or "").lower):
        return  # the patterns below are long, and most fields speak of something else
    end = 0
    signals = (h for h in find(_CALM, text) if any(map(_LATER_CANCER.search, (h.sentence.text, h.preceding))))
    denials = (h for pattern in (_DENIES_CANCER, _CANCER_RISK) for h in find(pattern, text))
    for hit in sorted((*signals, *denials), key=lambda h: (h.start, -h.end)):
        if hit.start >= end and not _OPEN.search(hit.before):
            end = hit.end
            yield hit


def _warned(item: Item) -> bool:
    """Whether the warning is told: by its name, or by the cancers it is about, unless they are denied."""
    text = told(item)
    return _WARNING.search(fold(text).text) is not None or any(
        not denied(hit) and not any(d.start <= hit.start < d.end for d in find(_DENIES_CANCER, text))
        for hit in find(_T_CELLS, text)
    )


RULE = Rule(
    id="E15",
    name="boxed-warning",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
)
