"""A feed server on the own machine that is light on CPU: every answer comes a fixed time after its request.

    python bench/server.py --feeds 500 --delay 0.25

Prints its port on the first line, then serves /0 to /499 until its input ends. Keep-alive, no compression, ETag
and Last-Modified, 304. /seen tells as JSON how many answers were given, how many of them 304, and its own CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import json
import sys
import time
from dataclasses import dataclass

from documents import documents

STAMP = "Sun, 01 Nov 2026 06:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One address's two answers, ready to send."""

    etag: bytes
    whole: bytes
    unchanged: bytes


@dataclass(slots=True)
class Count:
    """How many answers were given since the last time somebody asked."""

    answers: int = 0
    unchanged: int = 0

    def told(self) -> bytes:
        """Give the counts as an answer and begin anew."""
        told = {"answers": self.answers, "unchanged": self.unchanged, "cpu": round(time.process_time(), 2)}
        self.answers = self.unchanged = 0
        body = json.dumps(told).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Connection(asyncio.Protocol):
    """One client; requests on it come one after another."""

    def __init__(self, shelves: tuple[Shelf, ...], delay: float, count: Count) -> None:
        self._shelves = shelves
        self._delay = delay
        self._count = count
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            request, _, self._heard = self._heard.partition(b"\r\n\r\n")
            self._asked(request)

    def _asked(self, request: bytes) -> None:
        name = request.split(b" ", 2)[1].lstrip(b"/")
        if name == b"seen":
            self._send(self._count.told())
            return
        shelf = self._shelves[int(name)]
        same = shelf.etag in request
        self._count.answers += 1
        self._count.unchanged += same
        asyncio.get_running_loop().call_later(self._delay, self._send, shelf.unchanged if same else shelf.whole)

    def _send(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


def _shelves(feeds: int) -> tuple[Shelf, ...]:
    found, _ = documents()
    return tuple(_shelf(found[n % len(found)].body, found[n % len(found)].media_type) for n in range(feeds))


def _shelf(body: bytes, media_type: str) -> Shelf:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    shared = f"ETag: {etag}\r\nLast-Modified: {STAMP}\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{shared}\r\n"
    return Shelf(etag.encode(), head.encode() + body, f"HTTP/1.1 304 Not Modified\r\n{shared}\r\n".encode())


async def _serve(feeds: int, delay: float) -> None:
    loop, shelves, count = asyncio.get_running_loop(), _shelves(feeds), Count()
    server = await loop.create_server(lambda: Connection(shelves, delay, count), "127.0.0.1", 0, backlog=256)
    gc.freeze()
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=500)
    options.add_argument("--delay", type=float, default=0.25)
    told = options.parse_args()
    asyncio.run(_serve(told.feeds, told.delay))


if __name__ == "__main__":
    main()
