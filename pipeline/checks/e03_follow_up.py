"""What was seen in people carries how long it was watched.

"Drug-free remission" without a time reads as for ever. Early reports follow people for months; relapses at 8 or 9
months are on record, and late risks need years. A claim that lasts, in a headline without a time, can make somebody
stop a medicine: there it blocks.

Source: standards of the field's own reports; Cochrane plain-language guidance ("how up to date is this evidence");
the Jo-1 myositis report of a relapse at 9 months, Nature Medicine 2025 (s41591-025-03718-3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from pipeline.checks._cases import TRIAL, case, proven, said
from pipeline.checks._cues import duration
from pipeline.checks._due import outcomes
from pipeline.checks._prose import remark
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.context import asked
from pipeline.checks.prose.hit import Hit, find
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_LASTING = re.compile(
    r"\b(?:drug|medicine|medication|treatment|steroid|symptom|flare|relapse|attack|seizure|disease)s?-free\b(?! (?:days?|weeks?|months?|survival|period|interval))(?: remissions?)?|\bremissions?\b|\bdurabl[ey]\b|"
    r"\bno longer (?:needs?|needed|takes?|took|requires?|required) (?:(?:any|their|her|his|the|daily|other) )*(?:medications?|medicines?|drugs?|treatments?|steroids?|pills?|tablets?)\b|\boff (?:all|every|any|their|her|his) (?:other )?(?:medications?|medicines?|drugs?|treatments?|steroids?|immunosuppressants?)\b|"
    r"\bsustained\b|\b(?:long-)?lasting(?! (?:[\w-]+ ){0,2}(?:harm|side|damage|low|infection|weakness|risk|pain|symptom))\b",
    re.IGNORECASE,
)
# The same words as a question, an aim or a denial claim nothing; only within the clause they stand in.
_NO_CLAIM = re.compile(
    r"\b(?:no|not|never|whether|what|how long|how often|tests?|asks?|will|aims?|hopes?|ended?|lost|relapsed?|definition of|about|word)\b[^,.;:]{0,40}$|"
    r"n't\b[^,.;:]{0,40}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"['\"]? (?:means?|did not|didn't|does not|doesn't|was not|wasn't|is not|isn't|ended)\b|[^.;:]{0,40}\b(?:not met|not reached|was lost)\b",
    re.IGNORECASE,
)
_NEAR = 160
_NO_STUDY = frozenset({Stage.REGISTRATION, Stage.STOPPED, Stage.SAFETY_NOTICE, Stage.RETRACTION})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing follow-up, and on claims that last without a time."""
    if outcomes(item) and not item.evidence.follow_up and not duration(item.headline) and not duration(item.summary):
        yield Remark(
            field="evidence",
            why="How long people were watched isn't given. A result after weeks and one after years are different news.",
            suggestion="Take it from the source into evidence.follow_up: “median 9 months (4 to 14)”.",
        )
    if item.evidence.stage in _NO_STUDY:
        return
    yield from _lasting(item.headline or "", "headline", Severity.BLOCK)
    # Where the evidence gives no time, one somewhere in a long text doesn't stand for this claim.
    near = _NEAR if item.evidence.follow_up is None else None
    yield from _lasting(item.summary or "", "summary", Severity.WARN, near)


def _lasting(text: str, field: str, severity: Severity, near: int | None = None) -> Iterable[Remark]:
    claims = (hit for hit in find(_LASTING, text) if _claims(hit) and not _timed(text, hit, near))
    for hit in islice(claims, 1):
        yield remark(
            field,
            hit,
            "“{}” without a time reads as for ever.",
            "Say how long it was watched: “in remission for a median of 9 months”, “six months after treatment”.",
            severity,
        )


def _timed(text: str, hit: Hit, near: int | None) -> bool:
    start, end = hit.span
    return duration(text if near is None else text[max(0, start - near) : end + near])


def _claims(hit: Hit) -> bool:
    """Whether the words claim something, or ask, aim and deny."""
    words = hit.folded.text
    before = _NO_CLAIM.search(words, max(0, hit.start - 60), hit.start)
    return not before and not _DENIED.match(words, hit.end) and not asked(hit)


RULE = Rule(
    id="E03",
    name="follow-up",
    severity=Severity.WARN,
    check=check,
    bad=(
        case(
            evidence=proven(follow_up=None),
            headline="CAR-T in 9 people with lupus",
            summary="Nine people were treated.",
        ),
        *said("headline", "Seven of nine people in drug‑free remission", "Durable responses in 9 people with lupus"),
        *said("headline", "A 44-year-old woman in lasting remission"),
        *said("summary", "Nine people were treated. Seven stay in drug-free remission."),
        case(
            evidence=proven(follow_up=None),
            summary="Nine people had had lupus for 10 years. "
            + "They were treated in one hospital. " * 5
            + "Seven are in drug-free remission.",
        ),
    ),
    good=(
        case(evidence=proven(follow_up=None), summary="Nine people were watched for half a year."),
        *said("headline", "Seven of nine in remission six months after CAR-T", "At week 24, 7 of 9 were in remission"),
        *said("headline", "Nine people later: nobody knows how long remission holds", "What “remission” means"),
        *said(
            "headline",
            "Lasting low blood counts in 3 of 9 people",
            "The remission did not hold in one of nine: after 8 months",
        ),
        case(TRIAL, headline="A study that asks whether remission lasts is open"),
    ),
)
