"""Every item says what is not known.

How long, for whom, what later: the open questions of a young field are the part of the news that keeps a reader from
deciding too early. "More research is needed" holds for everything and says nothing. Saying them costs no readers (Sumner 2016: caveats in press releases did not cut their uptake).

Source: CDC Clear Communication Index (what experts know and don't know); Sumner et al., PLOS ONE 2016.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import fold, missing
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_MUCH = (
    r"(?:(?:a )?lots?|much|many|several|some|a few|various|all (?:sorts|kinds) of|(?:very |quite |so )?(?:much|many)|"
    r"most)(?:(?: (?:open|unanswered|unsolved))? (?:things|questions|details|points|issues|unknowns))?"
)
_NOTHING = re.compile(
    r"nothing(?: (?:is|was|remains))?(?: (?:open|unknown|known))?|not (?:known|reported|stated|given|clear)|unclear|"
    r"none (?:known|reported)|(?:nobody|no one) knows(?: yet)?|"
    r"(?:there are )?no (?:open |further )?questions?(?: (?:remain|are open|left))?|(?:everything|all)(?: (?:is|"
    r"has been|was))?(?: now)?(?: (?:known|clear|settled|said|answered|fine|open|unknown|explained))?(?: now)?|"
    rf"(?:there (?:is|are) (?:still )?)?{_MUCH}(?: (?:is|are|remains?|stays?))?(?: (?:still|yet|as yet))?(?: (?:not|"
    r"to be))?(?: (?:open|unknown|unclear|unanswered|known|to be learned|learned|unsettled|uncertain))?(?: yet)?|"
    r"(?:open )?questions remain(?: open)?|"
    r"(?:only )?(?:time|the future|history) (?:will|must|has to) (?:tell|show)|(?:that |this |"
    r"it )?remains? to be seen|(?:we|doctors|researchers) (?:will|must|shall|have to) (?:wait and )?see|"
    r"it is (?:too )?early(?: days)?|early days|watch this space|"
    r"(?:clearly |of course )?(?:still )?(?:much |many |far )?(?:more|further|additional|larger|bigger|longer|better|"
    r"future)(?:,? (?:and )?(?:more|larger|bigger|longer|better|controlled|randomi[sz]ed|clinical))* (?:research|"
    r"stud(?:y|ies)|trials?|work|data|evidence|tests|investigations?|results|people|patients)(?: (?:is|are|must|will|"
    r"would|should|may))?(?: (?:still|now|clearly|urgently|be|being|needed|required|warranted|necessary|planned|"
    r"awaited|under way|underway|follow|done|called for|welcome|help|tell|show))*|"
    r"(?:we|doctors|researchers|scientists|experts|they) (?:still )?(?:need|want|call for|await)s? (?:much |"
    r"many )?(?:more|further|larger|longer) (?:research|stud(?:y|ies)|trials?|work|data|evidence|time)",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on missing unknowns."""
    text = item.not_known or ""
    parts = [words for part in re.split(r"[.;!?]+", fold(text)) if (words := part.strip(" \"'"))]
    if missing(text) or all(map(_NOTHING.fullmatch, parts)):
        yield Remark(
            field="not_known",
            end=len(text) if text.strip() else 0,
            why="What is not known yet isn't said. Without it, early news reads as settled.",
            suggestion="How long does it last? Who is helped, and who isn't? What may show up later? “Nobody knows yet how long it lasts.”",
        )


RULE = Rule(
    id="E08",
    name="unknowns",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
