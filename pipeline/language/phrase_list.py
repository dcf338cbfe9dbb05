"""Phrases looked for together: each is tried, and compiled, only when its letters stand in a text.

Python tries every alternative of a pattern at every word, and compiles all of them at the start: that was most of what
a check took. Here a list is split at its outermost bars, and of each phrase the letters are read that any text with it
must hold. A text is asked once for the letters of all lists there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import ClassVar

from pipeline.language.nouns import SLOTS
from pipeline.language.shipped import ShippedFileError, shipped, texts

# One step of a pattern: a class, an escaped sign, a bracket, a repeat, or a plain sign.
_STEP = re.compile(
    r"<[a-zäöüß][a-zäöüß0-9-]*>|\{[a-z][a-z-]*\}|\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|"
    r"\(\?(?:P<\w+>|-?i?:|<?[=!])|\(|\)|(?:[*?+]|\{\d*,?\d*\})\??|.",
    re.DOTALL,
)
_REPEAT = re.compile(r"[*?+]|\{\d*,")
_SPECIAL = re.compile(r"[\\\[(){}*?+.|^$<]")
_INSERTED = re.compile(r"<[a-zäöüß][a-zäöüß0-9-]*>|\{[a-z][a-z-]*\}")
CAPITAL = re.compile(r"(?<!\\)[A-ZÄÖÜ]")
"""A capital that is not the name of a class such as \\W."""

_MOST = 80
# A phrase is tied to the edges of words where it begins or ends with what may be a letter.
_TIED_START = re.compile(r"[\w(\[<{^]|\\\w")
_TIED_END = re.compile(r"(?:[\w)\]>}?*+$]|\\\w)(?<!\\[^\w])$")
_END = r"(?!\w)"

Keys = frozenset[str]
"""Letters of which any match holds at least one; holding an empty one when nothing can be told."""

_NO_KEYS: Keys = frozenset({""})


class Phrase:
    """One phrase, in small letters; `keys` are the letters it can be told by, `tied` is one that begins a word."""

    __slots__ = ("_compiled", "_pack", "keys", "line", "tied")

    def __init__(self, line: str, pack: Pack) -> None:
        self.line, self._pack = line, pack
        self.keys = pack.keys(line.strip("…"))
        self.tied = _TIED_START.match(line) is not None
        self._compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> str:
        """The phrase as Python writes patterns."""
        pattern = self._pack.pattern(self.line.strip("…"))
        return f"(?:{pattern}){_END if _TIED_END.search(self.line) else ''}"

    @property
    def compiled(self) -> re.Pattern[str]:
        """The phrase, compiled when it is first asked for."""
        self._compiled = self._compiled or re.compile(self.pattern)
        return self._compiled

    def search(self, text: str, start: int) -> re.Match[str] | None:
        """Find the phrase from `start` on, where a word begins."""
        # That a word begins there is seen to afterwards: a pattern that begins with its letters is found far sooner.
        while found := self.compiled.search(text, start):
            at = found.start()
            if not self.tied or at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
                return found
            start = at + 1
        return None


class PhraseList:
    """Phrases of whole words, in small letters; where several begin at one place, the first of the list counts.

    It makes itself ready when it is first asked.
    """

    _all_keys: ClassVar[set[str]] = set()

    def __init__(self, name: str, pack: Pack) -> None:
        self._name, self._pack = name, pack
        self._by_key: dict[str, list[int]] = {}

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases, in the order of the list."""
        small = (CAPITAL.sub(lambda m: m.group().lower(), line) for line in self._pack.lines(self._name))
        return tuple(Phrase(each, self._pack) for line in small for each in split(line))

    @cached_property
    def _keys(self) -> Keys:
        for n, phrase in enumerate(self.phrases):
            for key in phrase.keys:
                self._by_key.setdefault(key, []).append(n)
        self._all_keys.update(self._by_key)
        return frozenset(self._by_key)

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

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first phrase in a text of either case from `start` on."""
        small = text.lower()
        found = (hit for phrase in self._likely(small) if (hit := phrase.search(small, start)))
        return min(found, key=lambda hit: hit.start(), default=None)

    def stands(self, text: str) -> bool:
        """Whether any phrase stands in a text of either case."""
        small = text.lower()
        return any(phrase.search(small, 0) for phrase in self._likely(small))

    def opens(self, text: str) -> bool:
        """Whether a text of either case begins with a phrase."""
        small = text.lower()
        return any(phrase.compiled.match(small) for phrase in self._likely(small))

    def whole(self, text: str) -> bool:
        """Whether a text of either case is a phrase, and nothing else."""
        small = text.lower()
        return any(phrase.compiled.fullmatch(small) for phrase in self._likely(small))

    def _likely(self, small: str) -> Iterator[Phrase]:
        return (phrase for phrase in self.phrases if any(key in small for key in phrase.keys))

    def _next(self, n: int, text: str, start: int) -> tuple[int, int, re.Match[str]] | None:
        found = self.phrases[n].search(text, start)
        return found and (found.start(), n, found)


def _place(ahead: tuple[int, int, re.Match[str]]) -> tuple[int, int]:
    return ahead[:2]


@lru_cache(maxsize=1024)
def _standing(text: str, _known: int) -> Keys:
    """The keys of all lists that stand in a text; asked anew when there are more lists."""
    return frozenset(key for key in PhraseList._all_keys if key in text)  # noqa: SLF001  this file's own class


class Pack:
    """Lists of phrases by name, which may stand for one another in a phrase; `name` is the file's.

    The file is read when the first of its lists is asked.
    """

    def __init__(self, read: Callable[[], Mapping[str, tuple[str, ...]]], name: str = "") -> None:
        self._read, self._name = read, name
        self._keys: dict[str, Keys] = {}

    def __getitem__(self, name: str) -> PhraseList:
        return PhraseList(name, self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    @cached_property
    def _lists(self) -> Mapping[str, tuple[str, ...]]:
        return self._read()

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list. Raises ShippedFileError where there is none of the name."""
        if name not in self._lists:
            raise ShippedFileError(f"{self._name}: there is no list “{name}”")
        return self._lists[name]

    def pattern(self, line: str) -> str:
        """Write a line as Python writes patterns."""
        return "".join(map(self._step, _STEP.findall(line)))

    def keys(self, pattern: str) -> Keys:
        """Tell the letters of which any match of a pattern holds at least one."""
        if pattern not in self._keys:
            together = frozenset().union(*(_keys(each, self) for each in split(pattern)))
            self._keys[pattern] = _NO_KEYS if "" in together or len(together) > _MOST else together
        return self._keys[pattern]

    def inserted(self, step: str) -> str:
        """What a step stands for that is the name of a list or of a noun; empty for any other step."""
        if not _INSERTED.fullmatch(step):
            return ""
        lines = self._lists.get(step[1:-1]) if step[0] == "<" else filter(None, (SLOTS.get(step[1:-1]),))
        found = "|".join(lines or ())
        if not found:
            raise ShippedFileError(f"{self._name}: “{step}” is no list of this file and no noun")
        return CAPITAL.sub(lambda m: m.group().lower(), found)

    def _step(self, step: str) -> str:
        inner = self.inserted(step)
        return f"(?:{self.pattern(inner)})" if inner else "(?:" if step == "(" else step


@cache
def pack(module: str) -> Pack:
    """Read the lists of phrases that lie beside a module, in the YAML file of its name, under `phrases`.

    A line is a pattern of whole words, in either case, but that "(a|b)" captures nothing, "{illness}" stands for the
    field's noun of that name, and "<name>" for any line of another list of the file. Where "…" begins or ends it, a
    word may go on. In a sentence whose found words are marked (`Hit.marked`), "‹" stands before them and "›" behind.
    Raises ShippedFileError.
    """
    package, _, stem = module.rpartition(".")
    name = f"{stem}.yml"
    return Pack(lambda: _phrases(package, name), name)


def _phrases(package: str, name: str) -> Mapping[str, tuple[str, ...]]:
    read = shipped(package, name).get("phrases", {})
    if not isinstance(read, dict):
        raise ShippedFileError(f"{name}: under “phrases” each list has a name")
    return {key: texts(value) for key, value in read.items()}


_ALONE = Pack(dict)


def words(*lines: str) -> PhraseList:
    """Make a list of phrases that lies in no pack."""
    return Pack(lambda: {"": lines})[""]


def keys(pattern: str) -> Keys:
    """Tell the letters of which any match of a pattern holds at least one."""
    return _ALONE.keys(pattern)


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


def _keys(sequence: str, pack: Pack) -> Keys:
    """Choose, of what follows one another in a pattern, the part whose letters tell most."""
    if not _SPECIAL.search(sequence):
        return frozenset({sequence})
    runs, brackets = [""], []
    steps = _STEP.findall(sequence)
    n = 0
    while n < len(steps):
        last = _close(steps, n)
        repeat = steps[last + 1] if last + 1 < len(steps) and _REPEAT.match(steps[last + 1]) else ""
        letter = _letter(steps[n]) if last == n else ""
        if letter and repeat in ("", "+"):
            runs[-1] += letter
        elif not repeat and steps[n] in ("(", "(?:"):
            brackets.append(pack.keys("".join(steps[n + 1 : last])))
        elif not repeat and (inner := pack.inserted(steps[n])):
            brackets.append(pack.keys(inner))
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
