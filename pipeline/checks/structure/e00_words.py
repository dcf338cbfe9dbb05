"""An approved item has its own headline and summary, and no field still holds a note to yourself.

Approving is a decision about words. Without them the only text there is would be the source's title, and titles of
reports are where exaggeration sits: any word of hype in a title meant an unjustified report in 36 of 43 rated press
releases. A title that is pasted, or an abstract, is not yet a decision; it was also written for other readers.

Source: house rule; ratings by HealthNewsReview.org experts, counted by this project.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing, note
from pipeline.language.normalise import normalise
from pipeline.language.sentences import sentences
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_TRY = {
    "headline": "Say what was seen, in how many people, in one line: “Early lupus study: 7 of 9 people …”.",
    "summary": "Two or three sentences: what happened, to how many people, where, and after how long.",
}
# A short sentence ("Nine adults were treated.") stands in many texts by chance.
_LONG = 8
_WORD = re.compile(rf"[^\s{re.escape(string.punctuation)}]+")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a headline or summary that isn't there or isn't ours, and on notes left in any field."""
    for field, suggestion in _TRY.items():
        if missing(getattr(item, field)):
            yield Remark(
                field=field,
                why=f"The item is approved but has no {field} yet. We print only words that somebody here has written.",
                suggestion=suggestion,
            )
    yield from _borrowed(item, context)
    for field in WORDS:
        left = note(getattr(item, field))
        if left and not missing(getattr(item, field)):
            yield Remark(
                field=field,
                start=left.start(),
                end=left.end(),
                why=f"“{left.group()}” looks like a note to yourself; it would be printed.",
                suggestion="Fill in what is missing, or remove the note.",
            )


def _borrowed(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a headline that is a source's title, and on a summary most of which is its text."""
    headline, summary = item.headline or "", item.summary or ""
    titles = {_flat(title) for title in (item.title, *(other.title for other in item.also))}
    own = _flat(headline)
    if own and (own in titles or (len(own.split()) >= _LONG and any(own in title for title in titles))):
        yield Remark(
            field="headline",
            end=len(headline),
            why="The headline is the source's own title. It was written for other readers, and nobody "
            "here has chosen its words.",
            suggestion=_TRY["headline"],
        )
    kept = [_flat(text) for text in (item.excerpt or "", *(each.text for each in context.texts.get(item.id, ())))]
    each = [(_flat(sentence.text), sentence.text) for sentence in sentences(normalise(summary))]
    taken = [raw for flat, raw in each if len(flat.split()) >= _LONG and any(flat in text for text in kept)]
    if 2 * sum(map(len, taken)) > len(summary.strip()):
        yield Remark(
            field="summary",
            end=len(summary),
            why=f"Most of the summary is copied word for word from the source: “{taken[0]}”. Abstracts are "
            "written for specialists.",
            suggestion=f"Put it in your own words. {_TRY['summary']}",
        )


def _flat(text: str) -> str:
    """Keep the words alone, in small letters, with a space on both sides."""
    words = " ".join(_WORD.findall(normalise(text).lower))
    return f" {words} " if words else ""


RULE = Rule(
    id="E00",
    name="words",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    waivable=False,
)
