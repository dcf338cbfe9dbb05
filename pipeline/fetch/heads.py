"""Leave out header lines that are no HTTP: the parser below would refuse the whole answer for one of them."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore2

SKIPPED = "skipped_header_lines"
"""What a stream is asked for to learn which lines of its last head were left out."""

_MOST = 100 * 1024  # bytes of a head; the parser refuses longer ones
_END = re.compile(rb"\n\r?\n")
# RFC 9110 5.1 and 5.5: a name without spaces, a colon, and a value without control characters.
_SOUND = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00-\x08\x0a-\x1f\x7f]*\Z")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1[0-9][0-9]\b")


class SoundHeads(httpcore2.AsyncNetworkStream):
    """A connection whose answers reach the parser without the lines of their heads that are no header.

    A head begins with what is read first after something was written.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._in_head = True
        self._waiting = b""
        self._skipped: list[str] = []

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  the client's
        """Read what came; a head is held back until it is whole, and so is the one after an interim head."""
        ready = b""
        while self._in_head:
            if end := _END.search(self._waiting):
                head, self._waiting = self._waiting[: end.end()], self._waiting[end.end() :]
                ready += self._sound(head)
                self._in_head = _INTERIM.match(head) is not None
            elif ready:
                return ready
            else:
                chunk = await self._stream.read(max_bytes, timeout)
                self._waiting += chunk
                self._in_head = bool(chunk) and len(self._waiting) <= _MOST
        found, self._waiting = ready + self._waiting, b""
        return found or await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  as above
        """Send a piece of a request; what comes next begins with a head."""
        self._in_head, self._waiting, self._skipped = True, b"", []
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  as above
    ) -> httpcore2.AsyncNetworkStream:
        """Make the connection secure."""
        return SoundHeads(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Tell what is known of the connection, and the lines that were left out."""
        return tuple(self._skipped) if info == SKIPPED else self._stream.get_extra_info(info)

    def _sound(self, head: bytes) -> bytes:
        """Keep the status line and every sound header, with the lines that continue it."""
        first, *lines = head.splitlines(keepends=True)
        kept, dropping = [first], False
        for line in lines:
            text = line.rstrip(b"\r\n")
            dropping = bool(text) and (dropping if text[:1] in b" \t" else _SOUND.match(text) is None)
            if dropping:
                self._skipped.append(text.decode("latin-1"))
            else:
                kept.append(line)
        return b"".join(kept)


def clause(skipped: Iterable[str]) -> str:
    """Name the lines that were left out in a clause; empty where there are none."""
    lines = [re.sub(r"[^ -~]+", "?", line)[:60] for line in skipped]
    return f"a header line that is no HTTP was skipped: “{lines[0]}”" if lines else ""
