"""All issues in order, and the threads between them: what was corrected later, and what was told before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from pipeline.language import dois
from pipeline.model.correction import Correction, reworded
from pipeline.model.evidence import Stage
from pipeline.model.integrity import NoticeKind
from pipeline.model.issue import Issue, Word
from pipeline.model.item import Item, OwnPicture
from pipeline.model.names import CorrectionKind
from pipeline.text import canonical_link
from pipeline.theme.photo import Photo

# A paper is the same when its identifier is; one trial (nct) has many papers, so it only makes a later item "newer".
_PAPER = ("doi:", "pmid:")
_TOPIC = ("doi:", "pmid:", "nct:")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedItem:
    """One item in one issue, as far as a link to it needs; a headline that was corrected says so first.

    `on` is the day of its issue, `since` that from which it has had its words, `lang` the language that these are in.
    """

    key: str
    slug: str
    headline: str
    on: date
    since: date
    item: Item
    lang: str
    keys: frozenset[str]

    @property
    def address(self) -> str:
        """Its issue and the last part of its address."""
        return f"{self.key}/{self.slug}"

    @property
    def corrects(self) -> bool:
        """Whether the item tells that a paper was withdrawn."""
        return self.item.evidence.stage is Stage.RETRACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What was said of an item after it was printed: `by` a later one, that its paper was withdrawn, or by the editors.

    Of the editors' `own`, `by` is the item itself.
    """

    of: PrintedItem
    by: PrintedItem
    own: Correction | None = None

    @property
    def kind(self) -> CorrectionKind:
        """What it is."""
        return self.own.kind if self.own else CorrectionKind.RETRACTION

    @property
    def on(self) -> date:
        """The day it was said."""
        return self.own.day if self.own else self.by.on


Prefixes = Mapping[str, str]
"""What is said before a headline that doesn't hold as it stood, by kind: "Corrected: %(headline)s"."""

_BARE: Prefixes = MappingProxyType({})


Photos = Mapping[str, Photo]
"""Pictures of the editors' own, by the hash of the file that each was made from."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """What was published and stays though nothing asks for it any more: words, topics by folder, search's page."""

    words: tuple[Word, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    search: bool = False


@dataclass(frozen=True)
class Archive:
    """Issues from oldest to newest, every item of them with its address, and the corrections among them.

    One with a `search` has an index beside its pages.
    """

    issues: tuple[Issue, ...]
    printed: tuple[PrintedItem, ...]
    corrections: tuple[Corrected, ...]
    by_disease: Mapping[str, tuple[PrintedItem, ...]] = field(default_factory=dict, compare=False)
    photos: Photos = field(default_factory=dict)
    kept: Lasting = Lasting()
    search: bool = False

    @classmethod
    def of(
        cls, issue: Issue, built: Iterable[Issue], since: Iterable[Correction] = (), prefixes: Prefixes = _BARE
    ) -> Archive:
        """Put the issue among the built ones; a rebuilt issue replaces the one of the same month.

        `since` are corrections that no issue tells yet. Every item reads as it was corrected; what it said stays in
        the corrections.
        """
        known = {i.key: i for i in built if not i.draft} | {issue.key: issue}
        issues = tuple(known[key] for key in sorted(known))
        own = tuple({c.id: c for c in (*(c for i in issues for c in i.corrections), *since)}.values())
        plain = {p.address: p for i in issues for p in _printed_items(i, own)}
        pairs: list[tuple[str, str, Correction | None]]
        pairs = [(of, by, None) for by, of in _withdrawals(tuple(plain.values()))]
        pairs += [(c.of, c.of, c) for c in own if c.of in plain]
        said_of: dict[str, list[Correction | None]] = {}
        for of, _, correction in pairs:
            said_of.setdefault(of, []).append(correction)
        printed = {address: _marked(p, said_of.get(address, []), prefixes) for address, p in plain.items()}
        said = [Corrected(of=printed[of], by=printed[by], own=c) for of, by, c in pairs]
        gone = {of for of, _, c in pairs if c is None or c.kind is CorrectionKind.RETRACTION}
        return cls(
            issues,
            tuple(printed.values()),
            tuple(sorted(said, key=lambda c: c.on) if own else said),
            _by_disease(p for address, p in printed.items() if address not in gone),
        )

    @property
    def newest(self) -> Issue:
        """The issue whose masthead the start page carries."""
        return self.issues[-1]

    @property
    def known_on(self) -> date:
        """The day up to which pages that tell of all issues are true: of the newest issue, or of a later correction."""
        return max([self.newest.date, *(c.on for c in self.corrections)])

    def photo(self, picture: OwnPicture | None) -> Photo | None:
        """A picture of the editors' own as it is printed; None where there is none."""
        return self.photos.get(picture.sha256 or "") if picture else None

    def months_old(self, key: str) -> int:
        """How many months an issue is older than the newest: no clock is asked, so that pages stay as they are."""
        return _month(self.newest.key) - _month(key)

    def same_diseases(self, printed: Sequence[PrintedItem], most: int = 3) -> tuple[PrintedItem, ...]:
        """Items of later issues on the same diseases as some of one issue, newest first; none that was withdrawn."""
        diseases = dict.fromkeys(name for each in printed for name in each.item.about.conditions)
        after = max((each.key for each in printed), default="")
        newer = {id(t): t for name in diseases for t in self.by_disease.get(name, ())[:most] if t.key > after}
        return tuple(sorted(newer.values(), key=lambda t: t.key, reverse=True)[:most])

    def stories(self, key: str) -> tuple[PrintedItem, ...]:
        """The items of one issue, in the editors' order."""
        return tuple(self._of_issue.get(key, ()))

    def before(self, key: str) -> Issue | None:
        """The issue before."""
        return next((a for a, b in pairwise(self.issues) if b.key == key), None)

    def after(self, key: str) -> Issue | None:
        """The issue after."""
        return next((b for a, b in pairwise(self.issues) if a.key == key), None)

    def corrected(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Later items that say this one can't be relied on, newest first."""
        return tuple(c.by for c in self.notices(printed) if not c.own)

    def notices(self, printed: PrintedItem) -> tuple[Corrected, ...]:
        """All that was said of it since that corrects it, newest first."""
        return tuple(c for c in reversed(self.corrections) if c.of is printed)

    def corrects(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Earlier items this one corrects."""
        return tuple(c.of for c in self.corrections if c.by is printed and not c.own)

    def later(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Later items on the same paper or trial that are no corrections, newest first."""
        alike = {at: t for key in printed.keys for at, t in self._on_topic[key] if t.key > printed.key}
        fixed = {id(t) for t in self.corrected(printed)} if alike else set()
        return tuple(t for _, t in sorted(alike.items(), reverse=True) if id(t) not in fixed)

    @cached_property
    def _of_issue(self) -> Mapping[str, list[PrintedItem]]:
        found: dict[str, list[PrintedItem]] = {}
        for printed in self.printed:
            found.setdefault(printed.key, []).append(printed)
        return found

    @cached_property
    def _on_topic(self) -> Mapping[str, list[tuple[int, PrintedItem]]]:
        """The items on each paper or trial, with their places: nobody who looks for some goes through all there are."""
        found: dict[str, list[tuple[int, PrintedItem]]] = {}
        for at, printed in enumerate(self.printed):
            for key in printed.keys:
                found.setdefault(key, []).append((at, printed))
        return found


def _month(key: str) -> int:
    return int(key[:4]) * 12 + int(key[5:7])


def _by_disease(printed: Iterable[PrintedItem]) -> dict[str, tuple[PrintedItem, ...]]:
    """The items on each disease, the newest first."""
    found: dict[str, list[PrintedItem]] = {}
    for each in printed:
        for name in each.item.about.conditions:
            found.setdefault(name, []).append(each)
    return {name: tuple(sorted(some, key=lambda p: p.key, reverse=True)) for name, some in found.items()}


def _printed_items(issue: Issue, own: tuple[Correction, ...]) -> Iterator[PrintedItem]:
    """Give each item of an issue with its address, as the editors have corrected it."""
    for name, frozen in issue.addressed():
        words = [each for c in own if c.of == f"{issue.key}/{name}" for each in c.words]
        item, keys = reworded(frozen, words), _keys(frozen, _TOPIC)
        item = replace(item, brief=None) if _outdates_brief(own, f"{issue.key}/{name}") else item
        headline = item.headline or item.title
        days = {"on": issue.date, "since": issue.words_of(frozen.id)}
        lang = item.lang or issue.language
        yield PrintedItem(key=issue.key, slug=name, headline=headline, item=item, lang=lang, keys=keys, **days)


def _outdates_brief(own: tuple[Correction, ...], address: str) -> bool:
    """Whether the brief is older than the summary: where that was put right, and not the brief, lists tell that."""
    fields = [{each.field for each in c.words} for c in own if c.of == address]
    last = next((some for some in reversed(fields) if some & {"summary", "brief"}), frozenset[str]())
    return "summary" in last and "brief" not in last


def _marked(printed: PrintedItem, said: list[Correction | None], prefixes: Prefixes) -> PrintedItem:
    """Let a headline say first what became of its item, the weightiest of several things."""
    kinds = {c.kind if c else CorrectionKind.RETRACTION for c in said}
    mark = next((prefixes[kind] for kind in CorrectionKind if kind in kinds and kind in prefixes), None)
    return replace(printed, headline=mark % {"headline": printed.headline}) if mark else printed


def _withdrawals(printed: tuple[PrintedItem, ...]) -> list[tuple[str, str]]:
    """Join each retraction with the earlier items on the withdrawn paper, oldest first, by their addresses."""
    papers: dict[str, list[PrintedItem]] = {}
    for t in printed:
        if not t.corrects:
            for key in _keys(t.item, (*_PAPER, "link:")):
                papers.setdefault(key, []).append(t)
    found = []
    for by in (t for t in printed if t.corrects):
        hit = {id(of) for key in _withdrawn(by) for of in papers.get(key, ())}
        found += [(by.address, of.address) for of in printed if id(of) in hit and of.key < by.key]
    return found


def _withdrawn(printed: PrintedItem) -> frozenset[str]:
    """Every identity the withdrawn paper goes by, in the item's ids and in its notices."""
    keys = set(_keys(printed.item, _PAPER))
    for notice in printed.item.notices:
        if notice.kind == NoticeKind.RETRACTS:
            keys |= {f"doi:{doi}" for doi in dois.in_text(f"{notice.link or ''} {notice.text or ''}")}
            keys |= {f"pmid:{number}" for number in re.findall(r"\bPMID:? ?([0-9]{1,9})\b", notice.text or "")}
            link = canonical_link(notice.link) if notice.link else None
            keys |= {f"link:{link}"} if link else set()
    return frozenset(keys)


def _keys(item: Item, schemes: tuple[str, ...]) -> frozenset[str]:
    keys = item.keys()
    return frozenset(k.lower() if k.startswith("doi:") else k for k in keys if k.startswith(schemes))
