"""No date is promised and nobody is hurried.

Most treatments that enter trials never reach a pharmacy, and those that do need years; "around the corner" has been
said of many. Urgency is a seller's tool: real studies don't tell patients not to miss their chance. A plan may be
told as a plan, with the word that it can slip.

Source: Science Media Centre best practices (stage of research and a realistic time-frame); ISSCR patient handbook
(warning signs of unproven clinics); Yavchitz et al., PLoS Medicine 2012.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import countered, excused, urgent_care, warned
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_SOON = _PACK["soon"]
_PLANS = _PACK["plans"]
_SLIPS = re.compile(
    r"\b(?:slip|slips|fail|fails|change|changes|delay\w*|certain|guarantee|later|may not|might not)\b", re.IGNORECASE
)
_HURRY = _PACK["hurry"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on promised dates and on urgency."""
    for field, hit in hits(item, _SOON):
        yield remark(
            field,
            hit,
            "“{}” promises a time that nobody can know. Readers wait for it, or stop what helps them now.",
            "Say what step comes next and who plans it: “The company plans a larger study in 2027; dates can slip, and trials can fail.”",
        )
    for field, hit in hits(item, _PLANS, excuse=_may_slip):
        yield remark(
            field,
            hit,
            "“{}” is a plan, but readers take it as a fixed date.",
            "Add what can happen: “that date can slip, and the trial can fail”.",
            Severity.NOTE,
        )
    for field, hit in hits(item, _HURRY, excuse=_no_hurry):
        yield remark(
            field,
            hit,
            "“{}” rushes the reader. Urgency is a sales tool and a warning sign.",
            "Say what is open, where and to whom, and that there is time to ask: “Talk it over with your specialist first.”",
        )


def _may_slip(hit: Hit) -> bool:
    """Whether the plan is told as one: denied, or with what can become of it."""
    return excused(hit) or _SLIPS.search(f"{hit.after} {hit.following}") is not None


def _no_hurry(hit: Hit) -> bool:
    """Whether the words are warned of, set right or a name, or urge to call for help; a "don't" before them hurries all the same."""
    calm = re.search(r"\b(?:no|need to|have to|reason to) $", hit.before, re.IGNORECASE) is not None
    return calm or urgent_care(hit) or warned(hit) or named(hit) or countered(hit)


RULE = Rule(
    id="H09",
    name="timeline",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
