"""Undo gzip and deflate piece by piece, never past a bound: a bomb costs no more than the bound."""

from __future__ import annotations

import zlib
from typing import Protocol

from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome

ACCEPTED = "gzip, deflate"
_RATIO_COUNTS_FROM = 1_000_000  # small texts may well shrink a thousandfold
_MAX_MEMBERS = 1_000
_GZIP_START = b"\x1f\x8b"


class _Decoder(Protocol):
    """What zlib.decompressobj makes; its class has no public name."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, chunk: bytes, max_length: int, /) -> bytes: ...


class Inflater:
    """Collects a body: `feed` its pieces as they come, then `finish`. Raises Trouble, once and for all."""

    def __init__(self, encoding: str, *, max_bytes: int, max_ratio: int) -> None:
        self._coding = _coding(encoding)
        self._max_bytes = max_bytes
        self._max_ratio = max_ratio
        self._wire = 0
        self._body = bytearray()
        self._start = b""
        self._members = 0
        self._decoder: _Decoder | None = None
        self._done = False

    def feed(self, chunk: bytes) -> None:
        """Take one piece as it came over the wire."""
        self._wire += len(chunk)
        if self._wire > self._max_bytes:
            raise self._too_large()
        if self._coding == "identity":
            self._body += chunk
            return
        if self._done:
            return
        if self._decoder is None:
            chunk = self._start + chunk
            if len(chunk) < 2:
                self._start = chunk
                return
            self._open(chunk)
        try:
            self._inflate(chunk)
        except zlib.error as fault:
            raise Trouble(Outcome.BAD_ENCODING, f"its {self._coding} compression is damaged") from fault

    def finish(self) -> bytes:
        """Return the whole body, or say that its compression ends too early."""
        if self._wire and self._coding != "identity" and not self._done:
            raise Trouble(Outcome.BAD_ENCODING, f"its {self._coding} compression stops half way")
        return bytes(self._body)

    def _open(self, chunk: bytes) -> None:
        if self._coding == "gzip":
            window = 16 + zlib.MAX_WBITS
        else:  # "deflate" means zlib by RFC 9110 and raw deflate by many servers: the first two bytes tell
            is_zlib = chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0
            window = zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
        self._members += 1
        self._decoder = zlib.decompressobj(window)

    def _inflate(self, chunk: bytes) -> None:
        while chunk and self._decoder is not None:
            self._body += self._decoder.decompress(chunk, self._max_bytes + 1 - len(self._body))
            self._check()
            if not self._decoder.eof:
                chunk = self._decoder.unconsumed_tail
                continue
            chunk = self._decoder.unused_data
            if self._coding == "gzip" and chunk.startswith(_GZIP_START):
                if self._members >= _MAX_MEMBERS:
                    raise Trouble(Outcome.BAD_ENCODING, "its gzip compression is in too many parts")
                self._open(chunk)
            else:  # padding, which every browser overlooks
                self._done = True
                return

    def _check(self) -> None:
        size = len(self._body)
        if size > self._max_bytes:
            raise self._too_large()
        if size > _RATIO_COUNTS_FROM and size > self._max_ratio * self._wire:
            raise Trouble(Outcome.TOO_LARGE, f"it swells to more than {self._max_ratio} times what was sent")

    def _too_large(self) -> Trouble:
        return too_large(self._max_bytes)


def too_large(max_bytes: int) -> Trouble:
    """Say that a body is larger than we take."""
    return Trouble(Outcome.TOO_LARGE, f"it is larger than {max_bytes / 1024 / 1024:.3g} MB")


def _coding(encoding: str) -> str:
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not names:
        return "identity"
    name = names[0].removeprefix("x-")
    if len(names) > 1 or name not in ("gzip", "deflate"):
        asked = ", ".join(names)[:40]
        raise Trouble(Outcome.BAD_ENCODING, f"it came compressed as “{asked}”, which was not asked for")
    return name
