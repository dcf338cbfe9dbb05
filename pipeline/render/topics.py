"""What the archive has on each disease and each therapy, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from pipeline.render.card import Card
from pipeline.render.layout import Layout
from pipeline.text import slug

_PAGE = 25


@dataclass(frozen=True)
class Topic:
    """A disease or a therapy, the items on it from newest to oldest, and the name of its folder below `topics/`."""

    name: str
    folder: str
    cards: tuple[Card, ...]

    @property
    def path(self) -> str:
        """Its first page."""
        return self.pages[0][0]

    @cached_property
    def pages(self) -> tuple[tuple[str, tuple[Card, ...]], ...]:
        """Its pages, with the items on each; a topic has one at least."""
        starts = range(0, max(len(self.cards), 1), _PAGE)
        return tuple(
            (f"topics/{self.folder}/{f'{n}/' if n else ''}index.html", self.cards[start : start + _PAGE])
            for n, start in zip((0, *range(2, len(starts) + 1)), starts, strict=True)
        )

    @cached_property
    def in_people(self) -> int:
        """How many studies its items tell the findings of, in people; items on one paper or trial are on one study."""
        above: dict[str, str] = {}

        def study(key: str) -> str:
            while above.setdefault(key, key) != key:
                above[key] = above[above[key]]
                key = above[key]
            return key

        for card in self._in_people:
            first, *others = card.printed.keys or {card.printed.address}
            for key in (first, *others):
                above[study(key)] = study(first)
        return sum(key == over for key, over in above.items())

    @cached_property
    def highest(self) -> Card | None:
        """The item whose study stands highest on the ladder, of those that treated people."""
        return max(self._in_people, key=lambda c: c.rung.step or 0, default=None)

    @cached_property
    def _in_people(self) -> tuple[Card, ...]:
        return tuple(c for c in self.cards if c.rung.treats and not c.withdrawn)


@dataclass(frozen=True, slots=True)
class TopicIndex:
    """All topics that an item is about: diseases by how much there is on them, therapies in the house's order.

    Those of which no item is left are `empty`: their pages stay, on no list.
    """

    diseases: tuple[Topic, ...]
    therapies: tuple[Topic, ...]
    empty: tuple[Topic, ...] = ()

    @property
    def all(self) -> tuple[Topic, ...]:
        """Every topic."""
        return (*self.diseases, *self.therapies)

    @property
    def with_pages(self) -> tuple[Topic, ...]:
        """Every topic that has a page and a feed."""
        return (*self.all, *self.empty)

    def of(self, card: Card) -> tuple[Topic, ...]:
        """The topics of an item."""
        about = card.item.about
        return tuple(t for t in self.all if t.name in about.conditions or t.name in about.therapies)


def topics_of(layouts: Mapping[str, Layout], kept: Mapping[str, str] = MappingProxyType({})) -> TopicIndex:
    """Gather the topics of an archive. An address, once given, goes to no other topic: the oldest issue names first.

    `kept` are topics that were published, by folder: one of which no item is left is empty.
    """
    named: dict[tuple[bool, str], list[Card]] = {}  # a therapy, or not; by name
    for key in sorted(layouts):
        for card in layouts[key].cards:
            about = card.item.about
            for topic in (*((False, name) for name in about.conditions), *((True, str(t)) for t in about.therapies)):
                named.setdefault(topic, []).append(card)
    folders = _folders(tuple(name for _, name in named))
    made = [
        [Topic(name, folders[name], _newest_first(cards)) for (kind, name), cards in named.items() if kind is therapy]
        for therapy in (False, True)
    ]
    by_size = sorted(made[0], key=lambda topic: (-len(topic.cards), topic.name.casefold()))
    there = set(folders.values())
    empty = tuple(Topic(name, folder, ()) for folder, name in sorted(kept.items()) if folder not in there)
    return TopicIndex(tuple(by_size), tuple(made[1]), empty)


def _newest_first(cards: list[Card]) -> tuple[Card, ...]:
    """The newest issue's items first; the editors' order holds within each."""
    return tuple(sorted(cards, key=lambda card: card.printed.key, reverse=True))


def _folders(names: tuple[str, ...]) -> dict[str, str]:
    """Name a folder for each topic; the second of two that would have the same one gets a number."""
    folders: dict[str, str] = {}
    for name in names:
        folder = plain = slug(name)
        number = 2
        while folder in folders.values():
            folder, number = f"{plain}-{number}", number + 1
        folders[name] = folder
    return folders
