"""Which product a text names, so that a title with a code alone is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.late import late
from pipeline.language.terms import Product, Terms
from pipeline.language.terms import terms as shipped_terms
from pipeline.language.traps import no_product


def product_in(text: str, *, surely: bool, terms: Terms | None = None) -> tuple[Product, str] | None:
    """Find the first product named in a text, with the words it was named by.

    Short names and ordinary words count only when `surely` says that a disease and a modality stand beside them.
    """
    names = _names(terms or shipped_terms())
    found = names.long.search(text) or (names.short.search(text) if surely else None)
    return (names.by_key[_key(found.group())], found.group()) if found else None


def products_in(text: str, terms: Terms | None = None) -> tuple[tuple[str, str, int, int], ...]:
    """Find what looks like a product's code or name, known or not: key, words and span of each, where it first stands.

    The key of a known product is its own; of another its name in one way, without hyphen and case.
    """
    text = text.replace("/", " ")
    terms = terms or shipped_terms()
    words = dict.fromkeys(w.strip("()[].,;:'’\"") for w in text.split())
    codes = (w for w in words if not w.isalpha() and _CODE.fullmatch(w))
    names = (w for w in words if w.lower().endswith(_NAME_ENDS) and _NAME.fullmatch(w))
    found = ((w, text.find(w)) for w in (*codes, *names) if not no_product(w))
    return tuple((_product(w, terms), w, at, at + len(w)) for w, at in found)


def pieces(terms: Terms | None = None) -> frozenset[str]:
    """For a quick first look: a part of each name that ordinary words are least like; names in -cel are known by it."""
    return _names(terms or shipped_terms()).pieces


_CODE = late(r"[a-z]{2,5}-?\d{2,5}[a-z]?\d{0,2}|[a-z]{2,5}-[a-z0-9]{2,5}-\d{2,5}", re.IGNORECASE)
_NAME = late(r"[a-z]{3,9}-cel|[a-z]{4,}(?:tagene|lecleucel|mab)", re.IGNORECASE)
_NAME_ENDS = ("-cel", "tagene", "lecleucel", "mab")


@lru_cache(maxsize=4096)
def _product(name: str, terms: Terms) -> str:
    known = product_in(name, surely=True, terms=terms)
    if known is not None:
        return known[0].key
    lower = name.lower()
    return lower if lower.endswith("-cel") else lower.replace("-", "")


@dataclass(frozen=True, slots=True)
class _Names:
    by_key: dict[str, Product]
    long: re.Pattern[str]
    short: re.Pattern[str]
    pieces: frozenset[str]


@lru_cache(maxsize=8)
def _names(terms: Terms) -> _Names:
    names = [name for product in terms.products for name in product.spellings]
    return _Names(
        by_key={_key(name): product for product in terms.products for name in product.spellings},
        long=_pattern([n for n in names if len(_key(n)) >= 5]),
        # Shorter than five characters: as likely a gene, a ward or a grant as a product.
        short=_pattern([n for n in names if len(_key(n)) < 5]),
        pieces=frozenset(p for name in names if not name.endswith("-cel") for p in (_key(name), _piece(name))),
    )


def _key(name: str) -> str:
    return re.sub(r"[- ]", "", name.lower())


def _pattern(names: list[str]) -> re.Pattern[str]:
    spelled = sorted((re.sub(r"(?:\\-|\\ )", "[- ]{0,2}", re.escape(n)) for n in names), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)


def _piece(name: str) -> str:
    """The part of a name that ordinary words are least like: "kyv" of "kyv-101", "car168" of "c-car168"."""
    pieces: list[str] = re.findall(r"[a-z0-9]+", name)
    coded: list[str] = [p for p in pieces if len(p) >= 4 and re.search(r"\d", p)]
    words = [p for p in pieces if p.isalpha() and len(p) >= 3]
    return max(coded or words or pieces, key=len)
