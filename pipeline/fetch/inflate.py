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
_ENOUGH = 4
_LAYERS = 3
_BLANK = b"\0\t\r\n \xef\xbb\xbf\xff\xfe"
"""What may stand before a text: spaces, and the marks of its byte order."""
_TEXT = (b"<", b"{", b"[")
_FOREIGN = frozenset({"br", "zstd", "compress", "dcb", "dcz", "exi", "pack200-gzip"})
"""The compressions of IANA's list that we don't ask for."""


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
    """Collects a body: `feed` its pieces as they come, then `finish`. Raises Trouble, once and for all.

    `encoding` is what the server says of it, which is often wrong: the first bytes decide.
    """

    def __init__(self, encoding: str, *, max_bytes: int, max_ratio: int) -> None:
        self._labels = frozenset(name.strip().removeprefix("x-") for name in encoding.lower().split(","))
        self._coding = ""
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
        if not self._coding:
            self._start += chunk
            if len(self._start) < _ENOUGH:
                return
            chunk = self._decide()
        self._take(chunk)

    def finish(self) -> bytes:
        """Return the whole body, or say that its compression ends too early."""
        if not self._coding:
            self._take(self._decide())
        if self._wire and self._coding != "identity" and not self._done:
            raise Trouble(Outcome.BAD_ENCODING, f"its {self._coding} compression stops half way")
        for _ in range(_LAYERS - 1):  # some servers compress what a program has compressed already
            if self._coding != "gzip" or not self._body.startswith(_GZIP_START):
                break
            chunk, self._body, self._done = bytes(self._body), bytearray(), False
            self._open(chunk)
            self._take(chunk)
            if not self._done:
                raise Trouble(Outcome.BAD_ENCODING, "its gzip compression stops half way")
        return bytes(self._body)

    def _decide(self) -> bytes:
        """Choose how to read the body by its first bytes, and hand them back."""
        start, self._start = self._start, b""
        self._coding = _coding(start, self._labels)
        if self._coding != "identity":
            self._open(start)
        return start

    def _take(self, chunk: bytes) -> None:
        if self._coding == "identity":
            self._body += chunk
        elif not self._done:
            try:
                self._inflate(chunk)
            except zlib.error as fault:
                raise Trouble(Outcome.BAD_ENCODING, f"its {self._coding} compression is damaged") from fault

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


def _coding(start: bytes, labels: frozenset[str]) -> str:
    """Say how a body has to be read, by its first bytes and then by its labels.

    Labels that name no compression (`utf-8`, `none`, `aws-chunked`) are overlooked, and so is any label of a text.
    Raises Trouble for a compression that was not asked for: we have no bounds for it.
    """
    if start.startswith(_GZIP_START):
        return "gzip"
    if not start or start.lstrip(_BLANK).startswith(_TEXT):
        return "identity"
    if foreign := sorted(labels & _FOREIGN):
        asked = ", ".join(foreign)
        raise Trouble(Outcome.BAD_ENCODING, f"it came compressed as “{asked}”, which was not asked for")
    return "deflate" if "deflate" in labels else "identity"
