"""Trials in the queue: which stand by themselves, which are folded into "also changed", and how both are kept current.

A registry moves daily; an editor reads a queue once a week. So an item tells all that moved since the last issue, is
brought up to date where it stands, and small news of many trials is one item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.entry import Trial
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.integrity import NoticeKind
from pipeline.model.item import Item, Notice
from pipeline.model.names import Section, Status
from pipeline.model.story import About, Change, Story
from pipeline.queue import layout
from pipeline.trials.change_types import Weight, weight_order
from pipeline.yamltext import Add, Edit, Put, Swap

OWN = 14
"""Trials an issue tells of one by one before what matters less is folded; with "also changed", fifteen items."""

LESSER = 4
"""How many of those may be of middling weight, so that room is left for what the rest of the month brings."""

ALSO = "also-changed"
"""The last part of the id of the item that small news is folded into."""


Draft = Callable[[Trial, tuple[Change, ...]], str]


@dataclass(frozen=True, slots=True)
class Drafts:
    """How drafts are written: `item` a trial's own, `line` one trial among the small news, `also` what stands above."""

    item: Draft
    line: Draft
    also: Callable[[int], str]


def small(story: Story, own: Sequence[Weight]) -> bool:
    """Whether a trial's news is folded; `own` are the weights of those that stand by themselves already.

    What matters most is never folded.
    """
    weight = weight_of(story)
    if story.trial is None or weight is Weight.HIGH:
        return False
    return weight is Weight.LOW or len(own) >= OWN or sum(w < Weight.HIGH for w in own) >= LESSER


def own_weights(items: Iterable[Item]) -> list[Weight]:
    """How much the trials matter that have an item of their own."""
    own = (i for i in items if i.trial and i.section in _SECTIONS)
    return [Weight(-weight_order(i.change, i.trial.status if i.trial else None)[0]) for i in own]


def weight_of(story: Story) -> Weight:
    """How much a trial's news matters."""
    return Weight(-weight_order(story.changes, story.trial.status if story.trial else None)[0])


def folded(issue: str, stories: Sequence[Story], drafts: Drafts | None) -> Item:
    """Make the item that tells small news of several trials."""
    return Item(
        id=f"{issue}/{ALSO}",
        status=Status.PENDING,
        section=Section.TRIALS,
        title="Also changed: smaller news of trials",
        link=stories[0].lead.link,  # one entry to begin with; each line of `change` names its own
        source=stories[0].lead.source,
        published=max(
            (d for s in stories if (d := s.lead.updated.day if s.lead.updated else s.lead.day)), default=None
        ),
        about=_about(stories),
        evidence=Evidence(Stage.REGISTRATION, because="small changes of registry entries"),
        change=tuple(c for s in stories for c in _named(s)),
        draft=_also_draft("", stories, (), drafts),
    )


def refolded(n: int, item: Item, stories: Sequence[Story], gone: frozenset[str], drafts: Drafts | None) -> list[Edit]:
    """Bring the item of small news up to date: `stories` come in or anew, trials in `gone` go out."""
    met = {s.trial.number for s in stories if s.trial}
    kept = tuple(c for c in item.change if c.number not in gone and c.number not in met)
    order = {number: at for at, number in enumerate(dict.fromkeys(c.number for c in item.change))}
    current = sorted((c for s in stories for c in _named(s)), key=lambda c: order.get(c.number, len(order)))
    new = tuple(sorted((*kept, *current), key=lambda c: order.get(c.number, len(order))))
    if _said(new) == _said(item.change):
        return []
    left = tuple(dict.fromkeys(c.number for c in kept if c.number))
    edits = [_list(n, new)]
    draft = _also_draft(item.draft or "", stories, left, drafts)
    return [*edits, Put(("items", n, "draft"), draft)] if draft and draft != item.draft else edits


def refreshed(n: int, old: Item, new: Item) -> list[Edit]:
    """Bring a trial's own item up to date where its story moved on; the editors' half stays as it is."""
    if _said(old.change) == _said(new.change) and (old.change or _trial_facts(old) == _trial_facts(new)):
        return []
    edits: list[Edit] = [_list(n, new.change)] if new.change else []
    pairs = (("trial", layout.trial(old), layout.trial(new)), ("evidence", layout.evidence(old), layout.evidence(new)))
    for name, was, now in pairs:
        if not was:
            continue
        for key, value in now.items():
            path = ("items", n, name, key)
            if isinstance(value, str) and was.get(key) != value:
                edits.append(Put(path, value))
            elif isinstance(value, list) and key in was and was[key] != value:
                edits.append(Swap(path, tuple(value), layout.words(*value)))
    if new.published and new.published != old.published:
        edits.append(Put(("items", n, "published"), new.published))
    if new.section is Section.STOPPED and old.section is Section.TRIALS:
        edits.append(Put(("items", n, "section"), str(new.section)))
    if new.draft and new.draft != old.draft:
        edits.append(Put(("items", n, "draft"), new.draft))
    return edits


def taken_back(items: Sequence[Item], unmoved: frozenset[str]) -> list[tuple[int, Edit]]:
    """Say at items whose changes the registry has undone that there is nothing left to tell."""
    edits: list[tuple[int, Edit]] = []
    for n, item in enumerate(items):
        if (
            item.change
            and item.ids.number in unmoved
            and not any(x.kind == NoticeKind.TAKEN_BACK for x in item.notices)
        ):
            text = (
                "The registry entry has gone back to what it said before this month. There is nothing left to report."
            )
            plain = (layout.notice(Notice(kind=NoticeKind.TAKEN_BACK, text=text)),)
            edits.append((n, Add(("items", n, "notices"), plain, layout.one_liners(*plain))))
    return edits


_SECTIONS = (Section.TRIALS, Section.STOPPED)


def _new(trial: Trial) -> Change:
    return Change("new", None, trial.status, trial.updated or trial.first_posted, number=trial.number)


def _named(story: Story) -> tuple[Change, ...]:
    """The changes of a story with its trial's number; for a new trial, that it is new."""
    trial = story.trial
    assert trial is not None
    return tuple(replace(c, number=trial.number) for c in story.changes) or (_new(trial),)


def _about(stories: Sequence[Story]) -> About:
    """What the stories are about together."""
    abouts = [s.verdict.about for s in stories]
    return About(
        tuple(dict.fromkeys(t for a in abouts for t in a.therapies)),
        tuple(dict.fromkeys(c for a in abouts for c in a.conditions)),
        abouts[0].population,
    )


def _also_draft(old: str, stories: Sequence[Story], left: tuple[str, ...], drafts: Drafts | None) -> str | None:
    """Write the small news anew; a trial that was not met this time keeps its line."""
    if drafts is None:
        return None
    lines: Mapping[str, str] = {
        s.trial.number: drafts.line(s.trial, s.changes or (_new(s.trial),)) for s in stories if s.trial
    }
    kept = [part for part in old.split("\n\n")[1:] if any(number in part for number in left)]
    return "\n\n".join([drafts.also(len(kept) + len(lines)), *kept, *lines.values()])


def _list(n: int, changes: tuple[Change, ...]) -> Edit:
    plain = tuple(layout.change(each) for each in changes)
    return Swap(("items", n, "change"), plain, layout.one_liners(*plain))


def _said(changes: Iterable[Change]) -> list[tuple[str | None, ...]]:
    """What changes tell, without the day of the entry, which moves with every touch."""
    return [(c.number, c.field, c.before, c.after, c.reason) for c in changes]


def _trial_facts(item: Item) -> tuple[object, ...]:
    t = item.trial
    return (t.status, t.enrollment, t.enrollment_type, t.countries, t.phase, t.comparison) if t else ()
