"""Words that are made for the e-mail are as short as their place: a brief, a subject, a preheader.

An issue is read in five minutes or not at all. A card of the e-mail has room for a brief of 35 words; what doesn't fit
there is on the page it leads to. Mail programs cut a subject, and the preheader beside it, where their window ends, and
what is cut off is mostly the "but". A note to yourself in any of them would be the first thing that readers see.

Source: house rule (an e-mail of 1,300 words at most is read in five minutes); RFC 5322, section 2.1.1, asks for header
lines of 78 characters at most, the name “Subject” among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.alone import alone
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import missing, note
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_BRIEF = 35
"""Words of a brief, and of a question that somebody keeps in mind."""
_SHOWN = {"subject": 60, "preheader": 90}


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a brief that is too long, and on notes in it or in what a fact says."""
    for field, words in alone(item):
        yield from _note(field, words)
        if field == "brief" and (count := len(words.split())) > _BRIEF:
            yield Remark(
                field=field,
                end=len(words),
                why=f"The brief has {count} words; its place in the e-mail has room for {_BRIEF}.",
                suggestion="Keep what was seen, in how many people, and the harm or doubt that goes with it. The rest "
                "stands in the summary. Or leave it empty.",
            )


def whole(context: Context) -> Iterable[Remark]:
    """Remark on a subject or a preheader that would be cut, and on notes in the e-mail's words on the issue."""
    for field, words in context.opening:
        most = _SHOWN.get(field, len(words))
        if len(words) > most:
            yield Remark(
                field=field,
                start=most,
                end=len(words),
                severity=Severity.WARN,
                why=f"The {field} has {len(words)} characters; mail programs show {most} at most, so this is cut: "
                f"“{words[most:]}”",
                suggestion="Say the month's news first, with its number of people; leave out the newsletter's name.",
            )
        if field == "ask" and (count := len(words.split())) > _BRIEF:
            yield Remark(
                field=field,
                end=len(words),
                severity=Severity.WARN,
                why=f"The question has {count} words; nobody keeps more than {_BRIEF} in mind until they ask it.",
                suggestion="Ask one thing, in one sentence.",
            )
        if field != "intro":
            yield from _note(field, words)


def _note(field: str, words: str) -> Iterator[Remark]:
    left = note(words)
    if left or missing(words):
        start, end = left.span() if left else (0, len(words))
        why = f"“{words[start:end]}” looks like a note to yourself; it would be printed."
        yield Remark(field=field, start=start, end=end, why=why, suggestion="Fill in the words, or remove the note.")


RULE = Rule(
    id="E16",
    name="length",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    whole=whole,
)
