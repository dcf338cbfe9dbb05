"""Which counts of people are drawn, and the pictures of a mail: the one file that knows resvg.

Benefit is drawn only beside harm: a picture of good news alone is believed more than the sentence under it. The shapes
are those of `templates/web/_shapes.html`, on the web as they are and in mails as PNG, the same bytes everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from resvg_py import svg_to_bytes

from pipeline.model.item import Fact
from pipeline.model.names import Shows
from pipeline.render.press import Press
from pipeline.text import plain
from pipeline.theme import Logo, Theme

_MOST = 100
_SHAPES, _GROUND = "web/_shapes.html", "#eef3f8"
_ICON, _SQUARE = 48, 1.25


@dataclass(frozen=True, slots=True)
class Picture:
    """A count that can be drawn: `some` of `all`, never more than a hundred, and what it shows.

    `most` is the largest total drawn beside it, as all pictures of an item have one scale.
    """

    some: int
    all: int
    shows: Shows
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture as bytes, `width` by `height` on the page and twice that in pixels; `name` is a file's, by its content.

    Of a count `alt` is the count as its editor wrote it. Of the ladder there is nothing to say: the step stands in the
    sentence beside it.
    """

    png: bytes
    width: int
    height: int
    name: str
    alt: str = ""


Counts = tuple[tuple[Fact, Picture | None], ...]


def drawable(facts: Iterable[Fact], *, withdrawn: bool = False) -> Counts:
    """Pair each fact with its picture; None for what can't be drawn, and for a benefit without a counted harm.

    Of what was `withdrawn` nothing is drawn.
    """
    if withdrawn:
        return tuple((fact, None) for fact in facts)
    counted = [(fact, _read(fact)) for fact in facts]
    harms = any(picture and picture.shows is Shows.HARM for _, picture in counted)
    drawn = [(fact, picture if harms else None) for fact, picture in counted]
    most = max((picture.all for _, picture in drawn if picture), default=0)
    return tuple((fact, replace(picture, most=most) if picture else None) for fact, picture in drawn)


def draw(counts: Counts, press: Press, accent: str) -> tuple[tuple[Fact, Drawing | None], ...]:
    """Draw what can be drawn of an item's counts for a mail, all at one scale."""
    return tuple(
        (
            fact,
            _drawing(press.macro(_SHAPES, "count", picture, accent, _GROUND), plain(fact.value)) if picture else None,
        )
        for fact, picture in counts
    )


def ladder(step: int, steps: int, press: Press, accent: str) -> Drawing:
    """Draw the evidence ladder for a mail with its step filled; `step` counts from 1."""
    return _drawing(press.macro(_SHAPES, "ladder", step, steps, accent, _GROUND))


def on_white(logo: Logo) -> Logo:
    """Put what is transparent on white: a dark mail program leaves the picture as it is and darkens what is behind."""
    if not logo.transparent:
        return logo
    size = f'width="{logo.width}" height="{logo.height}"'
    image = f'<image {size} href="data:image/png;base64,{base64.b64encode(logo.content).decode()}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="#ffffff"/>{image}</svg>'
    return replace(logo, content=svg_to_bytes(svg_string=svg, skip_system_fonts=True), transparent=False)


@lru_cache(maxsize=8)
def site_icon(theme: Theme) -> bytes:
    """Draw the icon that browsers show beside a page's title: the logo if it is about square, else people counted."""
    logo, size = theme.logo, f'width="{_ICON}" height="{_ICON}"'
    if logo and max(logo.width, logo.height) <= _SQUARE * min(logo.width, logo.height):
        shapes = f'<image {size} href="data:image/png;base64,{base64.b64encode(logo.content).decode()}"/>'
    else:
        people = ((15, 15), (33, 15), (15, 33), (33, 33))
        filled = (f'<circle cx="{x}" cy="{y}" r="7" fill="#ffffff"/>' for x, y in people[:3])
        empty = '<circle cx="{}" cy="{}" r="5.5" fill="none" stroke="#ffffff" stroke-width="3"/>'.format(*people[3])
        shapes = f'<rect {size} rx="10" fill="{theme.accent}"/>{"".join(filled)}{empty}'
    png = svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>', skip_system_fonts=True
    )
    # One picture, a PNG, behind the head of an .ico file: that name is asked for by every browser.
    return struct.pack("<3H4B2H2I", 0, 1, 1, _ICON, _ICON, 0, 0, 1, 32, len(png), 22) + png


def _drawing(svg: str, alt: str = "") -> Drawing:
    png = _png(svg)
    width, height = struct.unpack(">II", png[16:24])
    name = f"{hashlib.sha256(png).hexdigest()[:16]}.png"
    return Drawing(png=png, width=width // 2, height=height // 2, name=name, alt=alt)


@lru_cache(maxsize=512)
def _png(svg: str) -> bytes:
    return svg_to_bytes(svg_string=svg, zoom=2, skip_system_fonts=True)


def _read(fact: Fact) -> Picture | None:
    """Read "7 of 9" as something to draw; None for what can't be."""
    return Picture(*fact.count, fact.shows) if fact.drawable and fact.count and fact.shows else None
