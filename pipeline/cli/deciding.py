"""Commands by which editors decide and answer for it: approve, hold, reject, pend, accept, sign."""

from __future__ import annotations

import click

from pipeline.cli.command import Command, Invocation, choosing, remark
from pipeline.model.names import Group, Section, Status

_UNDO = {
    Status.PENDING: "pend",
    Status.APPROVED: "approve",
    Status.HOLD: "hold",
    Status.REJECTED: "reject --reason …",
}


def _decision(name: str, status: Status, what: str) -> click.Command:
    """Make the command that gives items a status."""

    @click.command(name, cls=Command, issue=True, help=what)
    @choosing
    @click.option("--reason", required=status is Status.REJECTED, help="Why; kept with the item.")
    @click.pass_obj
    def command(
        call: Invocation, ids: tuple[str, ...], group: Group | None, section: Section | None, reason: str | None
    ) -> None:
        from pipeline.flow.decide import decide
        from pipeline.flow.select import Selection

        newsroom = call.newsroom
        selection = Selection(ids=ids, group=group, section=section)
        for each in decide(newsroom, call.open_issue(newsroom), selection, status, reason):
            if each.before is each.after:
                click.echo(f"{each.item}: {each.after} as before")
            else:
                click.echo(f"{each.item}: {each.before} -> {each.after}")
                remark(f"  To undo: hope {_UNDO[each.before]} {each.item}")

    return command


approve = _decision(
    "approve", Status.APPROVED, "Approve items for printing. They still need their words and sign-offs."
)
hold = _decision("hold", Status.HOLD, "Put items on hold: they come along into the next issue, with every word.")
reject = _decision("reject", Status.REJECTED, "Reject items, with a reason. They don't come back.")
pend = _decision("pend", Status.PENDING, "Take a decision back: items are pending again.")


@click.command(cls=Command, issue=True)
@click.option("--undo", is_flag=True, help="Take it back: empty the fields that still hold the draft's words.")
@choosing
@click.pass_obj
def accept(call: Invocation, ids: tuple[str, ...], undo: bool, group: Group | None, section: Section | None) -> None:
    """Take over the drafts of trial items as your own words, where you have written none.

    A draft is made of registry fields alone. Read it first: what you accept is what you sign.
    """
    from pipeline.flow.accept import accept as flow
    from pipeline.flow.select import Selection

    newsroom = call.newsroom
    selection = Selection(ids=ids, group=group, section=section)
    done = flow(newsroom, call.open_issue(newsroom), selection, undo=undo)
    for each in done:
        how = "emptied" if undo else "taken from the draft"
        click.echo(f"{each.item}: " + (f"{', '.join(each.fields)} {how}" if each.fields else "nothing to do"))
    if not undo:
        remark(f"  To undo: hope accept --undo {' '.join(each.item for each in done)}")


@click.command(cls=Command, issue=True)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--as", "person", required=True, metavar="PERSON", help="Who signs: a key of people in sources.yml.")
@click.option("--role", help="In which role, when the person has several.")
@click.option("--checked", help="What was checked: “harms and numbers”.")
@click.pass_obj
def sign(call: Invocation, ids: tuple[str, ...], person: str, role: str | None, checked: str | None) -> None:
    """Sign items as a named person. A sign-off is bound to the exact text and falls when it changes.

    The id “intro” is the opening, this month in three sentences, which is signed as items are.
    """
    from pipeline.flow.sign import Signatory
    from pipeline.flow.sign import sign as flow

    newsroom = call.newsroom
    signatory = Signatory(person=person, role=role, checked=checked)
    for each in flow(newsroom, call.open_issue(newsroom), ids, signatory, call.today):
        by = "signed by" if each.new else "was signed by"
        click.echo(f"{each.item}: {by} {each.person} as {each.role} ({each.text[:14]}…)")
