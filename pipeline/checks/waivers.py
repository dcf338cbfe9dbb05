"""Waivers: whether one holds, and what it covers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pipeline.checks.rule import Raised
from pipeline.checks.wording import missing
from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import pack
from pipeline.model.finding import Remark
from pipeline.model.item import Item, Waiver
from pipeline.model.settings import Newsletter

REASONS = ("quote-balanced", "proper-name", "regulatory-term", "outcome-term", "patient-voice", "other")
"""Why a rule may be overruled; `other` holds only with a note."""

_SHORTEST, _FEWEST = 12, 2
_PACK = pack(__name__)
# What is written when a field asks for words and there are none yet, or none that say why.
_PLACEHOLDER = _PACK["placeholder"]


def waived_by(item: Item, raised: Raised, today: date, newsletter: Newsletter) -> Waiver | None:
    """Find the waiver that overrules a remark, if any."""
    return next((w for w in item.waive if covers(w, item, raised) and holds(w, today, newsletter)), None)


def holds(waiver: Waiver, today: date, newsletter: Newsletter) -> bool:
    """Whether a waiver is in force: known person, known reason, a note where that says nothing, and not run out."""
    if (waiver.until is not None and waiver.until < today) or newsletter.person(waiver.by or "") is None:
        return False
    return waiver.reason in REASONS and (waiver.reason != "other" or argued(waiver.note))


def argued(note: str | None) -> bool:
    """Whether a note says anything: two words, twelve characters, and no placeholder."""
    words = normalise(note or "").text.strip(" .,;:!?-*…()[]\"'")
    several = len(re.findall(r"[^\W\d_]{2,}", words)) >= _FEWEST
    return several and len(words) >= _SHORTEST and not missing(words) and not _PLACEHOLDER.whole(words)


def twice(waivers: tuple[Waiver, ...], n: int) -> bool:
    """Whether the waiver at `n` says again what one before it said: the same rule on the same words."""
    return any(_key(each) == _key(waivers[n]) for each in waivers[:n])


def _key(waiver: Waiver) -> tuple[str, str]:
    return waiver.rule, " ".join(normalise(waiver.span or "").lower.split())


def covers(waiver: Waiver, item: Item, raised: Raised) -> bool:
    """Whether a waiver speaks of this remark: its rule, and its span when it names one."""
    if raised.remark.field in raised.rule.final_in:
        return False
    return meant(waiver, item, raised)


def meant(waiver: Waiver, item: Item, raised: Raised) -> bool:
    """Whether a waiver speaks of this remark, be it one that can be waived in its field or not."""
    if waiver.rule != raised.rule.id or not raised.rule.waivable:
        return False
    return waiver.span is None or _meets(waiver.span, words(item, raised.remark.field), raised.remark)


def words(item: Item, name: str) -> str:
    """The text of a field, as "brief" or "facts.2.says"; empty for what is not text."""
    value: Any = item
    for part in name.split("."):
        value = value[int(part)] if part.isdigit() else getattr(value, part, None)
    return value if isinstance(value, str) else ""


def _meets(span: str, text: str, remark: Remark) -> bool:
    """Whether the span stands in the text where the remark points; anywhere, when it points at the whole field.

    Both are read as rules read them: typography, white space and case make no difference.
    """
    sought = normalise(span).lower.split()
    if not sought:
        return False
    plain = normalise(text)
    for found in re.finditer(r"\s+".join(map(re.escape, sought)), plain.lower):
        start, end = plain.span(*found.span())
        if remark.end <= remark.start or (start < remark.end and remark.start < end):
            return True
    return False
