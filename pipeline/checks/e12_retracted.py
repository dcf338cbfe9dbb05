"""A withdrawn paper can't be printed, except as the news that it was withdrawn.

Retracted work goes on being read and cited for years. Here it would go to people who weigh a treatment by it. An
expression of concern, a correction or a change since the words were written asks for a second look.

Source: COPE retraction guidelines; Crossref Crossmark and PubMed retraction notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import WITHDRAWN, case, proven
from pipeline.checks._rule import Context, Rule
from pipeline.model.evidence import Flag, Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item, Notice
from pipeline.model.names import Section, Severity

_TITLE = re.compile(r"\W*(?:retracted(?: (?:article|paper))?|withdrawn|retraction(?: note)?)\W*[:\])]", re.IGNORECASE)
_GONE = frozenset({"retracted", "retraction", "withdrawn", "withdrawal", "removed"})
_LOOK = {
    "expression-of-concern": "The journal has said that it has concerns about this paper.",
    "corrected": "The paper was corrected after it came out.",
    "changed": "The source changed after this was gathered.",
}
_FLAGS = {Flag.CONCERN: "expression-of-concern", Flag.CORRECTED: "corrected"}


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a source that was withdrawn, doubted, corrected or changed."""
    news = item.section is Section.SAFETY or item.evidence.stage is Stage.RETRACTION
    field = _gone(item)
    if field and not news:
        yield Remark(
            field=field,
            why="The paper behind this has been withdrawn. What it said can no longer be relied on.",
            suggestion="Reject the item, or tell the withdrawal itself as safety news: what was said, what is known now.",
        )
    told = {n.kind: (f"notices.{at}", n) for at, n in enumerate(item.notices)} | {
        kind: ("evidence", None)
        for flag, kind in _FLAGS.items()
        if flag in item.evidence.flags and not _noticed(item, kind)
    }
    for kind, (where, notice) in told.items():
        if kind in _LOOK:
            yield Remark(
                field=where, severity=Severity.WARN, why=_LOOK[kind] + _details(notice), suggestion=_way_out(kind)
            )


def _gone(item: Item) -> str | None:
    """Name the field that tells of a withdrawal."""
    for at, notice in enumerate(item.notices):
        if notice.kind in _GONE:
            return f"notices.{at}"
    if Flag.RETRACTED in item.evidence.flags:
        return "evidence"
    return "title" if _TITLE.match(item.title) else None


def _noticed(item: Item, kind: str) -> bool:
    return any(n.kind == kind for n in item.notices)


def _details(notice: Notice | None) -> str:
    if notice is None:
        return ""
    on = f" On {notice.on}." if notice.on else ""
    return f"{on} “{notice.text}”" if notice.text else on


def _way_out(kind: str) -> str:
    if kind == "expression-of-concern":
        return "Hold it until the journal has decided, or say in not_known that the journal has doubts, and why."
    return "Read the new version against our words; number by number. Then sign again."


RULE = Rule(
    id="E12",
    name="retracted",
    severity=Severity.BLOCK,
    check=check,
    waivable=False,
    bad=(
        case(evidence=proven(flags=(Flag.RETRACTED,))),
        case(notices=(Notice(kind="retracted", on="2026-11-02"),)),
        case(title="RETRACTED: Selonib in arthritis"),
        case(evidence=proven(flags=(Flag.CONCERN,))),
        case(notices=(Notice(kind="changed", text="status: RECRUITING -> TERMINATED"),)),
        case(notices=(Notice(kind="corrected"),)),
    ),
    good=(
        WITHDRAWN,
        case(WITHDRAWN, evidence=proven(stage=Stage.RETRACTION, flags=(Flag.RETRACTED,))),
        case(title="Retraction of the lung and late infection after CAR-T"),
        case(title="Study withdrawn before anyone joined"),
    ),
)
