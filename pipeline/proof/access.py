"""A, what needs logic: contrast, link words, underlines, sizes, and what is meant for Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import Fault
from pipeline.language.shipped import word_list
from pipeline.proof.finished import Finished, Html
from pipeline.proof.styles import Style, inverted
from pipeline.theme.colour import READABLE, contrast

_SAYS_NOTHING = word_list("pipeline.proof", "lists.yml", "says nothing")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def a7(mail: Finished) -> Iterator[Fault]:
    """Measure every piece of text on the ground behind it, in light, dark and inverted, on desks and phones."""
    for page, element in _read_elements(mail):
        for name, style in _looks(page, element):
            if style.colour is None or style.ground is None:
                yield page.fault(element, f"has a colour that can't be read ({name})")
            elif (ratio := contrast(style.colour, style.ground)) < READABLE:
                yield page.fault(element, f"{style.colour} on {style.ground} is {ratio:.2f} to 1, not 4.5 ({name})")


def a10(mail: Finished) -> Iterator[Fault]:
    """Look for links whose words say nothing."""
    for page, link in mail.links():
        if "-".join(re.findall(r"\w+", link.text_content().lower())) in _SAYS_NOTHING:
            yield page.fault(link, "doesn't say where it leads")


def a11(mail: Finished) -> Iterator[Fault]:
    """Look for links without an underline, in light or in dark."""
    for page, link in mail.links():
        if link.text_content().strip() and not (page.light[link].underlined and page.dark[link].underlined):
            yield page.fault(link, "is not underlined")


def a16(mail: Finished) -> Iterator[Fault]:
    """Measure the sizes and line heights of all text, and look for words that nobody sees."""
    for page in mail.pages:
        first = next((element for element, _ in page.texts()), page.root.body)
        early = set(first.xpath("preceding::*"))
        for n, element in enumerate(page.hidden):
            if n or element not in early:
                yield page.fault(element, "is hidden; only the line for the list of messages may be, before all else")
    for page, element in _read_elements(mail):
        style, phone = page.light[element], page.narrow[0][element]
        if (size := min(style.size, phone.size)) < 14:
            yield page.fault(element, f"has text of {size:g} px{' on a phone' if size < style.size else ''}")
        if not any(each.tag in _HEADINGS for each in (element, *element.iterancestors())):
            if style.leading is None or style.leading < 1.5:
                yield page.fault(element, f"has a line height of {style.leading or 'normal'}, not 1.5")
            if style.align in {"center", "justify"}:
                yield page.fault(element, f"has text that is set to {style.align}")


def a17(mail: Finished) -> Iterator[Fault]:
    """Count the comments for Word, opened and closed."""
    for page in mail.pages:
        opened, closed = len(re.findall(r"<!--\[if|<!\[if", page.text)), page.text.count("<![endif]")
        if opened != closed:
            yield page.fault(page.root, f"opens {opened} comments for Word and closes {closed}")


def _looks(page: Html, element: Any) -> Iterator[tuple[str, Style]]:
    """Give the ways in which an element is seen, each once."""
    desk, dark, (phone, night) = page.light[element], page.dark[element], page.narrow
    yield from (("light", desk), ("dark", dark), ("inverted", inverted(desk)))
    for name, style, known in (("on a phone", phone[element], desk), ("dark, on a phone", night[element], dark)):
        if style.shown and style != known:
            yield name, style


def _read_elements(mail: Finished) -> Iterator[tuple[Html, Any]]:
    """Give each element that holds text which a reader sees, once."""
    return ((page, element) for page in mail.pages for element in dict.fromkeys(each for each, _ in page.texts()))
