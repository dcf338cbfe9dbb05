"""The `hope` command: options, one call, one report. The only reader of clock, environment and terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pipeline import __version__
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.model.names import Status
    from pipeline.newsroom import Newsroom

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a date like 2026-12-31", param, ctx)


class _Issue(click.ParamType[str]):
    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"“{value}” is not an issue like 2026-12", param, ctx)
        return str(value)


def _common(command: F) -> F:
    """Give a command the two options that make any run repeatable."""
    command = click.option("--today", type=_Day(), help="Run as if this were the day.")(command)
    return click.option("--root", type=click.Path(path_type=Path), help="The newsletter's folder.")(command)


def _issue_option(command: F) -> F:
    return click.option("--issue", type=_Issue(), help="Which issue; else the one at work.")(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="hope")
@_common
@click.pass_context
def hope(ctx: click.Context, root: Path | None, today: date | None) -> None:
    """Make an honest newsletter on CAR-T and emerging options in autoimmune disease.

    A month: gather, write in the queue, check, sign, build, preview.
    Try `hope demo` first: it runs two fictional months from start to end.

    Exit codes: 0 done, 1 an editor must look, 2 wrong use or broken input.
    """
    ctx.obj = {"root": root, "today": today}


def main() -> NoReturn:
    """Run the command and turn expected failures into one clear message and an exit code."""
    with _told():
        sys.exit(hope.main(standalone_mode=False, windows_expand_args=False) or 0)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell expected failures on stderr; nothing else is caught."""
    try:
        yield
    except PipelineError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing was half written.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  whoever read us has gone
        sys.exit(0)


def _room(root: Path | None) -> Newsroom:
    """Open the newsroom a command is about."""
    from pipeline.files import Folder
    from pipeline.newsroom import Newsroom
    from pipeline.sources import kinds
    from pipeline.triage.conditions import plain_conditions

    given = root or _said("root")
    folder = Folder.find(given or Path.cwd(), _cache(), exact=given is not None)
    return Newsroom(folder, {name: kind.options for name, kind in kinds().items()}, plain_conditions())


def _cache() -> Path:
    """Where fetched bodies are kept for a while: $HOPELINE_CACHE, else the user's cache folder."""
    from platformdirs import user_cache_path

    told = os.environ.get("HOPELINE_CACHE")
    return Path(told) if told else user_cache_path("hopeline")


def _said(name: str) -> Any:
    ctx = click.get_current_context(silent=True)
    return ctx.find_root().obj.get(name) if ctx and ctx.find_root().obj else None


def _now(today: date | None) -> tuple[date, datetime]:
    """The day and the moment a run counts as its own."""
    day = today or _said("today")
    now = datetime.now(UTC).replace(microsecond=0)
    return (day, datetime.combine(day, now.timetz())) if day else (now.astimezone().date(), now)


@hope.command()
@_issue_option
@click.option("--since", type=_Day(), help="Look back to this day; else to the last built issue, or 45 days.")
@_common
def gather(issue: str | None, since: date | None, root: Path | None, today: date | None) -> None:
    """Ask all sources and merge what is new into the queue.

    What you wrote in the queue stays, to the letter. Run it as often as you like: when nothing is new,
    nothing changes. One bad source costs only itself; `hope sources` shows how each one is.
    """
    from pipeline import flow, report

    room, (day, now) = _room(root), _now(today)
    issue = issue or room.open_issue(day)
    with report.progress(len(room.config.enabled)) as tick:
        done = flow.gather(room, issue, since, day, now, tick)
    click.echo(report.gathered(done, room.config))
    report.say_notes(done.notes)


@hope.command()
@click.option("--all", "everything", is_flag=True, help="Show disabled sources too, with the reason.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_common
def sources(everything: bool, form: str, root: Path | None, today: date | None) -> None:
    """Show how each source is: state, age of its newest entry, and what to do."""
    from pipeline import report

    room, (day, _) = _room(root), _now(today)
    click.echo(report.sources(room.config, room.health, day, everything=everything, form=form))


@hope.command()
@_issue_option
@click.option("--status", "only", type=click.Choice(["pending", "approved", "hold", "rejected"]), help="Only these.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_common
def queue(issue: str | None, only: str | None, form: str, root: Path | None, today: date | None) -> None:
    """List the items of an issue: status, section, evidence, words written, sign-offs."""
    from pipeline import report

    room, (day, _) = _room(root), _now(today)
    click.echo(report.queue(room.queue(issue or room.latest_issue(day)), room.config, only, form))


def _decision(name: str, status: str, doc: str, *, reason_needed: bool = False) -> None:
    """Make the command that gives items a status."""

    @hope.command(name, help=doc)
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @click.option("--reason", required=reason_needed, help="Why; kept with the item.")
    @_issue_option
    @_common
    def command(
        ids: tuple[str, ...], reason: str | None, issue: str | None, root: Path | None, today: date | None
    ) -> None:
        from pipeline.model.names import Status

        _decide(ids, Status(status), reason, issue, root, today)


def _decide(
    ids: tuple[str, ...], status: Status, reason: str | None, issue: str | None, root: Path | None, today: date | None
) -> None:
    from pipeline.queue import decide

    room, (day, _) = _room(root), _now(today)
    key = issue or room.open_issue(day)
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
@_issue_option
@_common
def sign(
    ids: tuple[str, ...],
    person: str,
    role: str | None,
    checked: str | None,
    issue: str | None,
    root: Path | None,
    today: date | None,
) -> None:
    """Sign items as a named person. A sign-off is bound to the exact text and falls when it changes."""
    from pipeline.flow import sign as sign_items

    room, (day, _) = _room(root), _now(today)
    for line in sign_items(room, issue or room.open_issue(day), ids, person, role, checked, day):
        click.echo(line)


@hope.command()
@click.argument("what", metavar="URL|DOI|PMID|NCT")
@click.option("--title", help="The title, when nobody can be asked for it.")
@click.option("--published", type=_Day(), help="The day it came out.")
@click.option("--link", help="Where it can be read.")
@click.option("--source", "source", help="Key of the source in sources.yml it belongs to.")
@click.option("--excerpt", help="What the source says, in its words.")
@_issue_option
@_common
def add(what: str, issue: str | None, root: Path | None, today: date | None, **given: Any) -> None:
    """Add one item by hand: a web address, a DOI, a PubMed number or a trial's NCT number.

    It is looked up at its registry or index where one can be reached; what you give with the options
    counts more than what is found.
    """
    from pipeline import flow

    room, (day, now) = _room(root), _now(today)
    done = flow.add(room, issue or room.open_issue(day), what, day, now, given)
    for note in done.notes:
        click.echo(note, err=True)
    click.echo(f"Added {done.added[0]}" if done.added else f"Already there: {', '.join(done.told) or what}")


@hope.command()
@_issue_option
@click.option("--item", "items", multiple=True, metavar="ID", help="Only this item (can be repeated).")
@click.option("--all", "everything", is_flag=True, help="Look at items that are not approved too.")
@click.option("--strict", is_flag=True, help="Warnings count like blocks for the exit code.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_common
def check(
    issue: str | None,
    items: tuple[str, ...],
    everything: bool,
    strict: bool,
    form: str,
    root: Path | None,
    today: date | None,
) -> None:
    """Hold the approved items against the standard. Exit 1 when something blocks."""
    from pipeline import checks, flow
    from pipeline.checks.formats import as_json, as_text
    from pipeline.model.names import Severity

    room, (day, _) = _room(root), _now(today)
    key = issue or room.latest_issue(day)
    found = flow.check(room, key, day, items=items, everything=everything)
    if form == "json":
        click.echo(as_json(found))
    else:
        lines = room.queue(key).text.splitlines()
        click.echo(as_text(found, lines, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    warned = strict and any(f.severity is Severity.WARN and not f.waived for f in found)
    sys.exit(1 if checks.blocks(found) or warned else 0)


@hope.command()
@click.argument("rule", metavar="RULE")
def explain(rule: str) -> None:
    """Say why a rule exists, with good and bad examples."""
    from pipeline.checks import rules
    from pipeline.checks.formats import explain as told
    from pipeline.errors import UsageError
    from pipeline.text import nearest

    known = {each.id: each for each in rules()}
    if rule.upper() not in known:
        raise UsageError(f"There is no rule “{rule}”: {nearest(rule.upper(), sorted(known))}")
    click.echo(told(known[rule.upper()]))


@hope.command()
@_issue_option
@click.option("--draft", is_flag=True, help="Build with DRAFT on every page, whatever blocks; not for the archive.")
@click.option("--quiet-month", "quiet", is_flag=True, help="Build an issue with nothing in it: a quiet month is valid.")
@_common
def build(issue: str | None, draft: bool, quiet: bool, root: Path | None, today: date | None) -> None:
    """Build the edition from the signed, approved items: e-mail, text, web pages and the archive."""
    from pipeline import checks, flow, report
    from pipeline.checks.formats import as_text

    room, (day, _) = _room(root), _now(today)
    key = issue or room.latest_issue(day)
    done = flow.build(room, key, day, draft=draft, quiet=quiet)
    if checks.blocks(done.findings) and not draft:
        click.echo(
            as_text(
                [f for f in done.findings if not f.waived],
                room.queue(key).text.splitlines(),
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
@_issue_option
@click.option("--draft", is_flag=True, help="Show the draft.")
@click.option("--port", type=int, default=0, help="Port to serve on; else any free one.")
@click.option("--no-browser", is_flag=True, help="Only serve, don't open a browser.")
@_common
def preview(issue: str | None, draft: bool, port: int, no_browser: bool, root: Path | None, today: date | None) -> None:
    """Serve the built pages on this machine and open them in the browser. Ctrl-C ends it."""
    from pipeline.preview import serve

    room, (day, _) = _room(root), _now(today)
    serve(room.folder, issue or room.latest_issue(day), draft=draft, port=port, browser=not no_browser)


@hope.command()
@click.argument("what", metavar="URL|ID")
@_common
def why(what: str, root: Path | None, today: date | None) -> None:
    """Explain why something was kept or left out: by address, DOI, PubMed or NCT number, guid or item id."""
    from pipeline import flow

    room, (day, _) = _room(root), _now(today)
    click.echo(flow.why(room, what, day))


@hope.command()
@click.argument("which", type=click.Choice(["queue"]), default="queue")
def schema(which: str) -> None:
    """Print the JSON Schema of the queue file, for editors that complete and check YAML."""
    from pipeline.report import schema as told

    click.echo(told(which))


@hope.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to make the demo newsroom; else a new folder.")
@click.option("--no-browser", is_flag=True, help="Don't open the result.")
def demo(folder: Path | None, no_browser: bool) -> None:
    """Run two fictional months from start to end, over real HTTP on this machine."""
    from pipeline.demo.run import run

    run(folder, browser=not no_browser and sys.stdout.isatty())


if __name__ == "__main__":
    main()
