"""Commands that fill and decide the queue: gather, sources, queue, approve, hold, reject, sign, add, why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.group import hope
from pipeline.cli.options import Day, clock, common, issue_option, newsroom

if TYPE_CHECKING:
    from pipeline.model.names import Status
    from pipeline.queue import QueueText
    from pipeline.store import Newsroom


@hope.command()
@issue_option
@click.option("--since", type=Day(), help="Look back to this day; else to the last built issue, or 45 days.")
@common
def gather(issue: str | None, since: date | None, root: Path | None, today: date | None) -> None:
    """Ask all sources and merge what is new into the queue.

    What you wrote in the queue stays, to the letter. Run it as often as you like: when nothing is new,
    nothing changes. One bad source costs only itself; `hope sources` shows how each one is.
    """
    from pipeline.flow import gather as flow
    from pipeline.report import screens as report

    room, (day, now) = newsroom(root), clock(today)
    issue = issue or room.open_issue(day)
    with report.progress(len(room.config.enabled)) as tick:
        done = flow.gather(room, issue, since, day, now, tick)
    click.echo(report.gathered(done, room.config))
    report.say_notes(done.notes)


@hope.command()
@click.option("--all", "everything", is_flag=True, help="Show disabled sources too, with the reason.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@common
def sources(everything: bool, form: str, root: Path | None, today: date | None) -> None:
    """Show how each source is: state, age of its newest entry, and what to do."""
    from pipeline.report import screens as report

    room, (day, _) = newsroom(root), clock(today)
    click.echo(report.sources(room.config, room.health, day, everything=everything, form=form))


@hope.command()
@issue_option
@click.option("--status", "only", type=click.Choice(["pending", "approved", "hold", "rejected"]), help="Only these.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@common
def queue(issue: str | None, only: str | None, form: str, root: Path | None, today: date | None) -> None:
    """List the items of an issue: status, section, evidence, words written, sign-offs."""
    from pipeline.report import screens as report

    room, (day, _) = newsroom(root), clock(today)
    click.echo(report.queue(room.queue(issue or room.latest_issue(day)), room.config, only, form))


F = TypeVar("F", bound=Callable[..., Any])


def choosing(command: F) -> F:
    """Let a command name its items one by one, or all pending ones of a group or section at once."""
    groups = ["corrected", "results", "opened", "new", "closed", "stopped", "redesigned", "other"]
    sections = ["research", "emerging", "trials", "stopped", "safety", "regulation"]
    command = click.option("--section", type=click.Choice(sections), help="All pending items of this section.")(command)
    command = click.option("--group", type=click.Choice(groups), help="All pending trial items of this kind.")(command)
    return click.argument("ids", nargs=-1, metavar="[ID...]")(command)


def chosen(source: QueueText, ids: tuple[str, ...], group: str | None, section: str | None) -> tuple[str, ...]:
    """The items that were named, or the pending ones of a group or section; raises UsageError when there are none."""
    from pipeline.errors import UsageError
    from pipeline.model.names import Status
    from pipeline.trials.change_types import group_of

    if group is None and section is None:
        if not ids:
            raise UsageError("Name the items, or all at once with --group or --section. `hope queue` lists them.")
        return ids
    found = tuple(
        i.id
        for i in source.queue.items
        if i.status is Status.PENDING and group in (None, group_of(i)) and section in (None, i.section)
    )
    if not found:
        raise UsageError(f"No pending items of {group or section}. `hope queue` lists them.")
    return tuple(dict.fromkeys((*ids, *found)))


def _decision(name: str, status: str, doc: str, *, reason_needed: bool = False) -> None:
    """Make the command that gives items a status."""

    @hope.command(name, help=doc)
    @choosing
    @click.option("--reason", required=reason_needed, help="Why; kept with the item.")
    @issue_option
    @common
    def command(
        ids: tuple[str, ...],
        group: str | None,
        section: str | None,
        reason: str | None,
        issue: str | None,
        root: Path | None,
        today: date | None,
    ) -> None:
        from pipeline.model.names import Status

        room, (day, _) = newsroom(root), clock(today)
        key = issue or room.open_issue(day)
        _decide(room, key, chosen(room.queue(key), ids, group, section), Status(status), reason)


def _decide(room: Newsroom, key: str, ids: tuple[str, ...], status: Status, reason: str | None) -> None:
    from pipeline.errors import UsageError
    from pipeline.model.names import Status
    from pipeline.queue import decide
    from pipeline.text import plain

    reason = plain(reason) if reason is not None else None
    if status is Status.REJECTED and not reason:
        raise UsageError('Say in a few words why: hope reject ID --reason "…". The next editor will ask.')
    with room.folder.locked():
        old = room.queue(key)
        new = decide(old, ids, status, reason)
        room.save_queue(new)
    for each in ids:
        at = old.index(each)
        was, item = old.queue.items[at].status, new.queue.items[at]
        click.echo(
            f"{item.id}: {was} -> {item.status}" if was is not item.status else f"{item.id}: {item.status} as before"
        )
        if was is not item.status:
            click.echo(f"  To undo: hope {_UNDO[str(was)]} {item.id}", err=True)


_UNDO = {"pending": "pend", "approved": "approve", "hold": "hold", "rejected": "reject --reason …"}
_decision("approve", "approved", "Approve items for printing. They still need their words and sign-offs.")
_decision("hold", "hold", "Put items on hold: they come along into the next issue, with every word.")
_decision("reject", "rejected", "Reject items, with a reason. They don't come back.", reason_needed=True)
_decision("pend", "pending", "Take a decision back: items are pending again.")


@hope.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--as", "person", required=True, metavar="PERSON", help="Who signs: a key of people in sources.yml.")
@click.option("--role", help="In which role, when the person has several.")
@click.option("--checked", help="What was checked: “harms and numbers”.")
@issue_option
@common
def sign(
    ids: tuple[str, ...],
    person: str,
    role: str | None,
    checked: str | None,
    issue: str | None,
    root: Path | None,
    today: date | None,
) -> None:
    """Sign items as a named person. A sign-off is bound to the exact text and falls when it changes.

    The id “intro” is the opening, this month in three sentences, which is signed as items are.
    """
    from pipeline.flow.sign import sign as sign_items

    room, (day, _) = newsroom(root), clock(today)
    for line in sign_items(room, issue or room.open_issue(day), ids, person, role, checked, day):
        click.echo(line)


@hope.command()
@click.argument("what", metavar="URL|DOI|PMID|NCT")
@click.option("--title", help="The title, when nobody can be asked for it.")
@click.option("--published", type=Day(), help="The day it came out.")
@click.option("--link", help="Where it can be read.")
@click.option("--source", "source", help="Key of the source in sources.yml it belongs to.")
@click.option("--excerpt", help="What the source says, in its words.")
@issue_option
@common
def add(what: str, issue: str | None, root: Path | None, today: date | None, **given: Any) -> None:
    """Add one item by hand: a web address, a DOI, a PubMed number or a trial's number in its registry.

    It is looked up at its registry or index where one can be reached; what you give with the options
    counts more than what is found.
    """
    from pipeline.flow import add as lookup

    room, (day, _) = newsroom(root), clock(today)
    key = issue or room.open_issue(day)
    done, notes = lookup.add(room, key, what, day, given)
    for note in notes:
        click.echo(note, err=True)
    click.echo(f"Added {done.added[0]}" if done.added else f"Already there: {what}")
    click.echo(f"  In outbox/{key}/queue.yml" + (", where its words are written." if done.added else "."), err=True)
