"""What search may find: every item as lists tell it, and every explained word. A withdrawn item's old result is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from pipeline.language.glossary import anchor
from pipeline.model.item import WORDS
from pipeline.model.search import SearchEntry
from pipeline.render.archive import Archive
from pipeline.render.card import Card
from pipeline.render.glossary_links import Linker, all_words
from pipeline.render.layout import lay_out
from pipeline.render.press import Press
from pipeline.text import plain


def search_entries(archive: Archive, press: Press) -> Iterator[SearchEntry]:
    """Give all entries, an issue at a time: an archive of many years never lies in memory as a whole."""
    for issue in archive.issues:
        cards = lay_out(issue, archive).cards
        printed = press.print("web/search_entries.txt", cards=cards, words=(), issue=issue, terms=Linker())
        for card, entry in zip(cards, _read(printed), strict=True):
            yield replace(entry, address=f"{card.printed.address}/", words=_words(card))
    words = all_words(archive.issues, archive.kept.words)
    printed = press.print("web/search_entries.txt", cards=(), words=words, issue=archive.newest, terms=Linker())
    for word, entry in zip(words, _read(printed), strict=True):
        yield replace(entry, address=f"glossary/#{anchor(word)}", words=tuple(filter(None, (*word.aliases, word.de))))


def _read(printed: str) -> Iterator[SearchEntry]:
    """Read what the template wrote, an entry a line."""
    for line in filter(None, printed.splitlines()):
        entry = json.loads(line)
        title, when, about = (plain(entry[name]) for name in ("title", "line", "about"))
        yield SearchEntry(address="", title=title, line=when, about=about)


def _words(card: Card) -> tuple[str, ...]:
    """The words of an item that a result does not show; of a withdrawn one only what it is about."""
    item = card.item
    texts = () if card.withdrawn else (item.title, *(getattr(item, name) for name in WORDS))
    named = (*item.about.conditions, *item.about.therapies, item.ids.doi, item.ids.number)
    return tuple(str(each) for each in (*texts, *named) if each)
