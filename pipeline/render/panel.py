"""Benefit beside harms: what an item's counts say, each under the sentence that tells it.

A count that the harms tell already is drawn below their sentence; one that they don't gets a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from pipeline.language.numbers.parts import Portion, parts
from pipeline.language.sentences import as_written
from pipeline.model.item import Fact, Item
from pipeline.model.names import Shows
from pipeline.text import plain

D = TypeVar("D")
"""What is drawn: a picture on the web, its PNG in a mail."""


@dataclass(frozen=True, slots=True)
class PanelLine(Generic[D]):
    """A sentence, and the counts that it tells as pictures."""

    words: str
    drawings: tuple[D, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Generic[D]):
    """What helped beside what harmed; `totals` are the sizes of the groups drawn, where they differ.

    `harms` is empty where an item has none written down and none counted.
    """

    benefits: tuple[PanelLine[D], ...] = ()
    harms: tuple[PanelLine[D], ...] = ()
    totals: tuple[int, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether it has a picture."""
        return any(each.drawings for each in (*self.benefits, *self.harms))

    @property
    def harms_drawn(self) -> bool:
        """Whether a harm is drawn: without one, no benefit is."""
        return any(each.drawings for each in self.harms)

    @property
    def columns(self) -> tuple[tuple[PanelLine[D], ...], ...]:
        """What stands side by side: benefits and harms; of harms alone those that are drawn, in two halves."""
        if self.benefits:
            return self.benefits, self.harms
        half = -(-len(self.harms) // 2)
        return (self.harms[:half], self.harms[half:]) if self.drawn and half < len(self.harms) else (self.harms,)


def panel_of(item: Item, pairs: Iterable[tuple[Fact, D | None]]) -> Panel[D]:
    """Set an item's counts, each with what is drawn of it, beside the words that tell them."""
    counts = [(fact, drawing) for fact, drawing in pairs if fact.shows and fact.says]
    drawings: list[tuple[Fact, tuple[D, ...]]] = [(fact, (drawing,) if drawing else ()) for fact, drawing in counts]
    harms = [(fact, drawn) for fact, drawn in drawings if fact.shows is Shows.HARM]
    said = as_written(plain(item.harms or "")) if harms else tuple(filter(None, (plain(item.harms or ""),)))
    places = _places([fact for fact, _ in harms], said)
    below = list(zip(places, (drawn for _, drawn in harms), strict=True))
    own = [
        PanelLine(_sentence(fact), drawn) for (fact, drawn), place in zip(harms, places, strict=True) if place is None
    ]
    sizes = {fact.count[1] for fact, drawn in drawings if fact.count and drawn}
    return Panel(
        benefits=tuple(PanelLine(_sentence(fact), drawn) for fact, drawn in drawings if fact.shows is Shows.BENEFIT),
        harms=_joined(
            [*(PanelLine(w, tuple(d for at, ds in below if at == n for d in ds)) for n, w in enumerate(said)), *own]
        ),
        totals=tuple(sorted(sizes)) if len(sizes) > 1 else (),
    )


def _joined(lines: list[PanelLine[D]]) -> tuple[PanelLine[D], ...]:
    """Join sentences that nothing is drawn under; one that is drawn stands by itself, right above its picture."""
    groups = groupby(enumerate(lines), key=lambda each: each[0] if each[1].drawings else -1)
    found = [[line for _, line in group] for _, group in groups]
    return tuple(PanelLine(" ".join(each.words for each in group), group[0].drawings) for group in found)


def _sentence(fact: Fact) -> str:
    return f"{plain(fact.value)} {plain(fact.says or '').rstrip('.')}."


def _places(facts: Sequence[Fact], said: Sequence[str]) -> list[int | None]:
    """Find the sentence that tells each count, by numbers and words; of two such the one with more of its words."""
    free = [(n, portion) for n, words in enumerate(said) for portion in parts(words)]
    places: list[int | None] = []
    for fact in facts:
        (counted, *_) = (*_counts(_sentence(fact)), None)
        alike = [(each.shared(counted), -n, each) for n, each in free if counted and _same(counted, each)]
        _, place, found = max(alike, key=itemgetter(0, 1), default=(0, 0, None))
        places.append(-place if found else None)
        free = [each for each in free if each[1] is not found]
    return places


def _counts(words: str) -> Iterator[Portion]:
    return (portion for portion in parts(words) if portion.of is not None)


def _same(count: Portion, other: Portion) -> bool:
    """Whether both tell the same count of the same thing; the whole may stand elsewhere, as in "two of them"."""
    whole = other.of in (None, count.of)
    return count.value == other.value and whole and not other.percent and count.shared(other) > 0
