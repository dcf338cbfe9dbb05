"""Sentences of a folded text, found without stumbling over decimals, abbreviations, initials and quoted questions.

A splitter that ends a sentence at every decimal point turns readability upside down (textstat does), and a negation
must not reach into the sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.normalise import Folded

_END = re.compile(r"(?P<stop>[.!?]+)(?P<close>[\"')\]]*)(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.&'/-]*$")
_STARTER = re.compile(
    r"['\"(\[]*(?:The|Th[eo]se|This|That|It|Its|In|On|At|An?|We|Our|They|Their|He|She|His|Her|There|No|Not|None|"
    r"Nobody|One|Some|All|"
    r"But|And|So|For|Of|As|If|When|After|Before|While|Most|Many|More|Only|Both|Each|People|Patients|Doctors|"
    r"Researchers|You|Your|"
    r"What|Why|How|Who|However|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Der|Die|Das|Ein|Eine|Es|Sie|Wir|Er|Bei|"
    r"In|Im|Nach)\b"
)
# Never the end of a sentence: a word always follows.
_OPEN = frozenset(
    "e.g eg i.e ie dr drs prof mr mrs ms st vs v approx ca cf resp incl excl no nos nr fig figs tab vol pp ref refs eq dept "
    "gen col rev hon sen rep gov z.b d.h u.a bzw ggf evtl sog zzgl vgl abb med hr fr priv.-doz dipl prof.dr".split()
)
# The end only when what follows begins like a sentence.
_EITHER = frozenset(
    "al etc inc ltd corp co jr sr approx est a.m p.m u.s u.k e.u ph.d m.d b.c usw u.s.a min max hrs hr sec mo yr yrs wk wks jan feb "
    "mar apr jun jul aug sep sept oct nov dec ed eds".split()
)
_LETTER_END = re.compile(
    r"\b(?:vitamin|hepatitis|type|group|grade|arm|factor|class|protein|cohort|part|phase|stage|plan|panel|influenza|"
    r"complement|"
    r"interleukin|immunoglobulin|vitamine?|gruppe|typ)\s+\w\.$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|quartal|jahrhundert)",
    re.IGNORECASE,
)


_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands in the folded text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def _split(text: str, breaks: tuple[int, ...]) -> tuple[Sentence, ...]:
    ends = sorted({m.end() for m in _END.finditer(text) if _ends(text, m)} | set(breaks) | {len(text)})
    made = []
    start = 0
    for end in _within_reach(text, ends):
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            last = start + len(piece.rstrip())
            made.append(Sentence(first, last, text[first:last]))
        start = end
    return tuple(made)


def _within_reach(text: str, ends: list[int]) -> Iterator[int]:
    """Add an end at a space wherever there is none for too long, so that nobody's run-on text stalls the rules."""
    start = 0
    for end in ends:
        while end - start > _LONGEST:
            space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            start = space + 1 if space > 0 else start + _LONGEST
            yield start
        yield end
        start = end


def sentences(folded: Folded) -> tuple[Sentence, ...]:
    """Split a folded text; offsets are those of its `text`, and nothing but space lies between two sentences."""
    return _split(folded.text, folded.breaks)


def _ends(text: str, found: re.Match[str]) -> bool:
    rest = text[found.end() : found.end() + 40].lstrip()
    if not rest:
        return True
    if len(found.group("stop")) > 1 and set(found.group("stop")) == {"."}:
        return not rest[0].islower()
    if found.group("stop") != ".":
        return not (found.group("close") and rest[0].islower()) and not rest.startswith(("-", ","))
    return _full_stop(text, found, rest)


def _full_stop(text: str, found: re.Match[str], rest: str) -> bool:
    before = _WORD_BEFORE.search(text, max(0, found.start() - 30), found.start())
    word = before.group().lstrip("'.").lower() if before else ""
    starts = _STARTER.match(rest) is not None
    if word in _OPEN and not found.group("close"):
        # "The answer is no. The ..." and "No. 3".
        return (
            word in {"no", "nos", "v", "st", "hr", "fr", "med", "tab", "col", "gen"}
            and not rest[0].isdigit()
            and starts
        )
    if word in _EITHER:
        return starts
    if word.isdigit():
        begins = not text[: found.start()].rstrip("0123456789").strip() or _list_mark(text, found.start())
        return not begins and not rest[0].islower() and not _MONTH.match(rest)
    if re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
        ended = _LETTER_END.search(text, max(0, found.start() - 30), found.end())
        return starts or (ended is not None and not rest[0].islower())
    return not rest[0].islower() or len(word) >= 4


def _list_mark(text: str, end: int) -> bool:
    """Whether the digits before `end` open a list entry: they stand alone after the end of a sentence."""
    head = text[:end].rstrip("0123456789")
    return end - len(head) <= 2 and head.endswith(" ") and head.rstrip().endswith((".", ":", "?", "!"))
