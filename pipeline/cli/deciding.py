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
    @click.option("--reason", required=status is Status.REJECTED, help="The reason, which is kept with the item.")
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
                click.echo(f"{each.item}: {each.after} (no change)")
            else:
                click.echo(f"{each.item}: {each.before} -> {each.after}")
                remark(f"  To undo: hope {_UNDO[each.before]} {each.item}")

    return command


approve = _decision(
    "approve", Status.APPROVED, "Approve items for printing. They still need their words and sign-offs."
)
hold = _decision("hold", Status.HOLD, "Put items on hold: they move to the next issue, words and all.")
reject = _decision("reject", Status.REJECTED, "Reject items, with a reason. They don't come back.")
pend = _decision("pend", Status.PENDING, "Undo a decision: the items are pending again.")


@click.command(cls=Command, issue=True)
@click.option("--undo", is_flag=True, help="Undo: empty the fields that still hold the draft's words.")
@choosing
@click.pass_obj
def accept(call: Invocation, ids: tuple[str, ...], undo: bool, group: Group | None, section: Section | None) -> None:
    """Adopt the drafts of trial items as your own words.

    Only fields that you left empty are filled. A draft is made from registry data alone. Read it first: what you
    accept is what you sign.
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
@click.option(
    "--as", "person", required=True, metavar="PERSON", help="Who is signing: a key under “people” in sources.yml."
)
@click.option("--role", help="The role they sign in, if they have several.")
@click.option("--checked", help="What they checked, such as “harms and numbers”.")
@click.pass_obj
def sign(call: Invocation, ids: tuple[str, ...], person: str, role: str | None, checked: str | None) -> None:
    """Sign items as a named person.

    A sign-off covers the exact text: when the text changes, it no longer counts. The id “intro” stands for the
    opening, “this month in three sentences”.
    """
    from pipeline.flow.sign import Signatory
    from pipeline.flow.sign import sign as flow

    newsroom = call.newsroom
    signatory = Signatory(person=person, role=role, checked=checked)
    for each in flow(newsroom, call.open_issue(newsroom), ids, signatory, call.today):
        by = "signed by" if each.new else "already signed by"
        click.echo(f"{each.item}: {by} {each.person} as {each.role} ({each.text[:14]}…)")
