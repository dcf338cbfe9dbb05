"""A picture is called a picture.

"Resets the immune system" sounds like a switch that was found and pressed. What was seen is that B cells came back
after they had been removed. Pictures help readers; stated as fact, they promise. Put it as an aim, or say what the
picture stands for.

Source: the article that set our tone calls its "hard reset" what to "think of it as"; PEMAT-P (Shoemaker 2014): words
and pictures are explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused, hedged
from pipeline.language.hit import Hit
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["metaphor"]
_EXPLAINED = re.compile(
    r"\b(?:means?|meaning|meant|stands for|picture|metaphor|image|comparison|analogy|think of|imagine|as if|"
    r"as though|like|so-called|in other words|that is|called?|calls|nickname\w*|term|word|speak of|"
    r"describe[sd]? (?:it |this )?as|try|tries|trying|attempt\w*|aims?|aimed|hopes?|hoped|intended|designed|idea|"
    r"goal|theory|bild|heißt|gemeint|bedeutet|soll\w*)\b",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a metaphor stated as fact."""
    for field, hit in hits(item, _PATTERN, excuse=_excused):
        yield remark(
            field,
            hit,
            "“{}” is a figure of speech presented as fact.",
            "Say what was seen (“B cells came back after they had been removed”), or say that it is an aim: “is meant to …”.",
        )


def _excused(hit: Hit) -> bool:
    """Whether the picture is quoted as one, put as an aim, or explained in this sentence or the next."""
    quoted = hit.before.rstrip(" ").endswith(('"', "'")) or hit.after.lstrip()[:1] in {'"', "'"} or '"' in hit.text
    return (
        quoted
        or hedged(hit)
        or excused(hit)
        or _EXPLAINED.search(re.split(r"[;:]", hit.before[-80:])[-1] + " | " + hit.after) is not None
        or re.match(
            r"[\"'(]*(?:what (?:they|this|it|that|he|she|doctors?|people) (?:means?|meant)\b|(?:they|he|"
            r"she) means?\b|in (?:plain|other) words\b|(?:that|this|it|what|the (?:picture|word|image)) (?:means|"
            r"stands|is (?:a|only a|just a) (?:picture|metaphor|image)))",
            hit.following,
            re.IGNORECASE,
        )
        is not None
    )


RULE = Rule(
    id="H11",
    name="metaphor",
    severity=Severity.NOTE,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
