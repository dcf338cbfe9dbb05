"""Ask every source, judge what came, and merge what is new into the queue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.errors import UsageError
from pipeline.files import BodyCache
from pipeline.flow.gather_sources import SourceResult, Survey, ask_all
from pipeline.flow.trial_drafts import drafts
from pipeline.issue import UNREACHED
from pipeline.language.terms import Terms, terms
from pipeline.model.entry import Entry, Trial
from pipeline.model.issue import BuiltIssues, Issue
from pipeline.model.settings import Config
from pipeline.model.source import Health, Window
from pipeline.model.story import Judged, Story
from pipeline.queue.merge import Background, merge
from pipeline.source_health.health import Reading, assess
from pipeline.sources import kind, registries
from pipeline.store import Newsroom
from pipeline.stories.candidates import merge as merge_entries
from pipeline.text import count
from pipeline.triage.verdict import judge
from pipeline.trials.identity import renamed, settle
from pipeline.trials.news import known, news_of, unmoved
from pipeline.trials.reversals import printed_changes

Progress = Callable[[str, int, int], None]
"""Called after each source was asked and read: the source, how many are done, how many there are."""

FIRST_WINDOW = timedelta(days=45)

AT_A_STRETCH = 20
"""Entries judged before the network gets its turn: some 10 ms."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The day a gather counts as its own, and the moment, with its time zone, at which it asks."""

    today: date
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a gather did. `read` counts entries, `kept` those about our topics and inside the window.

    `asked` are the keys of the sources that are switched on, `renewed` the items there that learned something new.
    """

    issue: str
    window: Window
    asked: tuple[str, ...]
    health: tuple[Health, ...]
    read: int
    kept: int
    added: tuple[str, ...]
    renewed: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def deaf(self) -> bool:
        """Whether nothing could be read of any source, so that this is no look at the month at all."""
        asked = [each.diagnosis for each in self.health if each.key in self.asked]
        return bool(asked) and all(state in UNREACHED for state in asked)


def gather(newsroom: Newsroom, issue: str, moment: Moment, progress: Progress, since: date | None = None) -> Gathered:
    """Ask every enabled source, judge what came, and merge what is new into the issue's queue.

    `since` is the first day to look at: else that of the issue before, or FIRST_WINDOW ago. Raises UsageError for an
    issue that is built.
    """
    start = _start(newsroom, issue, moment.today, since)
    results, judged = asyncio.run(_asked(newsroom.folder.cache, start, moment.now, progress))
    news = _news(start, judged, {each.source.kind for each in results if each.whole})
    with newsroom.folder.locked():
        _refuse_built(newsroom.built, issue)  # by another command, while we asked
        merged = merge(newsroom.queue_or_new(issue), news.stories, _background(newsroom, start, news))
        health = _assessed(results, newsroom.health, moment)
        newsroom.save_texts(issue, merged.texts)
        newsroom.save_queue(merged.queue)
        if news.trials:
            newsroom.save_trials(issue, news.trials)
        newsroom.save_health(health)
    notes = (*_remarks(start, news), *(note for each in results for note in each.notes), *news.notes)
    return Gathered(
        issue=issue,
        window=start.window,
        asked=tuple(s.key for s in start.config.enabled),
        health=health,
        read=sum(len(each.entries) for each in results),
        kept=news.kept,
        added=merged.added,
        renewed=merged.renewed,
        notes=tuple(dict.fromkeys(notes)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """What is known before anyone is asked.

    `before` is the issue before, `baseline` what the registries said then, `last` what they said at the last gather.
    """

    issue: str
    config: Config
    terms: Terms
    window: Window
    health: tuple[Health, ...]
    built: tuple[Issue, ...]
    printed: Mapping[str, str]
    before: str | None
    baseline: Mapping[str, Trial]
    last: Mapping[str, Trial]


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What came of asking: the stories, the trials as they are now, and what they are compared with."""

    stories: tuple[Story, ...]
    unmoved: frozenset[str]
    trials: dict[str, Trial]
    baseline: Mapping[str, Trial]
    kept: int
    notes: tuple[str, ...]


def _start(newsroom: Newsroom, issue: str, today: date, since: date | None) -> _Start:
    """Read what a gather starts from; a fault in a file is reported before anyone is asked."""
    built = newsroom.built
    _refuse_built(built, issue)
    before = built.before(issue)
    newsroom.queue_or_new(issue)
    baseline = newsroom.trials(before.key if before else None)
    last = newsroom.trials(issue) or baseline  # what a gather of this month already knows is newer
    return _Start(
        issue=issue,
        config=newsroom.config,
        window=Window(
            since or (before.date if before else today - FIRST_WINDOW),
            today,
            tuple(sorted(last)),
            newsroom.terms.beyond(terms()),
            tuple(sorted(key.removeprefix("doi:") for key in built.printed() if key.startswith("doi:"))),
        ),
        terms=newsroom.terms,
        health=newsroom.health,
        built=built.issues,
        printed=built.printed(),
        before=before.key if before else None,
        baseline=baseline,
        last=last,
    )


def _refuse_built(built: BuiltIssues, issue: str) -> None:
    if built.has(issue):
        raise UsageError(
            f"{issue} is already built, so nothing new goes into it. Leave out --issue to gather for the next one."
        )


async def _asked(
    cache: BodyCache, start: _Start, now: datetime, progress: Progress
) -> tuple[tuple[SourceResult, ...], tuple[Judged, ...]]:
    """Ask all sources; what one yields, and is due, is judged while the others are still being asked."""
    config, done = start.config, 0
    whole = {s.key for s in config.enabled if kind(s.kind).windowed}
    judged: dict[str, list[Judged]] = {}

    async def on_result(result: SourceResult) -> None:
        nonlocal done
        own = judged.setdefault(result.source.key, [])
        for n, entry in enumerate(e for e in result.entries if e.trial or _due(e, start.window, start.printed, whole)):
            if n % AT_A_STRETCH == 0:
                await asyncio.sleep(0)
            own.append(Judged(entry, judge(entry, result.source, config.newsletter.topics, start.terms)))
        done += 1
        progress(result.source.key, done, len(config.enabled))

    survey = Survey(cache=cache, config=config, window=start.window, health=start.health, now=now)
    results = await ask_all(survey, on_result)
    return results, tuple(j for each in results for j in judged[each.source.key])


def _news(start: _Start, judged: tuple[Judged, ...], read: set[str]) -> _News:
    """Decide what is news; `read` are the kinds of source that were read to their end."""
    settled = settle(judged, start.last, read, registries())
    baseline, judged = renamed(start.baseline, settled.judged, registries())
    entries = tuple(j for j in judged if not j.entry.trial and (j.verdict.kept or _takes_back(j.entry, start.printed)))
    moved = news_of(judged, baseline, start.window, registries(), printed_changes(start.built))
    return _News(
        stories=(*merge_entries(entries, {s.key: s for s in start.config.sources}), *moved),
        unmoved=unmoved(judged, baseline),
        trials=known(judged, settled.known),
        baseline=baseline,
        kept=len(entries) + sum(j.verdict.kept for j in judged if j.entry.trial),
        notes=settled.notes,
    )


def _background(newsroom: Newsroom, start: _Start, news: _News) -> Background:
    """What the newsroom knows besides the queue, read while nobody else can write."""
    return Background(
        sources={s.key: s for s in start.config.sources},
        seen=newsroom.seen(start.issue),
        carried=newsroom.carried(start.issue),
        kept=newsroom.texts(start.before) if start.before else {},
        unmoved=news.unmoved,
        drafts=drafts(newsroom),
    )


def _remarks(start: _Start, news: _News) -> Iterable[str]:
    """What an editor should know of a gather besides its counts."""
    month = f"{start.window.today:%Y-%m}"
    if start.issue > month:
        yield f"The issue of {month} is out, so this is for {start.issue}. To choose another, use --issue."
    if news.trials and not news.baseline:
        trials = count(len(news.trials), "trial")
        yield f"{trials} noted as the starting point; from the next issue on, you will see what changes."


def _due(entry: Entry, window: Window, printed: Mapping[str, str], whole: Container[str]) -> bool:
    """Inside the window, or taking back something we printed: only such are judged, and all trials."""
    return entry.source in whole or _inside(entry, window) or _takes_back(entry, printed)


def _takes_back(entry: Entry, printed: Mapping[str, str]) -> bool:
    """Whether an entry is a notice about something we printed."""
    return any(key in printed for key in (*entry.targets, *([f"doi:{entry.retracts}"] if entry.retracts else [])))


def _inside(entry: Entry, window: Window) -> bool:
    """Whether an entry falls into the window; one without a date we can trust does."""
    day = entry.day
    return day is None or day >= window.since.isoformat()[: len(day)]


def _assessed(results: Iterable[SourceResult], old: Iterable[Health], moment: Moment) -> tuple[Health, ...]:
    """One state for every source that was asked; the others keep theirs."""
    was = {h.key: h for h in old}
    for each in results:
        source, before = each.source, was.get(each.source.key)
        if each.answer is not None:
            reading = Reading(
                answer=each.answer,
                page=each.page,
                trouble=each.trouble,
                new=each.new_since(before),
                newest=each.newest,
            )
            was[source.key] = assess(source, before, reading, today=moment.today, now=moment.now)
    return tuple(was[key] for key in sorted(was))
