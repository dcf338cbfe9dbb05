"""Stories -> the queue file: what is new is added at the end, what is known stays as the editor left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.model.integrity import NOTICES, NoticeKind
from pipeline.model.item import Also, Item, Notice, SourceText
from pipeline.model.names import Status
from pipeline.model.source import Source
from pipeline.model.story import Story
from pipeline.queue import QueueText, changed, layout
from pipeline.queue.also_changed import (
    ALSO,
    Drafts,
    folded,
    own_weights,
    refolded,
    refreshed,
    small,
    taken_back,
    weight_of,
)
from pipeline.queue.making import also_of, item_of, said, slug_of
from pipeline.trials.change_types import Weight
from pipeline.yamltext import Add, Edit, parse


@dataclass(frozen=True, slots=True)
class Merged:
    """The queue after a gather: its text, the ids of what was added, and of what learned something new.

    `texts` is what the sources of the added items said, by item id.
    """

    queue: QueueText
    added: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    texts: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a merge knows besides the queue and the stories; `sources` go by their keys.

    `seen` are the identities of all other issues: what was printed or rejected there doesn't come back.
    `carried` are items of the issue before that were put on hold, or added by hand and not decided on; they come along
    with every word the editors wrote, and with what their sources said (`kept`, by the id they had).
    `unmoved` are trials whose entries say again what they said before the issue. With `drafts`, trials get drafts in
    words, and small news of many trials is folded into one item; without, each story stands by itself.
    """

    sources: Mapping[str, Source]
    seen: frozenset[str] = frozenset()
    carried: tuple[Item, ...] = ()
    kept: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)
    unmoved: frozenset[str] = frozenset()
    drafts: Drafts | None = None


def merge(source: QueueText, stories: Sequence[Story], background: Background) -> Merged:
    """Merge stories into the queue.

    A second merge of the same stories gives back the same text, byte for byte.
    """
    merging = _Merging(source, background)
    for item in background.carried:
        merging.carry(item, background.kept.get(item.id, ()))
    for story in stories:
        merging.put(story)
    edits, renewed = merging.edits(background.unmoved)
    return Merged(changed(source, edits), tuple(item.id for item in merging.fresh), renewed, merging.texts)


class _Merging:
    """The queue as it fills: what is known, what is new, and what is still to be added to known items."""

    def __init__(self, source: QueueText, background: Background) -> None:
        self.fresh: list[Item] = []
        self.texts: dict[str, tuple[SourceText, ...]] = {}
        self._issue, self._items = source.queue.issue, source.queue.items
        self._sources, self._drafts, self._seen = background.sources, background.drafts, background.seen
        self._known = {key: n for n, item in enumerate(self._items) for key in item.keys()}
        self._known |= {item.title_on_day: n for n, item in enumerate(self._items) if item.title_on_day}
        self._taken = {item.id for item in self._items}
        self._moving = {
            i.ids.number: n
            for n, i in enumerate(self._items)
            if i.change and i.ids.number and i.status is not Status.REJECTED
        }
        self._also = next((n for n, i in enumerate(self._items) if i.slug == ALSO), None)
        self._within = {c.number for c in self._items[self._also].change} if self._also is not None else set()
        self._own = own_weights(self._items)
        self._small: list[Story] = []
        self._gone: set[str] = set()
        self._edits: dict[int, list[Edit]] = {}

    def carry(self, item: Item, texts: tuple[SourceText, ...]) -> None:
        """Take an item along from the issue before."""
        if not any(key in self._known for key in item.keys()):
            self.fresh.append(replace(item, id=_free(f"{self._issue}/{item.slug}", self._taken)))
            self.texts |= {self.fresh[-1].id: texts} if texts else {}
            self._known |= dict.fromkeys(item.keys(), -1)

    def put(self, story: Story) -> None:
        """Find a story's place: an item that is there, the small news, or an item of its own."""
        for n, notice in _notices(story, self._items):
            plain = (layout.notice(notice),)
            self._edit(n, Add(("items", n, "notices"), plain, layout.one_liners(*plain)))
        place = self._place(story)
        if place is not None and place == self._also and story.trial:
            self._put_folded(story, story.trial.number)
        elif place is not None and place >= 0:
            self._update(place, story)
        elif place is None and not _is_seen(story, self._seen):
            self._add(story)

    def edits(self, unmoved: frozenset[str]) -> tuple[list[Edit], tuple[str, ...]]:
        """All changes to make to the file, and the ids of the items there that learned something new."""
        gone = frozenset(self._gone | (unmoved & self._within))
        if self._also is not None and (self._small or gone):
            item = self._items[self._also]
            self._edit(self._also, *refolded(self._also, item, self._small, gone, self._drafts))
        elif self._small:
            self.fresh.append(folded(self._issue, self._small, self._drafts))
            self.texts[self.fresh[-1].id] = tuple(said(s.lead) for s in self._small)
        for n, edit in taken_back(self._items, unmoved):
            self._edit(n, edit)
        renewed = tuple(self._items[n].id for n in sorted(self._edits) if self._edits[n])
        return [*_added(self.fresh), *(each for n in sorted(self._edits) for each in self._edits[n])], renewed

    def _edit(self, n: int, *edits: Edit) -> None:
        self._edits.setdefault(n, []).extend(edits)

    def _place(self, story: Story) -> int | None:
        keys = (*story.keys(), *filter(None, (story.lead.title_on_day,)))
        known = next((self._known[k] for k in keys if k in self._known), None)
        if known is None and story.trial and story.changes:
            number = story.trial.number
            return self._also if number in self._within else self._moving.get(number)
        return known

    def _put_folded(self, story: Story, number: str) -> None:
        """Leave a trial among the small news, unless what happened to it since is not small."""
        if weight_of(story) is Weight.HIGH and not _is_seen(story, self._seen):
            self._gone.add(number)
            self._make_item(story)
        else:
            self._small.append(story)

    def _update(self, n: int, story: Story) -> None:
        item = self._items[n]
        if alsos := _unknown(story, item):
            plain = tuple(layout.also(each) for each in alsos)
            self._edit(n, Add(("items", n, "also"), plain, layout.one_liners(*plain)))
        if story.trial and item.trial and story.trial.number == item.ids.number:
            self._edit(n, *refreshed(n, item, item_of(story, self._sources, item.id, self._drafts)))

    def _add(self, story: Story) -> None:
        if self._drafts and small(story, self._own):
            self._small.append(story)
            self._known |= dict.fromkeys(story.keys(), -1)
        else:
            self._make_item(story)

    def _make_item(self, story: Story) -> None:
        """Give a story an item of its own."""
        item_id = _free(f"{self._issue}/{slug_of(story)}", self._taken)
        self.fresh.append(item_of(story, self._sources, item_id, self._drafts))
        self._own += own_weights(self.fresh[-1:])
        stage = story.verdict.evidence.stage
        self.texts[item_id] = tuple(said(each, stage if each is story.lead else None) for each in story.entries)
        self._known |= dict.fromkeys(story.keys(), -1)


def _free(wanted: str, taken: set[str]) -> str:
    """An id nobody has, by counting up; remembers it."""
    candidate, n = wanted, 1
    while candidate in taken:
        n += 1
        candidate = f"{wanted}-{n}"
    taken.add(candidate)
    return candidate


def _is_seen(story: Story, seen: frozenset[str]) -> bool:
    """Whether another issue dealt with it: with its leading entry, or with all of its entries."""
    if story.changes:
        return any(key in seen for key in story.keys())
    return any(key in seen for key in (*story.lead.ids.keys(), story.lead.title_on_day))


def _unknown(story: Story, item: Item) -> list[Also]:
    """The entries of a story that its item doesn't name yet."""
    if story.changes:
        return []
    keys = set(item.keys())
    fresh = (entry for entry in story.entries if entry.title_on_day is None or entry.title_on_day != item.title_on_day)
    return [also_of(entry) for entry in fresh if not keys & set(entry.ids.keys())]


def _notices(story: Story, items: Sequence[Item]) -> list[tuple[int, Notice]]:
    """What happened to papers that stand in this queue: retracted, corrected, doubted."""
    lead = story.lead
    said = [kind for each, kind in NOTICES.items() if each in lead.types]
    kind = next(iter(said), NoticeKind.RETRACTED if lead.retracts else None)
    # What is about no other paper is about itself.
    papers = {*lead.targets, *([f"doi:{lead.retracts}"] if lead.retracts else [])} or {*lead.ids.paper_keys()}
    if kind is None or not papers:
        return []
    notice = Notice(kind=kind, on=lead.day, text=lead.title, link=lead.link)
    return [
        (n, notice)
        for n, item in enumerate(items)
        if papers & {*item.ids.paper_keys()}
        and item.title != lead.title
        and not any(o.kind == kind and o.link == lead.link for o in item.notices)
    ]


def _added(fresh: Sequence[Item]) -> list[Edit]:
    """Write new items under the last one."""
    if not fresh:
        return []
    elements = tuple(_element(item) for item in fresh)
    return [Add(("items",), elements, lambda dash: [line for item in fresh for line in layout.item_lines(item, dash)])]


def _element(item: Item) -> Any:
    """The plain values of an item as the layout writes them."""
    value = parse("\n".join(layout.item_lines(item, 0)), item.id).value
    assert isinstance(value, list)
    return value[0]
