"""The last hand at a mail: the way to leave goes in untouched, and no words of others are a tag of a mailing tool.

Both wait until style sheets are inlined, as that would percent-encode a tag and resolve an entity.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from pipeline.errors import UsageError
from pipeline.model.issue import Masthead
from pipeline.model.leave import READER, read_leave

SLOT = Markup("WayToLeaveIsSetHereInTheEnd")
"""What templates print for a way to leave that holds tags: letters that nothing encodes, escapes or folds."""

_MARK = "\ue000"
_BROKEN = "\u200c"
_OPENS = re.compile(
    r"\{(?=[{%#])|[$#](?=\{)|\*(?=\|)|<(?=%)|\[(?=\[|(?i:unsub))|%(?=%?[A-Za-z][\w.-]+%)"
    rf"|{READER[0]}(?={READER[1:]})|{SLOT[0]}(?={SLOT[1:]})"
)
"""Where a tag of a mailing tool begins: its first character."""

_ADDRESS = re.compile(r"https?://\S+")


def mark(text: str) -> str:
    """Mark in words of feeds and editors what a mailing tool would take for a tag of its own.

    In an address, where nothing may be set between, what opens the tag is percent-encoded.
    """
    if not _OPENS.search(text):
        return text
    pieces, at = [], 0
    for address in _ADDRESS.finditer(text):
        pieces += [_marked(text[at : address.start()]), _encoded(address[0])]
        at = address.end()
    return "".join([*pieces, _marked(text[at:])])


def finish_html(html: str, masthead: Masthead) -> str:
    """Finish the inlined page: marked words are broken by an entity, the way to leave goes in."""
    if _MARK in html:
        html = re.sub(rf"(&\w+;|.){_MARK}", lambda found: found[1] if found[1][1:] else f"&#{ord(found[1])};", html)
    leave = read_leave(masthead.unsubscribe)
    return html.replace(SLOT, escape(leave.href if leave else ""))


def finish_text(text: str, masthead: Masthead) -> str:
    """Finish the folded text: marked words are broken by a sign of no width, the way to leave goes in."""
    leave = read_leave(masthead.unsubscribe)
    return text.replace(_MARK, _BROKEN).replace(SLOT, leave.text if leave else "")


def keep_whole(message: bytes, tags: tuple[str, ...]) -> bytes:
    """Move soft line breaks of quoted-printable out of tags: each stands on one line, as it is (RFC 2045, 6.7)."""
    for tag in tags:
        split = re.compile(b"(?:=\r\n)?".join(re.escape(bytes([b])) for b in tag.encode()))
        message = split.sub(lambda found: _whole(found[0]), message)
    return message


def _whole(found: bytes) -> bytes:
    return b"=\r\n" + found.replace(b"=\r\n", b"") + b"=\r\n" if b"=\r\n" in found else found


def count_tags(files: Mapping[str, bytes], tags: tuple[str, ...]) -> None:
    """Count the tags of the way to leave in the bytes of the three files; the message has them in a header too.

    Raises UsageError naming the file that lacks one.
    """
    html, text, message = (files[name] for name in ("email.html", "email.txt", "message.eml"))
    for tag in (each.encode() for each in tags):
        for name, where in (("issue.html", html), ("issue.txt", text)):
            if tag not in where:
                raise UsageError(f"templates/email/{name} doesn't print the way to leave: layout.leave")
        head, _, body = message.partition(b"\r\n\r\n")
        if body.count(tag) != html.count(tag) + text.count(tag) or tag not in head:
            raise UsageError(f"newsletter.unsubscribe: “{tag.decode()}” doesn't stay whole in message.eml")


def _marked(text: str) -> str:
    return _OPENS.sub(lambda found: found[0] + _MARK, text)


def _encoded(address: str) -> str:
    """Percent-encode what opens a tag in an address; a percent sign that encodes something is left."""

    def code(found: re.Match[str]) -> str:
        coded = found[0] == "%" and re.match(r"%[0-9A-Fa-f]{2}", address[found.start() :])
        return found[0] if coded else f"%{ord(found[0]):02X}"

    return _OPENS.sub(code, address)
