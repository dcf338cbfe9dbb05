"""M8: what stands in the mail of each item: its harms, its step and its number of people; the issue says which.

An item is told where its page is linked. Its place in a page goes from the link before that, as a line of key facts may
stand over a headline, to the next item's; in the text, where addresses stand apart, to the addresses on both sides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.errors import Fault
from pipeline.language.catalog import in_language
from pipeline.language.harm_words import harms
from pipeline.language.late import late
from pipeline.language.numbers.tokens import read
from pipeline.language.sentences import as_written
from pipeline.model.evidence import LABELS, SENTENCES, SHORT
from pipeline.model.item import Item
from pipeline.proof.finished import Finished, Html
from pipeline.proof.rules import NotHere
from pipeline.text import clip, plain

_NAMED = late(lambda: rf"\b{harms('named', 'death', 'cancer')}\b", re.IGNORECASE)


def m8(mail: Finished) -> Iterator[Fault | str]:
    """Look for the harms, the step and the number of people of every item that tells of results."""
    if mail.issue is None:
        yield NotHere("Which items it tells is known of a newsroom's own issue alone.")
        return
    said = in_language(mail.issue.masthead.language).said
    web = f"{mail.issue.masthead.base_url.rstrip('/')}/{mail.issue.key}/"
    due = {f"{web}{item.slug}/": item for item in mail.issue.stories}
    for page in mail.pages:
        links, beside = _places(page, due)
        for address, link in links.items():
            for what in _missing(due[address], beside[address], said):
                yield page.fault(link, f"is told without {what}")
    for address, words in _in_text(mail.text, due):
        for what in _missing(due[address], words, said):
            yield mail.where(f"“{clip(due[address].headline or '', 40)}” is told without {what}", "email.txt")


def _missing(item: Item, words: str, said: Callable[[str], str]) -> Iterator[str]:
    evidence, seen = item.evidence, _solid(words)
    if not evidence.stage.treats_people:
        return
    for sentence in as_written(plain(item.harms or "")):
        if _tells(sentence) and _solid(sentence) not in seen:
            yield f"its harms: “{clip(sentence, 80)}”"
            break
    steps = [said(each[evidence.stage]) for each in (LABELS, SENTENCES, SHORT)]
    if not any(_solid(each) in seen for each in steps):
        yield f"its step on the ladder of evidence: “{steps[0]}”"
    people = evidence.participants or 0
    if people > 1 and not any(number.value == people for number in read(words)):
        yield f"its number of people: {people}"


def _tells(sentence: str) -> bool:
    """Whether it tells a harm by its name or a number; that nothing was reported may be said in other words."""
    return _NAMED.search(sentence) is not None or any(not number.implied for number in read(sentence))


def _places(page: Html, due: Mapping[str, Item]) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the first link to each item, and the words from there to the next item."""
    links: dict[str, Any] = {}
    beside: dict[str, str] = defaultdict(str)
    at = since = ""
    for element, words in page.texts():
        link = next((each for each in (element, *element.iterancestors()) if each.tag == "a"), None)
        if link is not None and link.get("href") in due:
            if link.get("href") != at:
                at = link.get("href")
                beside[at] += since
            links.setdefault(at, link)
            since = ""
        beside[at] += f"{words}\n"
        since += f"{words}\n"
    return links, beside


def _in_text(text: str, due: Mapping[str, Item]) -> Iterator[tuple[str, str]]:
    """Give the address of each item and the words around it, up to the addresses of others."""
    pieces = re.split(rf"({'|'.join(map(re.escape, due))})(?=\s|$)", text) if due else []
    for n in range(1, len(pieces), 2):
        yield pieces[n], f"{pieces[n - 1]} {pieces[n + 1]}"


def _solid(text: str) -> str:
    """Words without blanks, signs of no width and folding, in small letters."""
    return re.sub(r"[\s\u200b\u200c\u00ad]+", "", text).casefold()
