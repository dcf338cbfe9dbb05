"""An issue laid out: which item stands in which part of it, and how a reader reaches the people behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from pipeline.errors import Fault, InputError
from pipeline.model.issue import Colophon, Issue, Masthead, SourceNote
from pipeline.model.leave import read_leave
from pipeline.model.names import Group, Section, Tier
from pipeline.render.archive import Archive, Corrected
from pipeline.render.card import Card, make_card
from pipeline.render.direction import direction
from pipeline.render.finish import SLOT
from pipeline.render.regions import order
from pipeline.text import mail_link, plain, safe_link
from pipeline.theme.photo import Photo


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
class Part:
    """One section of an issue. What it is called stands in `web/words.txt`, under its name.

    `belongs` says which items are its own, `most` how many of them; an item stands in the first part that takes it.
    A part that is `first` comes before the opening, `full` tells its items at length, and `by_news` puts
    trials that had the same kind of news together.
    """

    name: str
    belongs: Callable[[Card], bool]
    most: int | None = None
    first: bool = False
    full: bool = False
    by_news: bool = False


class Looked(StrEnum):
    """How far "none" can be trusted where nothing is printed: `web/words.txt` has a sentence for each."""

    LOOKED = "looked"
    PARTLY = "partly"
    UNREACHED = "unreached"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part with the items that stand in it, and the editors' own corrections that it tells.

    `found` says how well its sources were looked through.
    """

    part: Part
    cards: tuple[Card, ...]
    corrections: tuple[Corrected, ...] = ()
    found: Looked = Looked.LOOKED

    @property
    def heaps(self) -> tuple[Heap, ...]:
        """The items by kind of news and region."""
        return tuple(Heap(*key, tuple(some)) for key, some in groupby(self.cards, lambda c: (c.group or "", c.region)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parts of an issue in the order readers meet them; which sources were not reached, which had nothing new."""

    issue: Issue
    parts: tuple[LaidPart, ...]
    unreached: tuple[SourceNote, ...]
    quiet: tuple[SourceNote, ...]
    contact: Way | None
    leave: Way
    direction: str
    photo: Photo | None = None

    def __getitem__(self, name: str) -> tuple[Card, ...]:
        """The items of a part by its name: a newsroom's own templates may ask for one part alone. Raises KeyError."""
        return {laid.part.name: laid.cards for laid in self.parts}[name]

    @property
    def found(self) -> Looked:
        """How well all sources were looked through."""
        return _found(self.issue.colophon)

    @property
    def depth(self) -> Card | None:
        """The one item told at length."""
        return next(iter(self["depth"]), None)

    @property
    def heaps(self) -> tuple[Heap, ...]:
        """The trials that moved, by kind of news and region."""
        return next(laid.heaps for laid in self.parts if laid.part.by_news)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every item, in the order of the page."""
        return tuple(card for laid in self.parts for card in laid.cards)


_LEADS = frozenset({Section.RESEARCH, Section.EMERGING})
_STANDS_WITH = {Section.REGULATION: Section.SAFETY}
"""Sections without a part of their own, and whose part they stand in."""


def _section(section: Section) -> Part:
    """Make the part of a section: every section has one, unless it stands with another."""
    return Part(
        name=section.value,
        belongs=lambda card: _STANDS_WITH.get(card.item.section, card.item.section) is section,
        by_news=section is Section.TRIALS,
    )


PARTS = (
    Part(name="corrections", belongs=lambda card: bool(card.printed.corrects), first=True),
    Part(name="depth", belongs=lambda card: card.item.section in _LEADS, most=1, full=True),
    # Harms come before what is new: whoever stops reading has met them.
    *map(_section, sorted((s for s in Section if s not in _STANDS_WITH), key=lambda s: s is not Section.SAFETY)),
)
"""The parts of an issue, in the order readers meet them."""


def lay_out(issue: Issue, archive: Archive, parts: Sequence[Part] = PARTS) -> Layout:
    """Sort the items of an issue into its parts; the editors' order holds within each.

    Raises InputError for an item that no part takes: a signed item must not vanish from the pages.
    """
    rest = [make_card(printed, issue, archive) for printed in archive.stories(issue.key)]
    ids = {each.id for each in issue.corrections}
    own = tuple(each for each in archive.corrections if each.own and each.own.id in ids)
    laid = []
    for part in parts:
        cards = [c for c in rest if part.belongs(c)][: part.most]
        taken = set(map(id, cards))
        rest = [c for c in rest if id(c) not in taken]
        mine = own if part.name == "corrections" else ()
        in_order = tuple(sorted(cards, key=_heaped) if part.by_news else cards)
        laid.append(LaidPart(part, in_order, mine, _found(issue.colophon, part)))
    if rest:
        raise InputError([_nowhere(issue, card) for card in rest])
    masthead = issue.masthead
    return Layout(
        issue=issue,
        parts=tuple(laid),
        unreached=tuple(filter(_silent, issue.colophon.sources)),
        quiet=tuple(s for s in issue.colophon.sources if s.trouble and s.answered),
        contact=way(masthead.contact),
        leave=way_out(masthead),
        direction=direction(masthead.language),
        photo=archive.photo(issue.picture),
    )


def _found(colophon: Colophon, part: Part | None = None) -> Looked:
    """How well the sources of a part, or of all, were looked through; one without any is its editors' own.

    Only registries say what became of trials; whatever else there is to tell, any source may bring.
    """
    undecided = {_STANDS_WITH.get(each, each) for each in colophon.undecided_in}
    if part.name in undecided if part else undecided:
        return Looked.UNDECIDED
    registries = tuple(s for s in colophon.sources if s.tier == Tier.REGISTRY)
    asked = registries if part and part.by_news and registries else colophon.sources
    silent = sum(map(_silent, asked))
    return Looked.LOOKED if not silent else Looked.PARTLY if silent < len(asked) else Looked.UNREACHED


def _silent(source: SourceNote) -> bool:
    return bool(source.trouble) and not source.answered


def _nowhere(issue: Issue, card: Card) -> Fault:
    message = f"no part of the issue takes the section “{card.item.section}”, so this item would be on no page"
    hint = "Give the item another section, or add a part for this one to PARTS in pipeline/render/layout.py."
    return Fault(f"outbox/{issue.key}/queue.yml", 0, 0, card.item.id, message, hint)


def _heaped(card: Card) -> tuple[int, int]:
    """Opened, closed, redesigned …, and within each by region; the editors' order holds within those."""
    return (list(Group).index(card.group) if card.group else len(Group), order().index(card.region))


def for_mail(layout: Layout) -> Layout:
    """Lay out for the mail: its way to leave may be a reader's own, or a tag of the mailing tool."""
    return replace(layout, leave=way_out(layout.issue.masthead, mail=True))


def way_out(masthead: Masthead, *, mail: bool = False) -> Way:
    """Say how to leave. Pages that everybody sees get no placeholder and no tag, but the address to write to."""
    leave = read_leave(masthead.unsubscribe)
    if leave and mail and leave.tags:
        return Way(SLOT, SLOT)
    if leave and (mail or leave.web):
        return Way(leave.text, leave.href or None)
    return way(masthead.contact) or Way(plain(masthead.sender), None)


def way(address: str) -> Way | None:
    """Read a contact setting: an http(s) address, an e-mail address with or without `mailto:`, or words."""
    text = plain(address)
    if not text:
        return None
    if safe_link(text):
        return Way(text, text)
    if mail := mail_link(text):
        return Way(mail.removeprefix("mailto:").partition("?")[0], mail)
    return Way(text, None)
