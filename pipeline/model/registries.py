"""Registries of studies: how each numbers them, where it shows them, and how far its lists go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """One registry, by the name of its kind of source.

    `number` is the shape of its numbers within a text in capitals, with an `example`; `older` that of numbers under
    which its studies can't be asked for, and `older_note` says why not. `page` is the address of a study's page, with
    `{number}` for its number, and `site` the domain. Of several registries that list a study, the one with the lowest
    `rank` says most. `posted` and `updated` are its names for the two dates of an entry. One that is
    `asked_by_number` is asked for each study we follow; one that `lists_all` lists all of a topic.
    """

    key: str
    number: Pattern[str]
    example: str
    older: Pattern[str] | None = None
    older_note: str = ""
    page: str = ""
    site: str = ""
    rank: int = 9
    posted: str = "first posted"
    updated: str = "updated"
    asked_by_number: bool = True
    lists_all: bool = True

    def numbers_in(self, text: str) -> tuple[str, ...]:
        """Find its studies' numbers in a text, as it writes them; the present ones first."""
        shapes = (self.number, self.older) if self.older else (self.number,)
        return tuple(m[0].replace(" ", "") for shape in shapes for m in shape.finditer(text.upper()))

    def page_of(self, number: str) -> str | None:
        """Give the address of a study's page; None where it has none, or the number is not one of its own."""
        return self.page.format(number=number) if self.page and self.number.fullmatch(number) else None

    def shows(self, link: str | None) -> bool:
        """Tell whether an address is one of its pages."""
        try:
            host = urlsplit(link or "").hostname
        except ValueError:
            return False
        return bool(host and self.site) and f".{host}".endswith(f".{self.site}")


@dataclass(frozen=True, slots=True)
class Registries:
    """All registries, the one that says most of a study first."""

    every: tuple[Registry, ...]

    def numbers_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Find numbers of any registry, each once; anything else (a sponsor's own code) is none."""
        return tuple(dict.fromkeys(n for text in texts for each in self.every for n in each.numbers_in(text)))

    def page_of(self, number: str) -> str | None:
        """Give the address of a study's page in the registry whose number it is; None where there is none."""
        return next((page for each in self.every if (page := each.page_of(number))), None)

    def number_at(self, link: str) -> str | None:
        """Give the number of the study whose own page in a registry an address is; None for any other address."""
        parts = re.split(r"[/=&?#]", link)
        found = (n for each in self.every if each.shows(link) for part in parts for n in each.numbers_in(part))
        return next(found, None)

    def show(self, link: str | None) -> bool:
        """Tell whether an address is a page of any registry."""
        return any(each.shows(link) for each in self.every)

    def of(self, number: str) -> Registry | None:
        """Give the registry whose number, or older number, this is; None for no such number."""
        return next((each for each in self.every if each.numbers_in(number) == (number,)), None)

    def place(self, key: str) -> int:
        """Give the place of a registry in their order; one that is not known comes last."""
        return next((n for n, each in enumerate(self.every) if each.key == key), len(self.every))
