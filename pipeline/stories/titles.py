"""Whether two titles tell the same: near-equal letters prove little, the words that differ decide.

"CAR T cells in SLE: a phase 1 trial" and the same in systemic sclerosis are 93 % alike, phase 1 and phase 2 97 %.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.language.numbers.spelling import number_of


class Likeness(IntEnum):
    """How alike two titles are: NEAR only says that they may be, SAME that no word tells them apart."""

    NONE = 0
    NEAR = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Title:
    """A title as its words: folded, without stop words, sorted.

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
    """Fold a title: no accents, British spelling as American, plural as singular, no stop words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = [w for w in re.findall(r"[A-Za-z0-9%]+", plain) if w.lower() not in _STOP]
    loud = frozenset(_word(w) for w in found if sum(c.isupper() for c in w) >= 2)
    words = tuple(sorted(_word(w) for w in found))
    return Title(words, frozenset(words), loud)


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
    if len(left) + len(right) > _MOST or any(_telling(w, one.loud | other.loud) for w in (*left, *right)):
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
_STOP = frozenset(
    "a an and as at by for from in into is its of on or the this to with der die das des dem den ein eine im in und von zu bei mit".split()
)
# Swapping one of these for another, or adding it, makes another story.
_CONTRAST = frozenset(
    "mouse mice murine rat animal human patient people child pediatric juvenile adolescent adult elderly woman man women men male female girl boy "
    "pregnant no not non without versus vs never fail failed failure negative positive randomized controlled placebo blind open label single "
    "early late first second third early long short term pilot interim final update followup follow relapse relapsed relapsing refractory naive "
    "autologous allogeneic vivo vitro ex donor universal kidney renal skin lung brain case series report review meta analysis protocol design "
    "death died safety hold stop stopped halt halted approve approved reject rejected retraction correction erratum reply comment response letter "
    "efficacy cost quality".split()
)
_DISEASE = re.compile(
    r"(?:itis|osis|oses|penia|emia|oma|opathy|pathies|gravis|lupus|pemphig\w*|scleros\w*|sjogren\w*|syndrome|anemia|arthrit\w*|diabet\w*|"
    r"myasthen\w*|psoria\w*|crohn\w*|colit\w*|nephrit\w*|vasculit\w*|myosit\w*|vitiligo|grave)$"
)
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())


def _word(word: str) -> str:
    low = word.lower()
    low = (
        low.replace("haem", "hem")
        .replace("paed", "ped")
        .replace("oedem", "edem")
        .replace("aemi", "emi")
        .replace("oes", "es")
    )
    low = re.sub(r"is(e|ed|es|ing|ation|ations)$", r"iz\1", low) if len(low) > 6 else low
    low = low.replace("tumour", "tumor").replace("behaviour", "behavior").replace("centre", "center")
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def _slip(one: str, other: str, loud: frozenset[str]) -> bool:
    """Whether two words differ by one slipped letter and both would mean the same."""
    return (
        min(len(one), len(other)) >= 6
        and one[0] == other[0]
        and not _telling(one, loud)
        and not _telling(other, loud)
        and OSA.distance(one, other) <= 1
    )


def _telling(word: str, loud: frozenset[str]) -> bool:
    return (
        word in _CONTRAST
        or word in loud
        or word in _ROMAN
        or any(c.isdigit() for c in word)
        or number_of(word) is not None
        or word.endswith(("mab", "cel", "tagene", "nib", "cept"))
        or _DISEASE.search(word) is not None
    )
