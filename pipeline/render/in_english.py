"""Our sentences on pages whose language has no catalog: each says that it is English, for whoever has it read aloud.

A sentence is found by its words where it stands between two tags. What is only heard (labels) or shown by programs (a
page's title) has no place to say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import escape

from pipeline.language.catalog import SOURCE
from pipeline.render.direction import direction

_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_OPENS = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b")
_UNTOUCHED = frozenset({"title", "style", "script", "desc", "text", "option", "textarea"})
"""Elements in which nothing else may stand, or whose words nobody reads aloud."""
_CELLS = frozenset({"td", "th"})
"""Elements from which mail programs drop what they say of a language."""
_PLACE = re.compile(r"%\((\w+)\)s")
_NUMBERS = frozenset({
    "n", "some", "all", "rest", "step", "steps", "months", "looked_at", "printed", "rejected", "held", "undecided",
})  # fmt: skip
_OURS = frozenset({"day", "month", "last", "now", "before", "after", "time", "label", "status", "word", "low", "high"})
"""Values of sentences that are in English, too: where an editor's words stand in one, it is left alone."""
_JOINTS = " .:;,·\n"
_ENDS = ".:?"
_ENDED = re.compile(r"\s*(?:$|[.:;,·(])")
"""What comes after a word of ours that is no sentence: else it is the beginning of somebody's."""


class InEnglish:
    """Marks the sentences that it was given wherever they stand on pages in a language."""

    def __init__(self, sentences: Iterable[str], language: str) -> None:
        way = direction(SOURCE)
        self._attributes = f' lang="{SOURCE}"' + (f' dir="{way}"' if direction(language) != way else "")
        self._known: dict[str, list[str]] = defaultdict(list)
        self._patterns: dict[str, list[re.Pattern[str]]] = defaultdict(list)
        written = {str(escape(each)).strip() for each in sentences}
        for text in sorted(written | {each[:1].upper() + each[1:] for each in written}, key=len, reverse=True):
            names = set(_PLACE.findall(text))
            if not re.search(r"\w", _PLACE.sub("", text)) or not names <= _NUMBERS | _OURS:
                continue
            if names:
                self._patterns[_first(text)].append(_pattern(text))
            else:
                self._known[_first(text)].append(text)
        self._runs = lru_cache(maxsize=20_000)(self._find)

    def __call__(self, page: str) -> str:
        """Mark a page: on the element where all of its words are ours, else around them."""
        pieces = _TAG.split(page)
        for at in range(2, len(pieces) - 1, 2):
            text, before = pieces[at], pieces[at - 1]
            opens = _OPENS.match(before)
            if not text.strip() or (opens and (opens[1].lower() in _UNTOUCHED or " lang=" in before)):
                continue
            runs = self._runs(text)
            whole = len(runs) == 1 and not (text[: runs[0][0]] + text[runs[0][1] :]).strip(_JOINTS)
            if whole and opens and opens[1] not in _CELLS and pieces[at + 1] == f"</{opens[1]}>":
                pieces[at - 1] = f"{before[: len(opens[0])]}{self._attributes}{before[len(opens[0]) :]}"
            else:
                for start, end in reversed(runs):
                    text = f"{text[:start]}<span{self._attributes}>{text[start:end]}</span>{text[end:]}"
                pieces[at] = text
        return "".join(pieces)

    def _find(self, text: str) -> list[tuple[int, int]]:
        """Find where our sentences stand in a text; those that follow each other are one run."""
        start = len(text) - len(text.lstrip(_JOINTS))
        end = at = start
        while (found := self._one(text, at)) is not None:
            end = found
            at = end + len(text[end:]) - len(text[end:].lstrip(_JOINTS))
        return [(start, end)] if end > start else []

    def _one(self, text: str, at: int) -> int | None:
        """Where the longest of our sentences ends that begins at a place, alone or before a joint."""
        rest = text[at:]
        for known in self._known.get(_first(rest), ()):
            if rest.startswith(known) and (known[-1] in _ENDS or _ENDED.match(rest, len(known))):
                return at + len(known)
        for pattern in (*self._patterns.get(_first(rest), ()), *self._patterns.get("", ())):
            for words in dict.fromkeys((rest.rstrip(), rest.rstrip(_JOINTS))):
                if pattern.fullmatch(words):
                    return at + len(words)
        return None


def _first(text: str) -> str:
    """What a sentence begins with, to look no further where it doesn't; nothing where a value does."""
    found = re.match(r"[^\W\d_]+", text)
    return found[0] if found else ""


def _pattern(text: str) -> re.Pattern[str]:
    """Make what a sentence looks like once its values stand in it."""
    pieces = _PLACE.split(text)
    for at, piece in enumerate(pieces):
        value = r"\d[\d,.]*" if piece in _NUMBERS else ".{1,120}?"
        pieces[at] = value if at % 2 else re.escape(piece)
    return re.compile("".join(pieces), re.DOTALL)
