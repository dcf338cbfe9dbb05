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
    """Order marks by what matters most to a reader, each once."""
    found = set(marks)
    return tuple(mark for mark in _ORDER if mark in found)


_ORDER = (RETRACTED, NOTICE, CONCERN, CORRECTED, CORRECTION, PARTIAL)
