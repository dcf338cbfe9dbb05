"""What a proof found, as findings of the same kind as the standard's: of an item where a fault stands in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.errors import Fault
from pipeline.model.costs import ItemCost, MailCosts
from pipeline.model.finding import Finding
from pipeline.model.names import Extent, Severity
from pipeline.model.settings import MailBounds
from pipeline.proof.origin import origin
from pipeline.proof.rules import Held, Ruling
from pipeline.text import count

_MOST = 5
"""Faults told of one rule: a template's mistake is often made a hundred times."""

_OURS = MailBounds()
_LONGEST = 3
"""Items that are named when the mail is too long."""


def findings(
    rulings: Sequence[Ruling],
    files: Mapping[str, bytes],
    own: Mapping[str, str],
    costs: MailCosts | None = None,
    most: MailBounds = _OURS,
) -> tuple[Finding, ...]:
    """Say what is not ok with a mail, in the order of the rules.

    `own` are the newsroom's own templates: a fault that one of them has made names it. With its `costs`, a fault
    within an item is a finding of that item, and what is over the bounds of `most` says what fills it.
    """
    html, items = files["email.html"].decode(), costs.items if costs else ()
    broken = (each for each in rulings if each.held is Held.NOT_OK)
    found = (each for ruling in broken for each in _of(ruling, html, own, items))
    return tuple(dict.fromkeys(_too_much(each, costs, most) if costs else each for each in found))


def _too_much(found: Finding, costs: MailCosts, most: MailBounds) -> Finding:
    """Say of a mail over its budget what fills it and what helps; other findings stay as they are."""
    if found.rule not in {"B1", "B2"} or costs.frame is None:
        return found
    shown = [each for each in costs.items if each.extent is not Extent.ONLINE]
    unit, has, may = ("bytes", costs.bytes, most.bytes) if found.rule == "B1" else ("words", costs.words, most.words)
    kept = sum((each.bytes if found.rule == "B1" else each.words) or 0 for each in shown)
    why = (
        f"The e-mail has {has:,} {unit}, {has - may:,} more than `mail: {unit}` allows, and all that may move is "
        f"online: {kept:,} {unit} belong to what never moves ({count(len(shown), 'item')}), {has - kept:,} to no item."
    )
    long = sorted((each for each in shown if not each.brief), key=lambda each: -(each.words or 0))[:_LONGEST]
    brief = f"write a `brief:` of 35 words at most for {', '.join(each.id for each in long)}, or " if long else ""
    return replace(found, message=why, suggestion=f"{brief}raise `mail: {unit}` in sources.yml.", file="email.html")


def _of(ruling: Ruling, html: str, own: Mapping[str, str], items: Sequence[ItemCost]) -> Iterator[Finding]:
    faults = list(dict.fromkeys(_once(ruling.faults)))
    for n, fault in enumerate(faults[:_MOST], 1):
        more = f" (And {len(faults) - n} more like that.)" if n == _MOST < len(faults) else ""
        template = origin(fault, html, own)
        item = next((i.id for i in items if i.lines and _in_html(fault) and i.lines[0] <= fault.line <= i.lines[1]), "")
        yield Finding(
            rule=ruling.rule,
            name=ruling.name,
            severity=Severity.WARN if ruling.warns else Severity.BLOCK,
            item=item or "the e-mail",
            field="",
            start=0,
            end=0,
            line=fault.line,
            column=0,
            message=f"{fault.path} {fault.message}.{f' It comes from {template}.' if template else ''}{more}".strip(),
            suggestion=ruling.remedy or f"`hope explain {ruling.rule}` says why this matters.",
            file=fault.file,
        )


def _in_html(fault: Fault) -> bool:
    """Whether it is a fault of an element: that of a header has the header's name."""
    return fault.path.startswith("<")


def _once(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Leave out a fault of the message's HTML that email.html has, too."""
    for fault in faults:
        beside = replace(fault, file="email.html") if _in_html(fault) else fault
        yield beside if beside in faults else fault
