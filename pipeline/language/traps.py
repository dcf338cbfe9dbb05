"""Words that look like ours and are not: other CARs, cars, streets, law firms, complications, histories."""

from __future__ import annotations

import re

from pipeline.language.late import late
from pipeline.language.phrase_list import pack

_CUES = pack(__name__)
# "CAR" with nothing beside it that makes it a cell.
_BARE = late(r"(?<![\w-])CARs?\b(?![- +]?(?:T\b|N?KT?\b|Treg|T-|cell|therap|engineer))")


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Put blanks in place of what matches, so that all else stays where it was."""
    return pattern.sub(lambda m: " " * (m.end() - m.start()), text)


def without_traps(text: str) -> tuple[str, str]:
    """Blank what must not count as a therapy; also return the words that made "CAR" mean something else, or ""."""
    other, vehicle = _CUES["other CAR"], _CUES["vehicle"]
    found = other.search(text) or vehicle.search(text)
    if found is not None:
        text = blank(_BARE, vehicle.blanked(other.blanked(text)))
    return _CUES["earlier"].blanked(text), found.words.strip() if found else ""


def without_asides(text: str) -> str:
    """Blank the diseases that are denied, past, somebody's address, or a treatment's own harm."""
    return _CUES["not studied"].blanked(text)


def no_product(word: str) -> bool:
    """Whether what looks like a product's code is a target, a score, a virus, a meeting or a registry's number."""
    return _CUES["no product"].opens(word)


def spam(title: str, rest: str) -> str:
    """Return the words that show a text is meant for shareholders, or "". Prices count only in the title."""
    shareholders, market = _CUES["shareholders"], _CUES["market"]
    found = shareholders.search(title) or market.search(title) or shareholders.search(rest)
    return found.words if found else ""
