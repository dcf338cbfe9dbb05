"""With which letters a match can begin: so that a list of hundreds of phrases is tried at a few words of a text.

Python tries each alternative at each word, which was two fifths of the time a check took. Four letters tell of nearly
every word that nothing can begin there. The heads are read off the pattern as Python itself parses it; a pattern that
can't be read that way is searched in full, as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

# No public name gives the parse tree. Were it to go, `heads` would know nothing and the search be slow but right.
_PARSE: Any = getattr(getattr(re, "_parser", None), "parse", None)
_LENGTH, _MOST = 4, 5000
_WORD = re.compile(r"(?<!\w)\w")

_Open = set[tuple[str, bool]]
"""Beginnings, each with whether it may go on with what follows."""


class Heads:
    """How the matches of one pattern begin. All patterns are looked up together, so that a text is gone through once."""

    _all: ClassVar[list[Heads]] = []
    _by_letters: ClassVar[dict[str, list[Heads]]] = {}

    def __init__(self, letters: frozenset[str]) -> None:
        self.letters = letters
        self._all.append(self)
        for each in letters:
            self._by_letters.setdefault(each, []).append(self)

    def starts(self, text: str) -> Sequence[int]:
        """Where in a text a match may begin."""
        return _starts(text, len(self._all)).get(self, ())


@lru_cache(maxsize=1024)
def _starts(text: str, _known: int) -> Mapping[Heads, Sequence[int]]:
    """Where the words stand with which each pattern may begin; anew when more patterns are known."""
    found: dict[Heads, list[int]] = {}
    by_letters = Heads._by_letters  # noqa: SLF001  the table of this file's own class
    for word in _WORD.finditer(text):
        start = word.start()
        for end in range(start + 1, start + 1 + _LENGTH):
            for each in by_letters.get(text[start:end], ()):
                at = found.setdefault(each, [])
                if not at or at[-1] != start:
                    at.append(start)
    return MappingProxyType(found)


def heads(pattern: str) -> Heads | None:
    """The first one to four characters of all that a pattern of whole words matches; None when that can't be told."""
    if _PARSE is None:
        return None
    told = _sequence(list(_PARSE(pattern)), {("", True)})
    if len(told) > _MOST or any(not head or not (head[0] == "_" or head[0].isalnum()) for head, _ in told):
        return None
    return Heads(frozenset(head for head, _ in told))


def search(pattern: re.Pattern[str], starts: Sequence[int], text: str) -> Iterator[re.Match[str]]:
    """Find every match in a text, as `finditer` does, trying only the places where one may begin."""
    end = 0
    for start in starts:
        if start >= end and (found := pattern.match(text, start)):
            yield found
            end = found.end()


def _sequence(nodes: Sequence[tuple[Any, Any]], before: _Open) -> _Open:
    for node in nodes:
        if not any(goes_on for _, goes_on in before):
            break
        before = {each for each in before if not each[1]} | {
            each for head, goes_on in before if goes_on for each in _after(head, node)
        }
    return before


def _after(head: str, node: tuple[Any, Any]) -> _Open:
    """Let a beginning go on with one part of a pattern."""
    sort, told = str(node[0]), node[1]
    if len(head) == _LENGTH:
        return {(head, False)}
    match sort:
        case "LITERAL":
            return {(head + chr(told), True)}
        case "IN":
            return _of_set(head, told)
        case "BRANCH":
            return {each for branch in told[1] for each in _sequence(list(branch), {(head, True)})}
        case "SUBPATTERN":
            return _sequence(list(told[-1]), {(head, True)})
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = told
            once = _sequence(list(inner), {(head, True)})
            # After one of several it may come again or not: what follows is left open.
            once = once if most == 1 else {(each, False) for each, _ in once}
            return once | {(head, True)} if least == 0 else once
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return {(head, True)}
        case _:
            return {(head, False)}


def _of_set(head: str, told: Sequence[tuple[Any, Any]]) -> _Open:
    """Let a beginning go on with one character of a set."""
    found: _Open = set()
    for sort, value in told:
        match str(sort), str(value):
            case "LITERAL", _:
                found.add((head + chr(value), True))
            case "CATEGORY", "CATEGORY_DIGIT":
                found |= {(head + digit, True) for digit in "0123456789"}
            case "RANGE", _ if value[1] - value[0] < 64:
                found |= {(head + chr(c), True) for c in range(value[0], value[1] + 1)}
            case _:
                return {(head, False)}
    return found
