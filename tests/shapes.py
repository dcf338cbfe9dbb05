"""Reads PNG pictures back and counts what is drawn in them, without the library that drew them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

Pixel = tuple[int, int, int, int]

BENEFIT, HARM, EMPTY = "#0b4f9c", "#1c2530", "#ffffff"
"""What `templates/web/_shapes.html` draws in: the sample's accent, and two colours of its own."""


def pixels(png: bytes) -> list[list[Pixel]]:
    """Decode a PNG of eight bits a channel with alpha, the only sort we write, row by row."""
    parts = dict.fromkeys((b"IHDR", b"IDAT"), b"")
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind in parts:
            parts[kind] += png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (depth, colour) == (8, 6)
    raw, line = zlib.decompress(parts[b"IDAT"]), width * 4
    before, rows = bytes(line), []
    for y in range(height):
        kind, row = raw[y * (line + 1)], bytearray(raw[y * (line + 1) + 1 : (y + 1) * (line + 1)])
        for x in range(line):
            left, up = row[x - 4] if x >= 4 else 0, before[x]
            corner = before[x - 4] if x >= 4 else 0
            row[x] = (row[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
        rows.append([tuple(row[x : x + 4]) for x in range(0, line, 4)])
        before = bytes(row)
    return rows  # type: ignore[return-value]  # four numbers each


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


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))
