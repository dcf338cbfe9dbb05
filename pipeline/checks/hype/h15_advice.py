"""Nobody is told to take, stop or ask for a treatment without a source that says so.

An item is not a consultation. 40% of rated releases gave readers direct advice that their study couldn't carry, and a
reader who stops a medicine on such a sentence can lose an organ. Questions to take along ("ask whether a study fits
you"), keeping on with medicines, and what a regulator or guideline says in its own name are free.

Source: Sumner et al., BMJ 2014; Cochrane guidance for plain language summaries 2021 (no recommendations).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import asked, countered, denied, warned
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.nouns import with_nouns
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
_PATTERN = _PACK["advice"]
_PROMPT = _PACK["prompt"]
# The imperative begins a sentence or a clause; elsewhere the words report ("able to stop steroids").
_IMPERATIVE = _PACK["imperative"]
# "Four of nine people can stop steroids" tells what some did.
_COUNTED = with_nouns(
    r"\b{count} (?:(?:of|in|out of) (?:the )?{count} )?(?:[\w-]+ ){0,2}{people}(?: [\w-]+)? can(?: now)? $",
    re.IGNORECASE,
)
_FREE = _PACK["free"]


# What a study asks of those who join is told, not advised.
_PROTOCOL = _PACK["protocol"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on advice to take, stop, switch or ask for a treatment."""
    for field, hit in hits(item, _PATTERN, excuse=_free):
        yield remark(
            field,
            hit,
            "“{}” tells readers what to do, and someone may do it without asking.",
            (
                "Make it a question to take along (“ask whether …”, “talk to your specialist before …”), or "
                "say who advises it: “the agency says …”."
            ),
        )


def _free(hit: Hit) -> bool:
    if _PROMPT.opens(hit.text) and (not _IMPERATIVE.stands(hit.marked) or _COUNTED.search(hit.before)):
        return True
    if _FREE.stands(hit.marked):
        return True
    if _PROTOCOL.stands(hit.sentence.text) and not re.search(r"\byour\b", hit.text, re.IGNORECASE):
        return True
    text = hit.text.lower()
    if "need" in text.split()[0:3]:
        return warned(hit) or countered(hit) or asked(hit)
    return denied(hit) or warned(hit) or asked(hit) or countered(hit) or named(hit)


RULE = Rule(
    id="H15",
    name="advice",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
