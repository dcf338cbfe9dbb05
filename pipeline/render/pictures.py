"""Counts of people and the evidence ladder as pictures for mail, SVG of our own as PNG; the only file that knows resvg.

Benefit is drawn only beside harm: a picture of good news alone is believed more than the sentence under it. Every
person is one shape, the counted ones first, in one block, and harms have another shape than benefits, so that grey and
paper tell them apart (Galesic and others 2009; Zikmund-Fisher and others 2014, on icon arrays). Colours are attributes
and no letters are drawn: nothing depends on a style sheet or a font, and the bytes are the same everywhere.
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
from pipeline.text import plain
from pipeline.theme import Logo, Theme

_MOST = 100
_SCALES = ((10, 10, 22), (24, 12, 18), (_MOST, 20, 12))
"""Up to how many people, how many stand in a row, and how many units each takes."""
_STEP, _TALL = 14, 40
_ICON, _SQUARE = 48, 1.25


@dataclass(frozen=True, slots=True)
class Picture:
    """A count that can be drawn: `some` of `all`, never more than a hundred, and what it shows."""

    some: int
    all: int
    shows: Shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What a picture is drawn in, on a `ground` that is opaque, as dark mail programs leave pictures as they are."""

    benefit: str = "#0b4f9c"
    harm: str = "#1c2530"
    line: str = "#5b6877"
    empty: str = "#ffffff"
    ground: str = "#eef3f8"


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


HOUSE = Colours()
Svg = tuple[str, int, int]  # the markup, its width and its height


def drawable(facts: Iterable[Fact]) -> tuple[tuple[Fact, Picture | None], ...]:
    """Pair each fact with its picture; None for what can't be drawn, and for a benefit without a counted harm."""
    counted = [(fact, _read(fact)) for fact in facts]
    harms = any(picture and picture.shows is Shows.HARM for _, picture in counted)
    return tuple((fact, picture if harms else None) for fact, picture in counted)


def draw(
    counted: Iterable[tuple[Fact, Picture | None]], colours: Colours = HOUSE
) -> tuple[tuple[Fact, Drawing | None], ...]:
    """Draw what can be drawn of an item's counts, all at one scale."""
    counts = tuple(counted)
    most = max((picture.all for _, picture in counts if picture), default=0)
    return tuple(
        (fact, _drawing(icons(picture, most, colours), plain(fact.value)) if picture else None)
        for fact, picture in counts
    )


def ladder(step: int, steps: int, colours: Colours = HOUSE) -> Drawing:
    """Draw the evidence ladder with its step filled; `step` counts from 1."""
    bars = []
    for n in range(1, steps + 1):
        height = 8 + round((_TALL - 10) * n / steps)
        at = f'<rect x="{(n - 1) * _STEP + 2}" y="{_TALL - 1 - height}" width="10" height="{height}"'
        bars.append(at + _paint(colours.benefit if n == step else "", colours))
    return _drawing(_svg(steps * _STEP + 2, _TALL, bars, colours))


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


def icons(picture: Picture, most: int, colours: Colours = HOUSE) -> Svg:
    """Draw a person a shape, the counted ones first and filled; `most` is the largest total drawn beside it."""
    row, cell = next((row, cell) for up_to, row, cell in _SCALES if max(most, picture.all) <= up_to)
    harm = picture.shows is Shows.HARM
    ink, shapes = colours.harm if harm else colours.benefit, []
    for n in range(picture.all):
        x, y, half = n % row * cell + 1, n // row * cell + 1, cell // 2
        circle = f'<circle cx="{x + half}" cy="{y + half}" r="{half - 2}"'
        square = f'<rect x="{x + 2}" y="{y + 2}" width="{cell - 4}" height="{cell - 4}"'
        shapes.append((square if harm else circle) + _paint(ink if n < picture.some else "", colours))
    rows = -(-picture.all // row)
    return _svg(min(picture.all, row) * cell + 2, rows * cell + 2, shapes, colours)


def _paint(ink: str, colours: Colours) -> str:
    return f' fill="{ink or colours.empty}" stroke="{ink or colours.line}"/>'


def _svg(width: int, height: int, shapes: Iterable[str], colours: Colours) -> Svg:
    size = f'width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
    return f'{head}<rect {size} fill="{colours.ground}"/>{"".join(shapes)}</svg>', width, height


def _drawing(svg: Svg, alt: str = "") -> Drawing:
    text, width, height = svg
    name = f"{hashlib.sha256(_png(text)).hexdigest()[:16]}.png"
    return Drawing(png=_png(text), width=width, height=height, name=name, alt=alt)


@lru_cache(maxsize=512)
def _png(svg: str) -> bytes:
    return svg_to_bytes(svg_string=svg, zoom=2, skip_system_fonts=True)


def _read(fact: Fact) -> Picture | None:
    """Read "7 of 9" as something to draw; None for anything else, for what is unsaid, and for counts that can't be."""
    if not fact.count or fact.shows is None or not (fact.says or "").strip():
        return None
    some, total = fact.count
    return Picture(some, total, fact.shows) if some <= total and 1 <= total <= _MOST else None
