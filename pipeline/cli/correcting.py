"""The command by which editors correct what was printed: correct."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.command import Command, Invocation, OneOf, remark
from pipeline.model.names import CorrectionKind

if TYPE_CHECKING:
    from pipeline.flow.correct import Wanted
    from pipeline.model.item import Waiver


@click.command(cls=Command)
@click.argument("item", required=False, metavar="ITEM")
@click.option("--kind", type=OneOf(CorrectionKind), help="Wrong, unclear, out of date, or taken back.")
@click.option("--note", help="What was wrong, in a sentence or two: the first words that readers see.")
@click.option("--field", "fields", multiple=True, help="A field with wrong words, such as headline (repeatable).")
@click.option("--now", "words", multiple=True, help="The right words for that field (one for each --field).")
@click.option(
    "--waive", "waived", multiple=True, metavar="RULE", help="Overrule a rule that is wrong here (repeatable)."
)
@click.option("--reason", "reasons", multiple=True, help="Why, in a sentence (one for each --waive).")
@click.option("--as", "person", metavar="PERSON", help="Who overrules it: a key under “people” in sources.yml.")
@click.option("--list", "listing", is_flag=True, help="List all corrections, and what they wait for.")
@click.option("--undo", metavar="ID", help="Take back a correction that nobody has signed.")
@click.pass_obj
def correct(
    call: Invocation,
    /,
    item: str | None,
    kind: CorrectionKind | None,
    note: str | None,
    fields: tuple[str, ...],
    words: tuple[str, ...],
    listing: bool,
    undo: str | None,
    **waivers: Any,
) -> None:
    """Correct an item that was printed, openly.

    ITEM is its id, the end of its id, or its web address. The correction is checked as an item is, waits in
    outbox/corrections.yml until it is signed (`hope sign ID`), and is then printed on the item's page, on the
    corrections page, in the feed, and in the next issue.
    """
    from pipeline.flow import correct as flow
    from pipeline.report.corrections import listed

    said = kind or note or fields or words or any(waivers.values())
    if sum([item is not None, listing, undo is not None]) != 1 or (item is None and said):
        raise click.UsageError("Name the item with --kind and --note; or use --list, or --undo ID.")
    if listing:
        click.echo(listed(flow.listed(call.newsroom)))
    elif undo is not None:
        click.echo(f"{flow.undo(call.newsroom, undo).id}: taken back")
    elif kind is None or note is None:
        raise click.UsageError(
            f"Say what it is with --kind {'|'.join(CorrectionKind)}, and what was wrong with --note."
        )
    elif len(fields) != len(words):
        raise click.UsageError("Each --field needs its --now, and each --now its --field.")
    else:
        pairs = tuple(zip(fields, words, strict=True))
        _write(call, str(item), flow.Wanted(kind=kind, note=note, words=pairs, waive=_waive(**waivers)))


def _waive(waived: tuple[str, ...], reasons: tuple[str, ...], person: str | None) -> tuple[Waiver, ...]:
    if len(waived) != len(reasons) or (person and not waived):
        raise click.UsageError(
            "Each --waive needs its --reason, each --reason its --waive, and all of them --as PERSON."
        )
    from pipeline.model.item import Waiver

    pairs = zip(waived, reasons, strict=True)
    return tuple(Waiver(rule=rule, reason="other", note=why, by=person) for rule, why in pairs)


def _write(call: Invocation, item: str, wanted: Wanted) -> None:
    """Write the correction and say so; exit 1 where the standard refuses it."""
    from pipeline.flow import correct as flow
    from pipeline.report.corrections import corrected

    done = flow.correct(call.newsroom, item, wanted, call.today)
    click.echo(corrected(done))
    if not done.written:
        remark("Nothing was written: mend the words first.")
        sys.exit(1)
    remark(f"  To undo: hope correct --undo {done.correction.id}")
