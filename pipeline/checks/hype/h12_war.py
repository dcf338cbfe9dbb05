"""No war, and no making things worse than they are.

"Killer disease", "ravaged", "ticking time bomb" frighten people who live with the disease; "battle" and "brave
fighters" tell those whose disease comes back that they fought too little. That the immune system fights infections, or
attacks the body's own tissue, is plain language and stays.

Source: HealthNewsReview.org criterion 5 (disease-mongering); AMA Manual of Style (person-first, no combat); Hauser and
Schwarz, Personality and Social Psychology Bulletin 2015 (war metaphors).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import Hit
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["war"]
_OTHER = re.compile(r"\b(?:infections?|germs?|virus(?:es)?|bacteria|microbes?|colds?|flu|pathogens?)\b", re.IGNORECASE)
_PLAINLY = re.compile(r"^(?:fight|combat|fought|battle)", re.IGNORECASE)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on war metaphors and on frightening words."""
    for field, hit in hits(item, _PATTERN, excuse=_no_war):
        if not _plain(hit):
            yield remark(
                field,
                hit,
                "“{}” frightens people, or turns an illness into a war that someone can lose.",
                "Say it plainly: “a disease that can be life-threatening”, “living with lupus”, “another treatment”.",
            )


def _no_war(hit: Hit) -> bool:
    """Whether the context excuses the words; whoever "refuses to lose her battle" still fights one."""
    return excused(hit) and re.search(r"\brefus\w+ to $", hit.before, re.IGNORECASE) is None


def _plain(hit: Hit) -> bool:
    """Whether it is the immune system that fights a germ."""
    return _PLAINLY.match(hit.text) is not None and _OTHER.search(hit.after[:40]) is not None


RULE = Rule(
    id="H12",
    name="war",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
