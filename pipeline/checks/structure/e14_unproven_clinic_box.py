"""Every issue carries the box on how to spot an unproven clinic.

Hope is what such clinics sell, and good news on cell therapy sends people to them. The box stands in the templates that
come with the program; a newsroom that writes its own must keep it, in the e-mail, in its plain text and on the web.

Source: International Society for Stem Cell Research, patient guidance on nine things to know; ISCT position on unproven
cell therapies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.phrase_list import pack
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_CARRIERS = ("email/issue.html", "email/issue.txt", "web/issue.html")
_WORDS = "web/words.txt"
_PRINTED = re.compile(r"\{%-?\s*for \w+ in \w+\.CLINIC\b|\{\{-?\s*\w*\.?CLINIC\b")
_BOX = re.compile(r"\{%-?\s*set CLINIC = \[(.*?)\]", re.DOTALL)
_ENOUGH = 3
_MARKUP = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.DOTALL)
_PACK = pack(__name__)
# German newsrooms say it in German.
_OWN_WORDS = _PACK["own-words"]


def check(_item: Item, _context: Context) -> Iterable[Remark]:
    """Say nothing of single items."""
    return ()


def whole(context: Context) -> Iterable[Remark]:
    """Remark on each template of an issue that lacks the box."""
    box = _BOX.search(context.templates.get(_WORDS, ""))
    listed = len(re.findall(r'"[^"]{20,}"', box[1])) if box else 0
    for name in _CARRIERS:
        text = context.templates.get(name)
        if text is None:
            continue
        # A newsroom may print our signs, or say it in words of its own.
        if not (listed >= _ENOUGH and _PRINTED.search(text)) and not _own(text):
            yield Remark(
                field="issue",
                why=f"templates/{name} has no box on how to spot an unproven clinic.",
                suggestion="Print CLINIC_LEAD and the list CLINIC from web/words.txt, or say it in words of your own.",
            )


def _own(text: str) -> bool:
    return _OWN_WORDS.stands(_MARKUP.sub(" ", text))


RULE = Rule(
    id="E14",
    name="unproven-clinic-box",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
    whole=whole,
)
