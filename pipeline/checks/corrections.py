"""A correction held against the standard: the words it changes as an item's are, its note as an opening is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.checks.engine import ALL, Choice, check
from pipeline.checks.load import find
from pipeline.checks.people.s01_sign_off import due
from pipeline.checks.rule import Context
from pipeline.checks.waivers import holds
from pipeline.model.correction import Correction, reworded
from pipeline.model.finding import Finding
from pipeline.model.item import Item, Queue
from pipeline.model.names import Severity, Status
from pipeline.model.settings import Newsletter
from pipeline.text import plain

_TRACES, _COUNTS = "N01", "N07"
"""The rules that hold numbers against what the source says, and counts of people against the item."""

At = Callable[[str], tuple[int, int]]
"""Where something of the correction stands in its file: `note`, `signed`, or the new words for a field of the item."""


def check_correction(
    correction: Correction, item: Item, context: Context, at: At, choice: Choice = ALL
) -> tuple[Finding, ...]:
    """Hold a correction of an item, as that read before, against the standard.

    Only what it changes is looked at, and what that makes wrong elsewhere.
    """
    old = replace(item, id="before", status=Status.APPROVED)
    new = replace(reworded(old, correction.words), id=correction.id, waive=(*item.waive, *correction.waive))
    queue = Queue(issue="correction", intro=correction.note, items=(new, old))
    texts = context.texts.get(item.id, ())
    context = replace(context, texts={new.id: texts, old.id: texts, "correction": texts})
    found = check(queue, context, choice=choice)
    known = {(f.rule, f.field, f.message) for f in found if f.item == old.id}
    changed = {each.field.partition("[")[0].partition(".")[0] for each in correction.words}

    def kept(finding: Finding) -> bool:
        if finding.item != new.id:
            return finding.field == "intro"
        name = finding.field.partition(".")[0]
        own = name in changed or (finding.rule, finding.field, finding.message) not in known
        return bool(correction.words) and own and name not in {"signed", "waive"}

    def placed(finding: Finding) -> Finding:
        of_note = finding.field == "intro"
        field = "note" if of_note else finding.field
        line, column = at(field)
        finding = _advised(_of_note(finding, correction, context) if of_note else finding)
        return replace(finding, item=correction.id, field=field, line=line, column=column)

    counted = {n for f in found if (f.rule, f.field) == (_COUNTS, "intro") for n in range(f.start, f.end)}
    once = [f for f in found if (f.rule, f.field) != (_TRACES, "intro") or counted.isdisjoint(range(f.start, f.end))]
    return tuple(map(placed, filter(kept, once)))


def _of_note(finding: Finding, correction: Correction, context: Context) -> Finding:
    """Say of a note what is said of an opening, which gives the numbers of a whole issue; waivers hold for it too."""
    if finding.rule == _COUNTS:
        said = correction.note[finding.start : finding.end]
        finding = replace(finding, message=f"“{said}” stands neither in the item nor in the words that correct it.")
    letter, waivable = context.config.newsletter, find(finding.rule).waivable
    for waiver in correction.waive if waivable else ():
        if waiver.rule == finding.rule and not waiver.span and holds(waiver, context.today, letter):
            return replace(finding, waived=True, waiver=plain(waiver.note or waiver.reason))
    return finding


def _advised(finding: Finding) -> Finding:
    """Advise what can be done: a correction puts facts right, and adds none."""
    if finding.rule not in {_TRACES, _COUNTS}:
        return finding
    way = f"If it is a slip, correct it. If it is right, say why: --waive {finding.rule} --reason “…” --as PERSON."
    return replace(finding, suggestion=way)


def muted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Let nothing block that is said of a correction which nobody has signed: it isn't printed anyway."""
    block, later = Severity.BLOCK, "This will block once the correction is signed."
    return tuple(
        replace(f, severity=Severity.NOTE, message=f"{f.message} {later}") if f.severity is block else f
        for f in findings
    )


def unsigned(correction: Correction, newsletter: Newsletter) -> tuple[Finding, ...]:
    """Say for each role who has to sign a correction yet: it waits until then, and holds up nothing."""
    rule = find("S01")
    remarks = due(correction.id, "this correction", correction.signed, correction.text_hash, newsletter)
    return tuple(
        Finding(
            rule=rule.id,
            name=rule.name,
            severity=Severity.WARN,
            item=correction.id,
            field=each.field,
            start=0,
            end=0,
            line=0,
            column=0,
            message=f"{each.why} It waits, and is printed nowhere until then.",
            suggestion=each.suggestion,
        )
        for each in remarks
    )
