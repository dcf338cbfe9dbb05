"""A scripted HTTP server on the own machine that can be as bad as any: raw bytes over real sockets.

    with serve({"/feed": reply(200, b"<rss/>", ETag='"1"'), "/slow": drip(b"x" * 100, every=0.05)}) as server:
        ... server.url("/feed") ... server.seen ...

A path's script is bytes to send, an act (an async function that is given the Wire), or a list of these, one a visit,
of which the last one stays. Paths without a script answer 404.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from time import monotonic


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as it arrived: header names in lower case, values byte for byte (Latin-1)."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    connection: int


@dataclass(slots=True)
class Wire:
    """What an act writes on."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    visit: Visit

    async def send(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()

    def reset(self) -> None:
        """Break the connection with an RST instead of a farewell."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Act = Callable[[Wire], Awaitable[None]]
Script = bytes | Act | Sequence["bytes | Act"]


@dataclass(slots=True)
class Server:
    """A running server and what it saw."""

    scripts: dict[str, Script]
    greeting: bytes = b""
    port: int = 0
    seen: list[Visit] = field(default_factory=list)
    most_at_once: int = 0
    _visits: Counter[str] = field(default_factory=Counter)
    _connections: int = 0
    _busy: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Visit]:
        return [visit for visit in self.seen if visit.path == path]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        number = self._connections
        with contextlib.suppress(
            OSError, asyncio.IncompleteReadError, asyncio.CancelledError, asyncio.LimitOverrunError
        ):
            writer.write(self.greeting)
            while not writer.transport.is_closing():
                visit = await _read(reader, number)
                self.seen.append(visit)
                self._busy += 1
                self.most_at_once = max(self.most_at_once, self._busy)
                try:
                    await self._play(Wire(reader, writer, visit))
                finally:
                    self._busy -= 1
        writer.transport.abort()

    async def _play(self, wire: Wire) -> None:
        path = wire.visit.path
        script = self.scripts.get(path, NOT_FOUND)
        if not isinstance(script, bytes) and not callable(script):
            script = script[min(self._visits[path], len(script) - 1)]
        self._visits[path] += 1
        if isinstance(script, bytes):
            await wire.send(script)
        else:
            await script(wire)


@contextlib.contextmanager
def serve(scripts: Mapping[str, Script], *, greeting: bytes = b"") -> Iterator[Server]:
    """Run a server on a free port of 127.0.0.1 in a thread of its own, for as long as the block lasts.

    `greeting` is sent to everyone who connects, before anything is asked.
    """
    server = Server(dict(scripts), greeting)
    ready, loop = threading.Event(), asyncio.new_event_loop()

    async def run(stop: asyncio.Event) -> None:
        talks: set[asyncio.Task[None]] = set()

        def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = loop.create_task(server.talk(reader, writer))
            talks.add(task)
            task.add_done_callback(talks.discard)

        listener = await asyncio.start_server(welcome, "127.0.0.1", 0, backlog=600)
        server.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        listener.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run(stop)), daemon=True)
    thread.start()
    if not ready.wait(5):
        raise RuntimeError("the test server did not start")
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()


def reply(status: int = 200, body: bytes = b"", /, **headers: str) -> bytes:
    """Make one honest answer; `Content_Type` becomes Content-Type. Content-Length is added unless given."""
    lines = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    if status == 304:
        lines.pop("Content-Length")
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body


def redirect(status: int, to: str) -> bytes:
    """Make a redirect."""
    return reply(status, Location=to)


def then_close(sent: bytes) -> Act:
    """Send and hang up."""

    async def act(wire: Wire) -> None:
        await wire.send(sent)
        wire.writer.close()

    return act


def then_reset(sent: bytes) -> Act:
    """Send, wait until it has gone out, and break the connection."""

    async def act(wire: Wire) -> None:
        if sent:
            await wire.send(sent)
            await asyncio.sleep(0.1)
        wire.reset()

    return act


def late(seconds: float, sent: bytes) -> Act:
    """Answer after a while."""

    async def act(wire: Wire) -> None:
        await asyncio.sleep(seconds)
        await wire.send(sent)

    return act


def drip(sent: bytes, *, every: float = 0.05, first: bytes = b"") -> Act:
    """Send `first` at once and the rest a byte at a time."""

    async def act(wire: Wire) -> None:
        await wire.send(first)
        for byte in sent:
            await wire.send(bytes([byte]))
            await asyncio.sleep(every)

    return act


def endless(piece: bytes, *, first: bytes = b"") -> Act:
    """Send the same piece until the other side has had enough."""

    async def act(wire: Wire) -> None:
        await wire.send(first)
        while not wire.writer.transport.is_closing():
            await wire.send(piece)
            await asyncio.sleep(0)

    return act


async def silence(wire: Wire) -> None:
    """Take the request and never say a word."""
    await wire.reader.read()


def gzip_bomb(gigabytes: float) -> bytes:
    """Make a gzip of zeros: one compressed megabyte, repeated; a thousandth of the size on the wire."""
    return gzip.compress(b"", mtime=0)[:10] + _block() * int(gigabytes * 1024)


def deflate_bomb(gigabytes: float, *, raw: bool) -> bytes:
    """Make a zlib or raw deflate of zeros in the same way."""
    return (b"" if raw else b"\x78\x9c") + _block() * int(gigabytes * 1024)


NOT_FOUND = reply(404, b"no such page")


@cache
def _block() -> bytes:
    """One megabyte of zeros as deflate blocks that stand alone (full flush), so that they can be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)


async def _read(reader: asyncio.StreamReader, connection: int) -> Visit:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Visit(method, path, headers, body, monotonic(), connection)
