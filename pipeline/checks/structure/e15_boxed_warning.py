"""Whoever reassures readers about later cancers after CAR-T tells them about the boxed warning.

Since January 2024 the labels of the approved CAR-T products (against cancers of the blood) carry the FDA's strongest
warning: cancers of T cells have been reported, and people are to be watched for life. "No signal has emerged" without
it is a reassurance that the regulator doesn't give; so is "nobody got cancer". How often it happens after CAR-T for
autoimmune disease is not known.

Source: FDA, safety communications of 28 November 2023 and 23 January 2024 on T-cell malignancies after BCMA- and
CD19-directed CAR-T cell immunotherapies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.hits import item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import denied
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import normalise
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Therapy

_PACK = pack(__name__)
_CALM = _PACK["calm"]
_LATER_CANCER = _PACK["later-cancer"]
_DENIES_CANCER = _PACK["denies-cancer"]
_CANCER_RISK = _PACK["cancer-risk"]
# "Nobody knows whether no cancers will come": what is open calms nobody.
_OPEN = _PACK["open"]
_WARNING = _PACK["warning"]
_T_CELLS = _PACK["t-cells"]
_MODIFIED = frozenset({Therapy.CAR_T, Therapy.IN_VIVO_CAR, Therapy.CAAR_T})


_CANCERS = re.compile(r"cancer|lymph|leuk|malign|tumou?r|neoplas|krebs|myelodys|t[- ]?cell|signal|t-zell")


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a reassurance about later cancers that leaves the warning out."""
    if not _MODIFIED & set(item.about.therapies) or _warned(item):
        return
    for field in (*WORDS, "brief"):
        for hit in _calming(getattr(item, field)):
            yield remark(
                field,
                hit,
                "“{}” reassures readers about later cancers, but leaves out the boxed warning about them.",
                "Add: “Approved CAR-T products carry a boxed warning: cancers of T cells have been reported, and "
                "people are watched for life.” Say how many were watched, and for how long.",
            )


def _calming(text: str | None) -> Iterator[Hit]:
    """Find the words that calm about later cancers, each place once."""
    if not _CANCERS.search(normalise(text or "").lower):
        return  # the patterns below are long, and most fields speak of something else
    end = 0
    signals = (h for h in find(_CALM, text) if any(map(_LATER_CANCER.stands, (h.sentence.text, h.preceding))))
    denials = (h for pattern in (_DENIES_CANCER, _CANCER_RISK) for h in find(pattern, text))
    for hit in sorted((*signals, *denials), key=lambda h: (h.start, -h.end)):
        if hit.start >= end and not _OPEN.stands(hit.marked):
            end = hit.end
            yield hit


def _warned(item: Item) -> bool:
    """Whether the warning is told: by its name, or by the cancers it is about, unless they are denied."""
    text = item_text(item)
    return _WARNING.stands(normalise(text).text) or any(
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
