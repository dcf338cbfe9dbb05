"""A study in animals or cells says so in its headline.

Most readers see only the headline. When a press release turned an animal study into news on people, the odds that
the news did too were 56 times higher (Sumner 2014); 67 of 258 releases on non-human studies concluded on people. "CAR-T
cells" in a headline doesn't say that the study was done in cells.

Source: Sumner et al., BMJ 2014; figures of its open coding, counted by this project.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing
from pipeline.language.normalise import plain_punctuation
from pipeline.language.phrase_list import pack
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Population, Severity

_PACK = pack(__name__)
_SAID = _PACK["said"]
_NOT_PEOPLE = frozenset({Population.ANIMAL, Population.LAB})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a headline that lets a study in animals or cells pass for one in people."""
    stage, population = item.evidence.stage, item.about.population
    apart = stage is Stage.PRECLINICAL or (population in _NOT_PEOPLE and not stage.treats_people)
    if not apart or missing(item.headline) or _SAID.stands(plain_punctuation(item.headline or "")):
        return
    lab = population is Population.LAB
    yield Remark(
        field="headline",
        end=len(item.headline or ""),
        why="The study was not done in people, and the headline doesn't say so.",
        suggestion="Begin with it: “In cells in the lab, …”."
        if lab
        else "Begin with it: “In mice, …”, or whichever animal it was.",
    )


RULE = Rule(
    id="E10",
    name="animal-in-title",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
