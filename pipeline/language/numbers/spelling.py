"""Number words of English and German as values: "forty-seven", "two hundred and five", "siebenundvierzig"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = {word: n for n, word in enumerate(_SMALL)}
_TEN = {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"fourty": 40}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
    "tausend": 1_000,
    "millionen": 1_000_000,
    "milliarden": 1_000_000_000,
    "dutzend": 12,
}
"""Words that multiply the number before them."""

FRACTIONS = (
    {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
    | {
        f"{stem}{end}": n
        for n, stem in enumerate("fifth sixth seventh eighth ninth tenth".split(), 5)
        for end in ("", "s")
    }
    | {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10}
)
"""Words for a part of a whole, by its denominator."""

_ADJECTIVES = tuple(
    f"{unit}{end}"
    for unit in ("jährig", "monatig", "wöchig", "tägig", "stündig")
    for end in ("", "e", "en", "er", "es", "em")
)
_GERMAN_ONLY = frozenset({"null", "elf"})
"""German number words that mean something else in English."""


@lru_cache(maxsize=65536)
def begins(word: str) -> bool:
    """Whether a lower-case word may begin a number or a fraction; quick, as it is asked of every word."""
    return word in _beginnings() or (len(word) > 6 and (word.endswith(_ADJECTIVES) or "tausend" in word))


def cardinal(words: Sequence[str], *, german: bool = False) -> tuple[Decimal, int] | None:
    """Read the number that a run of lower-case words begins with.

    Returns its value and how many words it takes, None where no number begins. `german` lets words count that mean
    something else in English.
    """
    if not words:
        return None
    if words[0] in ("a", "ein", "half") and len(words) > 1:
        return _with_an_article(words)
    value, used = _group(words)
    if not used:
        found = _german(words[0]) if german or words[0] not in _GERMAN_ONLY else None
        if found is None:
            return None
        value, used = found, 1
    return _scaled(Decimal(value), used, words)


def _with_an_article(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read "a hundred", "ein Dutzend", "half a dozen"; the article by itself is no number."""
    if words[0] == "half":
        return (Decimal(SCALES[words[2]]) / 2, 3) if words[1] == "a" and len(words) > 2 and words[2] in SCALES else None
    return _scaled(Decimal(1), 1, words) if words[1] in SCALES else None


def _scaled(value: Decimal, used: int, words: Sequence[str]) -> tuple[Decimal, int]:
    """Multiply by the scales that follow and add what comes after them: "two thousand (and) five"."""
    total = Decimal(0)
    while value and used < len(words) and words[used] in SCALES:
        value *= SCALES[words[used]]
        used += 1
        if value >= 1000:
            total, value = total + value, Decimal(0)
        after = used + (1 if words[used : used + 1] == ["and"] else 0)
        more, taken = _group(words[after:])
        if taken:
            value, used = value + more, after + taken
    return total + value, used


def _group(words: Sequence[str]) -> tuple[int, int]:
    """Read a number below 100: its value and how many words it takes (0 where there is none)."""
    if not words:
        return 0, 0
    if words[0] in _TEN:
        ones = _UNITS.get(words[1], 0) if len(words) > 1 else 0
        return (_TEN[words[0]] + ones, 2) if 0 < ones < 10 else (_TEN[words[0]], 1)
    return (_UNITS[words[0]], 1) if words[0] in _UNITS else (0, 0)


def number_of(word: str) -> int | None:
    """Read a whole number written in digits or in one English or German word; None when it is neither."""
    plain = word.replace(",", "").lower()
    if plain.isdecimal():
        return int(plain)
    words = plain.split("-")
    found = cardinal(words, german=True) if begins(words[0]) or words[0] in _GERMAN_ONLY else None
    return int(found[0]) if found and found[1] == len(words) else None


def _german(word: str) -> int | None:
    """Read a German number below a million, written in one word."""
    word = word.replace("ue", "ü") if word.startswith(("fuenf", "zwoelf")) else word
    if word in _germans():
        return _germans()[word]
    before, thousand, after = word.partition("tausend")
    if not thousand or (before and before not in _germans()) or (after and after not in _germans()):
        return None
    return 1000 * (_germans()[before] if before else 1) + (_germans()[after.removeprefix("und")] if after else 0)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset({*_UNITS, *_TEN, *FRACTIONS, *_germans(), "a", "ein", "fuenf", "zwoelf"})


@cache
def _germans() -> dict[str, int]:
    """All German number words from 0 to 999; "ein" alone is left out, as it is an article."""
    ones = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
    ones += "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
    below = {word: n for n, word in enumerate(ones)} | {"zwölf": 12, "zwo": 2}
    for n, ten in enumerate("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), 2):
        for form in dict.fromkeys((ten, ten.replace("ß", "ss"))):
            below[form] = 10 * n
            below |= {f"{'ein' if one == 1 else ones[one]}und{form}": 10 * n + one for one in range(1, 10)}
    words = dict(below)
    for n in range(1, 10):
        for hundred in ("hundert", "einhundert") if n == 1 else (f"{ones[n]}hundert",):
            words[hundred] = 100 * n
            words |= {f"{hundred}{link}{word}": 100 * n + m for word, m in below.items() if m for link in ("", "und")}
    return words
