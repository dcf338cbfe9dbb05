"""How the tests of fetching ask: one run of the real fetcher against the scripted server."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from servers import Script, Server, serve

from pipeline.fetch import Fetcher, Network
from pipeline.fetch.guard import IP, is_loopback
from pipeline.model.settings import Fetching
from pipeline.model.source import Answer, Kept, Outcome, Request

FEED = b"<rss><channel><title>Feed</title></channel></rss>"
GZ = gzip.compress(FEED * 50)
OK_HEAD = b"HTTP/1.1 200 OK\r\n"
AGENT = "Hopeline/0 (+https://news.example.org/contact)"

# For tests whose answers come at once, on however busy a machine; and for those that wait for a bound.
CALM = Fetching(pause=0.0, max_bytes=2_000_000, retries=0, max_retry_after=1)
QUICK = Fetching(
    pause=0.0,
    connect_timeout=0.4,
    read_timeout=0.3,
    total_timeout=0.5,
    max_bytes=2_000_000,
    retries=0,
    max_retry_after=1,
)


@dataclass
class Shelf:
    """A cache in memory."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def get(self, url: str) -> Kept | None:
        return self.kept.get(url)

    def put(self, url: str, kept: Kept) -> None:
        self.kept[url] = kept


def ask(
    *requests: Request | str,
    origin: str = "http://localhost/",
    policy: Fetching = CALM,
    cache: Shelf | None = None,
    network: Network | None = None,
    keep: bool = False,
) -> list[Answer]:
    """Ask all at once within one run."""

    async def run() -> list[Answer]:
        async with Fetcher(policy, agent=AGENT, cache=cache, network=network) as fetcher:
            asked = [r if isinstance(r, Request) else Request(r) for r in requests]
            answers = await asyncio.gather(*(fetcher.ask(r, origin=origin) for r in asked))
            for request, answer in zip(asked, answers, strict=True):
                if keep:
                    fetcher.keep(request, answer)
            return answers

    return asyncio.run(run())


def ask_one(script: Script, path: str = "/feed", **more: Any) -> tuple[Answer, Server]:
    """Serve one script and ask for it."""
    with serve({path: script}) as server:
        (answer,) = ask(server.url(path), **more)
    return answer, server


def pretended(server: Server) -> tuple[Network, Callable[[str, str], str]]:
    """Make every name lead to the server, as if it were the public internet."""

    async def resolve(_host: str, _port: int, _executor: Executor) -> tuple[IP, ...]:
        return (ip_address("127.0.0.1"),)

    return Network(resolve=resolve, public=is_loopback), lambda host, path: server.url(path, host)


def check(answer: Answer, outcome: Outcome, note: str) -> None:
    """Compare with a row of a table: the outcome, one line of a note with those words, and no body."""
    assert (answer.outcome, note in answer.note) == (outcome, True), answer.note
    assert answer.note
    assert "\n" not in answer.note
    assert answer.body is None
    assert not answer.good
