"""Nothing is proved by one study, and nobody is certain.

"Proves", "definitely", "works for everyone" close a question that early studies have only opened. Medicine's findings
are more or less certain, and the newsletter says how certain. Denied, asked and technical proof ("biopsy-proven",
"burden of proof") is free.

Source: Good Lay Summary Practice 2021 (no "this study proved"); GRADE guidelines 26 (Santesso et al. 2020): wording by
certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["proof"]
_OTHER_BEFORE = re.compile(
    r"(?:(?<!enough )(?<!able )(?<!first )(?<!managed )\bto |\btoo (?:[\w-]+ ){1,3}to |\b(?:burden|standard|onus|"
    r"proof) of |\b\w+-)$",
    re.IGNORECASE,
)
_VIRTUE = re.compile(
    r"\b(?:durch|per) (?:\w+ )?(?:biopsie|gewebeprobe|blutprobe|labor\w*|test)\w*\b[^.;,]{0,10}$|\b(?:geduld|mut|"
    r"ausdauer|stärke|humor|patience|courage|grit|strength)\b[^.;,]{0,20}$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r" of the pudding|[- ](?:tanks?|devices?|systems?|mechanisms?|locks?|designs?|alarms?|freezers?|containers?|"
    r"switch(?:es)?|procedures?)\b|,? (?:(?:on|by) (?:biopsy|culture|blood|histolog\w+)|(?:to be )?(?:difficult|hard|"
    r"fatal|wrong|useless|impossible|deadly|unsafe|too (?:toxic|risky)|ineffective|unreliable|costly))|"
    r" (?:infections?|diagnos[ei]s|disease|cases?|nephritis)",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on claims of proof and certainty."""
    for field, hit in hits(item, _PATTERN):
        if not _other(hit):
            yield remark(
                field,
                hit,
                "“{}” settles a question that the study has only raised.",
                "Say what was seen: “in this study, 7 of 9 people …”; or how sure we can be: “may”, “it is likely”.",
            )


def _other(hit: Hit) -> bool:
    before = _OTHER_BEFORE.search(hit.before) or _VIRTUE.search(hit.before)
    return before is not None or _OTHER_AFTER.match(hit.after) is not None


RULE = Rule(
    id="H05",
    name="proof",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
