"""Nouns of many spellings as parts of patterns, which take those spellings only that the texts met can hold.

A disease is written in some 250 ways and a number in 150, and a text holds a handful: Python takes milliseconds to
compile a pattern with all of them, in some hundred patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import ClassVar, cast

from pipeline.language import worked_out
from pipeline.language.first_look import Group, Groups, small
from pipeline.language.normalise import small_letters

Keep = Callable[[Iterable[str]], tuple[str, ...]]
"""Which of several spellings to write; `(NEVER,)` in the place of none."""

NEVER = "(?!)"
"""A pattern that nothing matches."""

_REMEMBERED = 1_000
_PLAIN = re.compile(r"[\w -]+")
_NAMED = re.compile(r"\{([a-z][a-z-]*)\}")


class _Ahead:
    """Texts in small letters that are about to be searched: each, and whether any of them holds some letters."""

    def __init__(self, *texts: str) -> None:
        self.each = frozenset(texts)
        self.holds: Callable[[str], bool] = cache("\n".join(self.each).__contains__)  # nouns share most spellings


class Noun:
    """A part of a pattern, written by `write` from the spellings that it is told to keep.

    A text is met before it is searched. What was met stays, so that a pattern changes a few times only.
    """

    ahead: ClassVar[_Ahead] = _Ahead()

    def __init__(self, write: Callable[[Keep], str]) -> None:
        self.write = write
        self._met: set[str] = set()
        self._seen: set[str] = set()
        self._ahead = _Ahead()

    @classmethod
    def prepare(cls, texts: Iterable[str]) -> None:
        """Tell what texts in small letters will be searched, so that most patterns are compiled once."""
        cls.ahead = _Ahead(*texts)

    @cached_property
    def every(self) -> str:
        """The noun with all its spellings."""
        return small(self.write(tuple))

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """All ways in which the noun is spelled."""
        found: dict[str, None] = {}

        def keep(spellings: Iterable[str]) -> tuple[str, ...]:
            some = tuple(spellings)
            found.update(dict.fromkeys(some))
            return some

        self.write(keep)
        return tuple(found)

    @cached_property
    def _unmet(self) -> list[tuple[str, str]]:
        """Letters, and a spelling not met yet; it can stand in a text only where some of its letters do."""
        return [(part, spelling) for spelling in self.spellings for part in letters(spelling)]

    def meet(self, text: str) -> int:
        """Take in the spellings that a text in small letters can hold; returns how many were met so far."""
        if self._ahead is not self.ahead:
            self._ahead = self.ahead
            self._take_in(self._ahead.holds)
        if text not in self._ahead.each and text not in self._seen:
            self._take_in(text.__contains__)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen.add(text)
        return len(self._met)

    def _take_in(self, holds: Callable[[str], bool]) -> None:
        likely = {spelling for letters, spelling in self._unmet if holds(letters)}
        if new := {each for each in likely if all(any(map(holds, group)) for group in _all_letters(each))}:
            self._met |= new
            self._unmet = [each for each in self._unmet if each[1] not in new]

    def written(self) -> str:
        """Write the noun with the spellings met so far."""
        return small(self.write(lambda spellings: tuple(each for each in spellings if each in self._met) or (NEVER,)))


class Narrow:
    """A pattern, compiled with the spellings of its nouns that the texts met can hold."""

    __slots__ = ("_compiled", "_flags", "_nouns", "_version", "_write")

    def __init__(self, write: Callable[[], str], nouns: tuple[Noun, ...], flags: int = 0) -> None:
        self._write, self._nouns, self._flags = write, nouns, flags
        self._compiled: re.Pattern[str] | None = None
        self._version = 0

    def ready(self, text: str) -> re.Pattern[str]:
        """The pattern as it finds all that a text in small letters holds."""
        version = 0
        for noun in self._nouns:
            version += noun.meet(text)
        if self._compiled is None or version != self._version:
            self._compiled, self._version = re.compile(self._write(), self._flags), version
        return self._compiled


class _Searching:
    """A pattern of Python's with nouns in it; it answers as `re.Pattern` does where a text is searched."""

    def __init__(self, narrow: Narrow) -> None:
        self._narrow = narrow

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return self._ready(text).search(text, *span)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return self._ready(text).match(text, *span)

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        return self._ready(text).fullmatch(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return self._ready(text).finditer(text, *span)

    def _ready(self, text: str) -> re.Pattern[str]:
        return self._narrow.ready(small_letters(text))


def searching(pattern: str, nouns: Mapping[str, Noun], flags: int = 0) -> re.Pattern[str]:
    """Make a pattern in which "{name}" stands for the noun of that name."""
    parts = _NAMED.split(pattern)
    used = {name: nouns[name] for name in parts[1::2]}

    def write() -> str:
        return "".join(used[part].written() if n % 2 else part for n, part in enumerate(parts))

    return cast("re.Pattern[str]", _Searching(Narrow(write, tuple(used.values()), flags)))


def letters(spelling: str) -> Group:
    """Tell letters of which a text that holds a spelling has some, in small letters: those that are the rarest."""
    return max(_all_letters(spelling), key=lambda group: min(map(len, group)), default=frozenset(("",)))


@cache
def _all_letters(spelling: str) -> Groups:
    """Tell groups of letters, of each of which such a text has some."""
    return (frozenset((spelling.lower(),)),) if _PLAIN.fullmatch(spelling) else worked_out.letters(spelling)
