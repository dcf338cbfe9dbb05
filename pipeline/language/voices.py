"""Whose words they are: quotations, who speaks, and whether the speaker has an interest.

A quotation does not launder hype, but a person's own words about her own life may stand beside a caution, and praise
from those who sell or made the treatment wants an independent voice beside it (HealthNewsReview rates quotes too).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.language.hit import Hit
from pipeline.language.normalise import Folded
from pipeline.language.sentences import sentences


class Speaker(StrEnum):
    """Who speaks, as far as the words tell."""

    INTERESTED = "interested"
    INDEPENDENT = "independent"
    PATIENT = "patient"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation and who speaks; offsets are those of the folded text, without the marks."""

    start: int
    end: int
    speaker: Speaker


# An apostrophe within a word closes no quotation.
_QUOTE = re.compile(r'"([^"]{3,600})"|(?<!\w)\'((?:[^"\']|(?<=\w)\'(?=\w)){12,600})\'(?!\w)')
_SAY = (
    r"(?:sa(?:id|ys|y)|told|tells|add(?:s|ed)|explain(?:s|ed)|comment(?:s|ed)|wrote|writes|not(?:es|ed)|called|calls|"
    r"describ(?:es|ed)|believ(?:es|ed)|announc(?:es|ed)|"
    r"according to|stat(?:es|ed)|hail(?:s|ed)|think(?:s)?|thought|felt|feels|put it|recall(?:s|ed)|concluded|sagt|"
    r"sagte|erklärt\w*|so|laut|nennt|nannte|betont\w*)"
)
_INTERESTED = re.compile(
    r"\b(?:compan(?:y|ies)(?:'s)?|chief (?:executive|medical|scientific|scientist)(?: officer)?|CEO|CMO|CSO|"
    r"founders?|co-founders?|spokes(?:person|man|woman)|president|vice president|chairman|chairwoman|inventors?|"
    r"shareholders?|"
    r"investors?|manufacturer(?:'s)?|makers?|sponsors?|press (?:release|office)|lead (?:author|researcher|"
    r"investigator|scientist)|(?:senior|first|study|co-|principal) ?(?:authors?|investigators?)|"
    r"(?:who|which) (?:led|leads|ran|runs|developed|invented|made|makes|owns|holds)|co-inventor|developers?|"
    r"head of (?:development|research)|our (?:team|therapy|treatment)|clinic(?:'s)? (?:director|owner)|"
    r"hersteller\w*|geschäftsführer\w*|firma|unternehmen\w*|studienleiter\w*|erfinder\w*)\b",
)
_INDEPENDENT = re.compile(
    r"\b(?:independent(?:ly)?|not (?:been )?(?:involved|part of|connected)|(?:was|were)(?:n't| not) (?:involved|"
    r"part)|no (?:part|role|ties|links) (?:in|to|with)|outside experts?|other (?:experts?|doctors?|specialists?|"
    r"researchers?|scientists?)|another (?:expert|doctor|specialist|researcher|scientist)|outside the (?:study|team|"
    r"trial|company)|we (?:asked|contacted|spoke (?:to|with)|rang|consulted)|(?:die|den) wir (?:\w+ )?(?:gefragt|"
    r"befragt)|unabhängig\w*|nicht beteiligt\w*)\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\b(?:patients?|participants?|(?:the |a )?(?:woman|man|mother|father|teacher|student|nurse|girl|boy)|who (?:was|"
    r"were) treated|who (?:has|had|lives with)|volunteers?|her (?:daughter|son|husband|mother)|his (?:daughter|son|"
    r"wife|mother)|patientin|teilnehmer\w*)\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(?:patient|participant|woman|man|mother|father|teacher|student|nurse|girl|boy|she|he|patientin|"
    rf"frau)\b[^.;]{{0,60}}?\b{_SAY}\b[^.;]{{0,60}}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def _quotes(folded: Folded) -> tuple[Quote, ...]:
    return tuple(_read(folded))


def quotes(folded: Folded) -> tuple[Quote, ...]:
    """Find the quotations of a text, each with its speaker; single words in scare quotes are none."""
    return _quotes(folded) if '"' in folded.text or "'" in folded.text else ()


def speaker(hit: Hit) -> Speaker | None:
    """Whose words a hit stands in; None when they are the editors' own."""
    inside = next((q for q in quotes(hit.folded) if q.start <= hit.start and hit.end <= q.end), None)
    if inside:
        return inside.speaker
    return Speaker.PATIENT if _INDIRECT.search(hit.before) else None


def balanced(*texts: str | None) -> bool:
    """Whether an independent voice is heard in any of these texts."""
    return any(_INDEPENDENT.search(text) for text in texts if text)


def _read(folded: Folded) -> Iterator[Quote]:
    among = sentences(folded)
    for found in _QUOTE.finditer(folded.text):
        n = 1 if found.group(1) is not None else 2
        start, end = found.span(n)
        if len(found.group(n).split()) < 3:
            continue
        first = max((s.start for s in among if s.start <= start), default=0)
        last = min((s.end for s in among if s.end >= found.end()), default=len(folded.text))
        around = f"{folded.text[max(first, start - 160) : found.start()]} | {folded.text[found.end() : min(last, end + 160)]}"
        if not re.search(rf"\b{_SAY}\b|- ", around, re.IGNORECASE):
            tail = folded.text[found.end() : found.end() + 60]
            around += tail if re.match(r"\s*-", tail) else ""
        yield Quote(start, end, _who(around))


def _who(around: str) -> Speaker:
    if _INDEPENDENT.search(around):
        return Speaker.INDEPENDENT
    if _INTERESTED.search(around):
        return Speaker.INTERESTED
    if _PATIENT.search(around):
        return Speaker.PATIENT
    return Speaker.UNKNOWN
