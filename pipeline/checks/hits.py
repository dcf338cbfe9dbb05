"""Words that a rule looks for in an item's fields, told as remarks; and the language rules run on a bare text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from pipeline.language.context import excused
from pipeline.language.hit import Hit, find
from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import PhraseList, pack, words
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

__all__ = ["Excuse", "hits", "item_text", "pack", "remark", "words"]

_WORDS = attrgetter(*WORDS)
Excuse = Callable[[Hit], bool]


def hits(
    item: Item, pattern: re.Pattern[str] | PhraseList, fields: Iterable[str] = WORDS, excuse: Excuse = excused
) -> Iterator[tuple[str, Hit]]:
    """Find a pattern in the fields of an item, without the hits that their context excuses."""
    # Most phrases have nothing to do with an item: that is asked once, and not for each field.
    likely = pattern.likely(normalise(item_text(item)).text) if isinstance(pattern, PhraseList) else None
    for field in fields if likely is None or likely else ():
        raw = getattr(item, field)
        if raw:
            for hit in find(pattern, raw, likely):
                if not excuse(hit):
                    yield field, hit


def remark(field: str, hit: Hit, why: str, suggestion: str, severity: Severity | None = None) -> Remark:
    """Make a remark on a hit; `{}` in `why` stands for the editor's own words."""
    start, end = hit.span
    return Remark(
        field=field, start=start, end=end, why=why.replace("{}", hit.text), suggestion=suggestion, severity=severity
    )


def item_text(item: Item) -> str:
    """Everything an item says, as one text."""
    return _joined(_WORDS(item))


@lru_cache(maxsize=256)
def _joined(texts: tuple[str | None, ...]) -> str:
    return "\n\n".join(filter(None, texts))
