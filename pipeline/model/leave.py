"""The way off the mailing list: what `unsubscribe:` says, read once for mail, web pages and the standard."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.text import mail_link, plain, safe_link

READER = "ReaderTokenOfThirtyTwoCharacters"
"""What stands for `{reader}` in a built mail. Whoever sends puts 32 letters or digits of each reader's own there."""

_READER = "{reader}"

_NAME = r"[\w .:|/-]+"
TAG = re.compile(
    rf"\{{\{{{_NAME}\}}\}}|\*\|{_NAME}\|\*|\[\[{_NAME}\]\]|\[[A-Za-z_]+\]|\$\{{{_NAME}\}}|%%[A-Za-z][\w.-]+%%"
    r"|%(?![0-9A-Fa-f]{2})[A-Za-z][\w.-]+%",
    re.ASCII,
)
"""A tag that a mailing tool replaces: of Mailchimp, listmonk, Buttondown, phpList and others, never quotes or `=`."""


class LeaveKind(StrEnum):
    """A link, an e-mail address, a tag alone that the mailing tool makes a link of, or words that nothing can open."""

    LINK = "link"
    MAIL = "mail"
    TAG = "tag"
    WORDS = "words"


class Leave(NamedTuple):
    """How to leave: `href` for links and header (empty for words), `text` to print, `tags` to be kept as they are.

    With `{reader}` in the setting, `READER` stands in its place and is one of the tags.
    """

    kind: LeaveKind
    href: str
    text: str
    tags: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the link is each reader's own."""
        return READER in self.tags

    @property
    def secure(self) -> bool:
        """Whether nobody on the way can read or change the link; a tool makes its tags https itself."""
        return self.kind in {LeaveKind.MAIL, LeaveKind.TAG} or self.href.lower().startswith("https://")

    @property
    def web(self) -> bool:
        """Whether it is good for a page that everybody sees."""
        return not self.tags and (self.kind is not LeaveKind.WORDS or not set(self.text) & set("{[|%"))


def read_leave(setting: str) -> Leave | None:
    """Read the setting `unsubscribe:`; None when it is empty."""
    text = plain(setting)
    if not text:
        return None
    if TAG.fullmatch(text):
        return Leave(kind=LeaveKind.TAG, href=text, text=text, tags=(text,))
    tags = tuple(dict.fromkeys(TAG.findall(text)))
    linked = text.replace(_READER, READER)
    bare = linked
    for tag in tags:
        bare = bare.replace(tag, "x")
    host = urlsplit(bare).netloc if safe_link(bare) else READER
    if READER not in host:
        tags += (READER,) if READER in linked else ()
        return Leave(kind=LeaveKind.LINK, href=linked, text=linked, tags=tags)
    if (mail := mail_link(text)) and not tags and _READER not in text:
        return Leave(kind=LeaveKind.MAIL, href=mail, text=mail.removeprefix("mailto:").partition("?")[0])
    return Leave(kind=LeaveKind.WORDS, href="", text=text)
