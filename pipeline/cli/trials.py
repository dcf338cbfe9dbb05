"""The command that looks at trials."""

from __future__ import annotations

from datetime import date

import click

from pipeline.cli.command import Command, Day, Invocation, MonthType, format_option
from pipeline.errors import UsageError
from pipeline.model.names import Format


@click.command(cls=Command, issue=True)
@click.argument("number", nargs=-1, metavar="[history] [NUMBER]")
@click.option("--since", type=Day(), help="Only trials whose registry entry was updated on or after this date.")
@click.option("--changes", "of", type=MonthType(), metavar="MONTH", help="Show what changed for this issue.")
@click.option("--history", "past", metavar="NUMBER", help="Show one trial through all issues.")
@format_option(Format.TEXT, Format.CSV, Format.JSON)
@click.pass_obj
def trials(
    call: Invocation, number: tuple[str, ...], since: date | None, of: str | None, past: str | None, form: Format
) -> None:
    """Show tracked trials, what changed, or one trial's history.

    They are shown as the registries had them at the last gather, or at the gather for another issue (--issue).
    """
    from pipeline.flow.trials import Question, look_up
    from pipeline.report.trials import show

    if number[:1] == ("history",):
        past, number = past or "".join(number[1:2]), number[2:]
        if not past:
            raise UsageError("Name one trial, as in `hope trials history NCT01234567`.")
    if len(number) > 1:
        raise UsageError("Ask one thing at a time: hope trials NUMBER, --changes MONTH or --history NUMBER.")
    question = Question(issue=call.issue, since=since, number="".join(number) or None, changes_for=of, history_of=past)
    click.echo(show(look_up(call.newsroom, question), form))
