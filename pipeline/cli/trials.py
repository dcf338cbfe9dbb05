"""Commands about trials: trials, accept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.group import hope
from pipeline.cli.options import Day, Issue, clock, common, issue_option, newsroom
from pipeline.cli.queueing import choosing, chosen

if TYPE_CHECKING:
    from pipeline.store import Newsroom


@hope.command()
@click.argument("number", nargs=-1, metavar="[history] [NUMBER]")
@click.option("--since", type=Day(), help="Only trials whose registry entry was updated since this day.")
@click.option("--changes", "of", type=Issue(), metavar="MONTH", help="What changed for this issue.")
@click.option("--history", "past", metavar="NUMBER", help="One trial through all issues' records.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@issue_option
@common
def trials(
    number: tuple[str, ...],
    since: date | None,
    of: str | None,
    past: str | None,
    form: str,
    issue: str | None,
    root: Path | None,
    today: date | None,  # noqa: ARG001  every command takes it
) -> None:
    """Show the tracked trials, one of them, what changed for an issue, or one trial's history.

    As the registries stood at the last gather, or at that of another issue (--issue).
    """
    from pipeline.errors import UsageError
    from pipeline.report import trials as tracking
    from pipeline.trials import tracked

    room = newsroom(root)
    if number[:1] == ("history",):
        past, number = past or "".join(number[1:2]) or "?", number[2:]
    if len(number) > 1 or (number and (of or past)):
        raise UsageError("Ask one thing at a time: hope trials NUMBER, --changes MONTH or --history NUMBER.")
    if past:
        stages = tracked.history(past, [(key, room.trials(key)) for key in room.folder.issues()])
        if not stages:
            raise UsageError(f"{past} is in no issue's record. `hope trials` lists what is tracked.")
        click.echo(tracking.told(past, stages, form))
    elif of:
        before = _before(room, of)
        moved = tracked.moved_between(room.trials(before), room.trials(of))
        click.echo(tracking.moves(moved, of, before, form))
    else:
        key = issue or _latest(room)
        known = room.trials(key)
        if number:
            trial = tracked.find(number[0], known)
            if trial is None:
                raise UsageError(f"{number[0]} is not tracked in {key}. `hope trials` lists what is.")
            click.echo(tracking.one(trial, key, form))
            return
        some = tuple(known.values()) if since is None else tracked.since(known.values(), since.isoformat())
        click.echo(tracking.table(some, key, form))


def _latest(room: Newsroom) -> str:
    """The newest issue with a record of trials; the newest at all where none has one."""
    keys = room.folder.issues()
    with_trials = [key for key in keys if room.folder.read_if_there(f"outbox/{key}/trials.json") is not None]
    return (with_trials or list(keys) or ["none"])[-1]


def _before(room: Newsroom, issue: str) -> str | None:
    """What an issue is compared with: the last issue built before it, else the last one with a record."""
    built = room.archive.before(issue)
    if built is not None and room.trials(built.key):
        return built.key
    return max((key for key in room.folder.issues() if key < issue and room.trials(key)), default=None)


@hope.command()
@click.option("--undo", is_flag=True, help="Take it back: empty the fields that still hold the draft's words.")
@choosing
@issue_option
@common
def accept(
    ids: tuple[str, ...],
    undo: bool,
    group: str | None,
    section: str | None,
    issue: str | None,
    root: Path | None,
    today: date | None,
) -> None:
    """Take over the drafts of trial items as your own words, where you have written none.

    A draft is made of registry fields alone. Read it first: what you accept is what you sign.
    """
    from pipeline.flow.accept import accept as accepted

    room, (day, _) = newsroom(root), clock(today)
    key = issue or room.open_issue(day)
    some = chosen(room.queue(key), ids, group, section)
    for line in accepted(room, key, some, undo=undo):
        click.echo(line)
    if not undo:
        click.echo(f"  To undo: hope accept --undo {' '.join(some)}", err=True)
