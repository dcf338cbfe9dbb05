"""The demo's fictional world, read once from `content.yml`: its feeds, its studies, and which month sees what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked
from ruamel.yaml import YAML

from pipeline.model.names import Excerpt, Role, Tier
from pipeline.text import canonical_link

MONTHS = ("2026-05", "2026-06")
TODAY = {"2026-05": date(2026, 5, 31), "2026-06": date(2026, 6, 30)}
"""The day each issue is made on: what `--today` is given."""

Day = date  # the field below is named as in the file
Value = str | int | bool | date | None | tuple[str, ...] | dict[str, str | int]
_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class FeedPlan:
    """How a publisher serves its feed: address, dialect, settings for `sources.yml`, and what befalls it in June."""

    path: str
    dialect: Literal["rdf", "rss", "wordpress", "latin1", "atom", "json"]
    role: Role
    every: str
    excerpt: Excerpt
    gzip: bool = False
    june: Literal["", "apology", "moved", "gone"] = ""
    moved_to: str = ""


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Publisher:
    """A fictional source. `feed` is the address it would have out there; the demo serves it on the own machine."""

    id: str
    name: str
    tier: Tier
    trust: str
    feed: str
    language: str


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class FeedText:
    """What a feed says of one entry; `summary` is HTML, `published` ISO 8601."""

    source_id: str
    guid: str
    link: str
    published: str
    title: str
    summary: str
    language: str = "en"


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class DemoEntry:
    """One entry of the demo with its labels. `month` is the first issue that sees it."""

    demo_id: str
    covers: tuple[str, ...]
    feed: FeedText
    expected: Mapping[str, object]
    month: str = MONTHS[0]
    cluster: str = ""
    model_summary: str = ""
    modelled_on: str = ""
    linked_trial_event: str = ""
    primary_of: str = ""
    follows: str = ""
    retracts: Mapping[str, str] = field(default_factory=dict)

    def keys(self) -> tuple[str, ...]:
        """Every identity a reader of the feed may find, as `scheme:value`, strongest first."""
        guid, link = self.feed.guid, canonical_link(self.feed.link)
        bare = guid.removeprefix("doi:")
        dois = (bare, self.feed.link.partition("/doi/")[2].partition("?")[0])
        found = [f"doi:{d.lower()}" for d in dois if d.startswith("10.")]
        return tuple(dict.fromkeys([*found, f"guid:{guid}", f"link:{link}"]))


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Event:
    """One thing that happens to a study in the registry: fields before and after, in the registry's own paths."""

    event_id: str
    covers: tuple[str, ...]
    nct: str
    title: str
    date: Day
    before: Mapping[str, Value] | None
    after: Mapping[str, Value]
    expected: Mapping[str, object]
    linked_item: str = ""
    modelled_on: str = ""

    @property
    def month(self) -> str:
        """The issue that sees it."""
        return f"{self.date:%Y-%m}"


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class PrimaryOutcome:
    """A study's main question and over which time."""

    measure: str
    frame: str


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Study:
    """What the registry holds of a study before anything happens to it. `dates`: start, main results, end."""

    nct: str
    title: str
    official: str
    sponsor: str
    sponsor_class: str
    conditions: tuple[str, ...]
    interventions: tuple[Mapping[str, str], ...]
    arms: tuple[str, ...]
    outcome: PrimaryOutcome
    summary: str
    phases: tuple[str, ...]
    status: str
    enrollment: int
    locations: tuple[str, ...]
    first_posted: date
    updated: date
    dates: tuple[str, str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    ellipsis: Mapping[str, str] = field(default_factory=dict)
    enrollment_type: str = "ESTIMATED"
    allocation: str = "NA"
    model: str = "SINGLE_GROUP"
    masking: str = "NONE"
    maximum_age: str = "75 Years"


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _Plan:
    months: tuple[str, ...]
    moved: Mapping[str, str]
    feeds: Mapping[str, FeedPlan]


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _File:
    meta: Mapping[str, object]
    sources: tuple[Publisher, ...]
    prior_published: tuple[Mapping[str, str], ...]
    items: tuple[DemoEntry, ...]
    trial_events: tuple[Event, ...]
    demo: _Plan
    more_items: tuple[DemoEntry, ...]
    more_trial_events: tuple[Event, ...]
    trials: tuple[Study, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All of `content.yml`, with the entries and events of June moved to June."""

    banner: str
    publishers: tuple[Publisher, ...]
    entries: tuple[DemoEntry, ...]
    events: tuple[Event, ...]
    studies: tuple[Study, ...]
    plans: Mapping[str, FeedPlan]

    def listed(self, source: str, month: str) -> tuple[DemoEntry, ...]:
        """What a source's feed lists in a month, newest first: the month's own entries and all earlier ones."""
        found = [t for t in self.entries if t.feed.source_id == source and t.month <= month]
        return tuple(sorted(found, key=lambda t: (t.feed.published[:10], t.demo_id), reverse=True))


@cache
def world() -> World:
    """Read the fictional world that comes with the package."""
    text = files(__package__).joinpath("content.yml").read_text(encoding="utf-8")
    read: _File = TypeAdapter(_File).validate_python(YAML(typ="safe", pure=True).load(text))
    moved = read.demo.moved
    return World(
        banner=str(read.meta["banner"]),
        publishers=read.sources,
        entries=tuple(_in_june(t, moved) for t in (*read.items, *read.more_items)),
        events=tuple(sorted((_event(e, moved) for e in (*read.trial_events, *read.more_trial_events)), key=_when)),
        studies=read.trials,
        plans=read.demo.feeds,
    )


def _in_june(entry: DemoEntry, moved: Mapping[str, str]) -> DemoEntry:
    """Give an entry its month: a moved one its new date and the month of it."""
    if entry.demo_id not in moved:
        return entry
    published = moved[entry.demo_id]
    return replace(entry, month=published[:7], feed=replace(entry.feed, published=published))


def _event(event: Event, moved: Mapping[str, str]) -> Event:
    """Give an event the date on which the demo's registry tells it."""
    new = moved.get(event.event_id)
    return replace(event, date=date.fromisoformat(new)) if new else event


def _when(event: Event) -> tuple[date, str]:
    return event.date, event.event_id
