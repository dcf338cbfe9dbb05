"""All issues in order, and the threads between them: what was corrected later, and what was told before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.model.evidence import Stage
from pipeline.model.integrity import NoticeKind
from pipeline.model.issue import Issue
from pipeline.model.item import Item
from pipeline.text import canonical_link, slug

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.ASCII)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}", re.ASCII)
# A paper is the same when its identifier is; one trial (nct) has many papers, so it only makes a later item "newer".
_PAPER = ("doi:", "pmid:")
_TOPIC = ("doi:", "pmid:", "nct:")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedItem:
    """One item in one issue, as far as a link to it needs."""

    key: str
    slug: str
    headline: str
    on: date
    item: Item
    keys: frozenset[str]

    @property
    def corrects(self) -> bool:
        """Whether the item tells that a paper was withdrawn."""
        return self.item.evidence.stage is Stage.RETRACTION


@dataclass(frozen=True, slots=True)
class Correction:
    """A later item, and the earlier one it corrects."""

    by: PrintedItem
    of: PrintedItem


@dataclass(frozen=True, slots=True)
class Archive:
    """Issues from oldest to newest, every item of them with its address, and the corrections among them."""

    issues: tuple[Issue, ...]
    printed: tuple[PrintedItem, ...]
    corrections: tuple[Correction, ...]

    @classmethod
    def of(cls, issue: Issue, built: Iterable[Issue]) -> Archive:
        """Put the issue among the built ones; a rebuilt issue replaces the one of the same month."""
        known = {i.key: i for i in built if not i.draft} | {issue.key: issue}
        issues = tuple(known[key] for key in sorted(known))
        printed = tuple(t for i in issues for t in _printed_items(i))
        return cls(issues, printed, _corrections(printed))

    @property
    def newest(self) -> Issue:
        """The issue whose masthead the start page carries."""
        return self.issues[-1]

    def stories(self, key: str) -> tuple[PrintedItem, ...]:
        """The items of one issue, in the editors' order."""
        return tuple(t for t in self.printed if t.key == key)

    def before(self, key: str) -> Issue | None:
        """The issue before."""
        return next((a for a, b in pairwise(self.issues) if b.key == key), None)

    def after(self, key: str) -> Issue | None:
        """The issue after."""
        return next((b for a, b in pairwise(self.issues) if a.key == key), None)

    def corrected(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Later items that say this one can't be relied on, newest first."""
        return tuple(c.by for c in reversed(self.corrections) if c.of is printed)

    def corrects(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Earlier items this one corrects."""
        return tuple(c.of for c in self.corrections if c.by is printed)

    def later(self, printed: PrintedItem) -> tuple[PrintedItem, ...]:
        """Later items on the same paper or trial that are no corrections, newest first."""
        fixed = {id(t) for t in self.corrected(printed)}
        newer = (t for t in reversed(self.printed) if t.key > printed.key and not t.keys.isdisjoint(printed.keys))
        return tuple(t for t in newer if id(t) not in fixed)


def _printed_items(issue: Issue) -> tuple[PrintedItem, ...]:
    """Give each item of an issue an address that no other of them has and that is safe in a path."""
    taken: set[str] = set()
    printed = []
    for item in issue.stories:
        name = item.slug if _SLUG.fullmatch(item.slug) else slug(item.slug)
        number = 2
        while name in taken:
            name, number = f"{name.removesuffix(f'-{number - 1}')}-{number}", number + 1
        taken.add(name)
        headline = item.headline or item.title
        keys = _keys(item, _TOPIC)
        printed.append(PrintedItem(key=issue.key, slug=name, headline=headline, on=issue.date, item=item, keys=keys))
    return tuple(printed)


def _corrections(printed: tuple[PrintedItem, ...]) -> tuple[Correction, ...]:
    """Join each retraction with the earlier items on the withdrawn paper, oldest correction first."""
    papers: dict[str, list[PrintedItem]] = {}
    for t in printed:
        if not t.corrects:
            for key in _keys(t.item, (*_PAPER, "link:")):
                papers.setdefault(key, []).append(t)
    found = []
    for by in (t for t in printed if t.corrects):
        hit = {id(of) for key in _withdrawn(by) for of in papers.get(key, ())}
        found += [Correction(by, of) for of in printed if id(of) in hit and of.key < by.key]
    return tuple(found)


def _withdrawn(printed: PrintedItem) -> frozenset[str]:
    """Every identity the withdrawn paper goes by, in the item's ids and in its notices."""
    keys = set(_keys(printed.item, _PAPER))
    for notice in printed.item.notices:
        if notice.kind == NoticeKind.RETRACTS:
            words = f"{notice.link or ''} {notice.text or ''}".lower()
            keys |= {f"doi:{doi.rstrip('.,;:)]}')}" for doi in _DOI.findall(words)}
            link = canonical_link(notice.link) if notice.link else None
            keys |= {f"link:{link}"} if link else set()
    return frozenset(keys)


def _keys(item: Item, schemes: tuple[str, ...]) -> frozenset[str]:
    keys = item.keys()
    return frozenset(k.lower() if k.startswith("doi:") else k for k in keys if k.startswith(schemes))
