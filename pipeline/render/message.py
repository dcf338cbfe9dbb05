"""The e-mail as one message, ready to send: text first, then HTML, and headers nothing can be smuggled into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pipeline.errors import UsageError
from pipeline.model.issue import Issue
from pipeline.model.leave import Leave, LeaveKind, read_leave
from pipeline.render.finish import count_tags, keep_whole
from pipeline.render.headers import mailbox, phrase, plain_line, unstructured
from pipeline.render.layout import way
from pipeline.render.links import ascii_address
from pipeline.text import clip, has_slug, plain, slug

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_SENDER = re.compile(rf"(?:([^<>]*)<(?=[^<>]+>$))?({_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>?")

NO_PICTURES: Mapping[str, bytes] = {}

_TO = ("Reader", "reader@to-be-set.invalid")
"""Whoever sends sets each reader's own address here; nothing sent to this one can arrive (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class _Sender:
    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def compose(issue: Issue, subject: str, text: str, html: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """Make a multipart/alternative message (RFC 5322, 2046), lines ended by CRLF.

    `pictures` are PNG files by the address that the page has them at; they come along (RFC 2387, 2392), so that no
    server hears who opens the mail. Date is nine in the morning UTC of the issue's day; boundaries and Message-ID come
    from a hash of the words, so the same issue is the same bytes. `To` is a placeholder: whoever sends it sets each
    reader's address.
    Raises UsageError for a setting that no header can be made of.
    """
    seal = hashlib.sha256(f"{issue.key}\n{subject}\n{text}\n{html}".encode()).hexdigest()
    sender = _sender(issue)
    body = _body(text, html, {address: (_cid(address, sender), content) for address, content in pictures.items()}, seal)
    head = (
        mailbox("From", sender.name, sender.address),
        mailbox("To", *_TO),
        unstructured("Subject", subject),
        plain_line("Date", format_datetime(datetime.combine(issue.date, time(9), UTC))),
        plain_line("Message-ID", f"<{issue.key}.{seal[:32]}@{sender.domain}>"),
        *_of_list(issue, sender),
        plain_line("Auto-Submitted", "auto-generated"),
        plain_line("Precedence", "bulk"),
        plain_line("Content-Language", plain(issue.masthead.language)),
    )
    leave = read_leave(issue.masthead.unsubscribe)
    tags = leave.tags if leave else ()
    message = "".join(f"{line}\r\n" for line in head).encode("ascii") + keep_whole(body.as_bytes(), tags)
    count_tags({"email.html": html.encode(), "email.txt": text.encode(), "message.eml": message}, tags)
    return message


def _body(text: str, html: str, pictures: Mapping[str, tuple[str, bytes]], seal: str) -> EmailMessage:
    """Make the parts of the message: text, HTML, and the pictures by their address, with their Content-ID."""
    for address, (cid, _) in pictures.items():
        html = html.replace(f'"{address}"', f'"cid:{cid}"')
    body = EmailMessage(policy=SMTP.clone(max_line_length=76))  # RFC 2045, 6.7
    body.set_content(text, cte="quoted-printable")
    body.add_alternative(html, subtype="html", cte="quoted-printable")
    page = list(body.iter_parts())[1]
    for address, (cid, content) in pictures.items():
        name, sort = address.rpartition("/")[2], "jpeg" if address.endswith(".jpg") else "png"
        page.add_related(content, "image", sort, cid=f"<{cid}>", disposition="inline", filename=name)
    if pictures:
        page.set_boundary(f"=_page_{seal[32:]}")
    body.set_boundary(f"=_hope_{seal[32:]}")
    return body


def _cid(address: str, sender: _Sender) -> str:
    return f"{address.rpartition('/')[2].rpartition('.')[0]}@{sender.domain}"


def _of_list(issue: Issue, sender: _Sender) -> Iterator[str]:
    """The headers by which mail programs know a list, and how to leave it (RFC 2369, 2919)."""
    masthead = issue.masthead
    if not (masthead.list or has_slug(masthead.name)):
        raise UsageError("newsletter.list: the name has no letter from a to z, so add “list: a-name-of-its-own”")
    yield plain_line(
        "List-Id", f"{phrase(clip(plain(masthead.name), 80))} <{masthead.list or slug(masthead.name)}.{sender.domain}>"
    )
    leave = read_leave(masthead.unsubscribe)
    if leave and leave.href:
        yield plain_line("List-Unsubscribe", f"<{_kept(leave)}>")
    if leave and leave.own:  # a link of the reader's own, as RFC 8058 asks
        yield plain_line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    yield plain_line("List-Archive", f"<{ascii_address(masthead.base_url)}>")
    contact = way(masthead.contact)
    helping = contact.href if contact and contact.href else f"mailto:{sender.address}"
    yield plain_line("List-Help", f"<{ascii_address(helping)}>")
    yield plain_line("List-Post", "NO")


def _kept(leave: Leave) -> str:
    """Write the way to leave in plain ASCII, its tags as they are."""
    if leave.kind is LeaveKind.TAG:
        return leave.href
    address = leave.href
    for n, tag in enumerate(leave.tags):
        address = address.replace(tag, f"Tag{n}Kept")
    address = ascii_address(address)
    for n, tag in enumerate(leave.tags):
        address = address.replace(f"Tag{n}Kept", tag)
    return address


def _sender(issue: Issue) -> _Sender:
    """Read the newsletter's own address: "Name <mailbox@domain>", or the mailbox alone."""
    wanted = plain(issue.masthead.sender)
    found = _SENDER.fullmatch(wanted)
    if found is None:
        raise UsageError(f"newsletter.sender: “{wanted}” is not one e-mail address, as in Name <me@example.org>")
    return _Sender((found[1] or "").strip(' "'), found[2])
