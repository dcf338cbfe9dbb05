"""The traits of an entry: what it names, in a form that both languages share, and how much each of them says.

Two outlets that tell one thing share few words, but the places, names, codes and numbers of it. A trait that many
entries bear says little; one that two of a month's entries bear says much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.language.harm_words import harms
from pipeline.language.late import late
from pipeline.language.numbers.pieces import in_digits
from pipeline.language.phrase_list import pack
from pipeline.language.scope import places
from pipeline.language.terms import terms
from pipeline.model.story import Judged
from pipeline.stories.facts import Facts
from pipeline.stories.titles import stem
from pipeline.text import unaccented

Trait = tuple[str, object]

STRENGTH: Mapping[str, float] = {
    "doi": 8.0, "study": 6.0, "code": 6.0, "share": 4.5, "sum": 4.0, "called": 4.5, "age": 3.5, "name": 3.0,
    "people": 3.0,
    "disease": 3.0, "harm": 2.5, "place": 2.2, "number": 2.2, "agency": 2.0, "kind": 1.4, "word": 1.3, "therapy": 0.8,
}  # fmt: skip
"""What a trait of each sort says at the most, in natural logarithms of odds, when two entries alone bear it."""

_LIMIT = 2_000
_BEGINNING = 7
_LEAST_SHARE = 10  # people of whom so many did well; every small study has "2 of 5"
_TOKEN = re.compile(r"[^\W_]+(?:[-.'’/][^\W_]+)*")
_OUTLET = late(r"\s+[-–—|]\s+[A-Z][^-–—|:]{2,40}$")
_UNIT = r"(m|bn|million|billion|mio|mrd|millionen|milliarden)"
_CURRENCIES = {
    "$": "$",
    "usd": "$",
    "dollar": "$",
    "€": "€",
    "eur": "€",
    "euro": "€",
    "£": "£",
    "pound": "£",
    "pfund": "£",
}
_CURRENCY = r"([$€£]|USD|EUR|(?:US-)?Dollar|Euro|Pound|Pfund)"
_SUM = late(
    rf"{_CURRENCY}\s?(\d+(?:[.,]\d+)?)\s?{_UNIT}\b|\b(\d+(?:[.,]\d+)?)\s?{_UNIT}\.?\s?{_CURRENCY}", re.IGNORECASE
)
_BILLION = ("b", "mr", "milliarde")


@dataclass(frozen=True, slots=True)
class Traits:
    """What an entry is known by, `every` trait once.

    `kinds` is what happened, by its title first, `events` all that its words tell of, `agencies` who acts there,
    `sums` money by currency and in millions, `codes` are products, `targets` what the cells look for, `called` what
    studies are, `ruled` where its agency rules, `lands` the countries it names; `alone` tells of round-ups
    and opinions, which are no other's story.
    """

    every: frozenset[Trait]
    kinds: frozenset[str]
    events: frozenset[str]
    agencies: frozenset[str]
    sums: frozenset[tuple[str, float]]
    codes: frozenset[str]
    targets: frozenset[str]
    called: frozenset[str]
    ruled: frozenset[str]
    lands: frozenset[str]
    alone: bool


def traits_of(judged: Judged, facts: Facts, dois: Iterable[str]) -> Traits:
    """Read the traits of an entry off its words and facts."""
    entry, named = judged.entry, frozenset(dois)
    title = _bare(entry.title)
    text = f"{title}. {entry.summary[:_LIMIT]}"
    german = entry.language == "de"
    every = {
        *_words(title, proper=not german and not _in_title_case(title)),
        *_words(entry.summary[:_LIMIT], proper=not german),
    }
    agencies = frozenset(key for key, name in _agencies() if name.search(text))
    events = _happened(text)
    kinds = _happened(title) or events
    sums = frozenset(_sums(text))
    lands = frozenset(each.key for each in places(text))
    given: dict[str, Iterable[object]] = {
        "study": facts.nct_numbers, "doi": named, "code": facts.products, "sum": sums,
        "share": (share for share in facts.shares if share[1] >= _LEAST_SHARE),
        "age": facts.ages, "people": (n for n in facts.groups if n > 2), "disease": facts.conditions,
        "agency": agencies, "therapy": facts.therapies, "kind": kinds, "place": lands,
        "harm": ["death"] if _death().search(text) else (),
    }  # fmt: skip
    every |= {(sort, value) for sort, values in given.items() for value in values}
    every -= {(sort, code.replace("-", "")) for code in facts.products for sort in ("name", "called")}  # no trait twice
    every -= {("number", n) for n in (*facts.groups, *facts.ages, *(n for share in facts.shares for n in share))}
    ruled = frozenset(each.key for each in places(title)) or lands
    called = frozenset(str(value) for sort, value in every if sort == "called")
    return Traits(
        frozenset(every),
        kinds,
        events,
        agencies,
        sums,
        facts.products,
        frozenset(_TARGET.findall(text)),
        called,
        ruled,
        lands,
        len(named) > 1 or bool(_ALONE.search(title) or _OPINION.match(entry.title)),
    )


def _happened(text: str) -> frozenset[str]:
    return frozenset(kind for kind, words in _kinds() if words.search(text))


def _bare(title: str) -> str:
    """A title without labels before it and the outlet's name behind it."""
    label = _LABEL.match(title)
    cut = title[label.end() :] if label and label.end() + 12 < len(title) else title
    return _OUTLET.sub("", cut)


def _in_title_case(title: str) -> bool:
    """Whether a headline writes most of its words with a capital, so that capitals tell nothing."""
    words = [str(word) for word in re.findall(r"[^\W\d_]{4,}", title)]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _words(text: str, *, proper: bool) -> Iterator[Trait]:
    """Every word that may be shared: names stronger than words where they are `proper`, numbers, towns by one name."""
    digits, first = in_digits(text)[0], True
    shouted = digits.isupper()
    for found in _TOKEN.finditer(digits):
        word, begins = found[0], first
        first = digits[found.end() : found.end() + 1] in {".", "!", "?", ":"}
        low = re.sub(r"[^a-z0-9]", "", unaccented(word).lower())
        if low.isdigit():
            if len(low) < 7 and not 1900 <= int(low) <= 2100 and int(low) > 2:
                yield ("number" if len(low) > 1 else "word"), int(low)
        elif _CALLED.fullmatch(word) and not shouted and low not in _towns():
            yield "called", low
        elif any(c.isdigit() for c in low):
            yield "word", low  # products have a trait of their own; what is left are targets, scores and weeks
        else:
            for part in word.split("-"):
                yield from _word(part, proper=proper and part[:1].isupper() and not begins)


_CALLED = re.compile(r"(?!CAR)(?:[A-Z]{4,14}-(?:[0-9]{1,2}|[A-Z]{1,3})|[A-Z]{2,8}-[A-Z]{3,8})")
_TARGET = re.compile(r"CD(?!3\b|[48]\b)[0-9]{1,3}|BCMA|MuSK|BAFF")
"""What studies are called: RELAX-1, LUNARIS."""


def _word(part: str, *, proper: bool) -> Iterator[Trait]:
    town = _towns().get(part.lower()) or _towns().get(unaccented(part).lower())
    plain = town or stem(part)
    if len(plain) >= 3 and not {plain, part.lower()} & _CUES["common"].words:
        yield ("name", plain) if proper or town else ("word", _folded(plain))


def _folded(word: str) -> str:
    """A word by the beginning that it has in both languages: enterocolitis, Enterokolitis."""
    for german, english in (("k", "c"), ("z", "c"), ("ph", "f"), ("oe", "o"), ("ae", "a")):
        word = word.replace(german, english)
    return word[:_BEGINNING]


@cache
def _death() -> re.Pattern[str]:
    return re.compile(rf"\b{harms('death', terms=terms())}\b", re.IGNORECASE)


def _sums(text: str) -> Iterator[tuple[str, float]]:
    """Sums of money, by currency and in millions; smaller ones are prices."""
    for found in _SUM.finditer(text):
        named, much, unit = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
        value = float(much.replace(",", ".")) * (1000 if unit.lower().startswith(_BILLION) else 1)
        yield _CURRENCIES[named.lower().removeprefix("us-")], round(value, 1)


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.partition(" ") for line in _CUES.lines("agencies"))
    return tuple((key, re.compile(rf"(?<!\w)(?:{names})(?!\w)")) for key, _, names in lines)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = [name for name in _CUES.lists if name.startswith("kind-")]
    return tuple(
        (each.removeprefix("kind-"), _CUES.late(rf"(?<!\w)(?:<{each}>)(?!\w)", re.IGNORECASE)) for each in named
    )


@cache
def _towns() -> Mapping[str, str]:
    """Towns by each of their names, also without accents."""
    rows = [line.split() for line in _CUES.lines("towns")]
    return {each: names[0] for names in rows for name in names for each in (name, unaccented(name).lower())}


_CUES = pack(__name__)
_LABEL = _CUES.late(r"\s*(?:<label>)\s*[:|–—-]*\s+", re.IGNORECASE)
_ALONE = _CUES.late(r"(?<!\w)(?:<alone>)(?!\w)", re.IGNORECASE)
_OPINION = _CUES.late(r"\W*(?:<opinion>)\b\s?[:|–—-]", re.IGNORECASE)
