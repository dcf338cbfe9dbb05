"""A newsletter's logo: a PNG file, whole and small, or what is wrong with it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import PipelineError

MOST_BYTES, MOST_PIXELS = 200_000, 1_200
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_KEPT = (b"IHDR", b"gAMA", b"sRGB", b"PLTE", b"tRNS", b"IDAT", b"IEND")


class LogoError(PipelineError):
    """A file that can't be the logo: what is wrong with it, and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint
        super().__init__(f"{what}\n{hint}")


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG and its size in pixels; one that is `transparent` is printed on white."""

    content: bytes
    width: int
    height: int
    transparent: bool = False

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Width and height at which it fits into a box; it is never made larger."""
        scale = min(1.0, width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


def read_logo(content: bytes) -> Logo:
    """Read a PNG as a logo, what it says beside its picture (text, place, movement) left out. Raises LogoError."""
    if not content.startswith(_SIGNATURE):
        raise LogoError("this file is no PNG", "Export the picture as PNG; another name for the file is not enough.")
    try:
        chunks = tuple(_chunks(content))
        width, height, depth, colours = struct.unpack_from(">IIBB", dict(chunks)[b"IHDR"])
        if len(content) > MOST_BYTES or max(width, height) > MOST_PIXELS:
            what = f"this picture has {width} by {height} pixels and {len(content) / 1000:.0f} kB"
            most = f"{MOST_PIXELS} pixels either way and {MOST_BYTES // 1000} kB"
            raise LogoError(what, f"Make it smaller: {most} are the most, and 400 pixels in width are plenty.")
        _unpack(chunks, height * -(-width * depth * _CHANNELS[colours] // 8))
    except (struct.error, zlib.error, KeyError, ValueError):
        raise LogoError("this PNG is broken", "Export the picture again.") from None
    kept = (struct.pack(">I", len(body)) + name + body + _sum(name, body) for name, body in chunks if name in _KEPT)
    transparent = colours in (4, 6) or b"tRNS" in dict(chunks)
    return Logo(_SIGNATURE + b"".join(kept), width, height, transparent)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each chunk (PNG, third edition, 5.3). Raises ValueError and struct.error."""
    at, name = len(_SIGNATURE), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        body, found = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if found != _sum(name, body):
            raise ValueError(name)
        yield name, body
        at += 12 + length


def _sum(name: bytes, body: bytes) -> bytes:
    return zlib.crc32(name + body).to_bytes(4, "big")


def _unpack(chunks: tuple[tuple[bytes, bytes], ...], least: int) -> None:
    """Make sure that the picture is all there, and doesn't unpack into more than its pixels need."""
    unpack = zlib.decompressobj()
    found = unpack.decompress(b"".join(body for name, body in chunks if name == b"IDAT"), 2 * least + 10_000)
    if not 0 < least <= len(found) or not unpack.eof:
        raise ValueError(least)
