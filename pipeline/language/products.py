"""Which product a text names, so that a title with a code alone is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.terms import Product, Terms
from pipeline.language.terms import terms as shipped_terms


def product_in(text: str, *, surely: bool, terms: Terms | None = None) -> tuple[Product, str] | None:
    """Find the first product named in a text, with the words it was named by.

    Names that are short or ordinary words count only when `surely` says that a disease and a modality stand beside them.
    """
    names = _names(terms or shipped_terms())
    found = names.long.search(text) or (names.short.search(text) if surely else None)
    return (names.by_key[_key(found.group())], found.group()) if found else None


def pieces(terms: Terms | None = None) -> frozenset[str]:
    """For a quick first look: a part of each name that ordinary words are least like; names in -cel are known by it."""
    return _names(terms or shipped_terms()).pieces


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
