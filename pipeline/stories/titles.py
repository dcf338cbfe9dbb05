"""Whether two titles tell the same: near-equal letters prove little, the words that differ decide.

"CAR T cells in SLE: a phase 1 trial" and the same in systemic sclerosis are 93 % alike, phase 1 and phase 2 97 %.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import combinations, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.language.late import late
from pipeline.language.numbers.spelling import number_of
from pipeline.language.phrase_list import pack
from pipeline.text import unaccented


class Likeness(IntEnum):
    """How alike two titles are: NEAR only says that they may be, SAME that no word tells them apart."""

    NONE = 0
    NEAR = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Title:
    """A title as its words: without accents and stop words, sorted.

    `bag` holds each word once, `loud` those written in capitals (SLE, MS).
    """

    words: tuple[str, ...]
    bag: frozenset[str]
    loud: frozenset[str]

    @property
    def says_much(self) -> bool:
        """Whether the title is long enough to name one thing ("Editorial" and "In this issue" are not)."""
        return len(self.words) >= 5


def title_of(text: str) -> Title:
    """Take a title as its words: no accents, British spelling as American, plural as singular, no stop words."""
    stop = _CUES["stop"].words
    found = [w for w in re.findall(r"[A-Za-z0-9%]+", unaccented(text)) if w.lower() not in stop]
    loud = frozenset(_word(w) for w in found if sum(c.isupper() for c in w) >= 2)
    words = tuple(sorted(_word(w) for w in found))
    return Title(words, frozenset(words), loud)


def stem(word: str) -> str:
    """A word in the one form that titles are compared in; empty for one that says nothing."""
    plain = unaccented(word)
    return "" if plain.lower() in _CUES["stop"].words else _word(plain)


def likeness(one: Title, other: Title) -> Likeness:
    """Compare two titles word by word; a single slip of a letter in a long word is forgiven."""
    if not (one.says_much and other.says_much) or len(one.bag ^ other.bag) > _MOST:
        return Likeness.NONE
    here, there = Counter(one.words), Counter(other.words)
    left, right = sorted((here - there).elements()), sorted((there - here).elements())
    if not left and not right:
        return Likeness.SAME
    if len(left) == len(right) == 1 and _slip(left[0], right[0], one.loud | other.loud):
        return Likeness.SAME
    if len(left) + len(right) > _MOST or any(_distinctive(w, one.loud | other.loud) for w in (*left, *right)):
        return Likeness.NONE
    score = fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words))
    return Likeness.NEAR if score >= 80 else Likeness.NONE


def pairs(titles: Iterable[Title]) -> Iterator[tuple[int, int]]:
    """Name the pairs worth comparing, by place: those that share a word few titles have, or all words."""
    postings: dict[object, list[int]] = {}
    for place, title in enumerate(titles):
        postings.setdefault(title.words, []).append(place)
        for word in dict.fromkeys(title.words):
            postings.setdefault(word, []).append(place)
    found: set[tuple[int, int]] = set()
    for key, places in postings.items():
        if isinstance(key, tuple):
            found.update((places[0], p) for p in places[1:])
            found.update(pairwise(places))
        elif len(places) <= _RARE:
            found.update(combinations(places, 2))
    yield from sorted(found)


_RARE = 25  # a word that more titles have says nothing of any two
_MOST = 6  # words by which two titles may differ
_CUES = pack(__name__)
_DISEASE = _CUES.late("<disease>$")
_IZE = late(r"is(e|ed|es|ing|ation|ations)$")


@cache
def _american() -> tuple[tuple[str, str], ...]:
    spellings = _CUES.lists["american"]
    assert isinstance(spellings, dict)
    return tuple((british, str(american)) for british, american in spellings.items())


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    low = word.lower()
    for british, american in _american():
        low = low.replace(british, american)
    low = _IZE.sub(r"iz\1", low) if len(low) > 6 else low
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def _slip(one: str, other: str, loud: frozenset[str]) -> bool:
    """Whether two words differ by one slipped letter and both would mean the same."""
    return (
        min(len(one), len(other)) >= 6
        and one[0] == other[0]
        and not _distinctive(one, loud)
        and not _distinctive(other, loud)
        and OSA.distance(one, other) <= 1
    )


def _distinctive(word: str, loud: frozenset[str]) -> bool:
    return (
        word in _CUES["contrast"].words
        or word in loud
        or any(c.isdigit() for c in word)
        or number_of(word) is not None
        or word.endswith(("mab", "cel", "tagene", "nib", "cept"))
        or _DISEASE.search(word) is not None
    )
