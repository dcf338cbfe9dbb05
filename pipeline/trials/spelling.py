"""Whether two names are one and the same: another order of words, another spelling, a slip that was mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from pipeline.language.shipped import shipped, texts, word_list
from pipeline.text import unaccented

_FILE = "spelling.yml"
_SWAPPED = 5
"""Letters a word needs before two that changed places are a slip."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents; an umlaut is the same however it is written."""
    plain = (unaccented(name) or name).casefold().replace(".", "").replace("'", "").replace("’", "")
    return tuple(_UMLAUT.sub(r"\1", word) for word in re.findall(r"[^\W_]+", plain))


def same_words(one: str, two: str, *, shortest: int) -> bool:
    """Whether two names are made of the same words, but for their order and one slip in each of two at most.

    `shortest` is how many letters a word needs before one letter too many, too few or another is a slip. Where names
    of places and people matter that must be a long word: Hunan is not Henan.
    """
    return same_spelling(words_of(one), words_of(two), shortest=shortest)


def same_spelling(one: Sequence[str], two: Sequence[str], *, shortest: int) -> bool:
    """The same for words that `words_of` gave."""
    if "".join(one) == "".join(two):
        return True
    gone, fresh = _left(one, two), _left(two, one)
    if len(gone) != len(fresh) or len(gone) > 2:
        return False
    pairs = (zip(gone, fresh, strict=True), zip(gone, reversed(fresh), strict=True))
    return any(all(_slip(a, b, shortest) for a, b in each) for each in pairs)


def unnamed(site: str) -> bool:
    """Whether a registry lists a site without saying what it is: "Local Institution - 0014", "Research Site 12"."""
    words = list(words_of(site))
    while len(words) > 1 and (words[-1] in _list("numbered") or any(c.isdigit() for c in words[-1])):
        words.pop()
    said = " ".join(words)
    return said in _list("alone") or any(f" {said}".endswith(f" {phrase}") for phrase in _phrases())


def _left(some: Sequence[str], without: Sequence[str]) -> list[str]:
    left = Counter(some) - Counter(without)
    return [word for word in dict.fromkeys(some) for _ in range(left[word])]


def _slip(one: str, two: str, shortest: int) -> bool:
    """Whether a word is another with one letter too many, too few, or another, or with two that changed places.

    A number is never misspelled, and a word with another first letter is another word: "typical" is not "atypical".
    """
    longest = max(len(one), len(two))
    if one[:1] != two[:1] or longest < _SWAPPED or any(c.isdigit() for c in one + two):
        return False
    swapped = sorted(one) == sorted(two)
    return (swapped or longest >= shortest) and OSA.distance(one, two, score_cutoff=1) == 1


@cache
def _list(key: str) -> frozenset[str]:
    return word_list(__package__, _FILE, key)


@cache
def _phrases() -> tuple[str, ...]:
    return texts(shipped(__package__, _FILE)["unnamed"])


_UMLAUT = re.compile(r"([aou])e")
