"""No exclamation marks and no words in capitals.

News that changes lives is reported in a level voice. Abbreviations, study names and genes keep their capitals.

Source: NHS content style guide (no exclamation marks, no capitals for emphasis); house rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import urgent_care
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.shipped import word_list
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

# A factorial, a "Yahoo! Inc" and "!=" are no shouting.
_MARK = re.compile(r"(?<=[\w\"')%])(?:[!?]*!+[!?]*)(?=[\s\"')]|$)")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{2,}(?:[- ]+[A-ZÄÖÜ]{2,}){2,}(?![\w-])")
# "ALL" is leukaemia, too, but not before people.
_ALL = r"ALL(?= (?:of|the|our|your|these|\w+ (?:people|patients|participants|adults))\b)"
_SHOUTED = sorted(word_list(__package__, "h13_shouting.yml", "shouted"))
_EMPHASIS = re.compile(rf"(?<![\w-])(?:AT ONCE|{_ALL}|{'|'.join(_SHOUTED)})(?![\w-])")
_WORDLIKE = re.compile(r"[A-ZÄÖÜ]{4,}")


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on exclamation marks and on shouted words."""
    for field, hit in hits(item, _MARK, excuse=_brand):
        yield remark(
            field,
            hit,
            "“{}” raises its voice.",
            "End the sentence with a full stop, and let the findings speak for themselves.",
        )
    for pattern in (_CAPITALS, _EMPHASIS):
        for field, hit in hits(item, pattern, excuse=_abbreviated):
            yield remark(field, hit, "“{}” in capitals is shouting.", "Use lower case. If it matters, put it first.")


def _brand(hit: Hit) -> bool:
    return re.match(r"\s+(?:Inc|Ltd|GmbH)\b", hit.after) is not None or urgent_care(hit)


def _abbreviated(hit: Hit) -> bool:
    """Whether capitals are abbreviations or a study's name: short ones, or followed by "trial"."""
    if named(hit):
        return True
    if " " not in hit.text:
        around = f"{hit.before[-12:]}|{hit.after[:12]}"
        return re.search(r"[A-Z]{2,}[ /-]*\||\|[ /-]*[A-Z]{2,}", around) is not None or hit.after.startswith(")")
    return sum(_WORDLIKE.fullmatch(w) is not None for w in re.split(r"[- ]+", hit.text)) < 2


RULE = Rule(
    id="H13",
    name="shouting",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
