"""H, what needs logic: the way to leave and its token, what could be smuggled in, the message's own number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr

from pipeline.errors import Fault
from pipeline.proof.finished import TAG, TOKEN, Finished
from pipeline.proof.rules import NotHere

_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def h3(mail: Finished) -> Iterator[Fault | str]:
    """Look at the addresses to leave by, and at what makes it one click."""
    ways, posts = mail.ways(), mail.named("List-Unsubscribe-Post")
    web = [way for way in ways if way.startswith("https://")]
    for header in mail.named("List-Unsubscribe"):
        if len(web) > 1:
            yield header.fault(f"has {len(web)} https addresses, not one")
        for way in ways:
            if not way.startswith(("https://", "mailto:")) and not TAG.fullmatch(way):
                yield header.fault(f"“{way}” is neither https nor mailto")
    for post in posts:
        if post.value != "List-Unsubscribe=One-Click" or not web:
            yield post.fault("has to say “List-Unsubscribe=One-Click”, beside an https address")
    if not posts:
        yield NotHere("The way to leave is the same for all readers, so one click can't be offered (RFC 8058).")


def h4(mail: Finished) -> Iterator[Fault | str]:
    """Count a reader's token in the raw bytes and in the decoded parts."""
    web = [way for way in mail.ways() if way.startswith("https://")]
    if not mail.named("List-Unsubscribe-Post") or not web:
        yield NotHere("No reader has an address of their own in it.")
        return
    token, header = TOKEN.search(web[0]), mail.named("List-Unsubscribe")[0]
    if token is None:
        yield header.fault("has no run of 22 letters and digits to put a reader's token in place of")
        return
    html, text = mail.sent.text.count(token[0]), mail.words.count(token[0])
    if not html or not text:
        yield header.fault("leads elsewhere than the ways to leave in text and HTML")
    elif mail.raw.count(token[0].encode()) != html + text + header.value.count(token[0]):
        yield header.fault("its token is broken by an encoding in a part of the message, so it would not be replaced")


def h7(mail: Finished) -> Iterator[Fault | str]:
    """Look at the raw lines of all headers, and at what they decode to."""
    head = mail.raw.partition(b"\r\n\r\n")[0]
    if re.search(rb"\r(?!\n)|(?<!\r)\n", head):
        yield mail.where("a line of the headers ends in something else than CRLF")
    for header in mail.headers:
        if max(map(len, header.text.splitlines() or [""])) + len(header.name) > 997:
            yield header.fault("is longer than 998 octets")
        if not header.text.isascii():
            yield header.fault("has letters that are not ASCII: they have to be encoded (RFC 2047)")
        if len(mail.named(header.name)) > 1:
            yield header.fault("stands more than once")
        if _CONTROL.search(_decoded(header.value)):
            yield header.fault("holds a control character once it is decoded")


def h8(mail: Finished) -> Iterator[Fault | str]:
    """Hold Message-ID to the domain of From."""
    domain = "".join(parseaddr(sender.value)[1].rpartition("@")[2] for sender in mail.named("From"))
    for header in mail.named("Message-ID"):
        if not re.fullmatch(rf"<(?:[^<>@\s]*[^<>@\s0-9a-f])?[0-9a-f]{{32}}@{re.escape(domain)}>", header.value):
            yield header.fault(f"has to be <…32 hex digits@{domain}>")


def h10(mail: Finished) -> Iterator[Fault | str]:
    """Look for numbers that could be a reader's."""
    for header in mail.headers:
        if _UUID.search(header.value):
            yield header.fault("holds a number that could be a reader's")


def _decoded(value: str) -> str:
    """Read a header as mail programs do (RFC 2047); one that breaks the rules is itself."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeDecodeError):
        return value
