"""Phrases looked for together: each is tried, and compiled, only when its letters stand in a text.

Python tries every alternative of a pattern at every word, and compiles all of them at the start: that was most of what
a check took. Here a list is split at its outermost bars, and of each phrase the letters are read that any text with it
must hold. A text is asked once for the letters of all lists there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar

from pipeline.language.nouns import SLOTS
from pipeline.language.shipped import ShippedFileError, shipped, texts

# One step of a pattern: a class, an escaped sign, a bracket, a repeat, or a plain sign.
_STEP = re.compile(
    r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|\(\?(?:P<\w+>|:|<?[=!])|\(|\)|(?:[*?+]|\{\d*,?\d*\})\??|.",
    re.DOTALL,
)
_REPEAT = frozenset("*?+{")
# A capital that is not the name of a class such as \W.
_CAPITAL = re.compile(r"(?<!\\)[A-ZÄÖÜ]")
# "<name>", but for the name of a group and a look behind; "{name}", but for a number of repeats.
_INSERTED = re.compile(r"(?<!\(\?)(?<!\?P)<([a-zäöüß][a-zäöüß0-9-]*)>|\{([a-z][a-z-]*)\}")
_MOST = 80

Keys = frozenset[str]
"""Letters of which any match holds at least one; holding an empty one when nothing can be told."""

_NO_KEYS: Keys = frozenset({""})


@dataclass(slots=True, eq=False)
class Phrase:
    """One phrase as a pattern, in small letters, of whole words; `keys` are the letters it can be told by."""

    pattern: str
    keys: Keys
    _compiled: re.Pattern[str] | None = None

    def search(self, text: str, start: int) -> re.Match[str] | None:
        """Find the phrase from `start` on, where a word begins."""
        if self._compiled is None:
            self._compiled = re.compile(rf"(?:{self.pattern})(?!\w)")
        # That a word begins there is seen to afterwards: a pattern that begins with its letters is found far sooner.
        while found := self._compiled.search(text, start):
            at = found.start()
            if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
                return found
            start = at + 1
        return None


class PhraseList:
    """Phrases of whole words, in small letters; where several begin at one place, the first of the list counts."""

    _all_keys: ClassVar[set[str]] = set()

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self.phrases = tuple(Phrase(each, keys(each)) for each in patterns)
        self._by_key: dict[str, list[int]] = {}
        for n, phrase in enumerate(self.phrases):
            for key in phrase.keys:
                self._by_key.setdefault(key, []).append(n)
        self._keys = frozenset(self._by_key)
        self._all_keys.update(self._keys)

    def numbered(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Find every phrase in a text of small letters, from the left, none within another; each with its number."""
        there = self._keys & _standing(text, len(self._all_keys))
        likely = sorted({n for key in there for n in self._by_key[key]})
        ahead = [(found.start(), n, found) for n in likely if (found := self.phrases[n].search(text, 0))]
        while ahead:
            start, n, first = min(ahead, key=_place)
            yield n, first
            end = max(first.end(), start + 1)
            again = (each if each[0] >= end else self._next(each[1], text, end) for each in ahead)
            ahead = [each for each in again if each]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every phrase, as a pattern of all of them would."""
        return (found for _, found in self.numbered(text))

    def _next(self, n: int, text: str, start: int) -> tuple[int, int, re.Match[str]] | None:
        found = self.phrases[n].search(text, start)
        return found and (found.start(), n, found)


def _place(ahead: tuple[int, int, re.Match[str]]) -> tuple[int, int]:
    return ahead[:2]


@lru_cache(maxsize=1024)
def _standing(text: str, _known: int) -> Keys:
    """The keys of all lists that stand in a text; asked anew when there are more lists."""
    return frozenset(key for key in PhraseList._all_keys if key in text)  # noqa: SLF001  this file's own class


@cache
def pack(module: str) -> Mapping[str, PhraseList]:
    """Read the lists of phrases that lie beside a module, in the YAML file of its name, under `phrases`.

    A line is a pattern of whole words, in either case, but that "(a|b)" captures nothing, "{illness}" stands for the
    field's noun of that name, and "<name>" for any line of another list of the file. Raises ShippedFileError.
    """
    package, _, stem = module.rpartition(".")
    name = f"{stem}.yml"
    read = shipped(package, name).get("phrases", {})
    if not isinstance(read, dict):
        raise ShippedFileError(f"{name}: under “phrases” each list has a name")
    lists = {key: texts(value) for key, value in read.items()}
    return {key: words(*(_pattern(line, lists, name) for line in lines)) for key, lines in lists.items()}


def _pattern(line: str, lists: Mapping[str, tuple[str, ...]], name: str) -> str:
    """Write a line as Python writes patterns."""

    def put(found: re.Match[str]) -> str:
        inner = lists.get(found[1] or "", ()) or (SLOTS.get(found[2] or "", ""),)
        if not inner[0]:
            raise ShippedFileError(f"{name}: “{found[0]}” in “{line}” is no list of this file and no noun")
        return f"(?:{'|'.join(_pattern(each, lists, name) for each in inner)})"

    steps = ("(?:" if step == "(" else step for step in _STEP.findall(line))
    return _INSERTED.sub(put, "".join(steps))


def words(*parts: str) -> PhraseList:
    """Make a list of whole words from patterns; letters may be written in either case."""
    small = (_CAPITAL.sub(lambda m: m.group().lower(), each) for each in parts)
    return PhraseList(tuple(alternative for each in small for alternative in split(each)))


def split(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars, and a bracket that is all of it at its own."""
    parts, depth = [""], 0
    for step in _STEP.findall(pattern):
        depth += (step[0] == "(") - (step == ")")
        if step == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += step
    if len(parts) == 1 and (inner := _inner(pattern)) is not None:
        return split(inner)
    return parts if len(parts) == 1 else [each for part in parts for each in split(part)]


@lru_cache(maxsize=1024)
def keys(pattern: str) -> Keys:
    """Tell the letters of which any match of a pattern holds at least one."""
    together = frozenset().union(*(_keys(each) for each in split(pattern)))
    return _NO_KEYS if "" in together or len(together) > _MOST else together


def _keys(sequence: str) -> Keys:
    """Choose, of what follows one another in a pattern, the part whose letters tell most."""
    runs, brackets = [""], []
    steps = _STEP.findall(sequence)
    n = 0
    while n < len(steps):
        last = _close(steps, n)
        repeat = steps[last + 1] if last + 1 < len(steps) and steps[last + 1][0] in _REPEAT else ""
        letter = _letter(steps[n]) if last == n else ""
        if letter and repeat in ("", "+"):
            runs[-1] += letter
        elif not repeat and steps[n] in ("(", "(?:"):
            brackets.append(keys("".join(steps[n + 1 : last])))
        if not letter or repeat:
            runs.append("")
        n = last + 1 + bool(repeat)
    return max([*(frozenset({run}) for run in runs), *brackets], key=lambda each: (min(map(len, each)), -len(each)))


def _close(steps: list[str], n: int) -> int:
    """Where the bracket ends that begins at a step; the step itself, when none does."""
    depth = 0
    for m in range(n, len(steps)):
        depth += (steps[m][0] == "(") - (steps[m] == ")")
        if depth == 0:
            return m
    return len(steps) - 1


def _letter(step: str) -> str:
    """The sign that a step stands for; empty when it stands for several, or for a place."""
    if len(step) == 2 and step[0] == "\\":
        return "" if step[1].isalnum() else step[1]
    return step if len(step) == 1 and step not in ".^$" else ""


def _inner(pattern: str) -> str | None:
    """What stands in the bracket that is the whole pattern; None when there is none."""
    steps = _STEP.findall(pattern)
    if steps and steps[0] in ("(", "(?:") and _close(steps, 0) == len(steps) - 1:
        return "".join(steps[1:-1])
    return None
