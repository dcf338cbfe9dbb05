"""The e-mail as one message, ready to send: text first, then HTML, and headers nothing can be smuggled into."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.errors import UsageError
from pipeline.model.issue import Issue
from pipeline.render.layout import way
from pipeline.text import plain, slug

_SENDER = re.compile(r"(?:([^<>]*)<(?=[^<>]+>$))?([!-;=?-~]+@[!-;=?-~]+\.[!-;=?-~]+)>?", re.ASCII)


def compose(issue: Issue, subject: str, text: str, html: str) -> bytes:
    """Make a multipart/alternative message (RFC 5322, 2046), lines ended by CRLF.

    Date is nine in the morning UTC of the issue's day; boundary and Message-ID come from a hash of the words, so
    the same issue is the same bytes. It is addressed to the newsletter itself: whoever sends it sets each reader's
    address. One-click leaving (RFC 8058) needs a link of each reader's own, so that header is the sender's too.
    """
    seal = hashlib.sha256(f"{issue.key}\n{subject}\n{text}\n{html}".encode()).hexdigest()
    sender = _sender(issue)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = sender
    message["Subject"] = plain(subject)
    message["Date"] = datetime.combine(issue.date, time(9), UTC)
    message["Message-ID"] = f"<{issue.key}.{seal[:32]}@{sender.domain}>"
    message["List-Id"] = f"<{slug(issue.masthead.name)}.{sender.domain}>"
    leave = way(issue.masthead.unsubscribe)
    if leave and leave.href:
        message["List-Unsubscribe"] = f"<{leave.href}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = plain(issue.masthead.language)
    message.set_boundary(f"=_hope_{seal[32:]}")
    return message.as_bytes()


def _sender(issue: Issue) -> Address:
    """Read the newsletter's own address: "Name <mailbox@domain>", or the mailbox alone."""
    wanted = plain(issue.masthead.sender)
    fault = f"newsletter.sender: “{wanted}” is not one e-mail address, as in Name <me@example.org>"
    found = _SENDER.fullmatch(wanted)
    if found is None:
        raise UsageError(fault)
    try:
        return Address(display_name=(found[1] or "").strip(' "'), addr_spec=found[2])
    except (ValueError, IndexError, MessageError) as error:
        raise UsageError(fault) from error
