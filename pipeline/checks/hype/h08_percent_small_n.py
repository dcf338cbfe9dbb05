"""Small groups are counted, not given as percentages; "all" and "most" come with their number.

"100%" can be four people. Below 20 people a percentage suggests more than is known, and so do its decimals;
below 10 "most" is a handful. A share of people without any count can't be weighed at all.

Source: SAMPL guidelines (Lang and Altman 2013): numerator and denominator, no percentages of small samples;
standard for lay summaries: natural frequencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.normalise import normalise
from pipeline.language.nouns import with_nouns
from pipeline.language.numbers.spelling import number_of
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_SHARE = re.compile(r"(?<![\w.,])(?P<value>\d{1,3}(?:[.,]\d+)?) ?(?:%|per ?cent\b|prozent\b)", re.IGNORECASE)
_PACK = pack(__name__)
_OF_PEOPLE = _PACK["of-people"]
# A share of all who have a disease is no result of a study.
_NO_SHARE = _PACK["no-share"]
_NO_LENGTH = r"(?! ?%| ?per ?cent|[- ](?:day|week|month|year|hour))"
_SIZE = with_nouns(
    "|".join(
        (
            r"\bn ?= ?(?P<n>\d+)",
            (
                r"\b(?:of|in|out of|von|among|all) (?:the |these |those |all |only |just )?"
                rf"(?P<of>{{count}})\b{_NO_LENGTH}"
            ),
            r"\b(?P<people>{count}) (?:[\w-]+ ){0,2}{people}\b",
            r"\b(?P<a>\d+) ?/ ?(?P<b>\d+)\b",
        )
    ),
    re.IGNORECASE,
)
_ALL = _PACK["all"]
_MOST_OF_FEW = _PACK["most-of-few"]
_DID_WELL = _PACK["did-well"]
_WERE_IN_IT = r"(?:were treated|took part|joined|got|received|had been|with|who)"
_SIZE_OF_ALL = with_nouns(
    "|".join(
        (
            r"\b(?:of|in|out of|among|all) (?:the |these |those |all |only |just )?{count}\b",
            rf"\b{{count}} (?:[\w-]+ ){{0,3}}(?:{{people}}) (?:(?:with|who|from) [^.;]{{0,40}} )?{_WERE_IN_IT}",
            r"\b(?:treated|enrolled|included|in|studied|followed) (?:[\w-]+ ){0,2}{count}\b",
            r"\bn ?= ?\d|\d ?/ ?\d|(?:the|all|only|other) {count}\b",
        )
    ),
    re.IGNORECASE,
)
_MOST = _PACK["most"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on percentages of small or unknown groups, and on "all" and "most" without a number."""
    for field in ("headline", "summary", "harms", "who", "not_known"):
        for _, hit in hits(item, _SHARE, (field,), lambda _: False):
            if _of_people(hit):
                yield from _share(item, field, hit)
    for field, hit in hits(item, _ALL):
        if not _SIZE.search(hit.sentence.text):
            yield remark(
                field, hit, "“{}”: all or most of how many?", "Give the number: “all 5 people”, “7 of 9 people”."
            )
    for field, hit in hits(item, _MOST_OF_FEW, ("headline", "summary", "harms")):
        yield remark(field, hit, "“{}” is only a handful of people.", "Give the count: “7 of 9 people”.")
    yield from _without_whole(item)
    if 0 < (item.evidence.participants or 0) < 10:
        for field, hit in hits(item, _MOST, ("headline", "summary", "harms")):
            if not _SIZE.search(hit.sentence.text):
                yield remark(
                    field, hit, "“{}”, of fewer than ten people, is only a handful.", "Give the count: “7 of 9 people”."
                )


def _without_whole(item: Item) -> Iterable[Remark]:
    """Remark on people who did well, when nothing tells of how many they were."""
    whole = item.evidence.participants is not None or _SIZE_OF_ALL.search(normalise(item_text(item)).text)
    for field, hit in () if whole else hits(item, _DID_WELL, ("headline", "summary")):
        yield remark(
            field,
            hit,
            "“{}”: of how many?",
            "Give the count: “14 of 30 people”, and how long afterwards.",
            Severity.WARN,
        )


def _share(item: Item, field: str, hit: Hit) -> Iterable[Remark]:
    near = _smallest(hit)
    known = item.evidence.participants
    value = hit.text
    if near is None and known is None:
        whole = re.match(r"100\b(?!\.)", value) is not None
        yield remark(
            field,
            hit,
            "“{}” of how many? It could be 4 people or 400.",
            "Give the count: “all 5 people”, “5 of 8 people”.",
            None if whole else Severity.WARN,
        )
    elif near is not None and near < 20:
        yield remark(
            field,
            hit,
            f"“{{}}” describes a group of {near}: a percentage suggests more than is known.",
            "Give the count: “5 of 8 people”.",
            Severity.WARN,
        )
    elif near is None and known is not None and known < 20:
        yield remark(
            field,
            hit,
            f"“{{}}” in a study of {known}: a percentage suggests more than is known.",
            "Give the count: “5 of 8 people”.",
        )
    elif re.search(r"\d[.,]\d", value) and (near or known or 1000) < 1000:
        yield remark(
            field,
            hit,
            "The decimals in “{}” suggest a precision that so few people can't give.",
            "Use whole numbers: “63%”, after the count.",
            Severity.WARN,
        )


def _of_people(hit: Hit) -> bool:
    """Whether a percentage is a share of people, not a change, a dose or an interval."""
    return not _NO_SHARE.stands(hit.marked) and _OF_PEOPLE.stands(hit.marked)


def _smallest(hit: Hit) -> int | None:
    sizes = [
        _number(m) for m in _SIZE.finditer(hit.plain.text[max(hit.sentence.start, hit.start - 120) : hit.end + 120])
    ]
    return min((s for s in sizes if s), default=None) if sizes else None


def _number(found: re.Match[str]) -> int | None:
    return number_of(found["n"] or found["b"] or found["of"] or found["people"] or "")


RULE = Rule(
    id="H08",
    name="percent-small-n",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
