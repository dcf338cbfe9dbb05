"""Every item carries a step of the evidence ladder.

Readers believe a treatment works better when a report hides that the study was in animals or had no comparison
(Boutron 2019: belief in benefit 7.5 against 5.8 of 10 for pre-clinical news). In 591 rated press releases, nothing said
on the quality of the evidence meant an unsatisfactory report in 9 of 10 cases. Where two signs conflict, the lower step
holds.

Source: HealthNewsReview.org criterion 4; Boutron et al., BMC Medicine 2019; GRADE.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._cases import DECISION, MICE, TRIAL, case, proven
from pipeline.checks._rule import Context, Rule
from pipeline.model.evidence import Comparison, Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_CHANCE = frozenset({Stage.PHASE_2_RCT, Stage.PHASE_3_RCT})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on evidence that is not placed, or placed higher than its comparison allows."""
    evidence = item.evidence
    if evidence.stage is Stage.UNCLEAR:
        yield Remark(
            field="evidence",
            why="The step of the evidence ladder isn't settled. It decides the sentence that tells readers how far to trust this.",
            suggestion="Set evidence.stage by the study's design, as case-report, phase-1 or phase-2-rct. In doubt, the lower one.",
        )
    if evidence.stage in _CHANCE and evidence.comparison is Comparison.NONE:
        yield Remark(
            field="evidence",
            why=f"“{evidence.stage}” says that chance decided who got what; “comparison: none” says that nobody did without.",
            suggestion="Look at the source. When it stays open, take the lower step.",
        )


RULE = Rule(
    id="E01",
    name="evidence-label",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        case(evidence=proven(stage=Stage.UNCLEAR)),
        case(TRIAL, evidence=proven(TRIAL, stage=Stage.UNCLEAR)),
        case(evidence=proven(stage=Stage.PHASE_2_RCT, comparison=Comparison.NONE)),
    ),
    good=(
        MICE,
        DECISION,
        case(evidence=proven(stage=Stage.COMMENTARY)),
        case(evidence=proven(stage=Stage.PHASE_3_RCT, comparison=Comparison.RANDOMISED)),
        case(evidence=proven(stage=Stage.PHASE_2_RCT, comparison=None)),
    ),
)
