"""Commands around the standard: check, explain."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.command import Command, Invocation, format_option, remark
from pipeline.model.names import Format, Severity

if TYPE_CHECKING:
    from pipeline.flow.check import Checked


@click.command(cls=Command, issue=True)
@click.option("--item", "items", multiple=True, metavar="ID", help="Only this item (can be repeated).")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule (can be repeated).")
@click.option("--all", "everything", is_flag=True, help="Look at items that are not approved too.")
@click.option("--strict", is_flag=True, help="Warnings count like blocks for the exit code.")
@format_option(Format.TEXT, Format.JSON, Format.SARIF, Format.RDJSONL)
@click.option("--stats", is_flag=True, help="Count hits and waivers of each rule over all issues instead.")
@click.pass_obj
def check(
    call: Invocation,
    items: tuple[str, ...],
    rules: tuple[str, ...],
    everything: bool,
    strict: bool,
    form: Format,
    stats: bool,
) -> None:
    """Hold the approved items against the standard. Exit 1 when something blocks."""
    from pipeline import checks
    from pipeline.flow.check import check as flow
    from pipeline.report.formats import FINDINGS, Listing

    if stats:
        if call.issue or items or rules or everything or strict:
            raise click.UsageError("--stats counts over all issues; it goes with --format text or json alone.")
        _stats(call, form)
        return
    newsroom = call.newsroom
    choice = checks.Choice(rules=frozenset(rules) or None, items=frozenset(items) or None, everything=everything)
    done = flow(newsroom, call.latest_issue(newsroom), call.today, choice)
    colour = sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = FINDINGS[form](Listing(done, colour=colour))
    click.echo(text, nl=bool(text))
    if not done.findings and form is Format.TEXT:
        _say_what_was_passed_over(done)
    warned = strict and any(f.severity is Severity.WARN and not f.waived for f in done.findings)
    sys.exit(1 if checks.blocks(done.findings) or warned else 0)


@click.command(cls=Command)
@click.argument("rule", metavar="RULE", required=False)
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
@format_option(Format.TEXT, Format.MARKDOWN)
@click.pass_obj
def explain(_: Invocation, rule: str | None, everything: bool, form: Format) -> None:
    """Say why a rule exists, with good and bad examples."""
    from pipeline.flow.explain import explain as flow
    from pipeline.report.formats import RULES

    if (rule is None) is not everything:
        raise click.UsageError("Name one rule, as in `hope explain H01`, or say --all.")
    click.echo(RULES[form](flow(rule)), nl=form is Format.TEXT)


def _stats(call: Invocation, form: Format) -> None:
    from pipeline.flow.archive_check import check_all
    from pipeline.report.formats import TALLIES

    if form not in TALLIES:
        raise click.UsageError("--stats counts over all issues; it goes with --format text or json alone.")
    click.echo(TALLIES[form](check_all(call.newsroom, call.today, cores=os.cpu_count() or 1)))


def _say_what_was_passed_over(done: Checked) -> None:
    """Say what was not looked at, so that silence isn't taken for a clean bill."""
    for item in done.passed_over:
        remark(f"{item.id} is {item.status}, so it was not looked at. `hope check --all` looks at it.")
    if done.nothing_approved:
        remark("No item is approved yet. `hope check --all` looks at all that has words.")
