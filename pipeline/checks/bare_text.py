"""The language rules run on a bare text: for measuring them, and for texts that are no item."""

from __future__ import annotations

from pipeline.checks.cases import CONTEXT
from pipeline.checks.load import all_rules
from pipeline.checks.rule import Raised
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Section, Severity, Status

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}
# These read words too: "in remission" without a time, a preprint server unexplained, a seller's words.
_ALSO = frozenset({"E03", "E11", "S03"})


def prose_findings(
    text: str, scope: str = "summary", *, stage: Stage = Stage.UNCLEAR, participants: int | None = None
) -> tuple[Raised, ...]:
    """Run the language rules (H01 to H18, and the words of E03, E11 and S03) on a text as if it stood in a field of an item.

    `scope` is a field's name. At most one remark a span comes back, the weightiest, in the order of the text.
    """
    if scope not in WORDS:
        raise ValueError(f"{scope} is none of {', '.join(WORDS)}")
    item = Item(
        id="text/text",
        status=Status.APPROVED,
        section=Section.RESEARCH,
        title="",
        source="",
        evidence=Evidence(stage=stage, participants=participants),
        **{scope: text},  # type: ignore[arg-type]
    )
    raised = [
        Raised(rule, found)
        for rule in all_rules()
        if rule.id[0] == "H" or rule.id in _ALSO
        for found in rule.check(item, CONTEXT)
        if found.field == scope and found.end > found.start
    ]
    return tuple(sorted(_apart(raised), key=lambda r: (r.remark.start, r.rule.id)))


def severity(raised: Raised) -> Severity:
    """How heavy a remark is: its own weight, or its rule's."""
    return raised.remark.severity or raised.rule.severity


def _apart(raised: list[Raised]) -> list[Raised]:
    taken: set[int] = set()
    kept = []
    for one in sorted(raised, key=lambda r: (_WEIGHT[severity(r)], r.remark.start - r.remark.end, r.rule.id)):
        span = range(one.remark.start, one.remark.end)
        if taken.isdisjoint(span):
            kept.append(one)
            taken.update(span)
    return kept
