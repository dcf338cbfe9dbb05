"""Asking again only for what changed: bodies and validators that cannot part."""

from __future__ import annotations

from dataclasses import replace

from asking import FEED, OK_HEAD, Shelf, ask, ask_one
from servers import Script, Server, redirect, reply, serve, then_close

from pipeline.model.source import Answer, Kept, Outcome, Request


def kept_after(script: Script, shelf: Shelf, urls: list[str]) -> tuple[Answer, Server]:
    """Ask once with what stands on the shelf under the server's address."""
    with serve({"/feed": script}) as server:
        url = server.url("/feed")
        urls.append(url)
        shelf.kept = dict.fromkeys([url], *shelf.kept.values())
        (answer,) = ask(url, cache=shelf, keep=True)
    return answer, server


OLD = Kept(body=FEED, etag='W/"ä \\ old"', last_modified="Sun, 01 Nov 2026 00:00:00 GMT", content_type="text/xml")


def test_a_new_body_is_kept_only_when_told() -> None:
    """`ask` alone keeps nothing new: a page that could not be read must not be confirmed by the next 304."""
    shelf = Shelf()
    with serve({"/feed": reply(200, FEED, ETag='"1"', Last_Modified="yesterday", Content_Type="text/xml")}) as server:
        url = server.url("/feed")
        ask(url, cache=shelf)
        assert shelf.kept == {}
        ask(url, cache=shelf, keep=True)
        assert shelf.kept == {url: Kept(body=FEED, etag='"1"', last_modified="yesterday", content_type="text/xml")}


def test_validators_go_back_byte_for_byte() -> None:
    """Odd bytes, a weak tag and a date that is none are sent as they came."""
    shelf, urls = Shelf({"": replace(OLD, last_modified="not a date; ü")}), list[str]()
    answer, server = kept_after(reply(304), shelf, urls)
    assert server.seen[0].headers["if-none-match"] == 'W/"ä \\ old"'
    assert server.seen[0].headers["if-modified-since"] == "not a date; ü"
    assert answer.outcome is Outcome.NOT_MODIFIED


def test_odd_validators_survive_the_whole_way_round() -> None:
    """Received, kept, sent: the same bytes."""
    tag = b'"\xe4\xf6\xff-\\"'
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nETag: " + tag + b"\r\n\r\nx"
    shelf = Shelf()
    with serve({"/feed": [raw, reply(304)]}) as server:
        for _ in range(2):
            ask(server.url("/feed"), cache=shelf, keep=True)
        assert server.seen[1].headers["if-none-match"].encode("latin-1") == tag


def test_not_modified_reads_the_kept_body() -> None:
    """304: the kept body is the answer, with the kept type, and what is kept stays."""
    shelf, urls = Shelf({"": OLD}), list[str]()
    answer, _ = kept_after(reply(304), shelf, urls)
    assert (answer.outcome, answer.status, answer.body, answer.good) == (Outcome.NOT_MODIFIED, 304, FEED, True)
    assert answer.headers["content-type"] == "text/xml"
    assert shelf.kept == {urls[0]: OLD}


def test_not_modified_renews_both_validators() -> None:
    """What a 304 says of tag and date is kept; what it does not say stays."""
    shelf, urls = Shelf({"": OLD}), list[str]()
    kept_after(reply(304, ETag='"new"', Last_Modified="later"), shelf, urls)
    assert shelf.kept[urls[0]] == replace(OLD, etag='"new"', last_modified="later")
    kept_after(reply(304, ETag='"newer"'), shelf, urls)
    assert shelf.kept[urls[1]] == replace(OLD, etag='"newer"', last_modified="later")


def test_the_same_body_again_is_unchanged_and_renews_both_validators() -> None:
    """200 with the body we hold is "unchanged", and its validators replace the old ones."""
    shelf, urls = Shelf({"": OLD}), list[str]()
    answer, _ = kept_after(reply(200, FEED, ETag='"new"', Last_Modified="later"), shelf, urls)
    assert (answer.outcome, answer.body, answer.good) == (Outcome.UNCHANGED, FEED, True)
    assert shelf.kept[urls[0]] == Kept(body=FEED, etag='"new"', last_modified="later")


def test_a_truncated_body_leaves_what_is_kept() -> None:
    """A failure never touches body or validators."""
    shelf, urls = Shelf({"": OLD}), list[str]()
    answer, _ = kept_after(then_close(OK_HEAD + b'ETag: "bad"\r\nContent-Length: 99\r\n\r\nhalf'), shelf, urls)
    assert (answer.outcome, shelf.kept) == (Outcome.NETWORK, {urls[0]: OLD})


def test_not_modified_without_a_kept_body_is_asked_again_without_conditions() -> None:
    """A 304 nobody asked for: once more, past any proxy's memory; then the body comes."""
    answer, server = ask_one([reply(304), reply(200, FEED)], cache=Shelf())
    assert (answer.outcome, answer.body) == (Outcome.OK, FEED)
    assert [v.headers.get("cache-control") for v in server.seen] == [None, "no-cache"]
    assert not any("if-none-match" in v.headers for v in server.seen)


def test_an_uncached_question_sends_no_validators() -> None:
    """`cached=False` neither asks by nor keeps anything."""
    shelf = Shelf()
    with serve({"/feed": reply(200, FEED, ETag='"1"')}) as server:
        shelf.put(server.url("/feed"), OLD)
        (answer,) = ask(Request(server.url("/feed"), cached=False), cache=shelf, keep=True)
        assert "if-none-match" not in server.seen[0].headers
        assert (answer.outcome, shelf.kept) == (Outcome.OK, {server.url("/feed"): OLD})


def test_a_validator_that_would_break_the_header_is_not_sent() -> None:
    """A cache file that someone tampered with can't inject a header."""
    shelf, urls = Shelf({"": replace(OLD, etag='"a"\r\nX-Evil: 1', last_modified="☃")}), list[str]()
    answer, server = kept_after(reply(200, FEED), shelf, urls)
    assert answer.outcome is Outcome.UNCHANGED
    assert not {"x-evil", "if-none-match", "if-modified-since"} & set(server.seen[0].headers)


def test_what_is_kept_belongs_to_the_declared_address() -> None:
    """Behind a redirect too: the next run asks the declared address with the validators of the body."""
    shelf = Shelf()
    with serve({"/feed": redirect(302, "/real"), "/real": [reply(200, FEED, ETag='"1"'), reply(304)]}) as server:
        for expected in (Outcome.OK, Outcome.NOT_MODIFIED):
            (answer,) = ask(server.url("/feed"), cache=shelf, keep=True)
            assert answer.outcome is expected
        assert list(shelf.kept) == [server.url("/feed")]
