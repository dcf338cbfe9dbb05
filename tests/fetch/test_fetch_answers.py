"""What a good answer holds, what a request says of us, and what is not asked at all."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asking import AGENT, CALM, FEED, GZ, OK_HEAD, Shelf, ask, ask_one
from servers import Act, Server, Wire, redirect, reply, serve

from pipeline.fetch import Fetcher, Network
from pipeline.fetch.guard import IP
from pipeline.fetch.trouble import Trouble
from pipeline.files import BodyCache
from pipeline.model.source import Answer, Kept, Outcome, Request

GOOD: dict[str, tuple[bytes, bytes]] = {
    "plain": (reply(200, FEED), FEED),
    "an empty body is given as it is, for the reader to judge": (reply(200, b""), b""),
    "204 is an empty body": (b"HTTP/1.1 204 None\r\n\r\n", b""),
    "gzip": (reply(200, GZ, Content_Encoding="gzip"), FEED * 50),
    "gzip by its old name, in capitals": (reply(200, GZ, Content_Encoding="X-GZIP"), FEED * 50),
    "gzip in two members": (reply(200, gzip.compress(b"a") + gzip.compress(b"b"), Content_Encoding="gzip"), b"ab"),
    "gzip with padding behind it": (reply(200, GZ + bytes(9), Content_Encoding="gzip"), FEED * 50),
    "nothing, called gzip": (reply(200, b"", Content_Encoding="gzip"), b""),
    "deflate with zlib's frame": (reply(200, zlib.compress(FEED), Content_Encoding="deflate"), FEED),
    "deflate without": (reply(200, zlib.compress(FEED)[2:-4], Content_Encoding="deflate"), FEED),
    "identity": (reply(200, FEED, Content_Encoding="identity"), FEED),
    "chunks": (OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
    "early hints first": (b"HTTP/1.1 103 Early\r\n\r\n" + reply(200, FEED), FEED),
    "HTML is for the reader to judge": (reply(200, b"<html>", Content_Type="text/html"), b"<html>"),
}


_LABELS = (
    "UTF-8",
    "utf8",
    "none",
    "aws-chunked",
    "binary",
    "gzip, gzip",
    "x-gzip, gzip",
    "text",
    "br",
    "deflate",
    "gz",
)
_ENCODED = {
    "text": (FEED, FEED),
    "text behind a mark of its byte order": (b"\xef\xbb\xbf" + FEED, b"\xef\xbb\xbf" + FEED),
    "gzip": (GZ, FEED * 50),
    "gzip in gzip": (gzip.compress(GZ), FEED * 50),
}


@pytest.mark.parametrize("label", ["", *_LABELS])
@pytest.mark.parametrize("sent", _ENCODED)
def test_the_first_bytes_say_how_a_body_is_read_whatever_it_is_called(sent: str, label: str) -> None:
    """Labels that name no compression are overlooked, gzip is found without one, twice if need be, and text is text."""
    coded, body = _ENCODED[sent]
    answer, _ = ask_one(reply(200, coded, **({"Content_Encoding": label} if label else {})))
    assert (answer.outcome, answer.body, answer.note) == (Outcome.OK, body, "")


@pytest.mark.parametrize(
    "line",
    [
        b"get-cache/forum.php: userdata not support", b"X-Powered-By : magic", b"no colon at all", b": no name",
        b"X-A: a\x00b", b"X-B: \x0bb", b"Na me: value", b"<b>Warning</b>: mkdir() in /srv/x.php", b"X(y): z", b"\xc3\xa4: 1",
        b"PHP Notice:  x\r\n  continued on the next line", b"X-C: a\x7f",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_header_line_that_is_no_http_is_skipped_and_named(line: bytes, place: str) -> None:
    """The other headers are taken, the body is read, and the next answer of the connection says nothing of it."""
    sound = b'ETag: "1"\r\nContent-Length: %d\r\n' % len(FEED)
    head = b"\r\n".join([line, sound] if place == "first" else [sound + line, b""])
    bad = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + FEED
    with serve({"/feed": bad, "/other": reply(200, FEED)}) as server:
        (answer,) = ask(server.url("/feed"))
        (after,) = ask(server.url("/other"))
    assert (answer.outcome, answer.body, answer.headers.get("etag")) == (Outcome.OK, FEED, '"1"')
    assert answer.note.startswith("a header line that is no HTTP was skipped: “")
    assert answer.note.isprintable()
    assert after.note == ""


def test_early_hints_with_a_bad_line_leave_the_answer_whole() -> None:
    """An interim head is looked through, and so is the one that follows."""
    sent = b"HTTP/1.1 103 Early\r\nbad line\r\n\r\nHTTP/1.1 200 OK\r\nworse line\r\nContent-Length: 2\r\n\r\nab"
    answer, _ = ask_one(sent)
    assert (answer.outcome, answer.body) == (Outcome.OK, b"ab")


@pytest.mark.parametrize(
    "sent",
    [
        reply(206, FEED), reply(206, FEED, Content_Range=f"bytes 0-{len(FEED) - 1}/{len(FEED)}"),
        reply(206, FEED, Content_Range=f"bytes 0-{len(FEED) - 1}/*"), reply(226, FEED, IM="feed"),
    ],
)  # fmt: skip
def test_all_of_it_under_another_status_is_read(sent: bytes) -> None:
    """206 that holds everything, and 226, are good answers."""
    answer, _ = ask_one(sent)
    assert (answer.outcome, answer.body) == (Outcome.OK, FEED)


def test_a_server_that_wants_a_cookie_is_said_to() -> None:
    """It sends us round in a circle until a cookie comes back; we keep none, so it keeps us out."""
    answer, _ = ask_one(reply(302, Location="/feed", Set_Cookie="ok=1; Path=/"))
    assert (answer.outcome, "cookie" in answer.note) == (Outcome.BLOCKED, True)
    plain, _ = ask_one(reply(302, Location="/feed"))
    assert plain.note == "it redirects in a circle"


def test_not_modified_is_believed_for_a_week(tmp_path: Path) -> None:
    """Then the body is asked for without conditions, once, and believed for another week."""
    cache, tagged = BodyCache(tmp_path), reply(200, FEED, ETag='"same"')
    days = (1, 5, 7, 8, 14, 15, 16, 22)
    asked = []
    for day in days:
        with serve({"/feed": [tagged]}) as server:
            server.scripts["/feed"] = _stubborn(tagged)

            async def run(server: Server = server, day: int = day) -> Answer:
                moment = datetime(2026, 11, day, 12, tzinfo=UTC)
                async with Fetcher(CALM, agent=AGENT, cache=_AsIf(cache), now=moment) as fetcher:
                    request = Request(server.url("/feed"))
                    answer = await fetcher.ask(request, origin=server.url())
                    fetcher.keep(request, answer)
                    return answer

            answer = asyncio.run(run())
            assert answer.body == FEED
            asked.append(answer.outcome)
    old, same, new = Outcome.NOT_MODIFIED, Outcome.UNCHANGED, Outcome.OK
    assert asked == [new, old, old, same, old, same, old, same]


def _stubborn(whole: bytes) -> Act:
    """A server that answers every conditional question with 304."""

    async def act(wire: Wire) -> None:
        await wire.send(reply(304) if "if-none-match" in wire.visit.headers else whole)

    return act


@dataclass(frozen=True, slots=True)
class _AsIf:
    """A cache for which every address is the same: the port differs from run to run."""

    cache: BodyCache
    url: str = "http://127.0.0.1:1/feed"

    def get(self, _: str) -> Kept | None:
        return self.cache.get(self.url)

    def put(self, _: str, kept: Kept) -> None:
        self.cache.put(self.url, kept)


@pytest.mark.parametrize("promise", GOOD)
def test_a_good_answer_is_its_body(promise: str) -> None:
    """The body comes whole and inflated."""
    sent, body = GOOD[promise]
    answer, _ = ask_one(sent)
    assert (answer.outcome, answer.body, answer.note) == (Outcome.OK, body, "")


def test_the_request_is_honest_and_small() -> None:
    """User-Agent as given, what the kind accepts, two codings, no cookies, no proxies' or browsers' airs."""
    with serve({"/feed": reply(200, FEED, Set_Cookie="track=1; Path=/")}) as server:

        async def run() -> None:
            async with Fetcher(CALM, agent=AGENT) as fetcher:
                for _ in range(2):
                    await fetcher.ask(Request(server.url("/feed"), accept="application/rss+xml"), origin=server.url())

        asyncio.run(run())
        first, second = server.seen
    assert first.headers["user-agent"] == AGENT
    assert first.headers["accept"] == "application/rss+xml"
    assert first.headers["accept-encoding"] == "gzip, deflate"
    assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert second.headers == first.headers
    assert second.connection == first.connection


def test_a_question_with_a_body_is_posted_and_never_kept() -> None:
    """A body is POSTed as its type; redirects on the same server repeat it, 303 fetches the result."""
    shelf = Shelf()
    scripts = {
        "/ask": redirect(308, "/there"),
        "/there": redirect(303, "/result"),
        "/result": reply(200, b"{}", ETag='"1"'),
    }
    with serve(scripts) as server:
        (answer,) = ask(Request(server.url("/ask"), body=b'{"q": 1}'), cache=shelf, keep=True)
        methods = [(v.method, v.path, v.body, v.headers.get("content-type")) for v in server.seen]
    assert methods == [
        ("POST", "/ask", b'{"q": 1}', "application/json"),
        ("POST", "/there", b'{"q": 1}', "application/json"),
        ("GET", "/result", b"", None),
    ]
    assert (answer.body, shelf.kept) == (b"{}", {})


def test_a_question_is_not_carried_to_another_server() -> None:
    """What we ask in a body stays with the server it was meant for."""
    with serve({"/": reply(200, b"{}")}) as other, serve({"/ask": redirect(307, other.url("/"))}) as server:
        (answer,) = ask(Request(server.url("/ask"), body=b"{}"))
        assert other.seen == []
    assert (answer.outcome, "another server" in answer.note) == (Outcome.REFUSED, True)


def test_headers_are_few_named_in_lower_case_and_capped() -> None:
    """Only what is of use is told; a validator too long to keep is left out rather than cut."""
    sent = reply(
        200, FEED, Content_Type="  text/xml ", X_Other="no", Link="<" + "x" * 5_000 + ">", ETag='"' + "e" * 5_000 + '"'
    )
    answer, _ = ask_one(sent)
    assert set(answer.headers) == {"content-type", "link"}
    assert answer.headers["content-type"] == "text/xml"
    assert len(answer.headers["link"]) == 2_000


@pytest.mark.parametrize(("value", "reserved"), [("1", True), ("0", False), ("yes", False)])
def test_a_reservation_of_mining_rights_is_told(value: str, *, reserved: bool) -> None:
    """The header tdm-reservation: 1 is heard."""
    answer, _ = ask_one(reply(200, FEED, TDM_Reservation=value))
    assert answer.reserved is reserved


DECLARED = {
    "an address of another kind is not asked": ("ftp://example.org/feed", "“ftp”"),
    "a file is not asked": ("file:///etc/passwd", "“file”"),
    "words are not asked": ("no address at all", "only http and https"),
    "an address without a host is not asked": ("http://", "server name"),
    "half an address is not asked": ("http://[::1", "not sound"),
    "an address with a line break is not asked": ("http://127.0.0.1/\r\nX-Evil: 1", "not sound"),
    "an address with a space in the host is not asked": ("http://exa mple.org/", "server name"),
    "an address with a password is not asked": ("http://a:b@127.0.0.1/", "password"),
    "a host of 300 letters is not asked": (f"http://{'a' * 300}.org/", "server name"),
    "a host that is no name is not asked": ("http://xn--\u2603.example/", "sound"),
    "nothing at all is not asked": ("", "only http and https"),
}


@pytest.mark.parametrize("promise", DECLARED)
def test_an_unsound_address_is_an_answer_too(promise: str) -> None:
    """A declared address that can't be asked is refused with a note that says why."""
    url, note = DECLARED[promise]
    (answer,) = ask(url)
    assert (answer.outcome, note in answer.note, answer.url) == (Outcome.REFUSED, True, url), answer.note


def test_a_closed_port_is_a_network_outcome() -> None:
    """Nobody there: said as such, after the tries that policy allows."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        (answer,) = ask(url)
    assert (answer.outcome, answer.note) == (Outcome.NETWORK, "no connection to the server can be made")


def test_https_to_a_plain_server_is_a_network_outcome() -> None:
    """A failed handshake is told, not raised, and not tried again."""
    with serve({}, greeting=b"HTTP/1.1 400 Plain text only\r\n\r\n") as server:
        (answer,) = ask(server.url("/").replace("http:", "https:"), policy=replace(CALM, retries=2))
    assert answer.outcome is Outcome.NETWORK
    assert "secure connection" in answer.note


def test_an_unknown_name_is_a_network_outcome() -> None:
    """A name the system can't resolve is told with the name."""

    async def resolve(host: str, _port: int, _executor: Executor) -> tuple[IP, ...]:
        raise Trouble(Outcome.NETWORK, f"there is no server named {host}")

    (answer,) = ask("https://gone.example/feed", origin="https://gone.example/feed", network=Network(resolve=resolve))
    assert (answer.outcome, answer.note) == (Outcome.NETWORK, "there is no server named gone.example")


def test_a_name_server_that_sleeps_is_a_timeout() -> None:
    """Looking a name up counts against the time to connect."""

    async def resolve(_host: str, _port: int, _executor: Executor) -> tuple[IP, ...]:
        await asyncio.sleep(5)
        return ()

    (answer,) = ask(
        "https://slow.example/",
        origin="https://slow.example/",
        policy=replace(CALM, connect_timeout=0.1),
        network=Network(resolve=resolve),
    )
    assert (answer.outcome, "looked up within 0.1 s" in answer.note) == (Outcome.TIMEOUT, True)
