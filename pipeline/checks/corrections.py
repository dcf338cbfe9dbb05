"""A correction held against the standard: the words it changes as an item's are, its note as an opening is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.checks.engine import ALL, Choice, check
from pipeline.checks.load import find
from pipeline.checks.people.s01_sign_off import due
from pipeline.checks.rule import Context
from pipeline.model.correction import Correction, reworded
from pipeline.model.finding import Finding
from pipeline.model.item import Item, Queue
from pipeline.model.names import Severity, Status
from pipeline.model.settings import Newsletter

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
        field = "note" if finding.field == "intro" else finding.field
        line, column = at(field)
        return replace(finding, item=correction.id, field=field, line=line, column=column)

    return tuple(map(placed, filter(kept, found)))


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
