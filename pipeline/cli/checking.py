"""Commands around the standard: check, explain."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.group import hope
from pipeline.cli.options import clock, common, issue_option, newsroom

if TYPE_CHECKING:
    from pipeline.model.finding import Finding
    from pipeline.store import Newsroom

_FORMATS = ("text", "json", "sarif", "rdjsonl")


@hope.command()
@issue_option
@click.option("--item", "items", multiple=True, metavar="ID", help="Only this item (can be repeated).")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule (can be repeated).")
@click.option("--all", "everything", is_flag=True, help="Look at items that are not approved too.")
@click.option("--strict", is_flag=True, help="Warnings count like blocks for the exit code.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--stats", is_flag=True, help="Count hits and waivers of each rule over all issues instead.")
@common
def check(
    issue: str | None,
    items: tuple[str, ...],
    rules: tuple[str, ...],
    everything: bool,
    strict: bool,
    form: str,
    stats: bool,
    root: Path | None,
    today: date | None,
) -> None:
    """Hold the approved items against the standard. Exit 1 when something blocks."""
    from pipeline import checks
    from pipeline.flow import check as flow
    from pipeline.model.names import Severity

    room, (day, _) = newsroom(root), clock(today)
    if stats:
        if issue or items or rules or everything or strict or form not in {"text", "json"}:
            raise click.UsageError("--stats counts over all issues; it goes with --format text or json alone.")
        click.echo(_counted(room, day, form))
        return
    key = issue or room.latest_issue(day)
    found = flow.check(room, key, day, items=items, rules=rules, everything=everything)
    click.echo(_shown(room, key, found, form), nl=bool(found) or form != "rdjsonl")
    if not found and form == "text":
        _hint(room, key, items)
    warned = strict and any(f.severity is Severity.WARN and not f.waived for f in found)
    sys.exit(1 if checks.blocks(found) or warned else 0)


@hope.command()
@click.argument("rule", metavar="RULE", required=False)
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
@click.option("--format", "form", type=click.Choice(("text", "markdown")), default="text", show_default=True)
@common
def explain(rule: str | None, everything: bool, form: str, root: Path | None, today: date | None) -> None:  # noqa: ARG001
    """Say why a rule exists, with good and bad examples."""
    from pipeline.checks import find, rules
    from pipeline.report import explain as report
    from pipeline.report import rules_page

    if (rule is None) is not everything:
        raise click.UsageError("Name one rule, as in `hope explain H01`, or say --all.")
    told = rules() if rule is None else (find(rule),)
    if form == "markdown":
        click.echo(rules_page.rules_page() if rule is None else rules_page.section(told[0]), nl=False)
    else:
        click.echo("\n\n\n".join(map(report.explain, told)))


def _shown(room: Newsroom, key: str, found: tuple[Finding, ...], form: str) -> str:
    from pipeline.report import exchange
    from pipeline.report import findings as formats

    queue = room.queue(key)
    if form == "json":
        return formats.as_json(found)
    if form == "sarif":
        return exchange.as_sarif(found, queue.name, queue.place)
    if form == "rdjsonl":
        return exchange.as_rdjsonl(found, queue.name, queue.place, queue.lines)
    colour = sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return formats.as_text(found, queue.lines, colour=colour)


def _counted(room: Newsroom, day: date, form: str) -> str:
    from pipeline.flow import check as flow
    from pipeline.report import stats

    found = flow.check_all(room, day, cores=os.cpu_count() or 1)
    told = stats.tally(found)
    return stats.as_json(told) if form == "json" else stats.as_table(told, len(found))


def _hint(room: Newsroom, key: str, items: tuple[str, ...]) -> None:
    """Say what was not looked at, so that silence isn't taken for a clean bill."""
    from pipeline.model.names import Status

    queue = room.queue(key)
    for item in (queue.queue.items[queue.index(each)] for each in items):
        if item.status is not Status.APPROVED:
            click.echo(
                f"{item.id} is {item.status}, so it was not looked at. `hope check --all` looks at it.", err=True
            )
    if not items and not any(i.status is Status.APPROVED for i in queue.queue.items):
        click.echo("No item is approved yet. `hope check --all` looks at all that has words.", err=True)
