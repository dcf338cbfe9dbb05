"""Corrections as text: one that was just written, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.flow.correct import CorrectedItem, KnownCorrection
from pipeline.report.findings import as_text
from pipeline.text import clip

_WIDTH = 80


def corrected(done: CorrectedItem) -> str:
    """Say what was written and who has to sign it; or what the standard has against it."""
    found = [f for f in done.findings if not f.waived]
    remarks = [as_text(found, (), colour=False), ""] if found else []
    if not done.written:
        return "\n".join(remarks).rstrip()
    each = done.correction
    rows = [f"{each.id}: written, of {each.of} ({each.kind}). It waits to be signed."]
    rows += [
        row for words in each.words for row in (f"  {words.field}", f"    was: {words.was}", f"    now: {words.now}")
    ]
    return "\n".join([*remarks, *rows, f"Next: hope sign {each.id} --as PERSON"])


def listed(known: Iterable[KnownCorrection]) -> str:
    """List all corrections, newest last: what each is, of which item, and where it stands."""
    return "\n".join(row for each in known for row in _rows(each)) or "Nothing was corrected so far."


def _rows(each: KnownCorrection) -> tuple[str, ...]:
    said = each.correction
    state = (
        f"told in {each.issue}"
        if each.issue
        else "its item is printed no more, so nothing tells it"
        if each.gone
        else "waits to be signed"
        if each.waits
        else "signed; the next issue tells it"
    )
    return (
        f"{said.id}: {said.kind}, {state}",
        f"  of {said.of}" + (f" ({', '.join(words.field for words in said.words)})" if said.words else ""),
        f"  {clip(said.note, _WIDTH - 2)}",
        *(f"  {waits.message.partition('. ')[0]}." for waits in each.waits),
    )
