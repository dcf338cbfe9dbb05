"""Reads pictures back and counts what is drawn in them, without the library that drew them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from PIL import Image

Pixel = tuple[int, int, int, int]

BENEFIT, HARM, EMPTY = "#0b4f9c", "#1c2530", "#ffffff"
"""What `templates/web/_shapes.html` draws in: the sample's accent, and two colours of its own."""
_INK, _SMALLEST = 60, 5
"""How much ink differs from its ground, of 255, and how many pixels a shape takes either way at least."""


def pixels(png: bytes) -> list[list[Pixel]]:
    """Decode a picture, row by row."""
    return rows_of(Image.open(io.BytesIO(png)))


def rows_of(image: Image.Image) -> list[list[Pixel]]:
    """The pixels of an image, row by row."""
    data = image.convert("RGBA").tobytes()
    flat = [tuple(data[at : at + 4]) for at in range(0, len(data), 4)]
    return [flat[at : at + image.width] for at in range(0, len(flat), image.width)]  # type: ignore[misc]  # four each


def shapes(png: bytes, colour: str) -> list[list[tuple[int, int]]]:
    """Find the shapes filled with a colour ("#0b4f9c"): groups of its pixels that touch."""
    rows = pixels(png)
    wanted = (*bytes.fromhex(colour[1:]), 255)
    left = {(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel == wanted}
    found = []
    while left:
        group = list(_joined(left.pop(), left))
        if len(group) > 20:  # corners of outlines are no shapes
            found.append(group)
    return found


def _joined(start: tuple[int, int], left: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    due = [start]
    while due:
        x, y = due.pop()
        yield x, y
        for near in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
            if near in left:
                left.remove(near)
                due.append(near)


def figures(rows: list[list[Pixel]], differ: Callable[[Pixel, Pixel], float]) -> tuple[int, int]:
    """Count the filled and the empty shapes of a picture by its ink: what differs from the ground at its edge.

    A shape is empty where the middle of its outline is no ink. What has no outline like a shape's is none.
    """
    ground = rows[0][0]
    ink = {(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if differ(pixel, ground) > _INK}
    left, found = set(ink), [0, 0]
    while left:
        group = list(_joined(left.pop(), left))
        xs, ys = [x for x, _ in group], [y for _, y in group]
        if max(xs) - min(xs) > _SMALLEST < max(ys) - min(ys):
            found[((min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2) not in ink] += 1
    return found[0], found[1]
