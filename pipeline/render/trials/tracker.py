"""The trials we follow, as the archive tells of them: where each stands, what moved last, who wrote of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pipeline.language.catalog import ENGLISH, Catalog, in_language
from pipeline.model.names import Group
from pipeline.model.registry import STOPPED, TrialStatus
from pipeline.model.story import Change
from pipeline.model.track import FollowedTrials, Track
from pipeline.render.archive import Archive, PrintedItem
from pipeline.render.trials.drafts import caveats
from pipeline.render.trials.timeline import Timeline, timeline
from pipeline.sources import registries
from pipeline.text import digest, safe_link, slug
from pipeline.trials.change_types import ChangeType, leading

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,39}", re.ASCII)


class PlainStatus(StrEnum):
    """Where a study stands, in the few words that readers need; a registry's own word is never replaced by it."""

    OPEN = "open"
    NOT_YET = "not-open-yet"
    CLOSED = "closed"
    FINISHED = "finished"
    STOPPED = "stopped"
    UNCONFIRMED = "not-confirmed"
    OTHER = "other"


# As ClinicalTrials.gov defines its words. Who is invited only is not among "new people", and a pause is a stop that may
# end; an access programme that ended is no study that stopped early.
_PLAIN_STATUSES = {
    TrialStatus.NOT_YET_RECRUITING: PlainStatus.NOT_YET,
    TrialStatus.RECRUITING: PlainStatus.OPEN,
    TrialStatus.ENROLLING_BY_INVITATION: PlainStatus.CLOSED,
    TrialStatus.ACTIVE_NOT_RECRUITING: PlainStatus.CLOSED,
    TrialStatus.COMPLETED: PlainStatus.FINISHED,
    TrialStatus.UNKNOWN: PlainStatus.UNCONFIRMED,
} | dict.fromkeys(STOPPED - {TrialStatus.NO_LONGER_AVAILABLE}, PlainStatus.STOPPED)


def plain_status_of(status: str | None) -> PlainStatus:
    """Say where a study stands by its registry's word; what we have no plain word for stays OTHER, never guessed."""
    known = TrialStatus.read(status)
    return _PLAIN_STATUSES.get(known, PlainStatus.OTHER) if known else PlainStatus.OTHER


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one issue's record told of a trial: its changes, and the fixed sentences that go with them."""

    issue: str
    first: bool
    status: str | None
    changes: tuple[Change, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One trial, ready for a template.

    `chapters` and `printed` are newest first; `change_type` is its weightiest news since the record before the newest,
    if any.
    """

    track: Track
    path: str
    aliases: tuple[str, ...]
    plain_status: PlainStatus
    link: str | None
    line: Timeline | None
    chapters: tuple[Chapter, ...]
    printed: tuple[PrintedItem, ...]
    change_type: ChangeType | None

    @property
    def last_known(self) -> str | None:
        """The last status that its sponsor confirmed, where the present one is unknown."""
        trial = self.track.trial
        return trial.last_known_status if trial.status == TrialStatus.UNKNOWN else None

    @property
    def latest_changes(self) -> tuple[Change, ...]:
        """What moved since the record before the newest."""
        return self.chapters[0].changes if self.change_type else ()


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """Trials that share something: a status, a disease, a country. `open` counts those open among them."""

    kind: str
    name: str
    path: str
    trials: tuple[Followed, ...]

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(f.plain_status is PlainStatus.OPEN for f in self.trials)


@dataclass(frozen=True, slots=True)
class News:
    """Trials with the same kind of news since the record before, and the fixed sentences that go with it."""

    group: Group
    trials: tuple[Followed, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Tracker:
    """All trials we follow, those whose registry entries changed last first."""

    trials: tuple[Followed, ...]
    records: tuple[str, ...]
    catalog: Catalog = field(default=ENGLISH, compare=False)

    @classmethod
    def of(cls, followed: FollowedTrials, archive: Archive) -> Tracker:
        """Make it of the records; it has no trials where no issue has one."""
        printed = _mentions(archive)
        fictional = bool(archive.newest.masthead.fictional)
        catalog = in_language(archive.newest.masthead.language)
        trials = [_follow(t, followed.records, printed, catalog, fictional=fictional) for t in followed.trials]
        trials.sort(key=lambda f: f.track.trial.number)
        trials.sort(key=lambda f: f.track.trial.updated or "", reverse=True)
        return cls(tuple(trials), followed.records, catalog)

    @property
    def newest(self) -> str:
        """The issue with the newest record."""
        return self.records[-1]

    @property
    def before(self) -> str | None:
        """The issue with the record before it."""
        return self.records[-2] if len(self.records) > 1 else None

    @cached_property
    def checked(self) -> str | None:
        """The last day we read a registry."""
        return max((f.track.trial.checked for f in self.trials if f.track.trial.checked), default=None)

    @cached_property
    def earlier(self) -> tuple[Followed, ...]:
        """The trials that were last read before that day, or that the newest record lacks."""
        return tuple(f for f in self.trials if f.track.trial.checked != self.checked or f.track.last != self.newest)

    @cached_property
    def news(self) -> tuple[News, ...]:
        """What changed since the record before: each trial once, under its weightiest news, in reading order."""
        found = (
            (group, tuple(f for f in self.trials if f.change_type and f.change_type.group is group)) for group in Group
        )
        return tuple(
            News(
                group,
                some,
                tuple(dict.fromkeys(self.catalog.said(t.caveat) for f in some if (t := f.change_type) and t.caveat)),
            )
            for group, some in found
            if some
        )

    @cached_property
    def unchanged(self) -> int:
        """How many trials of the newest record did not change."""
        return sum(f.track.last == self.newest and f.change_type is None for f in self.trials)

    @cached_property
    def lists(self) -> tuple[TrialGroup, ...]:
        """Every page that lists some of the trials; one that was there once stays, though it may be empty now."""
        by_status = (
            TrialGroup("status", s.value, f"trials/status/{s.value}/index.html", _some(self.trials, s))
            for s in PlainStatus
        )
        return (*by_status, *self._by("condition", _conditions), *self._by("country", _countries))

    def _by(self, kind: str, names: Callable[[Track], tuple[Iterable[str], Iterable[str]]]) -> tuple[TrialGroup, ...]:
        found: dict[str, tuple[str, list[Followed]]] = {}
        for each in self.trials:
            now, once = names(each.track)
            for name in now:
                mine = found.setdefault(_slug(name), (name, []))[1]
                if not any(each is known for known in mine[-1:]):
                    mine.append(each)
            for name in once:
                found.setdefault(_slug(name), (name, []))
        rows = sorted(found.items(), key=lambda row: (row[1][0].casefold(), row[0]))
        return tuple(TrialGroup(kind, name, f"trials/{kind}/{key}/index.html", tuple(t)) for key, (name, t) in rows)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {n.upper(): f.path for f in reversed(self.trials) for n in (*f.track.trial.other_ids, *f.track.numbers)}

    def page_of(self, number: str | None) -> str | None:
        """The page of a trial by any number it has or had; None for one we don't follow."""
        return self._paths.get((number or "").upper())


def _follow(
    track: Track,
    records: tuple[str, ...],
    printed: dict[str, list[PrintedItem]],
    catalog: Catalog,
    *,
    fictional: bool,
) -> Followed:
    last = track.sightings[-1]
    news = last.changes if last.issue == records[-1] and len(records) > 1 else ()
    numbers = dict.fromkeys(n.upper() for n in (*track.numbers, *track.trial.other_ids))
    mine = {id(t): t for n in numbers for t in printed.get(n, ())}
    chapters = tuple(
        Chapter(
            s.issue, s is track.sightings[0], s.trial.status, s.changes, caveats(s.changes, s.trial.status, catalog)
        )
        for s in reversed(track.sightings)
    )
    return Followed(
        track=track,
        path=_path(track.numbers[0]),
        aliases=tuple(_path(n) for n in track.numbers[1:]),
        plain_status=plain_status_of(track.trial.status),
        link=_link(track, fictional=fictional),
        line=timeline(track.trial),
        chapters=chapters,
        printed=tuple(sorted(mine.values(), key=lambda t: t.key, reverse=True)),
        change_type=leading(news, last.trial.status) if news else None,
    )


def _mentions(archive: Archive) -> dict[str, list[PrintedItem]]:
    """Find the items that told of each trial, by registry number."""
    found: dict[str, list[PrintedItem]] = {}
    for printed in archive.printed:
        item = printed.item
        numbers = dict.fromkeys(n.upper() for n in (item.ids.number, *(c.number for c in item.change)) if n)
        for number in numbers:
            found.setdefault(number, []).append(printed)
    return found


def _link(track: Track, *, fictional: bool) -> str | None:
    """Where the registry's own entry can be read; an invented trial never leads to a real registry's page."""
    link, number = safe_link(track.trial.link), track.trial.number
    if fictional:
        return None if registries().show(link) else link
    return link or registries().page_of(number)


def _path(number: str) -> str:
    """The address of a trial's page; any number that is no plain one gets a made-up address."""
    fits = _NUMBER.fullmatch(number) and any(c.isdigit() for c in number)
    return f"trials/{number if fits else f'x-{digest(number)}'}/index.html"


def _slug(name: str) -> str:
    made = slug(name)
    return f"x-{digest(name)}" if made == "item" else made


def _some(trials: tuple[Followed, ...], plain_status: PlainStatus) -> tuple[Followed, ...]:
    return tuple(f for f in trials if f.plain_status is plain_status)


def _conditions(track: Track) -> tuple[Iterable[str], Iterable[str]]:
    return track.conditions, track.once


def _countries(track: Track) -> tuple[Iterable[str], Iterable[str]]:
    return track.trial.countries, (c for s in track.sightings for c in s.trial.countries)
