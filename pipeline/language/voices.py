"""Whose words they are: quotations, who speaks, and whether the speaker has an interest.

A quotation does not launder hype, but a person's own words about her own life may stand beside a caution, and praise
from those who sell or made the treatment wants an independent voice beside it (HealthNewsReview rates quotes too).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.hit import Hit
from pipeline.language.late import late
from pipeline.language.normalise import PlainText
from pipeline.language.phrase_list import pack
from pipeline.language.sentences import sentences


class Speaker(StrEnum):
    """Who speaks, as far as the words tell."""

    INTERESTED = "interested"
    INDEPENDENT = "independent"
    PATIENT = "patient"
    UNKNOWN = "unknown"


class Quote(NamedTuple):
    """A quotation and who speaks; offsets are those of the plain text, without the marks."""

    start: int
    end: int
    speaker: Speaker


# An apostrophe within a word closes no quotation.
_QUOTE = late(r'"([^"]{3,600})"|(?<!\w)\'((?:[^"\']|(?<=\w)\'(?=\w)){12,600})\'(?!\w)')
_CUES = pack(__name__)


@lru_cache(maxsize=2048)
def _quotes(plain: PlainText) -> tuple[Quote, ...]:
    return tuple(_read(plain))


def quotes(plain: PlainText) -> tuple[Quote, ...]:
    """Find the quotations of a text, each with its speaker; single words in scare quotes are none."""
    return _quotes(plain) if '"' in plain.text or "'" in plain.text else ()


def speaker(hit: Hit) -> Speaker | None:
    """Whose words a hit stands in; None when they are the editors' own."""
    inside = next((q for q in quotes(hit.plain) if q.start <= hit.start and hit.end <= q.end), None)
    if inside:
        return inside.speaker
    return Speaker.PATIENT if _CUES["indirect"].stands(hit.before) else None


def balanced(*texts: str | None) -> bool:
    """Whether an independent voice is heard in any of these texts."""
    return any(_CUES["independent"].stands(text) for text in texts if text)


def _read(plain: PlainText) -> Iterator[Quote]:
    among = sentences(plain)
    for found in _QUOTE.finditer(plain.text):
        n = 1 if found.group(1) is not None else 2
        start, end = found.span(n)
        if len(found.group(n).split()) < 3:
            continue
        first = max((s.start for s in among if s.start <= start), default=0)
        last = min((s.end for s in among if s.end >= found.end()), default=len(plain.text))
        before = plain.text[max(first, start - 160) : found.start()]
        around = f"{before} | {plain.text[found.end() : min(last, end + 160)]}"
        if "- " not in around and not _CUES["says"].stands(around):
            tail = plain.text[found.end() : found.end() + 60]
            around += tail if tail.lstrip().startswith("-") else ""
        yield Quote(start, end, _who(around))


def _who(around: str) -> Speaker:
    if _CUES["independent"].stands(around):
        return Speaker.INDEPENDENT
    if _CUES["interested"].stands(around):
        return Speaker.INTERESTED
    if _CUES["patient"].stands(around):
        return Speaker.PATIENT
    return Speaker.UNKNOWN
