"""Numbers as a part of the patterns by which rules look for their phrases; what a number says, the reader tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.terms import terms


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, dict.fromkeys(words)), key=len, reverse=True))


_NUMBERS = tuple(n for n in terms().numbers if n.sort == "number" and n.value)
_ARTICLES = _either(word for n in _NUMBERS for word in n.article)
_WORDS = [w for n in _NUMBERS for w in (*n.en, *n.de, *n.in_german)]
_WITHIN = [w for n in _NUMBERS for w in n.joined]
_SCALES = [w for n in terms().numbers if n.sort == "scale" for w in (*n.en, *n.de, *n.joined)]
_ALONE = [w for n in terms().numbers if n.sort == "scale" for w in (*n.en, *n.de) if w not in n.joined]
_SCALE = f"(?:{_either(_SCALES)})"
_FIRST = "".join(sorted({w[0] for w in (*_WORDS, *_WITHIN, *_SCALES)} | {"a"}))

# One word after the other, glued as number words are: that they make sense together is not asked here.
SPELLED = (
    rf"(?:(?=[{_FIRST}])(?:(?:(?:half )?an?|{_ARTICLES}) (?={_SCALE})|(?!{_either(_ALONE)}))"
    rf"(?:(?:{_either(_WORDS)}|(?:{_either(_WITHIN)})(?=und|einhalb|{_SCALE})|{_SCALE}(?: and)?)"
    r"(?:[- ]|und|einhalb)?)+(?<![- ])(?<! and))"
)
"""A number in words, as a part of larger patterns."""

NUMBER = rf"(?:\d+(?:[.,·]\d+)*|{SPELLED})"
"""A number in digits or words."""

COUNT = rf"(?:\d+(?:[.,]\d+)*|{SPELLED}|{_ARTICLES})"
"""A number in digits or words, or a German article that may say one."""

SHARE = (
    rf"(?:half|(?:die )?hälfte|(?:an?|{_ARTICLES}|{SPELLED})[- ]"
    rf"(?:{_either(w for n in _NUMBERS for w in n.part if w not in ('half', 'hälfte'))}))"
)
"""A part of a whole in words: "half", "two thirds", "ein Viertel"."""

FEW = rf"(?:[2-9]|{_either(w for n in _NUMBERS if 1.5 < n.value < 10 for w in (*n.en, *n.de))})"
"""A number of people from two to nine, in digits or words."""
