"""Statistics are told as people and ranges, not as p, CI, HR, RR and OR.

Symbols of statistics tell an abstract from a plain summary better than anything else (AUC 0.85 on 411 Cochrane pairs), and
few readers can use them: "HR 0.62" says nothing on how many of a hundred people are better off. Counts in both groups do.

Source: Cochrane standards for plain-language summaries, 2021; Gigerenzer et al. 2007 on natural frequencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import said
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.fold import fold
from pipeline.checks.reading.body import texts
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_P = re.compile(r"(?<![\w.])[pP](?:[- ]?values?)? ?[=<>≤≥] ?(?:0?[.,]\d+|\d[\d.]* ?[x×])")
_INTERVAL = re.compile(
    r"\b\d{2}(?:\.\d)? ?% ?(?:CI|CrI|confidence intervals?|credible intervals?)\b|\bCI:? ?\[?-?\d", re.IGNORECASE
)
_RATIO = re.compile(
    r"\b(?:a?[HRO]R|SMD|MD|NNT|NNH|ARR|RRR|AUC|SD|SEM|IQR):? ?(?:=|of|was)? ?-?\d|\b(?:hazards?|odds|risk|rate) ratios?\b"
)
_TRY = {
    _P: "Leave it out, or say what it means: “a difference this large would seldom be seen by chance alone.”",
    _INTERVAL: "Say it as a range: “the true figure may lie anywhere from 5 to 52.”",
    _RATIO: "Give the counts of both groups instead: “12 of 100 people against 20 of 100.”",
}


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on statistics left as symbols."""
    for name, words in texts(item, WORDS):
        folded = fold(words)
        for pattern, suggestion in _TRY.items():
            for found in pattern.finditer(folded.text):
                start, end = folded.span(found.start(), found.end())
                yield Remark(
                    field=name,
                    start=start,
                    end=end,
                    why=f"“{words[start:end]}” is written for statisticians; a reader can't tell how many people it means.",
                    suggestion=suggestion,
                )


RULE = Rule(
    id="P04",
    name="statistics",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        *said(
            "summary",
            "Nine people got better (p = 0.03).",
            "Nine people got better, P<.001.",
            "22 of 31 against 13 of 31; difference 29 points, 95% CI 5 to 52.",
            "The risk fell in nine people: HR 0.62.",
            "In nine people, the odds ratio was 4.6.",
        ),
        *said("headline", "Lupus: RR 0.5 in nine people"),
    ),
    good=(
        *said(
            "summary",
            "Nine people got better; the true figure may lie anywhere from 5 to 52.",
            "Nine people were treated in the OR, or in the ICU, a ward for intensive care.",
            "Nine people: 7 of 9 (78%) were better, a ratio of 7 to 2.",
        ),
        *said("not_known", "How many of 100 people it helps. The cohort P1 is still open."),
    ),
)
