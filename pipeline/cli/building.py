"""Commands that print: build, site, proof, preview, deliver."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.command import Command, Invocation, cache, format_option, remark
from pipeline.cli.progress import PRINTING, progress
from pipeline.model.names import Format

if TYPE_CHECKING:
    from pipeline.model.search import SearchState

_MOST = 20
"""Files that lie at a web host and are none of ours are named up to this many."""


@click.command(cls=Command, issue=True)
@click.option(
    "--draft", is_flag=True, help="Build with DRAFT on every page, even if something blocks. Not for the archive."
)
@click.option("--quiet-month", "quiet", is_flag=True, help="Build an issue with no items: a quiet month is fine.")
@click.option(
    "--again", is_flag=True, help="Rebuild an issue that has gone out, or tell new corrections in a built one."
)
@format_option(Format.TEXT, Format.JSON)
@click.pass_obj
def build(call: Invocation, draft: bool, quiet: bool, again: bool, form: Format) -> None:
    """Build the edition: e-mail, web pages and the archive.

    Only approved, signed items go in. Lists what each costs a reader of the e-mail, and what was shortened to fit.
    """
    from pipeline.cli.checking import say_idle
    from pipeline.flow.build import BuildOptions
    from pipeline.flow.build import build as flow
    from pipeline.report.build import BUILDS, BuildListing

    newsroom = call.newsroom
    issue = call.latest_issue(newsroom.mending(*newsroom.folder.issues()) if again else newsroom)
    options = BuildOptions(draft=draft, quiet=quiet, again=again)
    with progress(PRINTING) as tick:
        done = flow(newsroom, issue, call.today, options, tick)
    click.echo(BUILDS[form](BuildListing(done, colour=sys.stdout.isatty())))
    say_idle(done.checked)
    _say_search(done.search)
    if done.issue is None:
        remark("Nothing was built: fix what blocks first. `hope build --draft` shows how it would look.")
        sys.exit(1)


@click.command(cls=Command)
@click.option("--to", default="", metavar="DIR", help="Another folder for the pages. Default: outbox/site.")
@click.option(
    "--search/--no-search",
    default=None,
    help="Make the index of search, too, with Pagefind; or take search out. Default: as it is.",
)
@click.pass_obj
def site(call: Invocation, to: str, search: bool | None) -> None:
    """Make the web archive anew from the built issues; no edition is touched.

    Only files that differ are written, and pages that are made no more are taken away. Where nothing changed since the
    last time, nothing is printed. In another folder nothing is taken away, and
    the addresses of all pages are noted as published.

    --search gives the archive a search page. Run it again after each build: pages are only published with an index
    that fits them. It needs Pagefind, which `pip install "pagefind[bin]"` brings.
    """
    from pipeline.flow.site import site as flow
    from pipeline.report.screens import site_made

    with progress(PRINTING) as tick:
        done = flow(call.newsroom, to, tick, search=search)
    _name_strangers(done.strangers, to)
    _say_search(done.search)
    click.echo(site_made(done, to))


@click.command(cls=Command, issue=True)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@format_option(Format.TEXT, Format.JSON)
@click.pass_obj
def proof(call: Invocation, folder: Path | None, form: Format) -> None:
    """Prove a built mail: headers, parts, access, privacy, sizes.

    Reads email.html, email.txt and message.eml, of an issue or of any FOLDER. Exits with 1 if a rule is not ok.
    """
    from pipeline.files import Folder
    from pipeline.flow.proof import proof as flow
    from pipeline.flow.proof import proof_of
    from pipeline.proof import blocks
    from pipeline.report.proof import PROOFS

    if folder is not None and call.issue:
        raise click.UsageError("Name an issue or a folder, not both.")
    if folder is None:
        newsroom = call.newsroom
        found = flow(newsroom, call.latest_issue(newsroom))
    else:
        found = proof_of(Folder(folder, cache))
    click.echo(PROOFS[form](found))
    sys.exit(1 if blocks(found) else 0)


@click.command(cls=Command, issue=True)
@click.option("--draft", is_flag=True, help="Show the draft, built anew whenever you reload.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to use. Default: any free one.")
@click.option("--no-browser", is_flag=True, help="Don't open a browser.")
@click.pass_obj
def preview(call: Invocation, draft: bool, port: int, no_browser: bool) -> None:
    """Show the built pages and the e-mail in your browser.

    The e-mail's page shows it on phones and computers, in light and dark, without pictures and with large text, what
    each item costs, and the proof. All is served from this machine until you press Ctrl-C. A draft is built anew
    whenever you reload.
    """
    from pipeline.flow.preview import Previewed
    from pipeline.flow.preview import preview as flow

    newsroom = call.newsroom
    what = Previewed(call.latest_issue(newsroom), call.today, draft)
    with flow(newsroom, what, port) as shown:
        click.echo(f"Pages:  {shown.pages}\nE-mail: {shown.mail}\nPress Ctrl-C to stop.")
        if not no_browser:
            import webbrowser

            webbrowser.open(shown.pages)
        try:
            shown.serve()
        except KeyboardInterrupt:
            click.echo("\nPreview stopped.")


@click.command(cls=Command, issue=True)
@click.option("--by", "way", default="folder", show_default=True, metavar="CHANNEL", help="The channel to deliver by.")
@click.option("--to", required=True, metavar="ADDRESS", help="Where to deliver to; for the channel “folder”, a folder.")
@click.pass_obj
def deliver(call: Invocation, way: str, to: str) -> None:
    """Deliver a built issue, and keep a receipt.

    The same edition never goes out twice, except to a folder, which can be written again at any time. Files that
    changed after the build are not sent.
    """
    from pipeline.flow.deliver import deliver as flow
    from pipeline.report.screens import delivered

    newsroom = call.newsroom
    done = flow(newsroom, call.latest_issue(newsroom), way, to, call.today)
    for path in done.left:
        remark(f"{path} is not part of what was built, so it was not sent.")
    _name_strangers(done.sent.strangers if done.sent else (), to)
    click.echo(delivered(done))


def _say_search(state: SearchState) -> None:
    from pipeline.flow.search import remark_on

    if said := remark_on(state):
        remark(said)


def _name_strangers(strangers: tuple[str, ...], to: str) -> None:
    from pipeline.model.search import FOLDER

    if former := [path for path in strangers if path.startswith(f"{FOLDER}/")]:
        lie = (
            "1 file of an older search index lies"
            if len(former) == 1
            else f"{len(former)} files of older search indexes lie"
        )
        remark(f"{lie} in {to}/{FOLDER}. Nobody needs them: to be rid of them, delete that folder and run this again.")
    strangers = tuple(path for path in strangers if path not in former)
    for path in strangers[:_MOST]:
        remark(f"{path} lies in {to} and is no page of ours any more. If nobody needs it there, take it away by hand.")
    if len(strangers) > _MOST:
        remark(f"… and {len(strangers) - _MOST} more.")
