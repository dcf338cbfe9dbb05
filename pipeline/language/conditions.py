"""Conditions by their plain names: the autoimmune ones we follow, neighbours that are off by default, and cancers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.language.entry_words import Grounds, Words
from pipeline.language.first_look import Group
from pipeline.language.late import late
from pipeline.language.noun import letters
from pipeline.language.terms import GENERIC, Disease, Spellings, Terms, abbreviations, either
from pipeline.language.terms import terms as shipped_terms
from pipeline.language.traps import without_asides


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions an entry names: ours (plain names, strongest place first), those that are off, and cancers.

    `first` are the words that named the first of ours; `place` of it tells title and fields from summary.
    """

    ours: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    first: Grounds | None = None
    first_off: Grounds | None = None
    cancer: Grounds | None = None

    @property
    def central(self) -> bool:
        """Whether one of ours stands in the title or the registry's own fields."""
        return self.first is not None and self.first.place != "the summary"


def conditions_in(words: Words, terms: Terms | None = None) -> Found:
    """Find the conditions an entry is about; what the summary alone names counts when title and fields name none."""
    patterns, text = _patterns(terms or shipped_terms()), _Text.of(words)
    ours, off = patterns.specific(text.head, patterns.ours), patterns.specific(text.head, patterns.off)
    general = patterns.general_in(text.head)
    if not ours and (general or not off):
        ours = patterns.specific(text.rest, patterns.ours)
    first = next((hit for name in ours if (hit := text.find(patterns.ours[name].search))), None)
    cancer = text.find(patterns.cancer.search)
    if not ours:
        first = text.find(patterns.general_in, head_only=bool(off))
        if first is None and cancer is None and not off and (found := patterns.speciality.search(text.head.words)):
            first = Grounds(found.group(), "the title")
        ours = (GENERIC,) if first else ()
    if not ours and not off:
        off = patterns.specific(text.rest, patterns.off)
    first_off = next((hit for name in off if (hit := text.find(patterns.off[name].search))), None)
    return Found(ours, off, first, first_off, cancer)


def counted_in(words: Words, terms: Terms | None = None) -> tuple[int, int]:
    """Count how often a summary names autoimmune conditions, and cancers."""
    patterns, rest = _patterns(terms or shipped_terms()), _Part.of(words.rest)
    ours = sum(len(sign.words.findall(rest.lower)) for sign in (*patterns.ours.values(), patterns.general))
    return ours, len(patterns.cancer.words.findall(rest.lower))


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a condition is written: `words` in lower case, known by their `letters`, `capitals` in the text as it is."""

    words: re.Pattern[str]
    letters: Group
    capitals: re.Pattern[str] | None = None
    gives_way: tuple[str, ...] = ()

    def search(self, part: _Part, *, shorts: bool = True) -> re.Match[str] | None:
        found = self.words.search(part.lower) if any(each in part.lower for each in self.letters) else None
        return found or (self.capitals.search(part.words) if shorts and self.capitals else None)


@dataclass(frozen=True, slots=True)
class _Part:
    words: str
    lower: str

    @classmethod
    def of(cls, text: str) -> _Part:
        clean = without_asides(text)
        return cls(clean, clean.lower())


@dataclass(frozen=True, slots=True)
class _Text:
    title: _Part
    named: _Part
    head: _Part
    rest: _Part

    @classmethod
    def of(cls, words: Words) -> _Text:
        title, named, rest = _Part.of(words.title), _Part.of(words.named), _Part.of(words.rest)
        head = _Part(f"{title.words}\n{named.words}", f"{title.lower}\n{named.lower}") if words.named else title
        return cls(title, named, head, rest)

    def find(self, search: _Search, *, head_only: bool = False) -> Grounds | None:
        parts = (("the title", self.title), ("the conditions field", self.named), ("the summary", self.rest))
        for place, part in parts[:2] if head_only else parts:
            if part.words and (found := search(part)):
                return _hit(found, place, part)
        return None


_Search = Callable[[_Part], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class _DiseasePatterns:
    """The terms, made ready to be looked for."""

    ours: dict[str, _Sign]
    off: dict[str, _Sign]
    general: _Sign
    cancer: _Sign
    speciality: re.Pattern[str]
    shorts: re.Pattern[str]

    def general_in(self, part: _Part) -> re.Match[str] | None:
        """Find "autoimmune" and the like, but not as a part of a condition that is off ("autoimmune diabetes")."""
        lower = part.lower
        for sign in self.off.values():
            lower = sign.words.sub(lambda m: " " * len(m.group()), lower)
        return self.general.words.search(lower)

    def specific(self, part: _Part, table: dict[str, _Sign]) -> tuple[str, ...]:
        """Name the conditions of a part in the order they stand; short forms are looked for only where any is there."""
        shorts = self.shorts.search(part.words) is not None
        found = sorted((m.start(), name) for name, sign in table.items() if (m := sign.search(part, shorts=shorts)))
        names = [name for _, name in found]
        return tuple(name for name in names if not any(other in names for other in table[name].gives_way))


@lru_cache(maxsize=8)
def _patterns(terms: Terms) -> _DiseasePatterns:
    by_follow = {
        follow: {d.key: _sign(d) for d in terms.diseases if d.follow == follow} for follow in ("always", "named")
    }
    general = rf"(?:{either(terms.generic)})\w*(?:[ -](?:diseases?|disorders?|conditions?))?"
    return _DiseasePatterns(
        ours=by_follow["always"],
        off=by_follow["named"],
        general=_named((general,)),
        cancer=_cancers(terms),
        speciality=late(rf"(?:{either(terms.specialities)})\w*", re.IGNORECASE),
        shorts=late(rf"\b(?:{either(tuple(s for d in terms.diseases for s in (*d.capitals, *d.company)))})\b"),
    )


def _hit(found: re.Match[str], place: str, part: _Part) -> Grounds:
    """Quote the words as they stand; lower-casing keeps places except in a few scripts."""
    same = len(part.lower) == len(part.words)
    return Grounds((part.words[found.start() : found.end()] if same else found.group()).strip(), place, found.start())


def _sign(disease: Disease) -> _Sign:
    short = abbreviations(disease.capitals, disease.company)
    return replace(_named(disease.spellings), capitals=late(short) if short else None, gives_way=disease.gives_way)


def _cancers(terms: Terms) -> _Sign:
    """Cancers by their names; "non-malignant" and "nicht-onkologisch" name none."""
    sign = _named(terms.cancers)
    return replace(
        sign, words=late(rf"(?<!\bnon)(?<!\bnon[- ])(?<!\bnicht)(?<!\bnicht[- ])(?:{either(terms.cancers)})\w*")
    )


def _named(spellings: Spellings) -> _Sign:
    words = rf"(?:{either(spellings)})\w*"
    return _Sign(late(words), letters(words))
