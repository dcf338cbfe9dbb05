"""Statistics are given as people and ranges, not as p, CI, HR, RR and OR.

Symbols of statistics tell an abstract from a plain summary better than anything else (AUC 0.85 on 411 Cochrane
pairs), and few readers can use them: "HR 0.62" doesn't say how many of a hundred people are better off. Counts in
both groups do.

Source: Cochrane standards for plain-language summaries, 2021; Gigerenzer et al. 2007 on natural frequencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.body import texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.normalise import normalise
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_N = r"[-+]?(?:\d+(?:[.,·]\d+)*|[.,]\d+)(?: ?%)?"
_IS = r"(?:[:,]? ?(?:=|≈|~|<|>|≤|≥|of|was|were|is|about|around|below|above|under|over|at|less than|more than)?){1,2} ?"
_TINY = r"0?[.,]\d+|\d[\d.]* ?[x×] ?10\S*|\d[\d.]* ?[x×]"
_P = re.compile(
    "|".join(
        (
            rf"(?<![\w.])[pP](?:[- ]?values?)? ?(?P<sign>[=<>≤≥]{{1,2}}) ?(?P<number>{_TINY})",
            rf"(?<![\w.])[pP][- ]?values?\b(?:{_IS}(?P<figure>0?[.,]\d+))?",
            r"(?<![\w.])[pP] (?:was|is|of) (?P<bare>0?[.,]\d+)",
        )
    )
)
_REACHED = r"(?:(?:reach|achiev|attain|miss)(?:e[sd]|s|ed|ing)? |met |without |no )?"
_SIGNIFICANT = re.compile(
    "|".join(
        (
            r"\b(?:not |non-?)?statistically (?:and clinically )?(?:not |non-?)?significant\b",
            rf"\b{_REACHED}statistical significance\b",
            r"\b(?:reach|achiev|attain)(?:e[sd]|ed|ing|s) significance\b",
        )
    ),
    re.IGNORECASE,
)
_NAMED = r"(?:CI|CrI|KI|confidence intervals?|credible intervals?|konfidenzintervalle?)"
_INTERVAL = re.compile(
    "|".join(
        (
            rf"\b\d{{2}}(?:\.\d)?[ -]?% ?-?{_NAMED}\b(?:{_IS}[(\[]?{_N}(?: ?(?:to|-|,|bis) ?{_N})?)?",
            r"\bCI:? ?\[?-?\d+(?:\.\d+)?|(?-i:\bCIs?) (?:is|are|was|were|of|from|for|around)\b",
            r"\b(?:confidence|credible) intervals?\b",
        )
    ),
    re.IGNORECASE,
)
_NEEDED = re.compile(rf"\bNN[TH]\b(?:{_IS}{_N})?|\bnumbers? needed to (?:treat|harm)\b")
_DEVIATION = re.compile(
    rf"\b(?:SD|SEM|IQR)s?{_IS}{_N}(?: ?(?:to|-|±) ?{_N})?|{_N} ?(?:±|\+/-) ?{_N}|\b(?:[Ss]tandard (?:deviations?|"
    rf"errors?)|[Ii]nterquartile ranges?)\b(?:{_IS}{_N})?"
)
_MEANS = re.compile(rf"\bS?MD{_IS}{_N}|\b(?:[Ss]tandardi[sz]ed )?[Mm]ean differences?\b(?:{_IS}{_N})?")
_FIT = re.compile(rf"\bAUC{_IS}{_N}|(?<![\w.])[rR]²? ?= ?[-+]?0?[.,]\d+|\b[Cc]orrelation coefficients?\b(?:{_IS}{_N})?")
_RATIO = re.compile(
    rf"\b(?:a?[HRO]R|ARR|RRR){_IS}{_N}|\b(?i:(?:adjusted )?(?:hazards?|odds|risk|(?:(?:hazard|"
    rf"incidence) )?rate) ratios?|relative risks?(?: (?:reductions?|increases?))?)\b(?:{_IS}{_N})?"
)
_TRY = {
    _INTERVAL: "Say it as a range: “the true figure may lie anywhere from 5 to 52.”",
    _SIGNIFICANT: (
        "Give the counts of both groups, and say whether chance alone would often or rarely give such a difference."
    ),
    _NEEDED: "Say it as people: “of every 4 people treated, one more got better than without it.”",
    _DEVIATION: "Say how much people differed: “from 2 to 9 points”, or “half of them between 4 and 14 months.”",
    _MEANS: "Give the average of both groups instead: “4 points against 9 points, on a scale of 24.”",
    _FIT: "Leave it out, or say how often it was right: “right in 8 of 10 people.”",
    _RATIO: "Give the counts of both groups instead: “12 of 100 people against 20 of 100.”",
}
_CHANCE = 0.05
# One of these stands in whatever the patterns find; to look for them first is ten times faster.
_CUES = (
    *("=", "<", ">", "≤", "≥", "±", "+/-", "p was", "p is", "p of", "p value", "p-value", "pvalue", "statistical"),
    *("significance", "interval", "deviation", "standard error", "interquartile", "needed to", "mean difference"),
    *("coefficient", "ratio", "relative risk", "% ci", "%ci", "ci:", " ci "),
)
_CAPITALS = ("CI", "CrI", "KI", "SD", "SEM", "IQR", "HR", "OR", "RR", "NN", "AUC", "MD")


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on statistics left as symbols."""
    for name, words in texts(item, WORDS):
        plain = normalise(words)
        if not any(c in plain.lower for c in _CUES) and not any(c in plain.text for c in _CAPITALS):
            continue
        found = [(match, _of_chance(match)) for match in _P.finditer(plain.text)]
        found += [(match, what) for pattern, what in _TRY.items() for match in pattern.finditer(plain.text)]
        for match, suggestion in found:
            start, end = plain.span(match.start(), match.end())
            yield Remark(
                field=name,
                start=start,
                end=end,
                why=f"“{words[start:end]}” is written for statisticians; few readers can tell what it means.",
                suggestion=suggestion,
            )


def _of_chance(found: re.Match[str]) -> str:
    """Say what a p means: a small one that chance would seldom do this, a large one that it often does."""
    figure = found["number"] or found["figure"] or found["bare"]
    if figure is None:
        return "Leave it out, or say whether chance alone would often or rarely give a difference this large."
    small = "x" in figure or "×" in figure or float(figure.replace(",", ".")) <= _CHANCE
    above = re.search(r">|≥|above|over|more than", found.group()) is not None
    if small and not above:
        return "Leave it out, or say what it means: “a difference this large would rarely be seen by chance alone.”"
    return "Leave it out, or say what it means: “chance alone may well give a difference like this.”"


RULE = Rule(
    id="P04",
    name="statistics",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
