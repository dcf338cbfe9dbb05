"""Number words of English and German as values: "forty-seven", "two hundred and five", "siebenundvierzig".

The words themselves are terms (`terms/number_words.yml`); here is how they are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.language.terms import NumberWord, terms

_ALL = terms().numbers
_PLAIN = tuple(n for n in _ALL if n.sort == "number")
_SCALE = tuple(n for n in _ALL if n.sort == "scale")


def _table(field: str, some: Iterable[NumberWord] = _ALL) -> dict[str, Decimal]:
    return {word: n.value for n in some for word in getattr(n, field)}


SCALES = _table("en", _SCALE) | _table("de", _SCALE) | _table("joined", _SCALE)
"""Words that multiply the number before them."""

PARTS = {word: int(value) for word, value in _table("part").items()}
"""Words for a part of a whole, by how many of them make it."""

NTH = {
    f"{word}{end}": int(v) for word, v in _table("nth").items() for end in ("", *"nrsm") if not end or word[-1] == "e"
}
"""Ordinals in words."""

IMPLIED = _table("implied")
"""Words that say a number by the way: "both", "none"."""

FACTORS = _table("times")
"""Words that say how many times as much."""

_CROWD = tuple(n for n in _ALL if n.sort == "crowd")
CROWDS = _table("en", _CROWD) | _table("de", _CROWD)
"""Words for a number of people that is large and open, and how many they are at least."""

ARTICLES = frozenset(_table("article"))
"""German words that say one, or are an article."""

_ENGLISH = _table("en", _PLAIN)
_GERMAN = _table("de", _PLAIN)
_GERMAN_ONLY = _table("in_german", _PLAIN)
_ONES = _GERMAN | _GERMAN_ONLY | _table("joined", _PLAIN)
_JOINED = sorted(_table("joined", _SCALE).items(), key=lambda scale: -scale[1])
_INDEFINITE = frozenset({"a", *ARTICLES})
_BEGINNINGS = frozenset({*_ENGLISH, *_GERMAN, *_GERMAN_ONLY, *_table("joined", _SCALE), *PARTS, *_INDEFINITE})
WORDS = _BEGINNINGS | frozenset(SCALES)
"""All single words that say a number, or begin one."""

_HALF = "einhalb"
_TEL = "tel"
# "Sechsmonatige", "Viertelstunde", "achtmal": a number and what it counts in one German word.
_GLUED = re.compile(r"(\w{3,}?)(?:s(?=jahr))?(jährig|monatig|wöchig|tägig|stündig|stunde|jahr|mal)(?:e[mnrs]?|n|s)?")
_GLUED_ENDS = tuple(
    f"{unit}{end}"
    for units, ends in (("jährig monatig wöchig tägig stündig", " e em en er es"), ("stunde jahr mal", " e en es n s"))
    for unit in units.split()
    for end in ends.split(" ")
)


@lru_cache(maxsize=65536)
def begins(word: str) -> bool:
    """Whether a lower-case word may begin a number or a fraction; quick, as it is asked of every word."""
    return word in _BEGINNINGS or (len(word) > 6 and (word.endswith(_GLUED_ENDS) or _german(word) is not None))


def cardinal(words: Sequence[str], *, german: bool = False) -> tuple[Decimal, int] | None:
    """Read the number that a run of lower-case words begins with.

    Returns its value and how many words it takes, None where no number begins. `german` lets words count that mean
    something else in English.
    """
    if not words:
        return None
    if len(words) > 1 and (words[0] in _INDEFINITE or words[0] == "half"):
        return _with_an_article(words)
    value, used = _group(words, german=german)
    return _scaled(value, used, words) if used else None


def glued(word: str) -> tuple[Decimal, str] | None:
    """Read a number that is one German word with its unit: "sechsmonatige", "Viertelstunde"; "mal" is no unit."""
    found = _GLUED.fullmatch(word)
    if found is None or word in IMPLIED:
        return None
    value = _part(found[1]) if found[2] != "mal" else None
    if value is None and found[2] not in ("stunde", "jahr"):
        value = _german(found[1]) or _GERMAN_ONLY.get(found[1])
    return (value, found[2].removesuffix("mal")) if value else None


def _part(word: str) -> Decimal | None:
    """Read "halb", "viertel" and "dreiviertel", as a longer word begins with them."""
    if word == "halb":
        return Decimal("0.5")
    part = next((each for each in PARTS if each.endswith(_TEL) and word.endswith(each)), "")
    many = _ONES.get(word.removesuffix(part)) if word != part else Decimal(1)
    return many / PARTS[part] if part and many else None


def number_of(word: str) -> int | None:
    """Read a whole number written in digits or in one English or German word; None when it is neither."""
    plain = word.replace(",", "").lower()
    if plain.isdecimal():
        return int(plain)
    words = plain.split("-")
    found = cardinal(words, german=True) if begins(words[0]) else None
    return int(found[0]) if found and found[1] == len(words) and found[0] % 1 == 0 else None


def _with_an_article(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read "a hundred", "ein Dutzend", "half a dozen"; the article by itself is no number."""
    if words[0] == "half":
        return (SCALES[words[2]] / 2, 3) if words[1] == "a" and len(words) > 2 and words[2] in SCALES else None
    return _scaled(Decimal(1), 1, words) if words[1] in SCALES else None


def _scaled(value: Decimal, used: int, words: Sequence[str]) -> tuple[Decimal, int]:
    """Multiply by the scales that follow and add what comes after them: "two thousand (and) five"."""
    total = Decimal(0)
    while value and used < len(words) and words[used] in SCALES:
        value *= SCALES[words[used]]
        used += 1
        if value >= 1000:
            total, value = total + value, Decimal(0)
        after = used + (words[used : used + 1] in (["and"], ["und"]))
        more, taken = _group(words[after:])
        if taken:
            value, used = value + more, after + taken
    return total + value, used


def _group(words: Sequence[str], *, german: bool = False) -> tuple[Decimal, int]:
    """Read one or two words that are a number: its value and how many words it takes (0 where there is none)."""
    if not words:
        return Decimal(0), 0
    value = _ENGLISH.get(words[0])
    if value is not None:
        ones = _ENGLISH.get(words[1], 0) if len(words) > 1 and value >= 20 and value % 10 == 0 else 0
        return (value + ones, 2) if 0 < ones < 10 else (value, 1)
    found = _german(words[0])
    if found is None and german:
        found = _GERMAN_ONLY.get(words[0])
    return (Decimal(0), 0) if found is None else (found, 1)


@lru_cache(maxsize=65536)
def _german(word: str) -> Decimal | None:
    """Read a German number below a million, written in one word; "ein" alone is left out, as it is an article."""
    if word in _GERMAN:
        return _GERMAN[word]
    if word.endswith(_HALF):  # "zweieinhalb", "einundeinhalb"
        whole = _ONES.get(word.removesuffix(_HALF).removesuffix("und"))
        return None if not whole else whole + Decimal("0.5")
    for scale, times in _JOINED:
        before, found, after = word.partition(scale)
        if found:
            many = _ONES.get(before) or _german(before) if before else Decimal(1)
            rest = after.removeprefix("und")
            more = (_GERMAN_ONLY.get(rest) or _german(rest)) if after else Decimal(0)
            if many is None or more is None or not 0 < many < max(times, Decimal(100)) or not 0 <= more < times:
                return None
            return many * times + more
    ones, found, tens = word.partition("und")
    one, ten = _ONES.get(ones), _GERMAN.get(tens)
    return one + ten if found and one and ten and one < 10 <= ten / 2 else None
