"""Sentences of a plain text, found without stumbling over decimals, abbreviations, initials and quoted questions.

A splitter that ends a sentence at every decimal point turns readability upside down (textstat does), and a negation
must not reach into the sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.late import late
from pipeline.language.normalise import PlainText, normalise
from pipeline.language.phrase_list import pack

_END = late(r"(?P<stop>[.!?]+)(?P<close>[\"')\]]*)(?=\s|$)")
_WORD_BEFORE = late(r"[\w.&'/-]*$")
_FIRST_WORD = late(r"['\"(\[]*(?P<word>\w+)")
_INITIALS = late(r"(?:[a-z]\.)*[a-z]")
_CUES = pack(__name__)
_LETTER_END = _CUES.late(r"\b<before-a-letter>\s+\w\.$", re.IGNORECASE)
_MONTH = _CUES.late("<month>", re.IGNORECASE)
_LONGEST = 1000


class Sentence(NamedTuple):
    """One sentence and where it stands in the plain text."""

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


def sentences(plain: PlainText) -> tuple[Sentence, ...]:
    """Split a plain text; offsets are those of its `text`, and nothing but space lies between two sentences."""
    return _split(plain.text, plain.breaks)


def as_written(raw: str) -> tuple[str, ...]:
    """Split a raw text into its sentences, each in its writer's own characters."""
    plain = normalise(raw)
    return tuple(raw[slice(*plain.span(each.start, each.end))] for each in sentences(plain))


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
    first = _FIRST_WORD.match(rest)
    starts = first is not None and first["word"] in _CUES["starter"].words
    if word in _CUES["open"].words and not found.group("close"):
        return word in _CUES["open or a word"].words and not rest[0].isdigit() and starts
    if word in _CUES["either"].words:
        return starts
    if word.isdigit():
        begins = not text[: found.start()].rstrip("0123456789").strip() or _list_mark(text, found.start())
        return not begins and not rest[0].islower() and not _MONTH.match(rest)
    if _INITIALS.fullmatch(word):
        ended = _LETTER_END.search(text, max(0, found.start() - 30), found.end())
        return starts or (ended is not None and not rest[0].islower())
    return not rest[0].islower() or len(word) >= 4


def _list_mark(text: str, end: int) -> bool:
    """Whether the digits before `end` open a list entry: they stand alone after the end of a sentence."""
    head = text[:end].rstrip("0123456789")
    return end - len(head) <= 2 and head.endswith(" ") and head.rstrip().endswith((".", ":", "?", "!"))
