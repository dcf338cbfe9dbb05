"""The own network stays closed to strangers: by number, name, notation, redirect and turn of a name server."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from ipaddress import ip_address

import pytest
from asking import AGENT, CALM, FEED, ask
from servers import redirect, reply, serve

from pipeline.fetch import Fetcher, Network
from pipeline.fetch.guard import IP, is_public, on_own_machine
from pipeline.model.source import Outcome, Request

CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.5", "224.0.0.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_are_not_public_are_closed(address: str) -> None:
    """Nothing that is private, local, shared, reserved, multicast or a disguise of IPv4 counts as public."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "193.0.6.139", "2606:4700::1111", "2a00:1450::1"]
)
def test_public_addresses_are_open(address: str) -> None:
    """What the internet is made of."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://localhost:80/x", True),
        ("http://LOCALHOST./", True),
        ("http://127.0.0.1/", True),
        ("https://127.1.2.3:8/", True),
        ("http://[::1]:80/", True),
        ("http://[::ffff:127.0.0.1]/", False),
        ("http://0x7f000001/", False),
        ("http://10.0.0.1/", False),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://127.0.0.1@example.org/", False),
        ("http://[::1/", False),
        ("", False),
    ],
)
def test_the_own_machine_is_what_literally_says_so(url: str, *, own: bool) -> None:
    """Only localhost, 127.0.0.0/8 and ::1, as an editor would write them."""
    assert on_own_machine(url) is own


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::1]"]
)
def test_a_public_source_never_reaches_the_own_machine(host: str) -> None:
    """Whatever the notation: refused before a connection is made."""
    with serve({"/": reply(200, FEED)}) as server:
        (answer,) = ask(f"http://{host}:{server.port}/", origin="https://feeds.example.org/rss")
        assert server.seen == []
    assert answer.outcome is Outcome.REFUSED


def test_a_public_name_with_a_private_address_is_refused() -> None:
    """The answer of the name server is what is checked."""
    looked_up: list[str] = []

    async def resolve(host: str, _port: int, _executor: Executor) -> tuple[IP, ...]:
        looked_up.append(host)
        return (ip_address("10.0.0.1"), ip_address("fd00::1"), ip_address("127.0.0.1"))

    url = "http://rebind.example/"
    (answer,) = ask(url, origin=url, network=Network(resolve=resolve))
    assert (answer.outcome, looked_up) == (Outcome.REFUSED, ["rebind.example"])


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """A name is looked up once a connection: what it says a moment later (rebinding) is never heard."""
    answers = [("10.0.0.1", "127.0.0.1"), ("10.0.0.1",)]

    async def resolve(_host: str, _port: int, _executor: Executor) -> tuple[IP, ...]:
        return tuple(ip_address(a) for a in answers.pop(0))

    with serve({"/": reply(200, FEED)}) as server:
        url = server.url("/", "turns.example")
        (answer,) = ask(url, network=Network(resolve=resolve))
        assert server.seen[0].headers["host"] == f"turns.example:{server.port}"
    assert (answer.outcome, answers) == (Outcome.OK, [("10.0.0.1",)])


def test_a_connection_of_an_own_source_is_not_lent_to_a_public_one() -> None:
    """In one run, after the own source has a connection open, the public one still has no way in."""
    with serve({"/": reply(200, FEED)}) as server:

        async def run() -> list[Outcome]:
            async with Fetcher(CALM, agent=AGENT) as fetcher:
                origins = (server.url(), "https://example.org/", server.url())
                return [(await fetcher.ask(Request(server.url()), origin=o)).outcome for o in origins]

        assert asyncio.run(run()) == [Outcome.OK, Outcome.REFUSED, Outcome.OK]


def test_an_own_source_may_lead_on_within_the_own_machine() -> None:
    """From one port of it to another, by name too."""
    with serve({"/": reply(200, FEED)}) as other, serve({"/": redirect(301, other.url("/", "localhost"))}) as server:
        (answer,) = ask(server.url())
    assert answer.outcome is Outcome.OK
