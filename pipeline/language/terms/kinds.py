"""The things the field has names for, as values; a field of an entry here is a field of its entry in the YAML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import chain

from pipeline.model.names import Therapy

GENERIC = "autoimmune disease"
"""What an entry is about that names the field and none of its diseases."""

Spellings = tuple[str, ...]
"""Ways something is written, as patterns in small letters: "(a|b)" is either and captures nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the registers are asked for: PubMed, the EU's register of trials, ISRCTN, ClinicalTrials.gov."""

    key: str
    pubmed: Spellings = ()
    ctis: Spellings = ()
    isrctn: Spellings = ()
    clinicaltrials: Spellings = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disease(Asked):
    """A disease. The head of `diseases.yml` says what each field is."""

    en: Spellings = ()
    de: Spellings = ()
    capitals: Spellings = ()
    company: Spellings = ()
    loose: Spellings = ()
    forms: Spellings = ()
    gives_way: Spellings = ()
    follow: str = "always"
    glossary: str = ""
    no_glossary: str = ""

    @property
    def spellings(self) -> Spellings:
        """How it is written in small letters, in all languages."""
        return (*self.en, *self.de)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPart:
    """A part of signs, or signs of something beside a therapy; `case` "any" looks for them in either case.

    `letters` are no signs: a text in which none of them stands, in small letters, needs no closer look.
    """

    key: str
    signs: Spellings = ()
    letters: tuple[str, ...] = ()
    case: str = "as written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means(Asked):
    """A therapy, and the signs it is known by. The head of `therapies.yml` says what each field is."""

    name: str
    signs: Spellings = ()
    case: str = "as written"
    glossary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Asked):
    """A product under study. The head of `products.yml` says what each field is."""

    therapy: Therapy
    names: Spellings = ()
    target: str = ""
    donor: bool = False
    alone: Spellings = ()

    @property
    def spellings(self) -> Spellings:
        """Its names, the one it is called by first."""
        return (self.key, *self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, a union of countries, or many of them. The head of `places.yml` says what each field is."""

    key: str
    region: str = ""
    registries: Spellings = ()
    en: Spellings = ()
    de: Spellings = ()
    capitals: Spellings = ()
    union: str = ""

    @property
    def spellings(self) -> Spellings:
        """How it is written in any case, in all languages."""
        return (*self.en, *self.de)

    @property
    def listed_as(self) -> Spellings:
        """What registries write for it."""
        return self.registries or (self.key,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """A harm by its name, or words that speak of harms. The head of `harms.yml` says what each field is."""

    key: str
    en: Spellings = ()
    de: Spellings = ()
    sense: str = "named"

    @property
    def spellings(self) -> Spellings:
        """How it is written, in all languages."""
        return (*self.en, *self.de)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWord:
    """A number that has a word of its own. The head of `number_words.yml` says what each field is."""

    key: str
    value: Decimal
    en: Spellings = ()
    de: Spellings = ()
    in_german: Spellings = ()
    joined: Spellings = ()
    article: Spellings = ()
    nth: Spellings = ()
    part: Spellings = ()
    implied: Spellings = ()
    times: Spellings = ()
    sort: str = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a number counts. The head of `units.yml` says what each field is."""

    key: str
    en: Spellings = ()
    de: Spellings = ()
    adjective: Spellings = ()
    sort: str = "time"

    @property
    def spellings(self) -> Spellings:
        """How it is written, in all languages; German adjectives with each of their endings."""
        endings = ("", "e", "en", "er", "es", "em")
        return (*self.en, *self.de, *(f"{stem}{end}" for stem in self.adjective for end in endings))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """All terms, as one value; two are the same only when they are one object."""

    diseases: tuple[Disease, ...] = ()
    asked: tuple[Asked, ...] = ()
    in_passing: Spellings = ()
    generic: Spellings = ()
    specialities: Spellings = ()
    cancers: Spellings = ()
    therapies: tuple[Means, ...] = ()
    pieces: tuple[SignPart, ...] = ()
    products: tuple[Product, ...] = ()
    places: tuple[Country, ...] = ()
    regions: tuple[str, ...] = ()
    harms: tuple[Harm, ...] = ()
    cancer_words: Spellings = ()
    numbers: tuple[NumberWord, ...] = ()
    units: tuple[Unit, ...] = ()
    statistics: Spellings = ()
    stated: Spellings = ()
    lasting: Spellings = ()
    every: Spellings = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """The plain names a settings file may use, the generic one and those that are off by default included."""
        return (*(d.key for d in self.diseases if d.follow == "always"), GENERIC, *self.off_by_default)

    @property
    def off_by_default(self) -> tuple[str, ...]:
        """The conditions that count only where the topics name them."""
        return tuple(d.key for d in self.diseases if d.follow == "named")

    def plus(self, other: Terms) -> Terms:
        """These terms and another's behind them."""
        return Terms(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Terms)})

    def beyond(self, others: Terms) -> dict[str, tuple[str, ...]]:
        """What each register is asked for of the diseases that the others don't have; empty where there are none."""
        own = [disease for disease in self.diseases if disease not in others.diseases]
        return {name: _each(name, own) for name in ("pubmed", "ctis", "clinicaltrials")} if own else {}

    def search_words(self, register: str) -> tuple[str, ...]:
        """What a register is asked for of diseases, each word once; the general words first."""
        return _each(register, (*self.asked, *self.diseases))

    def means(self, register: str) -> tuple[str, ...]:
        """What a register is asked for of therapies and products, each word once."""
        return _each(register, (*self.therapies, *self.products))

    @property
    def alone(self) -> tuple[str, ...]:
        """The products that ClinicalTrials.gov is asked for without a disease."""
        return _each("alone", self.products)


def _each(register: str, some: Iterable[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(getattr(each, register) for each in some)))
