"""Which of the therapies we follow an entry names, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.language.entry_words import Grounds, Words, first_hit
from pipeline.language.late import late
from pipeline.language.products import pieces, product_in
from pipeline.language.terms import Terms, either
from pipeline.language.terms import terms as shipped_terms
from pipeline.language.traps import blank, without_traps
from pipeline.model.names import Therapy


@dataclass(frozen=True, slots=True)
class Therapies:
    """The therapies an entry names, main one first, each with its words.

    `donor` tells that the cells come from a donor; `collision` what made "CAR" mean another thing;
    `relative` a kin of CAR-T that we don't follow.
    """

    therapies: tuple[Therapy, ...] = ()
    hits: tuple[Grounds, ...] = ()
    donor: bool = False
    collision: str = ""
    relative: str = ""


def may_name_therapy(text: str, terms: Terms | None = None) -> bool:
    """Take a quick first look at a comparable text: False means no therapy can be in it."""
    if "CAR" in text:
        return True
    lower = text.lower()
    patterns = _patterns(terms or shipped_terms())
    return _any(patterns.first, lower) or _may_name_product(lower, patterns)


def therapies_in(words: Words, terms: Terms | None = None) -> Therapies:
    """Find the therapies an entry names without doubt; the one named first in the strongest place leads."""
    patterns = _patterns(terms or shipped_terms())
    parts = [without_traps(text) for _, text in words.places()]
    collision = next((other for _, other in parts if other), "")
    clean = Words(*(text for text, _ in parts))
    everything = clean.everything
    lower = everything.lower()
    found: dict[Therapy, Grounds] = {}
    relative = None
    if "CAR" in everything or _any(patterns.quick["chimeric"], lower):
        relative = first_hit(patterns["relatives"], clean)
        _add_cars(found, clean, patterns)
    elif _any(patterns.quick["lay"], lower) and (hit := first_hit(patterns["car-t"], clean)):
        found[Therapy.CAR_T] = hit
    if _any(patterns.quick["engaging"], lower) and (hit := _engager(clean, everything, patterns)):
        found[Therapy.BISPECIFIC] = hit
    donor = _add_product(found, words, patterns, surely=False) if _may_name_product(lower, patterns) else False
    named = _named(found, words, patterns, donor=donor)
    return replace(named, collision=collision, relative=relative.words if relative else "")


def weak_therapies_in(words: Words, terms: Terms | None = None) -> Therapies:
    """Find what counts only beside an autoimmune condition: short product names, B-cell depletion, conditioning."""
    patterns = _patterns(terms or shipped_terms())
    found: dict[Therapy, Grounds] = {}
    named = patterns["modality"].search(words.everything) is not None
    donor = named and _add_product(found, words, patterns, surely=True)
    if (
        not found
        and not patterns["other topic"].search(words.title)
        and (hit := first_hit(patterns["b-cell-depletion"], words, _HEADS))
    ):
        found[Therapy.B_CELL_DEPLETION] = hit
    registry = bool(words.named or words.means)
    if not found and registry and not patterns["no engineering"].search(words.everything):
        hit = first_hit(patterns["conditioning"], words)
        if hit is not None:
            found[Therapy.CAR_T] = hit
    return _named(found, words, patterns, donor=donor)


def _named(found: dict[Therapy, Grounds], words: Words, patterns: _TherapyPatterns, *, donor: bool) -> Therapies:
    therapies = tuple(sorted(found, key=lambda therapy: _strength(found[therapy])))
    if found and not donor:
        donor = first_hit(patterns["donor"], words, _HEADS) is not None
    return Therapies(therapies, tuple(found[t] for t in therapies), donor=donor)


def _add_cars(found: dict[Therapy, Grounds], words: Words, patterns: _TherapyPatterns) -> None:
    """Add the kinds of CAR; what names a special kind, or a relative, doesn't name CAR-T as well."""
    kinds = (
        (Therapy.CAAR_T, patterns["caar-t"]),
        (Therapy.CAR_TREG, patterns["car-treg"]),
        (Therapy.CAR_NK, patterns["car-nk"]),
        (Therapy.IN_VIVO_CAR, patterns["in-vivo-car"]),
    )
    for therapy, pattern in kinds:
        if hit := first_hit(pattern, words):
            found[therapy] = hit
    if Therapy.IN_VIVO_CAR in found:
        return
    bare = Words(*(_without_kinds(part, patterns) for _, part in words.places()))
    if hit := first_hit(patterns["car-t"], bare):
        found[Therapy.CAR_T] = hit


def _without_kinds(text: str, patterns: _TherapyPatterns) -> str:
    for pattern in (patterns["caar-t"], patterns["car-treg"], patterns["car-nk"], patterns["relatives"]):
        text = blank(pattern, text)
    return text


def _engager(words: Words, everything: str, patterns: _TherapyPatterns) -> Grounds | None:
    """Find an antibody that draws T cells near; "bispecific" alone may also be a pair of blocked signals, or a CAR."""
    hit = first_hit(patterns["bispecific"], words)
    if hit is not None or patterns["no engager"].search(everything):
        return hit
    return first_hit(
        patterns["bispecific antibody"], Words(*(blank(patterns["bispecific car"], part) for _, part in words.places()))
    )


def _add_product(found: dict[Therapy, Grounds], words: Words, patterns: _TherapyPatterns, *, surely: bool) -> bool:
    """Add the therapy of the product that is named; returns whether its cells come from a donor."""
    for place, text in words.places():
        named = product_in(text, surely=surely, terms=patterns.terms) if text else None
        if named is not None:
            product, spelled = named
            found.setdefault(product.therapy, Grounds(spelled, place, text.find(spelled)))
            if product.therapy is Therapy.IN_VIVO_CAR:
                found.pop(Therapy.CAR_T, None)
            return product.donor
    return False


def _strength(hit: Grounds) -> tuple[int, int]:
    return _PLACES.index(hit.place), hit.start


def _may_name_product(lower: str, patterns: _TherapyPatterns) -> bool:
    found = _PIECE.findall(lower)
    return "cel" in found or not patterns.pieces.isdisjoint(found)


def _any(stems: tuple[str, ...], lower: str) -> bool:
    # Mapped in C: this line is run for every entry of every source.
    return any(map(lower.__contains__, stems))


_PIECE = late(r"[a-z0-9]+")
_HEADS = ("the title", "the conditions field", "the interventions field")
_PLACES = (*_HEADS, "the summary")
_INSERTED = late(r"\{([a-z ]+)\}")


@dataclass(frozen=True, slots=True)
class _TherapyPatterns:
    """The patterns by the key of their therapy or piece; `quick` are letters for a first look, `first` all of them."""

    terms: Terms
    patterns: dict[str, re.Pattern[str]]
    quick: dict[str, tuple[str, ...]]
    first: tuple[str, ...]
    pieces: frozenset[str]

    def __getitem__(self, key: str) -> re.Pattern[str]:
        return self.patterns[key]


@lru_cache(maxsize=8)
def _patterns(terms: Terms) -> _TherapyPatterns:
    parts = {piece.key: either(piece.signs) for piece in terms.pieces if piece.signs}

    def whole(pattern: str) -> str:
        return _INSERTED.sub(lambda m: f"(?:{whole(parts[m[1]])})", pattern)

    quick = {piece.key: piece.letters for piece in terms.pieces if piece.letters}
    named = [(m.key, m.signs, m.case) for m in terms.therapies] + [(p.key, p.signs, p.case) for p in terms.pieces]
    return _TherapyPatterns(
        terms=terms,
        patterns={
            key: late(whole(either(patterns)), re.IGNORECASE if case == "any" else 0)
            for key, patterns, case in named
            if patterns
        },
        quick=quick,
        first=tuple(letters for some in quick.values() for letters in some),
        pieces=pieces(terms),
    )
