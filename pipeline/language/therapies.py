"""Which of the therapies we follow an entry names, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language import signs
from pipeline.language.entry_words import Hit, Words, first_hit
from pipeline.language.products import PIECES, product_in
from pipeline.language.traps import blank, without_traps
from pipeline.model.names import Therapy


@dataclass(frozen=True, slots=True)
class Named:
    """The therapies an entry names, main one first, each with its words.

    `donor` tells that the cells come from a donor; `collision` what made "CAR" mean another thing;
    `relative` a kin of CAR-T that we don't follow.
    """

    therapies: tuple[Therapy, ...] = ()
    hits: tuple[Hit, ...] = ()
    donor: bool = False
    collision: str = ""
    relative: str = ""


def may_name_therapy(text: str) -> bool:
    """Take a quick first look at folded text: False means no therapy can be in it."""
    if "CAR" in text:
        return True
    lower = text.lower()
    return _any(_QUICK, lower) or _may_name_product(lower)


def therapies_in(words: Words) -> Named:
    """Find the therapies an entry names without doubt; the one named first in the strongest place leads."""
    parts = [without_traps(text) for _, text in words.places()]
    collision = next((other for _, other in parts if other), "")
    clean = Words(*(text for text, _ in parts))
    everything = clean.everything
    lower = everything.lower()
    found: dict[Therapy, Hit] = {}
    relative = None
    if "CAR" in everything or _any(signs.CHIMERIC, lower):
        relative = first_hit(signs.RELATIVES, clean)
        _add_cars(found, clean)
    elif _any(signs.LAY, lower) and (hit := first_hit(signs.CAR_T, clean)):
        found[Therapy.CAR_T] = hit
    if _any(signs.ENGAGING, lower) and (hit := _engager(clean, everything)):
        found[Therapy.BISPECIFIC] = hit
    donor = _add_product(found, words, surely=False) if _may_name_product(lower) else False
    return _named(found, words, donor=donor, collision=collision, relative=relative.words if relative else "")


def weak_therapies_in(words: Words) -> Named:
    """Find what counts only beside an autoimmune condition: short product names, B-cell depletion, conditioning."""
    found: dict[Therapy, Hit] = {}
    donor = signs.MODALITY.search(words.everything) is not None and _add_product(found, words, surely=True)
    if not found and not signs.OTHER_TOPIC.search(words.title) and (hit := first_hit(signs.DEPLETION, words, _HEADS)):
        found[Therapy.B_CELL_DEPLETION] = hit
    registry = bool(words.named or words.means)
    if not found and registry and not signs.NO_ENGINEERING.search(words.everything):
        hit = first_hit(signs.CONDITIONING, words)
        if hit is not None:
            found[Therapy.CAR_T] = hit
    return _named(found, words, donor=donor)


def _named(found: dict[Therapy, Hit], words: Words, *, donor: bool, collision: str = "", relative: str = "") -> Named:
    therapies = tuple(sorted(found, key=lambda therapy: _strength(found[therapy])))
    if found and not donor:
        donor = first_hit(signs.DONOR, words, _HEADS) is not None
    return Named(therapies, tuple(found[t] for t in therapies), donor=donor, collision=collision, relative=relative)


def _add_cars(found: dict[Therapy, Hit], words: Words) -> None:
    """Add the kinds of CAR; what names a special kind, or a relative, doesn't name CAR-T as well."""
    kinds = (
        (Therapy.CAAR_T, signs.CAAR),
        (Therapy.CAR_TREG, signs.TREG),
        (Therapy.CAR_NK, signs.NK),
        (Therapy.IN_VIVO_CAR, signs.IN_VIVO),
    )
    for therapy, pattern in kinds:
        if hit := first_hit(pattern, words):
            found[therapy] = hit
    if Therapy.IN_VIVO_CAR in found:
        return
    bare = Words(*(_without_kinds(part) for _, part in words.places()))
    if hit := first_hit(signs.CAR_T, bare):
        found[Therapy.CAR_T] = hit


def _without_kinds(text: str) -> str:
    for pattern in (signs.CAAR, signs.TREG, signs.NK, signs.RELATIVES):
        text = blank(pattern, text)
    return text


def _engager(words: Words, everything: str) -> Hit | None:
    """Find an antibody that draws T cells near; "bispecific" alone may also be a pair of blocked signals, or a CAR."""
    hit = first_hit(signs.ENGAGER, words)
    if hit is not None or signs.NOT_ENGAGER.search(everything):
        return hit
    return first_hit(signs.BISPECIFIC, Words(*(blank(signs.BISPECIFIC_CAR, part) for _, part in words.places())))


def _add_product(found: dict[Therapy, Hit], words: Words, *, surely: bool) -> bool:
    """Add the therapy of the product that is named; returns whether its cells come from a donor."""
    for place, text in words.places():
        named = product_in(text, surely=surely) if text else None
        if named is not None:
            product, spelled = named
            found.setdefault(product.therapy, Hit(spelled, place, text.find(spelled)))
            if product.therapy is Therapy.IN_VIVO_CAR:
                found.pop(Therapy.CAR_T, None)
            return product.donor
    return False


def _strength(hit: Hit) -> tuple[int, int]:
    return _PLACES.index(hit.place), hit.start


def _may_name_product(lower: str) -> bool:
    pieces = _PIECE.findall(lower)
    return "cel" in pieces or not PIECES.isdisjoint(pieces)


def _any(stems: tuple[str, ...], lower: str) -> bool:
    # Mapped in C: this line is run for every entry of every source.
    return any(map(lower.__contains__, stems))


_PIECE = re.compile(r"[a-z0-9]+")
_HEADS = ("the title", "the conditions field", "the interventions field")
_PLACES = (*_HEADS, "the summary")
_QUICK = (*signs.CHIMERIC, *signs.ENGAGING, *signs.LAY, *signs.DEPLETING)
