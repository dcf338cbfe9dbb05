"""Whether words are part of a name: the MIRACLE trial, Cure Lupus Now, Dr Marvel, Hope Hospital, a journal's title."""

from __future__ import annotations

import re

from pipeline.language.hit import Hit
from pipeline.language.late import late
from pipeline.language.phrase_list import pack

_CUES = pack(__name__)
_QUOTED_END = late(r"(?: [A-ZÄÖÜ0-9][\w-]*){0,4}['\"]")
_NUMBERED = late(r"-[A-Z0-9]")
_CAPITAL = late(r"[A-Z][a-z]+$")


def named(hit: Hit) -> bool:
    """Whether the words belong to a name; capitals alone prove nothing in a headline in Title Case, or in German."""
    word, before, after = hit.text, hit.before, hit.after
    if not word[:1].isupper():
        return False
    if _CUES["title before"].stands(before) or _CUES["named before"].stands(before) or _CUES["body after"].opens(after):
        return True
    if _QUOTED_END.match(after) and _CUES["quoted before"].stands(before):
        return True
    studied = _CUES["study after"].opens(after)
    if word.isupper() and len(word) > 3:
        return (studied or _NUMBERED.match(after) is not None) and not _shouted(hit)
    if studied and before.strip() and _CAPITAL.match(word) and not titled(hit.sentence.text):
        return True
    return _among_capitals(hit)


def titled(text: str) -> bool:
    """Whether a text is written in Title Case, so that a capital tells nothing."""
    words = [w for w in re.findall(r"[A-Za-z][\w'-]*", text) if w.lower() not in _CUES["small"].words]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.9 * len(words)


def _among_capitals(hit: Hit) -> bool:
    text = hit.sentence.text
    if (
        _CUES["german noun"].opens(hit.text)
        or titled(text)
        or sum(1 for _ in _CUES["german"].finditer(text)) >= 2
        or not _CAPITAL.match(hit.text.split()[0])
    ):
        return False
    before = hit.before.rstrip()
    if before.strip("\"'(-"):
        # In English a capital amid a sentence is a name's; after a colon, dash or quotation mark a sentence may begin.
        return before[-1] not in ":\"'(-/"
    return _CUES["name after"].opens(hit.after)


def _shouted(hit: Hit) -> bool:
    words: list[str] = re.findall(r"[A-Za-z]{3,}", hit.sentence.text)
    return sum(w.isupper() for w in words) > len(words) / 2
