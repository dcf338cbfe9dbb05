"""Where redirects may lead, and what an editor is told of a move."""

from __future__ import annotations

import pytest
from asking import FEED, ask, ask_one, check, pretended
from servers import Script, redirect, reply, serve

from pipeline.fetch.trail import Trail
from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome

REFUSED: dict[str, tuple[Script, Outcome, str]] = {
    "a redirect without Location is a server error": (reply(301), Outcome.SERVER_ERROR, "where to"),
    "a redirect to nowhere is a server error": (redirect(302, "  "), Outcome.SERVER_ERROR, "where to"),
    "a redirect to itself is a circle": (redirect(302, "/feed"), Outcome.REFUSED, "circle"),
    "a redirect to a file is refused": (redirect(302, "file:///etc/passwd"), Outcome.REFUSED, "“file”"),
    "a redirect to ftp is refused": (redirect(302, "ftp://127.0.0.1/feed"), Outcome.REFUSED, "“ftp”"),
    "a redirect to a script is refused": (redirect(302, "javascript:alert(1)"), Outcome.REFUSED, "“javascript”"),
    "a redirect to data is refused": (redirect(302, "data:text/xml,<rss/>"), Outcome.REFUSED, "“data”"),
    "a redirect with a password is refused": (
        redirect(302, "http://me:secret@127.0.0.1/"),
        Outcome.REFUSED,
        "password",
    ),
    "a redirect to a bad port is refused": (redirect(302, "http://127.0.0.1:99999/"), Outcome.REFUSED, "not sound"),
    "a redirect to half an address is refused": (redirect(302, "http://[::1/"), Outcome.REFUSED, "not sound"),
    "a redirect without a host is refused": (redirect(302, "https:///feed"), Outcome.REFUSED, "server name"),
    "a redirect with a bare line feed is followed to nothing else": (
        redirect(302, "/a\nSet-Cookie: x=1\nLocation: /b"),
        Outcome.NOT_FOUND,
        "404",
    ),
    "a redirect with a bare CR is not HTTP": (redirect(302, "/a\rX: y"), Outcome.NETWORK, "not proper HTTP"),
    "a redirect to the cloud's metadata is refused": (
        redirect(302, "http://169.254.169.254/latest"),
        Outcome.REFUSED,
        "machine",
    ),
    "a redirect to a private network is refused": (redirect(302, "http://10.0.0.1/"), Outcome.REFUSED, "machine"),
    "... also in IPv6 clothes": (redirect(302, "http://[::ffff:10.0.0.1]/"), Outcome.REFUSED, "machine"),
    "... also in hexadecimal": (redirect(302, "http://0x0a000001/"), Outcome.REFUSED, "machine"),
    "... also as one number": (redirect(302, "http://167772161/"), Outcome.REFUSED, "machine"),
    "... also in octal": (redirect(302, "http://012.0.0.1/"), Outcome.REFUSED, ""),
    "... also as the nameless address": (redirect(302, "http://0.0.0.0/"), Outcome.REFUSED, "machine"),
    "... also through NAT64": (redirect(302, "http://[64:ff9b::a00:1]/"), Outcome.REFUSED, "machine"),
    "... also through 6to4": (redirect(302, "http://[2002:a00:1::]/"), Outcome.REFUSED, "machine"),
    "... also by broadcast to all": (redirect(302, "http://255.255.255.255/"), Outcome.REFUSED, "machine"),
}


@pytest.mark.parametrize("promise", REFUSED)
def test_no_redirect_leads_astray(promise: str) -> None:
    """Only whole http(s) addresses that may be reached are followed; each refusal says why."""
    script, outcome, note = REFUSED[promise]
    answer, _ = ask_one(script)
    check(answer, outcome, note)


CHAINS: dict[str, tuple[list[int], str, str]] = {
    "a permanent move is told": ([301], "/1", "/1"),
    "308 is permanent too": ([308], "/1", "/1"),
    "a temporary redirect is no move": ([302], "/1", ""),
    "303 and 307 are no moves": ([303, 307], "/2", ""),
    "two permanent moves are told as the last": ([301, 308], "/2", "/2"),
    "a mixed chain has moved as far as it is permanent": ([301, 302], "/2", "/1"),
    "what is permanent behind something temporary is no move": ([302, 301], "/2", ""),
    "five redirects are followed": ([301] * 5, "/5", "/5"),
}


@pytest.mark.parametrize("promise", CHAINS)
def test_redirects_tell_where_the_source_has_moved(promise: str) -> None:
    """`final_url` is who answered, `moved_to` what belongs into the file."""
    statuses, final, moved = CHAINS[promise]
    scripts: dict[str, Script] = {f"/{n}": redirect(status, f"/{n + 1}") for n, status in enumerate(statuses)}
    with serve(scripts | {f"/{len(statuses)}": reply(200, FEED)}) as server:
        (answer,) = ask(server.url("/0"))
        assert (answer.outcome, answer.body) == (Outcome.OK, FEED)
        assert answer.final_url == server.url(final)
        assert answer.moved_to == (server.url(moved) if moved else "")


def test_six_redirects_are_too_many() -> None:
    """The sixth is not followed."""
    with serve({f"/{n}": redirect(302, f"/{n + 1}") for n in range(9)}) as server:
        (answer,) = ask(server.url("/0"))
        assert len(server.seen) == 6
    assert (answer.outcome, "more than 5" in answer.note) == (Outcome.REFUSED, True)


def test_a_move_to_a_dead_page_is_not_recommended() -> None:
    """Nobody is told to write an address into the file that does not answer."""
    answer, server = ask_one(redirect(301, "/gone"))
    assert (answer.outcome, answer.moved_to) == (Outcome.NOT_FOUND, "")
    assert answer.final_url == server.url("/gone")


@pytest.mark.parametrize("location", ["/neu/f%C3%BCr", "/neu/für", "neu/für#top"])
def test_letters_beyond_ascii_in_a_location_are_followed(location: str) -> None:
    """UTF-8 in Location is quoted, relative ones are joined, fragments dropped."""
    raw = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode() + b"\r\n\r\n"
    with serve({"/feed": raw, "/neu/f%C3%BCr": reply(200, FEED)}) as server:
        (answer,) = ask(server.url("/feed"))
    assert answer.outcome is Outcome.OK


def test_a_name_beyond_ascii_is_asked_by_its_idna_form() -> None:
    """bücher.example is asked as xn--bcher-kva.example."""
    with serve({"/": reply(200, FEED)}) as server:
        network, url = pretended(server)
        (answer,) = ask(url("bücher.example", "/"), origin="http://bücher.example/", network=network)
        assert server.seen[0].headers["host"] == f"xn--bcher-kva.example:{server.port}"
    assert answer.outcome is Outcome.OK


def test_https_never_leads_down_to_http() -> None:
    """The way down is refused, the way up is not."""
    secure = Trail.start("https://example.org/feed")
    with pytest.raises(Trouble, match="down to http") as refused:
        secure.step(301, "http://example.org/feed", max_redirects=5)
    assert refused.value.outcome is Outcome.REFUSED
    up = Trail.start("http://example.org/feed").step(301, "https://example.org/feed", max_redirects=5)
    assert up.moved_to == "https://example.org/feed"
