"""Stories -> the queue file: what is new is added at the end, what is known stays as the editor left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.marked import parse
from pipeline.model.entry import Entry, Trial
from pipeline.model.item import Also, Item, Notice, SourceText, TrialFacts
from pipeline.model.names import Excerpt, Status
from pipeline.model.source import Source
from pipeline.model.story import Story
from pipeline.queue import QueueText, changed, layout
from pipeline.queue.splice import Add, Put
from pipeline.text import canonical_link, clip, slug

_BEFELL = {
    "retraction-notice": "retracted",
    "retracted-publication": "retracted",
    "expression-of-concern": "expression-of-concern",
    "correction": "corrected",
    "corrected-publication": "corrected",
}
"""What a marker among an entry's types says of the paper."""

_EXCERPT = {Excerpt.TITLE: 0, Excerpt.ABSTRACT: 1200, Excerpt.FULL: 2000}


@dataclass(frozen=True, slots=True)
class Merged:
    """The queue after a gather: its text, the ids of what was added, and of what was told something new.

    `texts` is what the sources of the added items said, by item id.
    """

    queue: QueueText
    added: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    texts: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)


def merge(
    source: QueueText,
    stories: Sequence[Story],
    sources: Mapping[str, Source],
    *,
    seen: frozenset[str] = frozenset(),
    carried: Sequence[Item] = (),
) -> Merged:
    """Merge stories into the queue.

    `seen` are the identities of all other issues: what was printed or rejected there doesn't come back.
    `carried` are items put on hold in the issue before; they come along with every word the editors wrote.
    A second merge of the same stories gives back the same text, byte for byte.
    """
    known = {key: n for n, item in enumerate(source.queue.items) for key in item.keys()}
    taken = {item.id for item in source.queue.items}
    fresh: list[Item] = []
    texts: dict[str, tuple[SourceText, ...]] = {}
    for item in carried:
        if not any(key in known for key in item.keys()):
            fresh.append(replace(item, id=_free(f"{source.queue.issue}/{item.slug}", taken)))
            known |= dict.fromkeys(item.keys(), -1)
    news: dict[int, list[Also]] = {}
    notices: dict[int, list[Notice]] = {}
    for story in stories:
        for n, notice in _notices(story, source.queue.items):
            notices.setdefault(n, []).append(notice)
        place = next((known[k] for k in story.keys() if k in known), None)
        if place is not None:
            if place >= 0:
                news.setdefault(place, []).extend(_unknown(story, source.queue.items[place]))
        elif not _seen(story, seen):
            item = item_of(story, sources, _free(f"{source.queue.issue}/{_slug(story)}", taken))
            fresh.append(item)
            texts[item.id] = tuple(_said(entry) for entry in story.entries)
            known |= dict.fromkeys(story.keys(), -1)
    wishes = _wishes(fresh, news, notices)
    told = tuple(source.queue.items[n].id for n in sorted({n for n, each in news.items() if each} | set(notices)))
    return Merged(changed(source, wishes), tuple(item.id for item in fresh), told, texts)


def item_of(story: Story, sources: Mapping[str, Source], item_id: str) -> Item:
    """Make the queue item of a story: what the sources say, and no word of an editor."""
    lead, verdict = story.lead, story.verdict
    source = sources.get(lead.source)
    room = _EXCERPT[source.excerpt] if source else 0
    return Item(
        id=item_id,
        status=Status.PENDING,
        section=verdict.section,
        title=lead.title,
        link=lead.link,
        source=lead.source,
        published=_published(story),
        ids=lead.ids,
        also=tuple(_also(entry) for entry in story.also),
        about=verdict.about,
        evidence=verdict.evidence,
        language=lead.language,
        excerpt=clip(lead.summary, room) if room and lead.summary else None,
        trial=_facts(lead.trial, story) if lead.trial else None,
        change=story.changes,
        notices=(Notice(kind="retracts", on=lead.day, text=lead.retracts, link=lead.link),) if lead.retracts else (),
    )


def _said(entry: Entry) -> SourceText:
    """What an entry said, plain; of a registry's entry, its facts too, a line each."""
    facts = _registry_lines(entry.trial) if entry.trial else []
    text = "\n".join([entry.title, *([entry.summary] if entry.summary else []), *facts])
    return SourceText(source=entry.source, title=entry.title, text=text, link=entry.link)


def _registry_lines(trial: Trial) -> list[str]:
    """A trial's facts in the registry's own words, as `name: value`."""
    pairs = ((name, getattr(trial, name)) for name in Trial.__slots__ if name not in ("title", "summary", "link"))
    plain = ((name, " | ".join(value) if isinstance(value, tuple) else value) for name, value in pairs)
    return [f"{name.replace('_', ' ')}: {value}" for name, value in plain if value not in (None, "", False)]


def _published(story: Story) -> str | None:
    if story.changes:
        return next((c.date for c in story.changes if c.date), story.lead.day)
    return story.lead.day


def _slug(story: Story) -> str:
    lead = story.lead
    if lead.trial:
        return slug(f"{lead.trial.nct} {'moved' if story.changes else 'new'} {lead.title}", 7)
    return slug(lead.title, 8)


def _free(wanted: str, taken: set[str]) -> str:
    """An id nobody has, by counting up; remembers it."""
    candidate, n = wanted, 1
    while candidate in taken:
        n += 1
        candidate = f"{wanted}-{n}"
    taken.add(candidate)
    return candidate


def _seen(story: Story, seen: frozenset[str]) -> bool:
    """Whether another issue dealt with it: with its leading entry, or with all of its entries."""
    if story.changes:
        return any(key in seen for key in story.keys())
    return any(key in seen for key in story.lead.ids.keys())


def _unknown(story: Story, item: Item) -> list[Also]:
    """The entries of a story that its item doesn't name yet."""
    if story.changes:
        return []
    keys = set(item.keys())
    return [_also(entry) for entry in story.entries if not keys & set(entry.ids.keys())]


def _notices(story: Story, items: Sequence[Item]) -> list[tuple[int, Notice]]:
    """What befell papers that stand in this queue: retracted, corrected, doubted."""
    lead = story.lead
    kind = next((_BEFELL[t] for t in lead.types if t in _BEFELL), "retracted" if lead.retracts else None)
    doi = lead.retracts or (lead.ids.doi if kind and "retraction-notice" not in lead.types else None)
    if kind is None or doi is None:
        return []
    notice = Notice(kind=kind, on=lead.day, text=lead.title, link=lead.link)
    return [
        (n, notice)
        for n, item in enumerate(items)
        if item.ids.doi == doi
        and item.title != lead.title
        and not any(o.kind == kind and o.link == lead.link for o in item.notices)
    ]


def _also(entry: Entry) -> Also:
    return Also(source=entry.source, title=entry.title, link=entry.link, id=next(iter(_identities(entry)), None))


def _identities(entry: Entry) -> list[str]:
    """The strongest identity that the link doesn't already give."""
    link = canonical_link(entry.link) if entry.link else None
    return [key for key in entry.ids.keys() if key != f"link:{link}"]


def _facts(trial: Trial, story: Story) -> TrialFacts:
    ages = " to ".join(a for a in (trial.minimum_age, trial.maximum_age) if a) or None
    comparison = story.verdict.evidence.comparison
    return TrialFacts(
        status=trial.status,
        phase=" / ".join(trial.phases) or None,
        enrollment=trial.enrollment,
        enrollment_type=trial.enrollment_type,
        comparison=str(comparison) if comparison else None,
        sponsor=trial.sponsor,
        countries=trial.countries,
        sites=len(trial.sites) or None,
        ages=ages,
        updated=trial.updated,
        reason=trial.why_stopped,
    )


def _wishes(fresh: list[Item], news: dict[int, list[Also]], notices: dict[int, list[Notice]]) -> list[Put | Add]:
    wishes: list[Put | Add] = []
    if fresh:
        elements = tuple(_element(item) for item in fresh)
        wishes.append(
            Add(("items",), elements, lambda dash: [line for item in fresh for line in layout.item_lines(item, dash)])
        )
    for n, alsos in news.items():
        if alsos:
            plain = tuple(layout.also(each) for each in alsos)
            wishes.append(Add(("items", n, "also"), plain, layout.one_liners(*plain)))
    for n, each in notices.items():
        plain = tuple(layout.notice(one) for one in each)
        wishes.append(Add(("items", n, "notices"), plain, layout.one_liners(*plain)))
    return wishes


def _element(item: Item) -> Any:
    """The plain values of an item as the layout writes them."""
    value = parse("\n".join(layout.item_lines(item, 0)), item.id).value
    assert isinstance(value, list)
    return value[0]
