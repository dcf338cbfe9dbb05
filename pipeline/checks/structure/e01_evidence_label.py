"""Every item has a step on the evidence ladder, no higher than its source allows.

Readers believe a treatment works better when a report hides that the study was in animals or had no comparison
(Boutron 2019: belief in benefit 7.5 against 5.8 of 10 for pre-clinical news). In 591 rated press releases, nothing
said on the quality of the evidence meant an unsatisfactory report in 9 of 10 cases. Where two signs conflict, the
lower step holds: an editor lowers it freely, and raises it above what was read from the source only with a reason,
which is a waiver with a note. The phase in a registry is what the sponsor told the authorities, and can't be
overruled: in 4 of 100 records that name a phase in their summary too, the two differ, as "1b/2a" from phase 1, and
the lower step is the safe one.

Source: HealthNewsReview.org criterion 4; Boutron et al., BMC Medicine 2019; GRADE; 1,195 registry records counted by
this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.evidence import Comparison, Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item, SourceText
from pipeline.model.names import Population, Severity, Tier

_CHANCE = frozenset({Stage.PHASE_2_RCT, Stage.PHASE_3_RCT})
_NOT_CHANCE = frozenset({Comparison.NONE, Comparison.CONTROLLED})
_NOT_PEOPLE = frozenset({Population.ANIMAL, Population.LAB})
_PHASE_LINE = re.compile(r"^phases?: (.+)$", re.MULTILINE)
_HIGHEST = {
    (1,): Stage.PHASE_1,
    (1, 2): Stage.PHASE_1_2,
    (2,): Stage.PHASE_2_RCT,
    (2, 3): Stage.PHASE_2_RCT,
}
"""The highest step a registry's phases allow; from phase 3 on, any study of people."""


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on evidence that is not placed, that contradicts itself, or that is placed above its source."""
    evidence = item.evidence
    if evidence.stage is Stage.UNCLEAR:
        yield _remark(
            (
                "The step on the evidence ladder isn't settled. It decides the sentence that tells readers "
                "how far to trust this."
            ),
            "Set evidence.stage by the study's design (case-report, phase-1 …). If in doubt, choose the lower step.",
        )
    yield from _contradictions(item)
    yield from _raised(item, context)
    yield from _title_alone(item, context)
    yield from _against_registry(item, context)


def _contradictions(item: Item) -> Iterable[Remark]:
    """Remark on a step that the item's own fields speak against."""
    evidence, stage = item.evidence, item.evidence.stage
    if stage in _CHANCE and evidence.comparison in _NOT_CHANCE:
        without = (
            "there was no comparison group"
            if evidence.comparison is Comparison.NONE
            else "the groups were formed in another way"
        )
        yield _remark(
            (
                f"“{stage}” says that chance decided who got what; “comparison: {evidence.comparison}” says "
                f"that {without}."
            ),
            "Check the source. If it is still unclear, choose the lower step.",
        )
    if stage.treats_people and item.about.population in _NOT_PEOPLE:
        yield _remark(
            f"“{stage}” is a study of people; “population: {item.about.population}” says that none were treated.",
            "If it was done in animals or cells, the step is preclinical, and the headline must say so.",
        )
    if stage is Stage.CASE_REPORT and (evidence.participants or 0) > 1:
        yield _remark(
            f"A case report is about one person, but “participants: {evidence.participants}” says there were more.",
            "Several people without a comparison group are a case-series.",
        )


def _raised(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a step above the one that was read from the source."""
    kept = context.texts.get(item.id, ())
    found = next((text.stage for text in kept if text.stage is not None), None)
    if (
        found is None
        or not (found.treats_people or found is Stage.PRECLINICAL)
        or not item.evidence.stage.treats_people
    ):
        return
    if (item.evidence.stage.rank or 0) > (found.rank or 0):
        yield _remark(
            (
                f"“{item.evidence.stage}” is a higher step than “{found}”, which was read from the source when "
                "it was gathered."
            ),
            "Choose the lower step; or, if the source shows more, waive E01 and quote its words in the note.",
        )


def _title_alone(item: Item, context: Context) -> Iterable[Remark]:
    """Warn of a study that was judged by its title, as no source gave more."""
    kept = context.texts.get(item.id, ())
    if item.trial is None and item.evidence.stage.treats_people and kept and all(_no_more(text) for text in kept):
        yield Remark(
            field="evidence",
            why="Only the title was read: no source of this item gave a text. A title seldom says how many took part, "
            "for how long, and compared with what.",
            suggestion="Open the source, and fill in evidence from its abstract.",
            severity=Severity.WARN,
        )


def _no_more(text: SourceText) -> bool:
    return text.text.strip() == text.title.strip()


def _against_registry(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a step above the phase that a registry gives."""
    said = _phases(item, context)
    highest = [_HIGHEST.get(tuple(sorted({int(n) for n in re.findall(r"[1-4]", each)}))) for each in said]
    stage = item.evidence.stage
    # A review adds up studies of several phases; the highest of several records counts, and one without sets no limit.
    if not highest or None in highest or stage is Stage.SYSTEMATIC_REVIEW or not stage.treats_people:
        return
    top = max((each for each in highest if each is not None), key=lambda each: each.rank or 0)
    if (stage.rank or 0) > (top.rank or 0):
        yield Remark(
            field="trial" if item.trial else "source",
            why=f"The registry says “{', '.join(said)}”, but evidence.stage says “{stage}”. A registry's "
            "phase can't be overruled.",
            suggestion=f"Set evidence.stage to {top}, or lower.",
        )


def _phases(item: Item, context: Context) -> tuple[str, ...]:
    """What registries give as phase: of the item's own trial, and of each registry among its sources."""
    said = [item.trial.phase] if item.trial and item.trial.phase else []
    for text in context.texts.get(item.id, ()):
        source = context.config.source(text.source)
        if source is not None and source.tier is Tier.REGISTRY:
            said += _PHASE_LINE.findall(text.text)
    return tuple(dict.fromkeys(said))


def _remark(why: str, suggestion: str) -> Remark:
    return Remark(field="evidence", why=why, suggestion=suggestion)


RULE = Rule(
    id="E01",
    name="evidence-label",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    final_in=frozenset({"trial", "source"}),
)
