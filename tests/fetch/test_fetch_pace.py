"""Politeness towards hosts, and bounds on what a bomb may cost."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from time import monotonic

import pytest
from asking import AGENT, CALM, FEED, ask, pretended
from servers import deflate_bomb, gzip_bomb, late, reply, serve

from pipeline.fetch import Fetcher
from pipeline.fetch.inflate import Inflater
from pipeline.fetch.pace import Budget, Pace
from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Answer, Outcome, Request


def test_two_starts_on_a_host_are_a_pause_apart() -> None:
    """Whoever asks: the starts on one host keep their distance; seen where the slots are given, not through a network."""

    async def run() -> dict[str, list[float]]:
        pace = Pace(at_once=16, per_host=2, pause=0.2, patience=1)
        starts: dict[str, list[float]] = {"one": [], "two": []}

        async def start(host: str) -> None:
            async with pace.slot(host):
                starts[host].append(monotonic())

        await asyncio.gather(*map(start, ["one"] * 4 + ["two"] * 2))
        return starts

    for at in asyncio.run(run()).values():
        assert all(later - earlier > 0.18 for earlier, later in pairwise(at))


def test_the_pause_of_a_host_costs_neither_another_host_nor_the_time_for_an_answer() -> None:
    policy = replace(CALM, pause=0.5, total_timeout=1.4)
    with serve({"/": reply(200, FEED)}) as server:
        network, url = pretended(server)
        hosts = ["one.example"] * 4 + ["two.example"] * 2
        began = monotonic()
        answers = ask(*(url(h, "/") for h in hosts), origin="https://x.example", policy=policy, network=network)
        arrived = {h: [v.at for v in server.seen if v.headers["host"].startswith(h)] for h in set(hosts)}
    assert {a.outcome for a in answers} == {Outcome.OK}
    for at in arrived.values():
        assert all(each - began >= n * policy.pause for n, each in enumerate(at))
    assert arrived["two.example"][-1] < arrived["one.example"][-1]  # of six in a row, they would be the last
    assert max(a.seconds for a in answers) < 3 * policy.pause  # the last of them waited for as long


def test_few_at_once_on_a_host() -> None:
    """Never more than `per_host`, even when there is no pause; and really that many."""
    with serve({"/": late(0.1, reply(200, FEED))}) as server:
        network, url = pretended(server)
        answers = ask(*[url("one.example", "/")] * 8, origin="https://x.example", network=network)
        assert server.most_at_once == 2
    assert {a.outcome for a in answers} == {Outcome.OK}


def test_few_at_once_in_all() -> None:
    """The overall bound holds for the own machine too, and waiting for it does not count as the server's time."""
    policy = replace(CALM, at_once=4, total_timeout=0.5)
    with serve({"/": late(0.1, reply(200, FEED))}) as server:
        answers = ask(*[server.url("/")] * 24, policy=policy)
        assert server.most_at_once == 4
    assert {a.outcome for a in answers} == {Outcome.OK}


def test_the_own_machine_is_exempt_from_pauses() -> None:
    """Twelve at once and without distance where no stranger is burdened."""
    policy = replace(CALM, pause=5, per_host=1)
    with serve({"/": late(0.1, reply(200, FEED))}) as server:
        started = monotonic()
        answers = ask(*[server.url("/")] * 12, policy=policy)
        assert monotonic() - started < 2
        assert server.most_at_once == 12
    assert {a.outcome for a in answers} == {Outcome.OK}


def test_a_host_that_says_too_often_is_left_alone() -> None:
    """429: the other sources there are not asked in this run, those elsewhere are."""
    with serve({"/a": reply(429, Retry_After="7200"), "/b": reply(200, FEED)}) as server:
        network, url = pretended(server)

        async def run() -> list[Answer]:
            async with Fetcher(CALM, agent=AGENT, network=network) as fetcher:
                urls = [url("one.example", "/a"), url("one.example", "/b"), url("two.example", "/b")]
                return [await fetcher.ask(Request(u), origin=u) for u in urls]

        limited, spared, other = asyncio.run(run())
        assert [v.path for v in server.seen] == ["/a", "/b"]
    assert limited.outcome is spared.outcome is Outcome.RATE_LIMITED
    assert spared.note == "not asked: one.example told us to slow down in this run"
    assert spared.retry_after == pytest.approx(7200, abs=5)
    assert other.outcome is Outcome.OK


def test_503_concerns_one_address_alone() -> None:
    """A page in trouble does not close its host."""
    with serve({"/a": reply(503, Retry_After="7200"), "/b": reply(200, FEED)}) as server:
        network, url = pretended(server)
        answers = ask(url("x.example", "/a"), url("x.example", "/b"), origin="https://x.example", network=network)
    assert sorted(a.outcome for a in answers) == [Outcome.OK, Outcome.SERVER_ERROR]


def test_a_short_rest_is_waited_for() -> None:
    """A host that rests for less than our patience is asked afterwards."""

    async def run() -> float:
        pace = Pace(at_once=1, per_host=1, pause=0, patience=1)
        pace.rest("a", 0.2)
        started = monotonic()
        async with pace.slot("a"):
            return monotonic() - started

    assert 0.19 < asyncio.run(run()) < 0.6


def test_a_budget_is_spent_once_over_several_parts() -> None:
    """What the first part took, the second has no more."""

    async def run() -> None:
        budget = Budget(0.2)
        async with budget.spend():
            await asyncio.sleep(0.12)
        await asyncio.sleep(0.3)
        async with budget.spend():
            await asyncio.sleep(0.12)

    with pytest.raises(Trouble, match=r"more than 0\.2 s"):
        asyncio.run(run())


def test_many_slow_servers_take_little_more_than_their_own_time() -> None:
    """80 answers of 0.1 s, 16 at once: half a second by the clock of the network."""
    with serve({"/": late(0.1, reply(200, FEED))}) as server:
        started = monotonic()
        answers = ask(*[server.url("/")] * 80)
        took = monotonic() - started
        assert len({v.connection for v in server.seen}) <= 16
    assert {a.outcome for a in answers} == {Outcome.OK}
    assert took < 2


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_costs_no_more_memory_than_the_cap(coding: str) -> None:
    """Two gigabytes in two megabytes of wire are stopped with a few times the cap in memory."""
    bomb = gzip_bomb(2) if coding == "gzip" else deflate_bomb(2, raw=True)
    inflater = Inflater(coding, max_bytes=3_000_000, max_ratio=10**9)
    tracemalloc.start()
    try:
        with pytest.raises(Trouble) as stopped:
            inflater.feed(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert stopped.value.outcome is Outcome.TOO_LARGE
    assert peak < 15_000_000


def test_what_swells_too_much_is_stopped_below_the_cap() -> None:
    """More than `max_ratio` times the wire is a bomb, once it is more than a megabyte."""
    inflater = Inflater("gzip", max_bytes=10**9, max_ratio=200)
    inflater.feed(gzip_bomb(0.02)[:500])
    with pytest.raises(Trouble, match="200 times"):
        inflater.feed(gzip_bomb(0.02)[500:])


def test_a_small_text_may_shrink_a_lot() -> None:
    """Half a megabyte of the same line is no bomb."""
    inflater = Inflater("gzip", max_bytes=10**9, max_ratio=200)
    inflater.feed(gzip.compress(bytes(500_000)))
    assert len(inflater.finish()) == 500_000


def test_ten_thousand_gzip_members_are_refused() -> None:
    """A body in too many parts costs no more time than it is worth."""
    inflater = Inflater("gzip", max_bytes=10**9, max_ratio=200)
    with pytest.raises(Trouble, match="too many parts"):
        inflater.feed(gzip.compress(b"") * 10_000)
