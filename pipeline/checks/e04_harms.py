"""Every item tells its harms, with counts, or says that the source doesn't.

Silence reads as "there were none". Nothing said on harms meant an unsatisfactory report for 95 of 100 rated press
releases. "No side effects" is a claim of its own and needs how many people were watched; so is "well tolerated". A
study without results says so: "No results yet, so harms are not known."

Source: HealthNewsReview.org criterion 3; EU clinical trials regulation 536/2014, Annex V (adverse reactions and their
frequency).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import DECISION, MICE, TRIAL, said
from pipeline.checks._cues import counted, fold, missing, unsaid
from pipeline.checks._due import outcomes
from pipeline.checks._rule import Context, Rule
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_HARM = r"(?:side[- ]effects?|harms?|adverse (?:events?|effects?|reactions?)|complications?|toxicit\w+|risks?|(?:safety )?(?:concerns?|signals?|issues?|problems?))"
_CALM = re.compile(
    rf"\b(?:no|nobody|without|zero|free (?:of|from))(?: [\w-]+){{0,3}} {_HARM}\b[^.;]*|\bwell[- ]tolerated\b|\bharmless\b|\b(?:very |quite |completely )?safe\b|"
    r"\b(?:good|excellent|favou?rable|acceptable|manageable|clean|reassuring) (?:safety|tolerability)\b(?: profile)?|"
    r"\bnone(?: (?:was|were))? (?:reported|noted|seen|observed|recorded)\b",
    re.IGNORECASE,
)
_COUNTS = "Say what happened and to how many: “Six of nine had a fever reaction; one needed intensive care.”"
_SILENT = "If the source is silent: “Harms were not reported in this source.”"
_PLANNED = "“No results yet, so harms are not known.”"


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on harms that are missing, replaced by a calming word, or without any count."""
    harms = item.harms or ""
    if missing(harms):
        why = "No harms are given. Silence reads as “there were none”, and somebody may decide on it."
        if harms.strip():
            why = f"“{harms.strip()}” leaves open whether there were no harms or nobody told of them."
        yield Remark(field="harms", end=len(harms), why=why, suggestion=_way_out(item))
        return
    if unsaid(harms) or counted(harms):
        return
    calming = _CALM.search(fold(harms))
    if calming:
        yield Remark(
            field="harms",
            start=calming.start(),
            end=calming.end(),
            why=f"“{harms[calming.start() : calming.end()]}” says nothing on how many people were watched, or for how long.",
            suggestion=f"“None of the 6 people … within 12 months; 4 had fever.” {_SILENT}",
        )
    elif outcomes(item):
        yield Remark(
            field="harms",
            severity=Severity.WARN,
            why="The harms have no counts, so a reader can't tell rare from common.",
            suggestion=f"{_COUNTS} If the source gives none, say that: “How often was not reported.”",
        )


def _way_out(item: Item) -> str:
    if item.evidence.stage in {Stage.REGISTRATION, Stage.STOPPED}:
        return f"A study without results can say so: {_PLANNED}"
    return f"{_COUNTS} {_SILENT}"


RULE = Rule(
    id="E04",
    name="harms",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        *said(
            "harms",
            None,
            "  ",
            "-",
            "None.",
            "n/a",
            "tbc",
            "No side effects.",
            "No serious adverse events were reported.",
        ),
        *said("harms", "The treatment was well tolerated.", "It had a favourable safety profile.", "None reported."),
        *said("harms", "Fever and infections were seen."),
        *said("harms", None, "n/a", of=TRIAL),
    ),
    good=(
        *said(
            "harms",
            "Harms were not reported in this source.",
            "The press release doesn’t say anything about harms: not reported.",
        ),
        *said("harms", "None of the six people had severe reactions within 12 months; four had fever."),
        *said("harms", "No serious side effects in the 9 people over 9 months; six had fever."),
        *said(
            "harms",
            "It is not known whether this is safe.",
            "Infections, and low blood counts; how often was not reported.",
        ),
        TRIAL,
        MICE,
        DECISION,
    ),
)
