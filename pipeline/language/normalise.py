"""Text made plain for reading, with the way back: every plain character knows where it stood.

Typographic hyphens hide "cutting‑edge" from a word list and a curly apostrophe hides the "not" in "doesn’t".
Normalising undoes both, and findings still point at the editor's own characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.late import late

_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\n\r\t\x0b\x0c\x85\u2028\u2029", " ")
    | dict.fromkeys(range(8192, 8203), " ")
)
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# What is dropped, joined to the letter before, or spelled as several letters; the rest is one for one.
_UNEVEN = late(
    rf"[{_DROPPED}]|.[\u0300-\u036f]+|"
    r"[\ufb00-\ufb06\u2026\uff01-\uff0c\uff0e-\uff5e\u2100-\u214f\U0001d400-\U0001d7ff]",
    re.DOTALL,
)
# "12³ patients" is 12 with a footnote, "10⁶" a million, "1½" no 11.
_RAISED_OR_FRACTION = late(r"((?:(?<=\d)|(?<=[a-z]{3}))[⁰¹²³⁴-⁹]+|[¼-¾⅐-⅞])")
_COMPARABLE = _SAME | str.maketrans("×", "x", _DROPPED)
_BREAK = late(r"(?:\r\n?|\n|\u2029)(?:[ \t]*(?:\r\n?|\n|\u2029))+|(?:\r\n?|\n)(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])")


class PlainText(NamedTuple):
    """A plain text, and for each of its characters (and its end) the offset in the raw one.

    `breaks` are offsets in `text` where the raw text begins a new paragraph or list entry; `lower` is `text` in small
    letters, character for character.
    """

    text: str
    at: Sequence[int]
    breaks: tuple[int, ...] = ()
    lower: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the plain text stands in the raw one; both ends as Python slices."""
        whole = end <= start or self.at[end] > self.at[end - 1]
        return self.at[start], self.at[end] if whole else self.at[end] + 1


@lru_cache(maxsize=4096)
def normalise(raw: str) -> PlainText:
    """Make a text plain: hyphens, quotes and spaces, letters composed, soft hyphens gone, line breaks as spaces.

    Fractions and raised digits stay as they are: "2½" and "10²" must not become other numbers.
    """
    breaks = [m.end() for m in _BREAK.finditer(raw)]
    if raw.isascii() or not _UNEVEN.search(raw):
        text = raw.translate(_SAME)
        return PlainText(text, range(len(raw) + 1), tuple(breaks), small_letters(text))
    parts: list[str] = []
    at: list[int] = []
    last = 0
    for found in _UNEVEN.finditer(raw):
        even = raw[last : found.start()].translate(_SAME)
        odd = _plain(found.group())
        parts += [even, odd]
        at += range(last, found.start())
        at += [found.start()] * len(odd)
        last = found.end()
    parts.append(raw[last:].translate(_SAME))
    at += range(last, len(raw) + 1)
    text = "".join(parts)
    return PlainText(text, tuple(at), tuple(_offset(at, b) for b in breaks), small_letters(text))


def plain_punctuation(text: str) -> str:
    """Make hyphens, quotes and spaces plain, one character for one, so that offsets stay."""
    return text.translate(_SAME)


def comparable(text: str) -> str:
    """Make a source's text comparable: plain signs and letters (NFKC), no soft hyphens, single spaces; case is kept.

    Raised digits and fractions stay: the number reader knows what they say.
    """
    if not text.isascii():
        parts = _RAISED_OR_FRACTION.split(text)
        text = "".join(p if n % 2 else unicodedata.normalize("NFKC", p) for n, p in enumerate(parts))
        text = text.translate(_COMPARABLE)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def small_letters(text: str) -> str:
    """Write a text in small letters, character for character."""
    small = text.lower()
    # "İ" is two characters in small letters; then each letter that would grow stays as it is.
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _plain(odd: str) -> str:
    if odd in _DROPPED:
        return ""
    if len(odd) > 1:
        composed = unicodedata.normalize("NFC", odd)
        return composed[0].translate(_SAME) + composed[1:]
    return unicodedata.normalize("NFKC", odd).translate(_SAME)


def _offset(at: list[int], raw: int) -> int:
    low, high = 0, len(at) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if at[middle] < raw else (low, middle)
    return low
