"""Who calms readers about later cancers after CAR-T tells them of the boxed warning.

Since January 2024 the labels of the approved CAR-T products (against cancers of the blood) carry the FDA's strongest
warning: cancers of T cells have been reported, and people are to be watched for life. "No signal has emerged" without it
is a reassurance that the regulator doesn't give. How often it happens after CAR-T for autoimmune disease is not known.

Source: FDA, safety communications of 28 November 2023 and 23 January 2024 on T-cell malignancies after BCMA- and
CD19-directed CAR-T cell immunotherapies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import MICE, case, said
from pipeline.checks._prose import remark, told
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.hit import find
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Therapy

_CALM = re.compile(
    r"\b(?:no|without|not any|nor any|never any) (?:[\w-]+ ){0,3}(?:signals?|signs?|evidence|cases?|reports?|increase|hints?|indications?)\b|"
    r"\bno (?:[\w-]+ ){0,2}(?:cancers?|tumou?rs?|malignanc(?:y|ies)) (?:was|were|has|have|had|is|are)\b|"
    r"\b(?:cancer|tumou?r|malignancy) risk (?:is|was|seems|appears) (?:very )?(?:low|small|tiny|rare)\b",
    re.IGNORECASE,
)
_LATER_CANCER = re.compile(
    r"\b(?:cancer risks?|(?:new|later|second|secondary|future|other) (?:\w+ )?(?:cancers?|malignanc(?:y|ies)|tumou?rs?)|risk of cancer|"
    r"(?:cancers?|malignanc(?:y|ies)|tumou?rs?) (?:was|were|has|have|after|later|caused|risk))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\bbox(?:ed)? warning|\bblack[- ]box|\bt[- ]cell (?:cancers?|malignanc|lymphoma|leuk)|\bcancers? of (?:the )?t[- ]cells?",
    re.IGNORECASE,
)
_MODIFIED = frozenset({Therapy.CAR_T, Therapy.IN_VIVO_CAR, Therapy.CAAR_T})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a reassurance about later cancers that leaves the warning out."""
    if not _MODIFIED & set(item.about.therapies) or _TOLD.search(told(item)):
        return
    for field in WORDS:
        for hit in find(_CALM, getattr(item, field)):
            if _LATER_CANCER.search(hit.sentence.text) or _LATER_CANCER.search(hit.preceding):
                yield remark(
                    field,
                    hit,
                    "“{}” calms about later cancers, and the boxed warning on them is left out.",
                    "Add: “Approved CAR-T products carry a boxed warning: cancers of T cells have been reported, and people are "
                    "watched for life.” Say how many were watched, and for how long.",
                )


RULE = Rule(
    id="E15",
    name="boxed-warning",
    severity=Severity.WARN,
    check=check,
    bad=(
        *said(
            "harms",
            "Six of nine had fever. The question of future cancer risk is open. So far, no consistent signal has emerged.",
            "Six of nine had fever; there was no evidence of new cancers.",
            "Six of nine had fever. No secondary cancers were seen.",
        ),
    ),
    good=(
        *said(
            "harms",
            "Six of nine had fever. No later cancers were seen in 9 months; the labels of approved CAR-T carry a boxed warning on them.",
            "Six of nine had fever. There was no sign of infection.",
            "Six of nine had fever. Whether it can cause later cancers is not known.",
        ),
        MICE,
        case(),
    ),
)
