"""The pictures of a mail: drawn once, in the newsletter's accent, and where they lie in the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.item import Fact, Item
from pipeline.model.names import Pictures
from pipeline.render.layout import Layout
from pipeline.render.panel import Panel, panel_of
from pipeline.render.pictures import Drawing, draw, drawable, ladder
from pipeline.render.press import Press
from pipeline.theme import Theme

FOLDER = "pictures"
"""Where they lie in the archive, for years: a mail that went out names them there."""


@dataclass(frozen=True)
class Illustrations:
    """What the templates of a mail draw; with `pictures: none`, panels have words alone, and there are no ladders."""

    layout: Layout
    press: Press

    @cached_property
    def theme(self) -> Theme:
        """The colours and the logo of the mail."""
        return self.press.theme(self.layout.issue.masthead)

    @cached_property
    def panels(self) -> Mapping[str, Panel[Drawing]]:
        """The counts of each item by its id, benefits beside harms, as they were when the mail went out."""
        return {card.item.id: panel_of(card.item, self._drawn(card.item)) for card in self.layout.cards}

    @cached_property
    def ladders(self) -> Mapping[int | None, Drawing]:
        """The evidence ladder with a step filled, for each step that an item stands on."""
        steps = {card.rung.step: card.rung.steps for card in self.layout.cards if card.rung.step}
        return {
            step: ladder(step, steps[step], self.press, self.theme.accent) for step in sorted(steps) if self._drawing
        }

    @property
    def logo(self) -> bool:
        """Whether there is a logo to show."""
        return bool(self._drawing and self.theme.logo)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The pictures by their path in the archive, the logo apart."""
        drawn = {f"{FOLDER}/{drawing.name}": drawing.png for drawing in self._drawings()}
        photos = (card.photo for card in self.layout.cards if card.photo and self._drawing)
        return drawn | {path: shot.content for photo in photos for path, shot in list(photo.files.items())[:1]}

    def within(self, html: str, web: str) -> dict[str, bytes]:
        """The pictures that a page names, by their address in the archive at `web`."""
        logo = {"logo.png": self.theme.logo.content} if self.theme.logo else {}
        return {f"{web}{path}": content for path, content in {**logo, **self.files}.items() if f'"{web}{path}"' in html}

    @property
    def _drawing(self) -> bool:
        return self.layout.issue.masthead.pictures is not Pictures.NONE

    def _drawn(self, item: Item) -> tuple[tuple[Fact, Drawing | None], ...]:
        if not self._drawing:
            return tuple((fact, None) for fact in item.facts)
        return draw(drawable(item.facts), self.press, self.theme.accent)

    def _drawings(self) -> Iterator[Drawing]:
        yield from self.ladders.values()
        for card in self.layout.cards:
            yield from (drawing for _, drawing in self._drawn(card.item) if drawing)
