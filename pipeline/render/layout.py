"""An issue laid out: which item stands in which part of it, and how a reader reaches the people behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from pipeline.model.issue import Issue, SourceNote
from pipeline.model.names import Section
from pipeline.render.archive import Shelf
from pipeline.render.card import Card, make_card
from pipeline.render.regions import ORDER
from pipeline.text import plain, safe_link
from pipeline.trials.change_types import Group

_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach someone: the words to show, and a link when there is one."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Heap:
    """Trials that had the same kind of news in the same part of the world; `group` empty for other items."""

    group: str
    region: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The parts of an issue in the order readers meet them. `depth` is the one item told at length."""

    issue: Issue
    corrections: tuple[Card, ...]
    depth: Card | None
    research: tuple[Card, ...]
    emerging: tuple[Card, ...]
    trials: tuple[Card, ...]
    stopped: tuple[Card, ...]
    safety: tuple[Card, ...]
    unreached: tuple[SourceNote, ...]
    contact: Way | None
    leave: Way
    direction: str

    @property
    def heaps(self) -> tuple[Heap, ...]:
        """The trials that moved, by kind of news and region."""
        return tuple(Heap(*key, tuple(some)) for key, some in groupby(self.trials, lambda c: (c.group or "", c.region)))

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every item, in the order of the page."""
        depth = (self.depth,) if self.depth else ()
        parts = (depth, self.research, self.emerging, self.trials, self.stopped, self.safety)
        return (*self.corrections, *(card for part in parts for card in part))


def lay_out(issue: Issue, shelf: Shelf) -> Sheet:
    """Sort the items of an issue into its parts; the editors' order holds within each."""
    cards = [make_card(told, issue, shelf) for told in shelf.stories(issue.key)]
    corrections = tuple(c for c in cards if c.told.corrects)
    rest = [c for c in cards if not c.told.corrects]
    depth = next((c for c in rest if c.item.section in (Section.RESEARCH, Section.EMERGING)), None)

    def part(*sections: Section) -> tuple[Card, ...]:
        return tuple(c for c in rest if c.item.section in sections and c is not depth)

    masthead = issue.masthead
    return Sheet(
        issue=issue,
        corrections=corrections,
        depth=depth,
        research=part(Section.RESEARCH),
        emerging=part(Section.EMERGING),
        trials=tuple(sorted(part(Section.TRIALS), key=_heaped)),
        stopped=part(Section.STOPPED),
        safety=part(Section.SAFETY, Section.REGULATION),
        unreached=tuple(s for s in issue.colophon.sources if s.trouble),
        contact=way(masthead.contact),
        leave=way(masthead.unsubscribe) or way(masthead.contact) or Way(plain(masthead.sender), None),
        direction=direction(masthead.language),
    )


def _heaped(card: Card) -> tuple[int, int]:
    """Opened, closed, redesigned …, and within each by region; the editors' order holds within those."""
    return (list(Group).index(card.group) if card.group else len(Group), ORDER.index(card.region))


def way(address: str) -> Way | None:
    """Read a contact setting: an http(s) address, an e-mail address with or without `mailto:`, or words."""
    text = plain(address)
    if not text:
        return None
    if safe_link(text):
        return Way(text, text)
    mailbox = text.removeprefix("mailto:")
    if mailbox.count("@") == 1 and " " not in mailbox and not urlsplit(mailbox).scheme and mailbox.isascii():
        return Way(mailbox.partition("?")[0], f"mailto:{mailbox}")
    return Way(text, None)


def direction(language: str) -> str:
    """Which way the language runs: `rtl` or `ltr`."""
    return "rtl" if language.lower().split("-")[0] in _RTL else "ltr"
