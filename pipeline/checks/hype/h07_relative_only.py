"""A relative figure never stands without both absolute ones.

"Halved" is 2 in 100 to 1 in 100, or 40 to 20: only the second changes much. Given the relative figure alone, 21% more
people would take a medicine (a randomised study of 2,978). Both figures, with one denominator, are understood best.

Source: HealthNewsReview.org criterion 2; Cochrane review CD006776 (presenting risk); Galesic et al. 2009.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, told, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.normalise import Folded, fold
from pipeline.language.nouns import COUNT
from pipeline.language.sentences import sentences
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_RISK = (
    r"(?:(?:the|their|her|his|your|a|its|annual|relative|overall) ){0,2}(?:\w+ )?(?:risks?|chances?|odds|rates?|"
    r"likelihood|probability|number of (?:\w+ )?(?:flares?|relapses?|attacks?|deaths|infections)|flares?|relapses?|"
    r"attacks?|deaths?|mortality|hospital (?:stays?|admissions?)|infections?|recurrences?|need for)"
)
_PERCENT = r"(?:\d+(?:[.,]\d+)?|\w+(?:-\w+)?) ?(?:%|per ?cent|prozent)"
_PATTERN = words(
    rf"(?:halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl\w+|slash(?:es|ed)?) {_RISK}|"
    rf"{_RISK} (?:\w+ ){{0,3}}(?:was |were |is |are |by )?(?:(?:more than |nearly |almost |about )?(?:halved|doubled|"
    r"tripled|slashed|half))",
    r"(?:cut|cuts|cutting|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|"
    rf"decreas(?:e|es|ed|ing)|drop(?:s|ped)?|slash(?:es|ed)?|boost(?:s|ed)?) {_RISK}(?: (?:of|for|to|"
    rf"from) [\w' -]{{1,40}}?)? (?:by|in) (?:\w+ ){{0,3}}?(?:{_PERCENT}|half|a third|a quarter|two[- ]thirds|"
    r"three[- ]quarters)",
    rf"{_RISK}(?: (?:of|for|in|among) [\w' -]{{1,30}}?)? (?:fell|dropped|rose|sank|shrank|declined|increased|"
    r"decreased|went down|went up|(?:was|were|is|are|has been|have been) (?:\w+ly )?(?:cut|reduced|lowered|slashed|"
    rf"raised|increased|decreased|lower|higher|down|up|rarer)) (?:by )?(?:\w+ ){{0,3}}?(?:{_PERCENT}|half|a third|"
    r"a quarter|two[- ]thirds|three[- ]quarters)",
    rf"(?:risiko|zahl|rate|anteil|schübe|rückfälle)\b[^.;]{{0,60}} (?:um (?:\w+ ){{0,2}}(?:{_PERCENT}|die hälfte|"
    r"ein (?:drittel|viertel)|zwei drittel)|halbiert\w*|verdoppelt\w*|verdreifacht\w*)|(?:sank|sanken|fiel|fielen|"
    r"stieg|stiegen|senkt|senkte|verringert\w*|reduziert\w*)\b[^.;]{0,50} (?:risiko|zahl|rate|schübe|"
    rf"rückfälle)\b[^.;]{{0,40}} um (?:\w+ ){{0,2}}(?:{_PERCENT}|die hälfte|ein (?:drittel|viertel))",
    rf"{_PERCENT} (?:\w+ )?(?:lower|higher|less|more|fewer|greater|reduced|smaller|increased|decreased) (?:likely|"
    rf"{_RISK}|chance|\w*flares|relapses)|{_PERCENT} (?:relative |risk )?(?:reduction|increase|decrease|drop|fall|"
    rf"cut|rise) in {_RISK}|{_PERCENT} (?:relative )?risk reduction|risk reduction of {_PERCENT}",
    rf"(?:twice|half|three times|four times|five times|ten times|{COUNT} times|{COUNT}(?:\.\d+)?-fold|two-?fold|"
    r"three-?fold|ten-?fold) (?:as (?:likely|many|often|high|common)|more likely|less likely|higher|lower|"
    r"the (?:risk|chance|rate)|greater|more (?:flares|relapses|often|common)|fewer)",
    r"relative risk(?: reduction)?|(?:two|three|four|five|six|eight|ten|\d+)-?fold (?:increase|decrease|reduction|"
    r"rise|drop|lower|higher)|(?:halbiert\w*|verdoppelt\w*|verdreifacht\w*) (?:das|die|der|den)? ?(?:risiko|zahl|"
    r"rate|schübe)|um (?:die hälfte|\d+ ?(?:%|prozent)) (?:geringer|niedriger|höher|gesenkt|weniger)",
)
_ABSOLUTE = re.compile(
    rf"\b{COUNT} (?:of|in|out of|von) (?:(?:the|every|these|den) )?{COUNT}\b|\b\d+/\d+\b", re.IGNORECASE
)
_PAIR = re.compile(
    r"\bfrom (?:about )?\d+(?:[.,]\d+)? ?(?:%|per ?cent)? (?:[\w-]+ ){0,4}?to (?:about )?\d+|"
    r"\d ?(?:%|per ?cent)\W+(?:[\w'-]+ ){0,8}?(?:versus|vs\.?|against|compared (?:with|to)|"
    r"and) (?:[\w'-]+ ){0,5}?\d+(?:[.,]\d+)? ?(?:%|per ?cent)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:doses?|dosage|dosing|volume|amount|time|price|costs?|speed|number of (?:cells|doses|sites)|participants|"
    r"enrol\w+|size|staff|budget|concentration)\b[^.;]{0,15}$|^[^.;]{0,20}\b(?:doses?|infusion rates?|price|costs?)\b",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a relative figure while the item holds no pair of absolute ones."""
    found = list(hits(item, _PATTERN))
    if not found or _both_given(fold(told(item))):
        return
    for field, hit in found:
        if not _dose(hit) and not re.search(r"\b(?:not|never|nicht)\b|n't\b", hit.text):
            yield remark(
                field,
                hit,
                "“{}” can be much or next to nothing: without the absolute figures no reader can tell.",
                "Give both, with one denominator: “10 of 100 people with it, 20 of 100 without”.",
            )


def _both_given(folded: Folded) -> bool:
    """Whether two absolute figures stand together, in a sentence and the one after it."""
    among = [s.text for s in sentences(folded)]
    return any(
        _PAIR.search(two) or len({m.group() for m in _ABSOLUTE.finditer(two)}) >= 2
        for two in map(" ".join, zip(among, [*among[1:], ""], strict=bool(among)))
        if _compares(two)
    )


def _compares(two: str) -> bool:
    return (
        re.search(
            r"\b(?:placebo|versus|vs|against|compared|than|without|usual|control|other|and|from|to|gegen|ohne)\b",
            two,
            re.IGNORECASE,
        )
        is not None
    )


def _dose(hit: Hit) -> bool:
    return (
        _OTHER.search(hit.before) is not None
        or re.search(r"\b(?:dose|price|cost|infusion rate)", hit.text, re.IGNORECASE) is not None
    )


RULE = Rule(
    id="H07",
    name="relative-only",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
