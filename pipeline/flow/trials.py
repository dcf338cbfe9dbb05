"""Look at the trials we track: all of them, one, what changed for an issue, or one trial's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.errors import UsageError
from pipeline.model.entry import Trial
from pipeline.store import Newsroom
from pipeline.trials.history import HistoryStep, Moved, find, history, moved_between, since


@dataclass(frozen=True, slots=True)
class TrialList:
    """Trials as the registries stood for an issue."""

    issue: str
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class OneTrial:
    """A trial as its registry stood for an issue."""

    issue: str
    trial: Trial


@dataclass(frozen=True, slots=True)
class TrialChanges:
    """What changed for an issue since the one before (None where nothing was recorded before it)."""

    issue: str
    before: str | None
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class TrialHistory:
    """One trial through the records of all issues, oldest first."""

    number: str
    steps: tuple[HistoryStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the trials: all of an issue's record (None: the newest), or one thing of the others."""

    issue: str | None = None
    since: date | None = None
    number: str | None = None
    changes_for: str | None = None
    history_of: str | None = None


def look_up(newsroom: Newsroom, question: Question) -> TrialList | OneTrial | TrialChanges | TrialHistory:
    """Answer a question; raises UsageError for more than one at a time, and for a trial that is not tracked.

    A list with `since` holds the trials that were updated since that day, newest first. Changes are those since the
    last issue built before, else since the last record before.
    """
    if question.number and (question.changes_for or question.history_of):
        raise UsageError("Ask one thing at a time: hope trials NUMBER, --changes MONTH or --history NUMBER.")
    if question.history_of:
        return _history(newsroom, question.history_of)
    if issue := question.changes_for:
        before = _before(newsroom, issue)
        return TrialChanges(issue, before, moved_between(newsroom.trials(before), newsroom.trials(issue)))
    key = question.issue or _latest(newsroom)
    trials = newsroom.trials(key)
    if question.number:
        trial = find(question.number, trials)
        if trial is None:
            raise UsageError(f"{question.number} is not tracked in {key}. `hope trials` lists those that are.")
        return OneTrial(key, trial)
    day = question.since
    return TrialList(key, tuple(trials.values()) if day is None else since(trials.values(), day.isoformat()))


def _history(newsroom: Newsroom, number: str) -> TrialHistory:
    steps = history(number, [(key, newsroom.trials(key)) for key in newsroom.folder.issues()])
    if not steps:
        raise UsageError(f"{number} does not appear in any issue. `hope trials` lists what is tracked.")
    return TrialHistory(number, steps)


def _latest(newsroom: Newsroom) -> str:
    """The newest issue with a record of trials; the newest at all where none has one."""
    keys = newsroom.folder.issues()
    with_trials = [key for key in keys if newsroom.folder.has(f"outbox/{key}/trials.json")]
    return (with_trials or list(keys) or ["none"])[-1]


def _before(newsroom: Newsroom, issue: str) -> str | None:
    """What an issue is compared with."""
    built = newsroom.built.before(issue)
    if built is not None and newsroom.trials(built.key):
        return built.key
    return max((key for key in newsroom.folder.issues() if key < issue and newsroom.trials(key)), default=None)
