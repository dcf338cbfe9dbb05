"""How a source has been: exactly one state for every run, with its history and what an editor can do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.errors import SourceError
from pipeline.model.names import State
from pipeline.model.source import Answer, Attempt, Health, Outcome, Page, Source
from pipeline.source_health.diagnosis import FAILURES, Attempted, Diagnosis, diagnose
from pipeline.text import count

HISTORY = 50

_LONGEST_WAIT = timedelta(days=7)
_BACK_OFF = tuple(timedelta(hours=h) for h in (1, 6, 24, 72, 168))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one attempt at a source: its answer, and the page read from it, or why it could not be read.

    `new` counts the entries of `page` that its last reading did not hold (all of them the first time), `newest`
    is the newest trusted day among them, ISO, cut to its precision.
    """

    answer: Answer
    page: Page | None = None
    trouble: SourceError | None = None
    new: int = 0
    newest: str | None = None


def assess(source: Source, old: Health | None, reading: Reading, *, today: date, now: datetime) -> Health:
    """Say how a source is after one attempt at it; `now` is the moment of the attempt.

    `not_before` is set only where the server asked to be left alone; how long it is wise to wait after other
    failures stands in `todo`.
    """
    answer, page, new, newest = reading.answer, reading.page, reading.new, reading.newest
    body_hash = hashlib.sha256(answer.body).hexdigest()[:16] if answer.good and answer.body is not None else ""
    same = _same(old, answer, body_hash, new)
    # An answer that can't be read says nothing of when the list itself last moved.
    changed = old.changed if old and old.changed and (same or not body_hash or page is None) else today
    tried = Attempted(
        source=source,
        old=old,
        answer=answer,
        page=page,
        trouble=reading.trouble,
        new=new,
        newest=newest,
        changed=changed,
        today=today,
        same=same,
    )
    judged = diagnose(tried)
    attempt = Attempt(
        at=now,
        state=_state(judged, old, same=same, again=_again(old, today), new=new),
        outcome=str(answer.outcome),
        status=answer.status,
        entries=page.parsed if page is not None and judged.state not in FAILURES else 0,
        new=new,
        note=judged.note,
    )
    health = _health(tried, judged, attempt, body_hash)
    return replace(health, todo=todo(health, source))


def _health(tried: Attempted, judged: Diagnosis, attempt: Attempt, body_hash: str) -> Health:
    """Join what an attempt says of a source with what was known of it."""
    old, failed = tried.old, judged.state in FAILURES
    read = not failed and judged.state is not State.RESERVED
    return Health(
        key=tried.source.key,
        state=attempt.state,
        diagnosis=judged.state,
        entries=attempt.entries,
        new=tried.new,
        newest=tried.newest if read or old is None else old.newest,
        note=judged.note,
        since=old.since if old is not None and old.diagnosis is judged.state and old.since else tried.today,
        last_ok=tried.today if read else old.last_ok if old else None,
        changed=tried.changed if body_hash or (old and old.changed) else None,
        title=_title(judged, old, tried.page),
        moved_to=tried.answer.moved_to,
        failures=(old.failures if old else 0) + 1 if failed else 0,
        not_before=_not_before(tried.answer, attempt.at),
        body_hash=body_hash or (old.body_hash if old else ""),
        history=(attempt, *(old.history if old else ()))[:HISTORY],
    )


def todo(health: Health, source: Source) -> str:
    """Say in a sentence what an editor can do about a source, going by the judgement that stands."""
    sentence = _TODO[health.diagnosis].format(
        url=source.url,
        moved=health.moved_to or "the new address",
        days=source.every,
        key=source.key,
        expect=", ".join(source.expect) or "its former name",
    )
    if health.diagnosis in _RETRY:
        sentence = f"{sentence}{_wait(health)}"
    if source.fallback and health.diagnosis not in _FINE:
        sentence = f"{sentence} Until then, look by hand: {source.fallback}"
    return sentence


def _same(old: Health | None, answer: Answer, body_hash: str, new: int) -> bool:
    """Whether the very same content came back. One body of several proves it only when no entry is new."""
    if old is None or not answer.good or new:
        return False
    return answer.outcome in (Outcome.NOT_MODIFIED, Outcome.UNCHANGED) or body_hash == old.body_hash


def _again(old: Health | None, today: date) -> bool:
    """Whether the attempt before this one was made on the same day and got an answer."""
    if old is None or not old.history or old.diagnosis in (State.FAILED, State.BLOCKED, State.GONE):
        return False
    return old.last_ok == today or old.history[0].at.date() == today


def _state(judged: Diagnosis, old: Health | None, *, same: bool, again: bool, new: int) -> State:
    """Turn the judgement that stands into the state of this run."""
    asked_twice = same and again and old is not None and judged.state is old.diagnosis
    nothing_new = old is not None and judged.state is State.FRESH and new == 0
    return State.UNCHANGED if asked_twice or nothing_new else judged.state


def _title(judged: Diagnosis, old: Health | None, page: Page | None) -> str:
    """Keep the name a source had while another stands in its place, so that it doesn't become the new normal."""
    before = old.title if old else ""
    if before and judged.state in {State.WRONG, State.RESERVED, *FAILURES}:
        return before
    return (page.title if page else "") or before


def _not_before(answer: Answer, now: datetime) -> datetime | None:
    if answer.retry_after is None or not (answer.outcome is Outcome.RATE_LIMITED or answer.status in (429, 503)):
        return None
    return now + min(timedelta(seconds=max(answer.retry_after, 0)), _LONGEST_WAIT)


def _wait(health: Health) -> str:
    """After how long another try makes sense: an hour after the first failure, a week after the fifth."""
    if health.not_before is not None:
        return f" It asked us to wait until {health.not_before:%Y-%m-%d %H:%M}."
    rest = _BACK_OFF[min(max(health.failures, 1), len(_BACK_OFF)) - 1]
    hours = int(rest.total_seconds() // 3600)
    span = count(hours, "hour") if hours <= 24 else count(hours // 24, "day")
    failed = f"Failed {health.failures} times in a row; try" if health.failures > 1 else "Try"
    return f" {failed} again in {span}."


_FINE = frozenset({State.FRESH, State.UNCHANGED})
_RETRY = frozenset({State.FAILED, State.BLOCKED})
_TODO: dict[State, str] = {
    State.FRESH: "Nothing to do.",
    State.UNCHANGED: "Nothing to do.",
    State.EMPTY: "Open {url}: if the list is meant to be empty, wait; if not, look for the feed's new address.",
    State.STALLED: (
        "Open the source's website: if it still publishes, look for its new feed; if just slow, set a longer `every`."
    ),
    State.FROZEN: "Nobody updates this feed any more: look for its successor, or disable {key} and say why.",
    State.PAGE: "Open {url}: there is a web page where the feed was; look for the feed's address on it.",
    State.WRONG: (
        "Open {url}: if it is the right source after all, set `expect` to "
        "words it uses (now: {expect}); if not, disable it."
    ),
    State.MOVED: "Change the url of {key} to {moved}.",
    State.GONE: "The feed was taken down: look for its successor, or disable {key} and say why.",
    State.BLOCKED: (
        "The publisher keeps programs out: write to them for access, or follow the source by e-mail or an index."
    ),
    State.RESERVED: "Ask the publisher for permission and note it under `permission`, or disable {key}.",
    State.DEGRADED: "Look through the entries of {key}: some may be missing or listed twice.",
    State.FAILED: "Open {url}: if it works in a browser, the next gather may get it; if not, look for its new address.",
}
