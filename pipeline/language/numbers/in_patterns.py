"""Numbers as a part of the patterns by which rules look for their phrases; what a number says, the reader tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.noun import Keep, Noun
from pipeline.language.terms import terms


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))


def _escaped(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(re.escape, words))


_NUMBERS = tuple(n for n in terms().numbers if n.sort == "number" and n.value)
_SCALE_WORDS = tuple(n for n in terms().numbers if n.sort == "scale")
_ARTICLES = _either(_escaped(word for n in _NUMBERS for word in n.article))
_WORDS = _escaped(w for n in _NUMBERS for w in (*n.en, *n.de, *n.in_german))
_WITHIN = _escaped(w for n in _NUMBERS for w in n.joined)
_SCALES = _escaped(w for n in _SCALE_WORDS for w in (*n.en, *n.de, *n.joined))
_ALONE = _escaped(w for n in _SCALE_WORDS for w in (*n.en, *n.de) if w not in n.joined)
_PARTS = _escaped(w for n in _NUMBERS for w in n.part if w not in ("half", "hälfte"))
_FEW = _escaped(w for n in _NUMBERS if 1.5 < n.value < 10 for w in (*n.en, *n.de))
_FIRST = "".join(sorted({w[0] for w in (*_WORDS, *_WITHIN, *_SCALES)} | {"a"}))


def _spelled(keep: Keep) -> str:
    """A number in words: one after the other, glued as number words are; that they make sense is not asked here."""
    scale = f"(?:{_either(keep(_SCALES))})"
    return (
        rf"(?:(?=[{_FIRST}])(?:(?:(?:half )?an?|{_ARTICLES}) (?={scale})|(?!{_either(keep(_ALONE))}))"
        rf"(?:(?:{_either(keep(_WORDS))}|(?:{_either(keep(_WITHIN))})(?=und|einhalb|{scale})|{scale}(?: and)?)"
        r"(?:[- ]|und|einhalb)?)+(?<![- ])(?<! and))"
    )


def _count(keep: Keep) -> str:
    return rf"(?:\d+(?:[.,]\d+)*|{_spelled(keep)}|{_ARTICLES})"


def _share(keep: Keep) -> str:
    return rf"(?:half|(?:die )?hälfte|(?:an?|{_ARTICLES}|{_spelled(keep)})[- ](?:{_either(keep(_PARTS))}))"


def _time(keep: Keep) -> str:
    return (
        rf"(?:(?:{_count(keep)}|an?|half an?|several)[- ](?:and a half |full |more )?"
        r"(?:day|week|month|year|tag|woche|monat|jahr)\w*)"
    )


NUMBERS = {
    "number": Noun(lambda keep: rf"(?:\d+(?:[.,·]\d+)*|{_spelled(keep)})"),
    "spelled": Noun(_spelled),
    "count": Noun(_count),
    "share": Noun(_share),
    "few": Noun(lambda keep: rf"(?:[2-9]|{_either(keep(_FEW))})"),
    "time": Noun(_time),
}
"""A number in digits or words; one in words; one that a German article may say too; a part of a whole in words; a
number of people from two to nine; a length of time."""
