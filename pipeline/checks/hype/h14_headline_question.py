"""A headline states; it doesn't ask, tease or count down.

"Is this the end of lupus?" makes the claim and leaves the answer to the reader's hope. Teasers ("what happened next")
work by holding back what matters. A plain question of information ("What is CAR-NK?", "Who can take part?") that the
item answers is free, and so are readers' questions in the text.

Source: Science Media Centre best practices (headlines don't mislead); house rule.
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

_QUESTION = re.compile(r"(?:^|(?<=\?))[^?]+\?")
_PACK = pack(__name__)
_PLAIN = _PACK["plain"]
_TEASER = _PACK["teaser"]
_EXPLAINS = _PACK["explains"]
_CLAIMS = _PACK["claims"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a headline that asks in order to claim, or teases."""
    for field, hit in hits(item, _QUESTION, ("headline",), lambda _: False):
        if not _PLAIN.opens(hit.text) or (_CLAIMS.stands(hit.text) and not _EXPLAINS.stands(hit.text)):
            yield remark(
                field,
                hit,
                "The headline asks a question it can't answer, and readers take it as a yes.",
                "Say what was found, and in how many people: “Seven of nine people …”.",
            )
    for field, hit in hits(item, _TEASER, ("headline",), _harmless):
        yield remark(
            field,
            hit,
            "“{}” teases: it holds back what readers came for.",
            "In the headline itself, say what was found.",
        )


def _harmless(hit: Hit) -> bool:
    """Whether "shock" is a state of the circulation, and "finally" is not a sigh."""
    return (
        re.match(r"shock", hit.text, re.IGNORECASE) is not None
        and re.search(r"\b(?:septic|circulatory|toxic|anaphylactic|in)\s*$", hit.before, re.IGNORECASE) is not None
    )


RULE = Rule(
    id="H14",
    name="headline-question",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
