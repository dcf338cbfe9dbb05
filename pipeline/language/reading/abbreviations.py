"""Abbreviations in a text, and whether the words around one say what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.language.late import late
from pipeline.language.normalise import PlainText
from pipeline.language.phrase_list import pack
from pipeline.language.reading.syllables import spelled_out

_ABBREVIATION = late(
    r"(?<![\w@./-])(?:[a-z]{0,2}[A-Z]{2,}[A-Za-z]{0,4}|Ig[A-Z]|Hb[A-Z]\w*)\d*(?:-(?:[A-Z]{1,4}\d*|"
    r"\d+[a-z]?)\b)*s?(?![\w@])"
)
# Two letters alone are a short form ("DM", "MI"); with a number they are a name, as "B12" or "CD4".
_NUMBERED = late(r"(?:NCT|ISRCTN|EUCT|DRKS|PMID|PMC)[\d-]*|[A-Z]{1,2}\d{1,2}|[A-Z]")
_BRACKET_BEFORE = late(r"[A-Za-z][\w'-]*[\"']? \((?:or |also |called |known as |short: |in short )*$")
_PRODUCT = late(r"[A-Z]{2,}\w*-?\d+\w?")
_CUES = pack(__name__)


class Abbreviation(NamedTuple):
    """An abbreviation by characters of the plain text; `explained` when the words beside it say what it is."""

    text: str
    start: int
    end: int
    explained: bool


def abbreviations(plain: PlainText) -> Iterator[Abbreviation]:
    """Find the abbreviations of a text, those that everybody knows aside."""
    text = plain.text
    for found in _ABBREVIATION.finditer(text):
        word = found.group()
        if (
            not _shouted(word)
            and not _everyday(word)
            and not _CUES["body after"].opens(text[found.end() : found.end() + 40])
        ):
            yield Abbreviation(
                word.removesuffix("s"), found.start(), found.end(), _is_explained(text, found.start(), found.end())
            )


def explained(text: str, end: int) -> bool:
    """Whether the words right after a term say what it is: "…, a washing of the blood", "… (protein in the urine)"."""
    return _CUES["explained after"].opens(text[end : end + 400])


def _everyday(word: str) -> bool:
    bare = word.removesuffix("s")
    known = not _CUES["known"].words.isdisjoint((bare, word)) or word in _CUES["shouted"].words
    return known or _NUMBERED.fullmatch(bare) is not None


def _shouted(word: str) -> bool:
    """Whether it is an everyday word in capitals, or a name with capitals inside, as BioNTech."""
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        len(letters) > 8
        or capitals * 2 < len(letters)
        or (len(letters) >= 4 and word.isalpha() and spelled_out(word.lower()))
    )


def _is_explained(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if after.startswith(")") and _BRACKET_BEFORE.search(before):
        return True
    if _CUES["sort before"].stands(before) or _CUES["called before"].stands(before):
        return True
    if _CUES["explained after"].opens(after) or _CUES["name after"].opens(after):
        return True
    return _PRODUCT.fullmatch(text[start:end]) is not None and _CUES["tried before"].stands(before)
