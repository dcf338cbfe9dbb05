"""What the door to the network promises: exactly one answer, whatever a server does."""

from __future__ import annotations

import gzip
import random
from time import monotonic

import pytest
from asking import FEED, GZ, OK_HEAD, QUICK, ask, ask_one, check
from servers import (
    Script,
    deflate_bomb,
    drip,
    endless,
    gzip_bomb,
    late,
    redirect,
    reply,
    serve,
    silence,
    then_close,
    then_reset,
)

from pipeline.model.source import Outcome

HOSTILE: dict[str, tuple[Script, Outcome, str]] = {
    "a gzip bomb is stopped": (
        reply(200, gzip_bomb(1), Content_Encoding="gzip"),
        Outcome.TOO_LARGE,
        "",
    ),
    "a zlib bomb is stopped": (
        reply(200, deflate_bomb(0.1, raw=False), Content_Encoding="deflate"),
        Outcome.TOO_LARGE,
        "",
    ),
    "a raw deflate bomb is stopped": (
        reply(200, deflate_bomb(0.1, raw=True), Content_Encoding="deflate"),
        Outcome.TOO_LARGE,
        "",
    ),
    "a bomb sent in chunks is stopped": (
        endless(
            b"%x\r\n" % len(deflate_bomb(0.02, raw=True)) + deflate_bomb(0.02, raw=True) + b"\r\n",
            first=OK_HEAD + b"Content-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n",
        ),
        Outcome.TOO_LARGE,
        "",
    ),
    "brotli is refused, for it was not asked": (
        reply(200, b"\x0b\x02\x80", Content_Encoding="br"),
        Outcome.BAD_ENCODING,
        "br",
    ),
    "zstd is refused": (reply(200, b"(\xb5/\xfd", Content_Encoding="zstd"), Outcome.BAD_ENCODING, "zstd"),
    "truncated gzip is no feed": (reply(200, GZ[:-20], Content_Encoding="gzip"), Outcome.BAD_ENCODING, "half way"),
    "gzip with a wrong checksum is no feed": (
        reply(200, GZ[:-8] + bytes(8), Content_Encoding="gzip"),
        Outcome.BAD_ENCODING,
        "damaged",
    ),
    "an endless body ends at the cap": (endless(b"x" * 60_000, first=OK_HEAD + b"\r\n"), Outcome.TOO_LARGE, "1.91 MB"),
    "an endless chunked body ends at the cap": (
        endless(b"ea60\r\n" + b"x" * 60_000 + b"\r\n", first=OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
        Outcome.TOO_LARGE,
        "",
    ),
    "a huge Content-Length is not read": (
        then_close(OK_HEAD + b"Content-Length: 9999999999999\r\n\r\n"),
        Outcome.TOO_LARGE,
        "larger",
    ),
    "a server that hangs up at once is named": (then_close(b""), Outcome.NETWORK, "without an answer"),
    "a reset before the answer is named": (then_reset(b""), Outcome.NETWORK, "before an answer"),
    "a reset half way is named": (then_reset(OK_HEAD + b"Content-Length: 99\r\n\r\nhalf"), Outcome.NETWORK, "half way"),
    "a body shorter than its Content-Length is truncated": (
        then_close(OK_HEAD + b"Content-Length: 999\r\n\r\n" + FEED),
        Outcome.NETWORK,
        "truncated",
    ),
    "a chunked body without its end is truncated": (
        then_close(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        Outcome.NETWORK,
        "truncated",
    ),
    "a chunk size that is no number is named": (
        then_close(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"),
        Outcome.NETWORK,
        "rules of HTTP",
    ),
    "a negative Content-Length is not HTTP": (
        then_close(OK_HEAD + b"Content-Length: -5\r\n\r\n"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "two different Content-Lengths are not HTTP": (
        then_close(OK_HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "the greeting of another protocol is not HTTP": (
        then_close(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "random bytes are not HTTP": (then_close(random.Random(7).randbytes(3_000)), Outcome.NETWORK, ""),
    "a page without a status line is not HTTP": (
        then_close(b"<html>hello</html>\r\n\r\n"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "a header line of 200 KB is not HTTP": (
        then_close(OK_HEAD + b"X-Long: " + b"x" * 200_000 + b"\r\n\r\n"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "5,000 headers are too many": (
        then_close(OK_HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(5_000)) + b"Content-Length: 0\r\n\r\n"),
        Outcome.NETWORK,
        "5,001 header lines",
    ),
    "endless headers are stopped": (
        endless(b"X-More: and more\r\n" * 100, first=OK_HEAD),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "410 is gone": (reply(410), Outcome.GONE, "410"),
    "404 is not found": (reply(404), Outcome.NOT_FOUND, "404"),
    "401 is blocked": (reply(401), Outcome.BLOCKED, "password"),
    "403 is blocked": (reply(403, b"<title>Just a moment...</title>", Server="cloudflare"), Outcome.BLOCKED, "403"),
    "451 is blocked": (reply(451), Outcome.BLOCKED, "legal"),
    "503 with a challenge page is blocked": (
        reply(
            503, b"<html><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x>", Server="cloudflare"
        ),
        Outcome.BLOCKED,
        "human",
    ),
    "429 with a challenge header is blocked": (reply(429, Cf_Mitigated="challenge"), Outcome.BLOCKED, "human"),
    "429 is rate-limited": (reply(429), Outcome.RATE_LIMITED, "too often"),
    "500 is a server error": (reply(500), Outcome.SERVER_ERROR, "500"),
    "503 is a server error": (reply(503), Outcome.SERVER_ERROR, "503"),
    "400 is a client error": (reply(400), Outcome.CLIENT_ERROR, "400"),
    "206 with the rest missing": (
        reply(206, b"half", Content_Range="bytes 0-3/8"),
        Outcome.SERVER_ERROR,
        "only a part of it",
    ),
    "206 with the beginning missing": (
        reply(206, b"half", Content_Range="bytes 4-7/8"),
        Outcome.SERVER_ERROR,
        "only a part of it",
    ),
    "gzip in gzip that ends too early": (
        reply(200, gzip.compress(GZ[:-20]), Content_Encoding="gzip"),
        Outcome.BAD_ENCODING,
        "half way",
    ),
    "a bomb in gzip in gzip": (
        reply(200, gzip.compress(gzip.compress(bytes(60_000_000)))),
        Outcome.TOO_LARGE,
        "",
    ),
    "a switch of protocol that nobody asked for is not HTTP": (
        reply(101, Upgrade="x", Connection="upgrade"),
        Outcome.NETWORK,
        "not proper HTTP",
    ),
    "304 for nothing kept is a server error": (reply(304), Outcome.SERVER_ERROR, "have no copy"),
}


@pytest.mark.parametrize("promise", HOSTILE)
def test_one_answer_for_whatever_a_server_does(promise: str) -> None:
    """Every behaviour of the table ends in exactly the outcome it says, with a note and without a body."""
    script, outcome, note = HOSTILE[promise]
    answer, _ = ask_one(script)
    check(answer, outcome, note)


SLOW: dict[str, tuple[Script, Outcome, str]] = {
    "a dripping body ends with the total time": (
        drip(b"x" * 99, first=OK_HEAD + b"Content-Length: 99\r\n\r\n"),
        Outcome.TIMEOUT,
        "more than 0.5 s",
    ),
    "dripping headers end with the total time": (
        drip(OK_HEAD + b"X-A: " + b"x" * 99),
        Outcome.TIMEOUT,
        "more than 0.5 s",
    ),
    "endless early hints end with the total time": (
        endless(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
        Outcome.TIMEOUT,
        "more than",
    ),
    "a server that never answers is left": (silence, Outcome.TIMEOUT, "nothing for 0.3 s"),
    "a server that falls silent half way is left": (
        late(0, OK_HEAD + b"Content-Length: 99\r\n\r\nhalf"),
        Outcome.TIMEOUT,
        "nothing for 0.3 s",
    ),
    "an error page that drips costs the total time at most": (
        drip(b"x" * 99, first=b"HTTP/1.1 404 No\r\nContent-Length: 99\r\n\r\n"),
        Outcome.TIMEOUT,
        "more than 0.5 s",
    ),
}


@pytest.mark.parametrize("promise", SLOW)
def test_no_server_takes_more_than_its_time(promise: str) -> None:
    """Whoever answers late, never or drop by drop is left within the bounds of the policy."""
    script, outcome, note = SLOW[promise]
    started = monotonic()
    answer, _ = ask_one(script, policy=QUICK)
    check(answer, outcome, note)
    assert monotonic() - started < 2.5


def test_no_bytes_make_it_raise() -> None:
    """300 answers, each damaged by chance (always the same chance): 300 outcomes, each with a body or a reason."""
    chance = random.Random(22)
    honest = [
        reply(200, FEED, ETag='"1"', Content_Type="text/xml"),
        reply(200, GZ, Content_Encoding="gzip"),
        reply(304, ETag='"2"'),
        reply(429, Retry_After="1", Date="Sun, 22 Nov 2026 10:00:00 GMT"),
        redirect(301, "/elsewhere?x"),
        redirect(302, "http://me@xn--a.b/%zz"),
        redirect(308, "//[::1]:80/x"),
        OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    ]
    scripts = {f"/{n}": then_close(_damaged(chance.choice(honest), chance)) for n in range(300)}
    with serve(scripts) as server:
        answers = ask(*[server.url(path) for path in scripts])
    assert len(answers) == len(scripts)
    assert all(answer.good or answer.note for answer in answers)
    assert len({answer.outcome for answer in answers}) > 5


def _damaged(sent: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(sent)
    for _ in range(chance.choice([1, 1, 2, 3])):
        at = chance.randrange(len(damaged))
        way = chance.randrange(3)
        if way == 0:
            damaged[at] = chance.randrange(256)
        elif way == 1:
            del damaged[at : at + chance.randrange(1, 6)]
            damaged += b"."
        else:
            damaged[at:at] = chance.choice(
                [b"\r\n", b"\x00", b"%", b"\xff", b"[", b"@", b"//", b"\\", "☃".encode(), b"9" * 30]
            )
    return bytes(damaged)
