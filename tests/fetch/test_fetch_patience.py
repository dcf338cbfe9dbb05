"""When to wait, when to ask again, and when to leave it for another run."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from asking import AGENT, CALM, FEED, ask_one
from servers import reply, serve, then_close

from pipeline.fetch import Fetcher
from pipeline.fetch.verdict import Reply, retry_after
from pipeline.model.source import Outcome, Request

DATE = "Sun, 22 Nov 2026 10:00:00 GMT"
RETRY_AFTER = [
    ({"retry-after": "120"}, 120.0, "seconds"),
    ({"retry-after": "0"}, 0.0, "at once"),
    ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT", "date": DATE}, 3600.0, "a date counts from the server's own"),
    ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT", "date": DATE}, 0.0, "a date in the past is now"),
    ({"retry-after": "Thu, 31 Dec 2099 23:59:59 GMT", "date": DATE}, 604_800.0, "seven days at most"),
    ({"retry-after": "999999999"}, 604_800.0, "seven days at most, in seconds too"),
    ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, None, "a date with nothing to count from"),
    ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT", "date": "noon"}, None, "a date with nonsense to count from"),
    ({"retry-after": "-5"}, None, "less than nothing"),
    ({"retry-after": "1e9"}, None, "not plain digits"),
    ({"retry-after": "soon"}, None, "nonsense"),
    ({"retry-after": "Sun, 99 Nov 20266 99:00:00 GMT", "date": DATE}, None, "an impossible date"),
    ({"retry-after": "9" * 400}, None, "a number of 400 digits"),
    ({}, None, "absent"),
]


@pytest.mark.parametrize(("headers", "seconds", "promise"), RETRY_AFTER, ids=[row[2] for row in RETRY_AFTER])
def test_retry_after_is_read_strictly(headers: dict[str, str], seconds: float | None, promise: str) -> None:
    """Seconds or an HTTP date by the server's own clock, never negative, seven days at most."""
    assert retry_after(Reply(status=429, headers={k: (v,) for k, v in headers.items()})) == seconds, promise


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_wait_that_is_asked_for_is_waited(status: int) -> None:
    """The server says when to come back, and we do; the wait does not count as the server's time."""
    policy = replace(CALM, retries=1, max_retry_after=5)
    answer, server = ask_one([reply(status, Retry_After="1"), reply(200, FEED)], policy=policy)
    assert answer.outcome is Outcome.OK
    assert server.seen[1].at - server.seen[0].at >= 0.99
    assert answer.seconds < 0.5


@pytest.mark.parametrize(
    ("status", "outcome"), [(429, Outcome.RATE_LIMITED), (503, Outcome.SERVER_ERROR)], ids=["429", "503"]
)
def test_a_long_wait_is_left_to_another_run(status: int, outcome: Outcome) -> None:
    """Asked once; how long to stay away is told."""
    answer, server = ask_one(reply(status, Retry_After="7200"), policy=replace(CALM, retries=2))
    assert (answer.outcome, answer.retry_after, len(server.seen)) == (outcome, 7200.0, 1)


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_in_trouble_is_tried_again(status: int) -> None:
    """502 and 504 pass; the second try comes after a short back-off."""
    answer, server = ask_one([reply(status), reply(200, FEED)], policy=replace(CALM, retries=1))
    assert answer.outcome is Outcome.OK
    assert 0.37 < server.seen[1].at - server.seen[0].at < 1.2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_what_was_said_clearly_is_not_asked_twice(status: int) -> None:
    """No retry for anything but connecting and gateways."""
    _, server = ask_one(reply(status), policy=replace(CALM, retries=2))
    assert len(server.seen) == 1


def test_a_kept_connection_that_died_is_replaced_at_once() -> None:
    """A server that closes between two questions costs neither of them."""
    with serve({"/a": reply(200, FEED), "/b": [then_close(b""), reply(200, FEED)]}) as server:

        async def run() -> list[Outcome]:
            async with Fetcher(CALM, agent=AGENT) as fetcher:
                return [(await fetcher.ask(Request(server.url(p)), origin=server.url())).outcome for p in ("/a", "/b")]

        assert asyncio.run(run()) == [Outcome.OK, Outcome.OK]
        assert [v.connection for v in server.seen] == [1, 1, 2]


def test_programming_errors_do_raise() -> None:
    """Asking outside the context is a mistake of ours, not an outcome."""
    with pytest.raises(RuntimeError, match="async with"):
        asyncio.run(Fetcher(CALM, agent=AGENT).ask(Request("http://127.0.0.1/"), origin="http://127.0.0.1/"))
