"""Commands that fill and show the queue: gather, sources, queue, show, why, add, schema."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import click

from pipeline.cli.command import Command, Day, Invocation, OneOf, format_option, remark
from pipeline.cli.progress import ASKING, progress
from pipeline.model.names import Format, Status


@click.command(cls=Command, issue=True)
@click.option("--since", type=Day(), help="How far back to look. Default: to the last built issue, or 45 days.")
@click.pass_obj
def gather(call: Invocation, since: date | None) -> None:
    """Ask all sources and add what is new to the queue.

    What you wrote in the queue stays, to the letter. Run it as often as you like: when nothing is new,
    nothing changes. One bad source costs only itself; `hope sources` shows how each one is. Exits with 1 if
    no source could be read.
    """
    from pipeline.flow.gather import Moment
    from pipeline.flow.gather import gather as flow
    from pipeline.report.screens import gathered

    newsroom = call.newsroom
    with progress(ASKING) as tick:
        done = flow(newsroom, call.open_issue(newsroom), Moment(call.today, call.now), tick, since)
    click.echo(gathered(done))
    for note in done.notes[:10]:
        remark(note)
    if len(done.notes) > 10:
        remark(f"… and {len(done.notes) - 10} more like these.")
    if done.deaf:
        sys.exit(1)


@click.command(cls=Command)
@click.option("--all", "everything", is_flag=True, help="Include disabled sources, with the reason.")
@format_option(Format.TEXT, Format.JSON)
@click.pass_obj
def sources(call: Invocation, everything: bool, form: Format) -> None:
    """Show the health of each source, and what to do about it."""
    from pipeline.flow.show import show_sources
    from pipeline.report.screens import SOURCES

    click.echo(SOURCES[form](show_sources(call.newsroom, call.today, everything=everything)))


@click.command(cls=Command, issue=True)
@click.option("--status", "only", type=OneOf(Status), help="Only items with this status.")
@format_option(Format.TEXT, Format.JSON)
@click.pass_obj
def queue(call: Invocation, only: Status | None, form: Format) -> None:
    """List the items of an issue.

    Shows status, section, evidence, which words are written, and who has signed.
    """
    from pipeline.flow.show import show_queue
    from pipeline.report.screens import QUEUE

    newsroom = call.newsroom
    click.echo(QUEUE[form](show_queue(newsroom, call.latest_issue(newsroom), only)))


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.pass_obj
def show(call: Invocation, name: str) -> None:
    """Print the whole text behind an item.

    What its sources said when it was gathered; the words that its evidence was read from stand in [[ ]].
    """
    from pipeline.flow.show import show_item
    from pipeline.report.screens import kept_texts

    click.echo(kept_texts(show_item(call.newsroom, name)))


@click.command(cls=Command)
@click.argument("what", metavar="URL|ID")
@click.pass_obj
def why(call: Invocation, what: str) -> None:
    """Explain why something was kept or left out.

    Name it by its web address, DOI, PubMed number, trial number, feed guid or item id.
    """
    from pipeline.flow.why import why as flow

    click.echo(flow(call.newsroom, what))


@click.command(cls=Command, issue=True)
@click.argument("what", metavar="URL|DOI|PMID|TRIAL")
@click.option("--title", help="The title, if it can't be looked up.")
@click.option("--published", type=Day(), help="The date of publication.")
@click.option("--link", help="Where readers can find it.")
@click.option("--source", help="The source it belongs to: a key in sources.yml.")
@click.option("--excerpt", help="What the source says, word for word.")
@click.pass_obj
def add(call: Invocation, /, what: str, **given: Any) -> None:
    """Add one item by hand.

    Name it by its web address, DOI, PubMed number or trial number.

    It is looked up at its registry or index where one can be reached; what you give with the options
    counts more than what is found.
    """
    from pipeline.flow.add import Given
    from pipeline.flow.add import add as flow

    newsroom = call.newsroom
    key = call.open_issue(newsroom)
    done, notes = flow(newsroom, key, what, call.today, Given(**given))
    for note in notes:
        remark(note)
    click.echo(f"Added {done.added[0]}" if done.added else f"Already there: {what}")
    remark(f"  In outbox/{key}/queue.yml" + (", where you write its words." if done.added else "."))


@click.command(cls=Command)
@click.argument("which", type=click.Choice(["queue"]), default="queue")
@click.pass_obj
def schema(_: Invocation, which: str) -> None:  # noqa: ARG001  there is one so far
    """Print the JSON Schema of the queue file.

    For text editors that complete and check YAML.
    """
    from pipeline.report.screens import schema as report

    click.echo(report())
