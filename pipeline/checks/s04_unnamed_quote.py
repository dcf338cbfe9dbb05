"""Whoever is quoted has a name, or the words stand in the source.

Quotes by nobody ("adapted from commentary in leading journals") are the mark of made-up guides, and a reader can't weigh
what somebody without a name or an interest says. A registry, a regulator, a company or a paper is a name too. Words that
stand verbatim in the source that was kept are the source's own.

Source: HealthNewsReview.org criterion 6 (independent, named sources); the faults of the text that set our tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import STUDY, case, said
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.fold import fold
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_QUOTE = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]{25,}?)[\"”“»]")
_WORDS = 8
_NEAR = 110
_NAMED = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Ms|Mrs|Sir|Dame)\.? (?:[A-Z]\.? )*[A-Z][\w'-]+|\b[A-Z][\w'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+(?:,| of | from | at | told| said| says|[.\"]?$)|"
    r"\b(?:said|says|told|wrote|writes|explained|explains|asked|added|adds|according to) (?:the )?[A-Z][\w'-]+|\b[A-Z][\w'-]+ (?:said|says|told us|wrote|writes|explained|explains|asked|added|adds)\b|"
    r"\b(?:the|this|its|their|our) (?:[\w-]+ ){0,2}(?:registry|entry|notice|label|agency|regulator|company|maker|sponsor|paper|report|authors?|journal|study|protocol|summary|abstract|press release|website|team)\b",
)
_NOBODY = re.compile(
    r"\b(?:adapted|paraphrased|based) (?:from|on)\b|\b(?:experts?|doctors?|scientists?|researchers?|patients?|people|insiders?) (?:say|said|agree|believe)\b",
    re.IGNORECASE,
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on quotes of eight words or more that nobody is named for."""
    kept = _plain(" ".join(each.text for each in context.texts.get(item.id, ())))
    quoted = _plain(" ".join(fact.quote or "" for fact in item.facts))
    for name in WORDS:
        words = getattr(item, name) or ""
        for found in _QUOTE.finditer(words):
            said_ = _plain(found["words"])
            if len(said_.split()) < _WORDS or said_ in kept or said_ in quoted or _named(words, found):
                continue
            yield Remark(
                field=name,
                start=found.start(),
                end=found.start() + 1,  # a point: what is wrong within the quote is told beside it
                why=f"Nobody is named for the quote “{' '.join(found['words'].split()[:8])} …”.",
                suggestion="Name who said it, in what capacity and with what interest, where it can be read; or leave it out.",
            )


def _named(words: str, found: re.Match[str]) -> bool:
    """Whether a name stands beside the quote, in its own paragraph or the line of credit after it."""
    before = words[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[2]
    rest = words[found.end() : found.end() + _NEAR]
    credit = rest.lstrip().startswith(("—", "–", "-")) or not rest.startswith("\n")
    after = rest.lstrip().partition("\n")[0] if credit else ""
    beside = f"{fold(before).text} | {fold(after).text}"
    return _NOBODY.search(beside) is None and _NAMED.search(beside) is not None


def _plain(text: str) -> str:
    return " ".join(fold(text).text.lower().split()).strip(" .,;")


RULE = Rule(
    id="S04",
    name="unnamed-quote",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        *said(
            "summary",
            "Nine people were treated. “We are attempting to start the whole B-cell system afresh with this.”",
            "Nine people were treated. “We are attempting to start the whole B-cell system afresh.”\n— Adapted from comments in leading journals",
            "Nine people were treated. Experts say: “This is the first time that anybody has seen such a thing.”",
        ),
    ),
    good=(
        *said(
            "summary",
            "Nine people were treated. “We do not know how long it will last,” said Dr Ada Example, who leads the study.",
            "Nine people. The reason given in the entry is: “Slow enrolment; interim review showed low response rate so far”.",
            "Nine people had what doctors call “few or no signs of disease”.",
        ),
        case(STUDY, headline="A “small” study of nine people with lupus"),
    ),
)
