"""Commands that build and show: build, preview, why, deliver, schema, demo."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from pipeline.cli.group import hope
from pipeline.cli.options import clock, common, issue_option, newsroom, said, spoken


@hope.command()
@issue_option
@click.option("--draft", is_flag=True, help="Build with DRAFT on every page, whatever blocks; not for the archive.")
@click.option("--quiet-month", "quiet", is_flag=True, help="Build an issue with nothing in it: a quiet month is valid.")
@click.option("--again", is_flag=True, help="Build anew an issue that went out; a correction is nearly always better.")
@common
def build(issue: str | None, draft: bool, quiet: bool, again: bool, root: Path | None, today: date | None) -> None:
    """Build the edition from the signed, approved items: e-mail, text, web pages and the archive."""
    from pipeline import checks
    from pipeline.flow import build as flow
    from pipeline.report import screens as report
    from pipeline.report.findings import as_text

    room, (day, _) = newsroom(root), clock(today)
    key = issue or room.latest_issue(day)
    done = flow.build(room, key, day, draft=draft, quiet=quiet, again=again)
    if checks.blocks(done.findings) and not draft:
        click.echo(
            as_text(
                [f for f in done.findings if not f.waived],
                room.queue(key).lines,
                colour=sys.stdout.isatty(),
            )
        )
        click.echo(
            "Nothing was built: what blocks must be mended first. `hope build --draft` shows how it would look.",
            err=True,
        )
        sys.exit(1)
    click.echo(report.built(done))


@hope.command()
@issue_option
@click.option("--draft", is_flag=True, help="Show the draft.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to serve on; else any free one.")
@click.option("--no-browser", is_flag=True, help="Only serve, don't open a browser.")
@common
def preview(issue: str | None, draft: bool, port: int, no_browser: bool, root: Path | None, today: date | None) -> None:
    """Serve the built pages on this machine and open them in the browser. Ctrl-C ends it."""
    from pipeline.flow.preview import serve

    room, (day, _) = newsroom(root), clock(today)
    serve(room.folder, issue or room.latest_issue(day), draft=draft, port=port, browser=not no_browser)


@hope.command()
@click.argument("what", metavar="URL|ID")
@common
def why(what: str, root: Path | None, today: date | None) -> None:  # noqa: ARG001
    """Explain why something was kept or left out: by address, DOI, PubMed or trial number, guid or item id."""
    from pipeline.flow import why as lookup

    click.echo(lookup.why(newsroom(root), what))


@hope.command()
@issue_option
@click.option("--by", "way", default="folder", show_default=True, metavar="CHANNEL", help="The way out.")
@click.option("--to", required=True, metavar="ADDRESS", help="Where to: for the channel “folder”, a folder.")
@common
def deliver(issue: str | None, way: str, to: str, root: Path | None, today: date | None) -> None:
    """Send a built issue out by a channel. It leaves a receipt.

    The same edition never goes twice, but for a folder, whose files can be written again at any time. What was changed
    after the build is not sent.
    """
    from pipeline.flow import deliver as flow
    from pipeline.report.screens import delivered

    room, (day, _) = newsroom(root), clock(today)
    done = flow.deliver(room, issue or room.latest_issue(day), way, to, day)
    for path in done.left:
        click.echo(f"{path} is no part of what was built, so it was not sent.", err=True)
    receipt = done.receipt
    click.echo(delivered(done))
    if done.first:
        click.echo(
            f"The e-mail lies in outbox/{receipt.issue}/: give email.html and email.txt to your mailing tool, or open\n"
            "message.eml in a mail program."
        )


@hope.command()
@click.argument("which", type=click.Choice(["queue"]), default="queue")
@common
def schema(which: str, root: Path | None, today: date | None) -> None:  # noqa: ARG001
    """Print the JSON Schema of the queue file, for editors that complete and check YAML."""
    from pipeline.report.screens import schema as told

    click.echo(told(which))


@hope.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to make the demo newsroom; else a new folder.")
@click.option("--no-browser", is_flag=True, help="Don't open the result.")
@common
def demo(folder: Path | None, no_browser: bool, root: Path | None, today: date | None) -> None:  # noqa: ARG001
    """Run two fictional months from start to end, over real HTTP on this machine."""
    from pipeline.demo.run import run

    run(folder or root or said("root"), browser=not no_browser and sys.stdout.isatty(), command=spoken())
