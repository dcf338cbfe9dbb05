"""The network floor: ask for everything on keep-alive connections, a few at once, and read nothing of it.

    python bench/floor.py PORT FEEDS AT_ONCE [--again]

Prints as JSON the seconds the asking took, Python's own start not counted; with --again those of asking a second
time with the validators of the first.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time


async def _ask_all(port: int, feeds: int, at_once: int, etags: dict[int, bytes]) -> float:
    """Ask for every feed once; returns seconds, and leaves the validators in `etags`."""
    waiting = iter(range(feeds))
    start = time.perf_counter()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for n in waiting:
            known = b"If-None-Match: %s\r\n" % etags[n] if n in etags else b""
            writer.write(b"GET /%d HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n" % (n, known))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_header(head, b"Content-Length") or 0))
            etags[n] = _header(head, b"ETag")
        writer.close()

    await asyncio.gather(*(one() for _ in range(at_once)))
    return time.perf_counter() - start


def _header(head: bytes, name: bytes) -> bytes:
    _, found, rest = head.partition(b"\r\n%s: " % name)
    return rest.partition(b"\r\n")[0] if found else b""


async def _main(port: int, feeds: int, at_once: int, *, again: bool) -> None:
    etags: dict[int, bytes] = {}
    seconds = await _ask_all(port, feeds, at_once, etags)
    if again:
        seconds = await _ask_all(port, feeds, at_once, etags)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    asyncio.run(_main(*(int(told) for told in sys.argv[1:4]), again="--again" in sys.argv))
