"""Phrases looked for together: each is tried, and compiled, only when its words stand in a text.

Python tries every alternative of a pattern at every word, and compiles all of them at the start: that was most of what
a check took. Here a list is split at its outermost bars, and each phrase is told by what `first_look` reads off it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property

from pipeline.language.first_look import STEP, FirstLook, Look, small
from pipeline.language.normalise import small_letters
from pipeline.language.noun import Narrow, Noun
from pipeline.language.nouns import NOUNS
from pipeline.language.shipped import ShippedFileError, shipped, texts

_INSERTED = re.compile(r"<[a-zäöüß][a-zäöüß0-9-]*>|\{[a-z][a-z-]*\}")
# A phrase is tied to the edges of words where it begins or ends with what may be a letter.
_TIED_START = re.compile(r"[\w(\[<{^]|\\\w")
_TIED_END = re.compile(r"(?:[\w)\]>}?*+$]|\\\w)(?<!\\[^\w])$")
_END = r"(?!\w)"


class Phrase:
    """One phrase, in small letters; `look` is what it is told by."""

    __slots__ = ("_narrow", "_pack", "look")

    def __init__(self, line: str, pack: Pack) -> None:
        starts, ends = _TIED_START.match(line) is not None, _TIED_END.search(line) is not None
        self.look, self._pack = Look(line.strip("…"), starts, ends), pack
        self._narrow: Narrow | None = None

    @property
    def pattern(self) -> str:
        """The phrase as Python writes patterns."""
        return self._written(met=False)

    def _written(self, *, met: bool) -> str:
        return f"(?:{self._pack.pattern(self.look.pattern, met=met)}){_END if self.look.ends else ''}"

    def ready(self, text: str) -> re.Pattern[str]:
        """The phrase, compiled when it is first asked for."""
        if self._narrow is None:
            self._narrow = Narrow(lambda: self._written(met=True), self._pack.nouns(self.look.pattern))
        return self._narrow.ready(text)

    def search(self, text: str, start: int) -> re.Match[str] | None:
        """Find the phrase from `start` on, where a word begins."""
        # That a word begins there is seen to afterwards: a pattern that begins with its letters is found far sooner.
        pattern = self.ready(text)
        while found := pattern.search(text, start):
            at = found.start()
            if not self.look.starts or at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
                return found
            start = at + 1
        return None


class PhraseList:
    """Phrases of whole words, in small letters; where several begin at one place, the first of the list counts.

    It makes itself ready when it is first asked.
    """

    def __init__(self, name: str, pack: Pack) -> None:
        self._name, self._pack = name, pack

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases, in the order of the list."""
        return tuple(Phrase(each, self._pack) for line in self._pack.lines(self._name) for each in split(small(line)))

    @cached_property
    def _first(self) -> FirstLook:
        return FirstLook((phrase.look for phrase in self.phrases), self._pack.inserted)

    def numbered(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Find every phrase in a text of small letters, from the left, none within another; each with its number."""
        likely = self._first.likely(text)
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
        lower = small_letters(text)
        found = (hit for phrase in self._likely(lower) if (hit := phrase.search(lower, start)))
        return min(found, key=lambda hit: hit.start(), default=None)

    def stands(self, text: str) -> bool:
        """Whether any phrase stands in a text of either case."""
        lower = small_letters(text)
        return any(phrase.search(lower, 0) for phrase in self._likely(lower))

    def opens(self, text: str) -> bool:
        """Whether a text of either case begins with a phrase."""
        lower = small_letters(text)
        return any(phrase.ready(lower).match(lower) for phrase in self._likely(lower))

    def whole(self, text: str) -> bool:
        """Whether a text of either case is a phrase, and nothing else."""
        lower = small_letters(text)
        return any(phrase.ready(lower).fullmatch(lower) for phrase in self._likely(lower))

    def _likely(self, text: str) -> Iterator[Phrase]:
        return (self.phrases[n] for n in self._first.likely(text))

    def _next(self, n: int, text: str, start: int) -> tuple[int, int, re.Match[str]] | None:
        found = self.phrases[n].search(text, start)
        return found and (found.start(), n, found)


def _place(ahead: tuple[int, int, re.Match[str]]) -> tuple[int, int]:
    return ahead[:2]


class Pack:
    """Lists of phrases by name, which may stand for one another in a phrase; `name` is the file's.

    The file is read when the first of its lists is asked.
    """

    def __init__(self, read: Callable[[], Mapping[str, tuple[str, ...]]], name: str = "") -> None:
        self._read, self._name = read, name

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

    def pattern(self, line: str, *, met: bool = False) -> str:
        """Write a line as Python writes patterns, its nouns whole, or with the spellings met so far."""
        return "".join(self._step(step, met=met) for step in STEP.findall(line))

    def nouns(self, line: str) -> tuple[Noun, ...]:
        """The nouns in a line and in the lists it names."""
        found: dict[Noun, None] = {}
        for step in STEP.findall(line):
            if step[0] == "{" and (noun := NOUNS.get(step[1:-1])):
                found[noun] = None
            elif step[0] == "<" and (inner := self.inserted(step)):
                found.update(dict.fromkeys(self.nouns(inner)))
        return tuple(found)

    def inserted(self, step: str) -> str:
        """What a step stands for that is the name of a list or of a noun; empty for any other step."""
        if step[0] not in "<{" or not _INSERTED.fullmatch(step):
            return ""
        name = step[1:-1]
        if step[0] == "{" and name in NOUNS:
            return NOUNS[name].every
        lines = self._lists.get(name, ()) if step[0] == "<" else ()
        if not lines:
            raise ShippedFileError(f"{self._name}: “{step}” is no list of this file and no noun")
        return small("|".join(lines))

    def _step(self, step: str, *, met: bool) -> str:
        if met and step[0] == "{" and step[1:-1] in NOUNS:
            return NOUNS[step[1:-1]].written()
        inner = self.inserted(step)
        return f"(?:{self.pattern(inner, met=met)})" if inner else "(?:" if step == "(" else step


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


def words(*lines: str) -> PhraseList:
    """Make a list of phrases that lies in no pack."""
    return Pack(lambda: {"": lines})[""]


def split(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars, and a bracket that is all of it at its own."""
    if "|" not in pattern:
        return [pattern]
    parts, depth, closed = [""], 0, -1
    steps = STEP.findall(pattern)
    for n, step in enumerate(steps):
        depth += (step[0] == "(") - (step == ")")
        closed = n if depth == 0 and closed < 0 else closed
        if step == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += step
    if len(parts) > 1:
        return [each for part in parts for each in split(part)]
    whole = steps[0] in ("(", "(?:") and closed == len(steps) - 1
    return split("".join(steps[1:-1])) if whole else parts
