"""What an entry's text names: diseases, therapies, products, places, harms; each sort found once and handed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.language.conditions import Found, conditions_in, counted_in
from pipeline.language.entry_words import Words, words_of
from pipeline.language.harm_words import harms
from pipeline.language.products import products_in
from pipeline.language.scope import places
from pipeline.language.terms import Terms, terms
from pipeline.language.therapies import Therapies, may_name_therapy, therapies_in, weak_therapies_in
from pipeline.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A thing by its key, the words it is named by, and where they stand in `Mentions.text`."""

    key: str
    words: str
    start: int
    end: int


class Mentions:
    """What the words of an entry, or of any text, name. Each sort is looked for when it is first asked for, and once.

    `terms` are those of the newsroom, or the shipped ones.
    """

    def __init__(self, words: Words, own: Terms | None = None) -> None:
        self.words = words
        self.terms = own or terms()

    @classmethod
    def of(cls, entry: Entry, own: Terms | None = None) -> Mentions:
        """Read an entry; its eligibility text names nothing."""
        return cls(words_of(entry), own)

    @property
    def text(self) -> str:
        """Title and summary, in which the spans are counted."""
        return self.words.text

    @cached_property
    def may_name_therapy(self) -> bool:
        """Whether a first look finds letters of a therapy; False means that there is none."""
        return may_name_therapy(f"{self.words.title} {self.words.rest}", self.terms)

    @cached_property
    def therapies(self) -> Therapies:
        """The therapies that are named without doubt."""
        return therapies_in(self.words, self.terms)

    @cached_property
    def weak_therapies(self) -> Therapies:
        """The therapies whose signs count only beside a disease of ours."""
        return weak_therapies_in(self.words, self.terms)

    @cached_property
    def diseases(self) -> Found:
        """The diseases it is about, ours and others, each first one with its words and place."""
        return conditions_in(self.words, self.terms)

    @cached_property
    def counted(self) -> tuple[int, int]:
        """How often the summary names autoimmune diseases, and cancers."""
        return counted_in(self.words, self.terms)

    @cached_property
    def products(self) -> tuple[Mentioned, ...]:
        """The products, known ones under their key."""
        return tuple(Mentioned(*found) for found in products_in(self.text, self.terms))

    @cached_property
    def places(self) -> tuple[Mentioned, ...]:
        """The countries and unions, each at its first words."""
        found = ((each, self.text.find(each.words)) for each in places(self.text, terms=self.terms))
        return tuple(Mentioned(each.key, each.words, at, at + len(each.words)) for each, at in found)

    @cached_property
    def harms(self) -> tuple[Mentioned, ...]:
        """The harms that are told of by name, deaths and later cancers among them."""
        found = _harm(self.terms).finditer(self.text)
        return tuple(Mentioned(m.group().lower(), m.group(), *m.span()) for m in found)


@lru_cache(maxsize=8)
def _harm(terms: Terms) -> re.Pattern[str]:
    return re.compile(rf"\b{harms('named', 'death', 'cancer', terms=terms)}\b", re.IGNORECASE)
