"""How much of each item stands in the e-mail: a story, a card, a row, or nothing but a place among those counted.

A tired reader is asked for so many words and no more. Past the budget the mail gets shorter in one fixed order; what
readers must hear of (corrections, withdrawn papers, safety, regulation, what stopped) keeps its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from pipeline.model.names import Extent
from pipeline.render.archive import Corrected
from pipeline.render.card import Card
from pipeline.render.layout import LaidPart, Layout, Part
from pipeline.text import clip, word_count

_UNSEEN = re.compile(r"<(style|title)\b.*?</\1>|<!--.*?-->|<div class=\"preheader\"[^>]*>.*?</div>", re.DOTALL)
_WITHIN = re.compile(r"</?(?:a|abbr|b|em|i|span|strong)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")

_SHORT, _STEP = 24, 12
"""Signs of a headline in a second link to its item, and how many more when two would have the same."""

_EXTENTS = {"depth": Extent.STORY, "trials": Extent.ROW, "stopped": Extent.ROW}
_SHORTENED = ("emerging", "research")
"""Parts whose cards become rows, the first one first."""
_MOVED = ("trials", "emerging", "research")
"""Parts whose rows move online, the first one first."""

Extents = Mapping[str, Extent]
"""How much of each item is told, by the item's id."""


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of an issue as the mail has it: the items that stand in it, and how many more are online."""

    part: Part
    cards: tuple[Card, ...]
    extents: Extents
    moved: int
    corrections: tuple[Corrected, ...] = ()

    def of(self, extent: str) -> tuple[Card, ...]:
        """The items that are told at a length, in the editors' order."""
        return tuple(card for card in self.cards if self.extents[card.item.id] == extent)


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of the mail, by their names and in their order; `shortened` counts the steps that were taken."""

    parts: tuple[LetterPart, ...]
    extents: Extents
    shortened: int = 0

    def opens(self, card: Card, sentence: str) -> bool:
        """Whether a fixed sentence on evidence is told at length here: once, by the first story or card that has it."""
        for each in (card for part in self.parts for card in part.cards):
            if self.extents[each.item.id] is not Extent.ROW and sentence in (each.rung.sentence, *each.rung.flags):
                return each is card
        return False

    def __getitem__(self, name: str) -> LetterPart:
        return next(part for part in self.parts if part.part.name == name)


def fitted(layout: Layout, fits: Callable[[Letter], bool]) -> Letter:
    """Make the fullest mail that fits; when none does, the shortest.

    `fits` is asked a few times: that a shorter mail fits where a longer one does is taken for granted.
    """
    steps = tuple(_steps(layout))
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(_letter(layout, steps[:middle])) else (middle + 1, high)
    return _letter(layout, steps[:low])


def link_words(cards: Iterable[Card]) -> tuple[dict[str, str], dict[str, str]]:
    """Say under which words items are linked, by their ids: the headline, and a short one. No two have the same."""
    whole: dict[str, str] = {}
    for card in cards:
        head, number = card.printed.headline, 2
        while _folded(head) in map(_folded, whole.values()):
            head, number = f"{card.printed.headline} ({number})", number + 1
        whole[card.item.id] = head
    found = dict.fromkeys(whole, "")
    for limit in range(_SHORT, max(map(len, whole.values()), default=0) + _STEP, _STEP):
        cut = {key: clip(whole[key], limit) for key, short in found.items() if not short}
        often = Counter(map(_folded, cut.values()))
        found |= {key: short for key, short in cut.items() if often[_folded(short)] == 1}
    return whole, found


def words_seen(html: str) -> int:
    """Count the words that a reader of a page sees; what is hidden before the first line is not one of them."""
    return word_count(unescape(_TAG.sub(" ", _WITHIN.sub("", _UNSEEN.sub(" ", html)))))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _steps(layout: Layout) -> Iterator[tuple[str, Extent]]:
    """What is shortened, and to what, in the order in which it is."""
    parts = {laid.part.name: laid.cards for laid in layout.parts}
    yield from ((card.item.id, Extent.CARD) for card in parts.get("depth", ()))
    for name in _SHORTENED:
        yield from ((card.item.id, Extent.ROW) for card in reversed(parts.get(name, ())))
    for name in _MOVED:
        yield from ((card.item.id, Extent.ONLINE) for card in reversed(parts.get(name, ())))


def extents(layout: Layout) -> Extents:
    """Say how much of each item the mail tells if there is room."""
    return {card.item.id: _EXTENTS.get(laid.part.name, Extent.CARD) for laid in layout.parts for card in laid.cards}


def _letter(layout: Layout, steps: tuple[tuple[str, Extent], ...]) -> Letter:
    lengths = {**extents(layout), **dict(steps)}
    return Letter(tuple(_part(laid, lengths) for laid in layout.parts), lengths, len(steps))


def _part(laid: LaidPart, lengths: Extents) -> LetterPart:
    shown = tuple(card for card in laid.cards if lengths[card.item.id] is not Extent.ONLINE)
    return LetterPart(laid.part, shown, lengths, len(laid.cards) - len(shown), laid.corrections)
