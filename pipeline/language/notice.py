"""What a title's label says became of a paper: the one list for gathering and for checking.

Publishers put the label before the title (with a colon, a dash, a bar or a quotation mark, or in brackets) or behind it
(in brackets, or behind a bar or a dash), in capitals or not. The words are in `notice.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.language.late import late
from pipeline.language.shipped import shipped
from pipeline.model.integrity import Integrity


def said_in(title: str) -> tuple[Integrity, ...]:
    """Name what the label of a title says, gravest first; RETRACTION_NOTICE is the note, RETRACTED the paper itself."""
    text = " ".join(title.replace("`", "'").replace("’", "'").split())
    return tuple(kind for kind, patterns in _patterns().items() if any(p.search(text) for p in patterns))


_KINDS = {
    Integrity.RETRACTION_NOTICE: "retraction-notice",
    Integrity.RETRACTED: "retracted",
    Integrity.CONCERN: "concern",
    Integrity.CORRECTED: "corrected",
    Integrity.CORRECTION_NOTICE: "correction",
}
_OPENS = r"^[^\w()]{0,3}\(?"
_OF = r"(?: (?:to|of|for|on|zu|zum|zur|von))?"
# A hyphen parts only between blanks: "retraction-assisted" is a word.
_PARTS = r"\s*(?:[:|\])“”„\"'‘«»]|[—–]|(?<=\s)-{1,2}\s|$)"
_BEHIND = r"(?:\s?[|—]\s?|\s[–-]\s)"


@cache
def _patterns() -> dict[Integrity, tuple[re.Pattern[str], ...]]:
    """Make the patterns of each kind: a label before, between an author's name, or behind."""
    lists = shipped("pipeline.language", "notice.yml")
    plain = lists["plain"]
    assert isinstance(plain, dict)
    found = {}
    for kind, name in _KINDS.items():
        labels, own = _any(lists.get(name, ())), _any(plain.get(name, ()))
        every = "|".join(filter(None, (labels, own)))
        forms = [
            rf"{_OPENS}(?:{labels}){_OF}{_PARTS}",
            rf"{_OPENS}(?:{every}) for [^:]{{2,80}} et al\b",
            rf"[\[(](?:{every})[\])]\W*$",
            rf"\w{_BEHIND}(?:{every})\W*$",
            *([rf"{_OPENS}(?:{own})\b"] if own else ()),
        ]
        found[kind] = tuple(late(form, re.IGNORECASE) for form in forms)
    return found


def _any(labels: object) -> str:
    assert isinstance(labels, Iterable)
    return "|".join(str(label) for label in labels)
