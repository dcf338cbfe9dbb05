"""What befell a paper, in one set of words for all indexes: retracted, doubted, corrected; and the notices that say so."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.sources.parts.notices import CONCERN, CORRECTION, NOTICE, RETRACTED

CORRECTED = "corrected-publication"
"""The paper itself, after a correction of it came out; CORRECTION is the notice."""

PARTIAL = "partial retraction"
"""Said beside CONCERN of a paper and beside CORRECTION of a notice: a part was withdrawn, the paper was not."""

__all__ = ["CONCERN", "CORRECTED", "CORRECTION", "NOTICE", "PARTIAL", "RETRACTED", "gravest_first"]


def gravest_first(marks: Iterable[str]) -> tuple[str, ...]:
    """Order marks by what matters most to a reader, each once; behind them, PubMed's names of retractions.

    Whoever weighs an entry knows a withdrawn paper by PubMed's names, whichever index tells of it.
    """
    found = set(marks)
    return (*(m for m in _ORDER if m in found), *(name for m, name in _NAMES.items() if m in found))


_ORDER = (RETRACTED, NOTICE, CONCERN, CORRECTED, CORRECTION, PARTIAL)
_NAMES = {RETRACTED: "retracted publication", NOTICE: "retraction notice"}
