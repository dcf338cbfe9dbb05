"""Every item reports harms, with counts, or says that the source doesn't.

Silence reads as "there were none". Silence about harms meant an unsatisfactory report for 95 of 100 rated press
releases. "No side effects" is a claim of its own and needs how many people were watched; so is "well tolerated". A
study without results says so: "No results yet, so harms are not known."

Source: HealthNewsReview.org criterion 3; EU clinical trials regulation 536/2014, Annex V (adverse reactions and their
frequency).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.due import outcomes
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.source_harms import NAMED, sourced
from pipeline.checks.wording import counted, duration, missing, unsaid
from pipeline.language.context import denied
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import plain_punctuation
from pipeline.language.phrase_list import pack
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity
from pipeline.text import clip

_PACK = pack(__name__)
_PRAISE = _PACK["praise"]
_CALM = _PACK["calm"]
# "Nobody died." and nothing else: who looked, at how many, for how long?
_DENIAL = _PACK["denial"]
_UNTREATED = _PACK["untreated"]
_SENTENCE = re.compile(r"[^.;!?]+")
_CLAUSE = re.compile(r"(?:(?!,? (?:but|though|although|and otherwise|and overall) )[^.;:!?])+")
_NAMED = re.compile(rf"\b{NAMED}\b", re.IGNORECASE)
_DOUBTED = _PACK["doubted"]
_COUNTS = "Say what happened and to how many: “Six of nine had a fever reaction; one needed intensive care.”"
_SILENT = "If the source is silent: “Harms were not reported in this source.”"
_PLANNED = "“No results yet, so harms are not known.”"


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on harms that are missing, replaced by a calming word, denied against the source, or without any count."""
    harms = item.harms or ""
    if missing(harms):
        why = "No harms are given. Silence reads as “there were none”, and someone may base a decision on it."
        if harms.strip():
            why = f"“{harms.strip()}” doesn't say whether there were no harms or nobody reported them."
        yield Remark(field="harms", end=len(harms), why=why, suggestion=_way_out(item))
    elif silent(harms):
        yield from _not_silent(harms, item, context)
    elif calming := _calming(harms):
        yield _calmed(harms, *calming)
    elif outcomes(item) and not unsaid(harms) and not counted(harms):
        yield Remark(
            field="harms",
            severity=Severity.WARN,
            why="The harms have no counts, so a reader can't tell rare from common.",
            suggestion=f"{_COUNTS} If the source gives none, say that: “How often was not reported.”",
        )


def silent(harms: str) -> bool:
    """Whether the words only say that the source tells of no harms."""
    words = plain_punctuation(harms)
    return unsaid(words) and not counted(words) and not _NAMED.search(words) and not _PRAISE.stands(words)


def _not_silent(harms: str, item: Item, context: Context) -> Iterable[Remark]:
    source = sourced(item, context)
    if source:
        yield Remark(
            field="harms",
            end=len(harms),
            why=f"“{clip(harms.strip(), 120)}” says that the source is silent on harms, but it isn't: "
            f"“{clip(source, 200)}”",
            suggestion=f"Give it in plain words, with its counts. {_COUNTS}",
        )


def _calmed(harms: str, start: int, end: int) -> Remark:
    many, long = (
        "how many people were followed, or for how long",
        "how long people were followed, or what happened to them",
    )
    return Remark(
        field="harms",
        start=start,
        end=end,
        why=f"“{harms[start:end]}” doesn't say {long if counted(harms) else many}.",
        suggestion=f"“None of the 6 people … within 12 months; 4 had fever.” {_SILENT}",
    )


def _calming(harms: str) -> tuple[int, int] | None:
    """Find words that calm and are borne out by no count, and for praise by no length of time."""
    praise = next((hit for hit in find(_PRAISE, harms) if not _borne_out(hit)), None)
    if praise:
        return praise.span
    words = plain_punctuation(harms)
    if unsaid(words) or counted(words) or _UNTREATED.stands(words):
        return None
    calm = _CALM.search(words)
    if calm:
        return calm.span()
    parts = [part for part in _SENTENCE.finditer(words) if part.group().strip(" \"'")]
    denials = bool(parts) and all(_DENIAL.opens(part.group()) for part in parts)
    return (parts[0].start(), parts[-1].end()) if denials else None


def _borne_out(hit: Hit) -> bool:
    """Whether praise is denied or doubted, stands beside a count of harms, or gives people and time itself."""
    words = hit.plain.text
    start, end = next((c.span() for c in _CLAUSE.finditer(words) if c.end() >= hit.end), (0, len(words)))
    said = words[start:end]
    if denied(hit) or unsaid(said) or _DOUBTED.stands(said):
        return True
    return counted(words[:start] + words[end:]) or (counted(said) and duration(said))


def _way_out(item: Item) -> str:
    if item.evidence.stage in {Stage.REGISTRATION, Stage.STOPPED}:
        return f"A study without results can say so: {_PLANNED}"
    return f"{_COUNTS} {_SILENT}"


RULE = Rule(
    id="E04",
    name="harms",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
