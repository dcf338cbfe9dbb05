"""A finished mail taken apart: headers as they stand, the text, the HTML as a tree; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from typing import Any

from lxml import html as lxml_html

from pipeline.errors import Fault, UsageError
from pipeline.model.issue import Issue
from pipeline.model.settings import MailBounds, Newsletter
from pipeline.proof.styles import NARROW, Declaration, Style, changes_with_width, declarations, rules, styles
from pipeline.text import clip, plain

TAG = re.compile(r"\*\|.+\|\*|\{\{.+\}\}|\[\[.+\]\]|%[\w-]+%")
"""What a mailing tool puts each reader's own address in place of."""

FILES = ("email.html", "email.txt", "message.eml")
_SILENT = frozenset("head title style script template".split())
_BLOCKS = frozenset(
    "body br caption dd div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p table tbody td th thead tr ul".split()
)
TOKEN = re.compile(r"[A-Za-z0-9]{22,}")  # 22 of 62 letters and digits are 131 bits
"""What a reader's own mark is put in place of."""


@dataclass(frozen=True, slots=True)
class RawHeader:
    """One header as its bytes stand: `text` has the line breaks of folding in it, `line` counts from 1."""

    name: str
    text: str
    line: int

    @property
    def value(self) -> str:
        """The value on one line."""
        return re.sub(r"\r?\n(?=[ \t])", "", self.text).strip()

    def fault(self, message: str) -> Fault:
        """Say what is wrong with it."""
        return Fault("message.eml", self.line, 0, self.name, message)


@dataclass(frozen=True)
class Html:
    """A page of HTML by the name of the file it stands in, as text and as lxml's tree."""

    file: str
    text: str
    root: Any

    @cached_property
    def light(self) -> Mapping[Any, Style]:
        """How each element looks on a light ground."""
        return styles(self.root, dark=False)

    @cached_property
    def dark(self) -> Mapping[Any, Style]:
        """How each element looks to a program that obeys `prefers-color-scheme: dark`."""
        return styles(self.root, dark=True)

    @cached_property
    def narrow(self) -> tuple[Mapping[Any, Style], Mapping[Any, Style]]:
        """The same two on the narrowest phone; the very same where its style sheets leave colours and sizes alone."""
        if not changes_with_width(self.root):
            return self.light, self.dark
        return styles(self.root, dark=False, width=NARROW), styles(self.root, dark=True, width=NARROW)

    @cached_property
    def hidden(self) -> list[Any]:
        """The elements that hide words, from the outermost on."""
        return [
            each
            for each in self.root.body.iter()
            if each in self.light
            and each.tag not in _SILENT
            and not self.light[each].shown
            and each.text_content().strip()
            if each.getparent() not in self.light or self.light[each.getparent()].shown
        ]

    @cached_property
    def seen(self) -> str:
        """The words that a reader sees, blocks on lines of their own."""
        return re.sub(r"[^\S\n]+", " ", self._seen(self.root.body))

    def texts(self) -> Iterator[tuple[Any, str]]:
        """Give every piece of text that a reader sees, with the element that it stands in."""
        for node in self.root.body.iter():
            if node in self.light and self.light[node].shown and (node.text or "").strip():
                yield node, node.text
            parent = node.getparent()
            if parent in self.light and self.light[parent].shown and (node.tail or "").strip() and parent.tag != "html":
                yield parent, node.tail

    def all(self, *tags: str) -> list[Any]:
        """Find all elements of these names, in the order of the page."""
        return list(self.root.iter(*tags))

    def fault(self, element: Any, message: str) -> Fault:
        """Say what is wrong with an element."""
        words = clip(plain(element.text_content()), 40) if isinstance(element.tag, str) else ""
        path = f"<{element.tag}>" + (f" “{words}”" if words and element.tag not in {"body", "html", "style"} else "")
        return Fault(self.file, element.sourceline or 0, 0, path, message)

    def _seen(self, node: Any) -> str:
        if node.tag in _SILENT or node not in self.light or not self.light[node].shown:
            return ""
        inner = (node.text or "") + "".join(self._seen(child) + (child.tail or "") for child in node)
        return f"\n{inner}\n" if node.tag in _BLOCKS else inner


@dataclass(frozen=True, slots=True)
class Finished:
    """The three files of an edition, read; `pages` are `email.html` and the message's HTML, `text` is `email.txt`."""

    raw: bytes
    headers: tuple[RawHeader, ...]
    message: EmailMessage
    text: str
    pages: tuple[Html, Html]
    newsletter: Newsletter | None
    issue: Issue | None = None

    @property
    def bounds(self) -> MailBounds:
        """How much a mail may ask of a reader, by the settings or by ours."""
        return self.newsletter.mail if self.newsletter else MailBounds()

    @property
    def words(self) -> str:
        """The text that the message carries."""
        return content(self.message.get_body(("plain",)))

    @property
    def sent(self) -> Html:
        """The HTML that the message carries."""
        return self.pages[1]

    def named(self, name: str) -> list[RawHeader]:
        """Find the headers of a name."""
        return [each for each in self.headers if each.name.lower() == name.lower()]

    def links(self) -> Iterator[tuple[Html, Any]]:
        """Give every link of both pages."""
        return ((page, link) for page in self.pages for link in page.all("a") if link.get("href"))

    def declared(self) -> Iterator[tuple[Html, Any, Declaration]]:
        """Give every declaration of CSS in both pages, with the element or the style sheet that has it."""
        for page in self.pages:
            for element in page.root.xpath("//*[@style]"):
                yield from ((page, element, each) for each in declarations(element.get("style")))
            for block in page.all("style"):
                yield from ((page, block, each) for rule in rules(block.text or "") for each in rule.declarations)

    def ways(self) -> list[str]:
        """List the addresses of List-Unsubscribe."""
        return [way for header in self.named("List-Unsubscribe") for way in re.findall(r"<([^<>]*)>", header.value)]

    def own(self) -> tuple[str, ...]:
        """Say below which addresses the newsletter's own pages are: the settings' and the archive's."""
        archive = [way for each in self.named("List-Archive") for way in re.findall(r"<(https://[^<>]*)>", each.value)]
        return (*([self.newsletter.base_url] if self.newsletter else []), *archive)

    def where(self, message: str, file: str = "message.eml", line: int = 0) -> Fault:
        """Say what is wrong with a file as a whole, or with one of its lines."""
        return Fault(file, line, 0, "", message)


def read(files: Mapping[str, bytes], newsletter: Newsletter | None, issue: Issue | None = None) -> Finished:
    """Take the three files apart; raises UsageError for one that is missing or holds nothing to look at."""
    missing = [name for name in FILES if not files.get(name, b"").strip()]
    if missing:
        raise UsageError(f"There is nothing to prove in {', '.join(missing)}: a mail is {', '.join(FILES)}.")
    raw = files["message.eml"]
    message = message_from_bytes(raw, _class=EmailMessage, policy=SMTP)
    return Finished(
        raw=raw,
        headers=tuple(_headers(raw)),
        message=message,
        text=files["email.txt"].decode("utf-8", "replace"),
        pages=(
            _page("email.html", files["email.html"]),
            _page("message.eml", content(message.get_body(("html",))).encode() or b"<html><body></body></html>"),
        ),
        newsletter=newsletter,
        issue=issue,
    )


def content(part: Any) -> str:
    """Decode a part of a message as UTF-8; what isn't there is empty."""
    payload = part.get_payload(decode=True) if part is not None else None
    return payload.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(payload, bytes) else ""


def _page(name: str, html: bytes) -> Html:
    root = lxml_html.document_fromstring(html, parser=lxml_html.HTMLParser(encoding="utf-8"))
    if root.find("body") is None:
        lxml_html.etree.SubElement(root, "body")
    return Html(name, html.decode("utf-8", "replace"), root)


def _headers(raw: bytes) -> Iterator[RawHeader]:
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0].decode("latin-1")
    for found in re.finditer(r"(?m)^([!-9;-~]+):(.*(?:\r?\n[ \t].*)*)", head):
        yield RawHeader(found[1], found[2].rstrip("\r"), head.count("\n", 0, found.start()) + 1)
