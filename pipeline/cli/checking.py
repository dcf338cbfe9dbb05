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
@click.option("--item", "items", multiple=True, metavar="ID", help="Check only this item (repeatable).")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Apply only this rule (repeatable).")
@click.option("--all", "everything", is_flag=True, help="Include items that are not approved yet.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@format_option(Format.TEXT, Format.JSON, Format.SARIF, Format.RDJSONL)
@click.option("--archive", is_flag=True, help="Check that all built issues are as they were built and signed instead.")
@click.option("--stats", is_flag=True, help="Show hits and waivers for each rule across all issues instead.")
@click.pass_obj
def check(
    call: Invocation,
    items: tuple[str, ...],
    rules: tuple[str, ...],
    everything: bool,
    strict: bool,
    form: Format,
    archive: bool,
    stats: bool,
) -> None:
    """Check the approved items against the standard.

    Exits with 1 if anything blocks.
    """
    from pipeline import checks
    from pipeline.flow.check import check as flow
    from pipeline.report.formats import FINDINGS, Listing

    if stats or archive:
        if call.issue or items or rules or everything or strict or (stats and archive):
            raise click.UsageError(
                "--stats and --archive cover all issues; neither can be combined with other options."
            )
        return _stats(call, form) if stats else _archive(call)
    newsroom = call.newsroom
    choice = checks.Choice(rules=frozenset(rules) or None, items=frozenset(items) or None, everything=everything)
    done = flow(newsroom, call.latest_issue(newsroom), call.today, choice)
    colour = sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = FINDINGS[form](Listing(done, colour=colour))
    click.echo(text, nl=bool(text))
    say_idle(done)
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
    """Say why a rule exists, with good and bad examples.

    Rules of the standard have two digits (H03), those of the proof of the e-mail no zero (H3).
    """
    from pipeline.flow.explain import explain as flow
    from pipeline.report.rules_page import RULES

    if (rule is None) is not everything:
        raise click.UsageError("Name one rule, as in `hope explain H01`, or use --all.")
    click.echo(RULES[form](flow(rule)), nl=form is Format.TEXT)


def _stats(call: Invocation, form: Format) -> None:
    from pipeline.flow.archive_check import check_all
    from pipeline.report.formats import TALLIES

    if form not in TALLIES:
        raise click.UsageError("--stats covers all issues; it can only be combined with --format text or json.")
    click.echo(TALLIES[form](check_all(call.newsroom, call.today, cores=os.cpu_count() or 1)))


def say_idle(done: Checked) -> None:
    """Say which templates of the newsroom's own are never used, and where our own sentences are in English."""
    for file, name in done.idle_words:
        remark(f"templates/{file} sets {name}, which nothing prints: see the program's own {file} for its name now.")
    if done.unspoken:
        from pipeline.language.catalog import catalogs

        remark(
            f"sources.yml: there is no catalog for the language “{done.unspoken}”, so the program's own sentences are "
            f"in English and marked as such. There are catalogs for: {', '.join(catalogs())}. A words.txt of your own "
            "can say them, and CONTRIBUTING.md has how to add a language."
        )
    for name, hint in done.idle:
        meant = f"{hint[:1].upper()}{hint[1:]}" if hint.startswith("did you mean") else "See the program's `templates`."
        remark(f"templates/{name} is used nowhere: no template that came with the program has its name. {meant}")


def _archive(call: Invocation) -> None:
    from pipeline.flow.archive_check import hold_to_seals
    from pipeline.flow.search import remark_on, state_of
    from pipeline.report.screens import archive_held

    newsroom = call.newsroom
    held = hold_to_seals(newsroom)
    if said := remark_on(state_of(newsroom, newsroom.site.search)):
        remark(said)
    for key in held.unsealed:
        remark(f"outbox/{key}/issue.json has no seal: its manifest.json is gone or broken, or an old version built it.")
    click.echo(archive_held(held))


def _say_what_was_passed_over(done: Checked) -> None:
    """Say what was not looked at, so that silence isn't taken for a clean bill."""
    for item in done.passed_over:
        remark(f"{item.id} is {item.status}, so it was not checked. `hope check --all` includes it.")
    if done.nothing_approved:
        remark("No item is approved yet. `hope check --all` checks everything that has words.")
