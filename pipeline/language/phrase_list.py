"""Lists of phrases in the YAML file beside a module: how they are written, and how they are found in a text.

A phrase is a line: a pattern of whole words, in either case, but that

- "(a|b)" captures nothing;
- "{illness}" stands for the field's noun of that name, and "<name>" for any line of another list of the file;
- where "…" begins or ends it, a word may go on;
- in a sentence whose found words are marked (`Hit.marked`), "‹" stands before them and "›" behind.

A list is lines, or a mapping with the lines of each language (`en`, `de`), what stands before each of them (`lead`),
and `case: as written` where capitals tell; nouns are in small letters.

Python tries every alternative of a pattern at every word, and compiles all of them at the start: that was most of what
a check took. Here a list is split at its outermost bars, and a phrase is tried, and compiled, only when a text holds
the words that `first_look` reads off it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.language.first_look import STEP, Look, first_look, small
from pipeline.language.late import late
from pipeline.language.normalise import small_letters
from pipeline.language.noun import Narrow, Noun
from pipeline.language.nouns import NOUNS
from pipeline.language.shipped import ShippedFileError, Value, shipped, texts
from pipeline.language.worked_out import Phrases, digest, recall

_INSERTED = re.compile(r"<[a-zäöüß][a-zäöüß0-9-]*>|\{[a-z][a-z-]*\}")
_NOUN = re.compile(r"\{([a-z][a-z-]*)\}")
# A phrase is tied to the edges of words where it begins or ends with what may be a letter.
_TIED_START = re.compile(r"[\w(\[<{^]|\\\w")
_TIED_END = re.compile(r"(?:[\w)\]>}?*+$]|\\\w)(?<!\\[^\w])$")
_END = r"(?!\w)"


class Passage(NamedTuple):
    """Words found in a text, where they stand, and the number of the phrase that found them in its list."""

    words: str
    start: int
    end: int
    number: int

    def span(self) -> tuple[int, int]:
        """Where the words stand."""
        return self.start, self.end


class Phrase:
    """One phrase of a list. Most are never tried, so making one costs next to nothing."""

    def __init__(self, line: str, among: PhraseList) -> None:
        self._line, self._among = line, among
        self._narrow: Narrow | None = None

    @cached_property
    def look(self) -> Look:
        """What the first look reads."""
        starts = not self._among.lead and _TIED_START.match(self._line) is not None
        return Look(self._line.strip("…"), starts, _TIED_END.search(self._line) is not None)

    @property
    def pattern(self) -> str:
        """The phrase as Python writes patterns."""
        return self._among.pack.written(self._expanded())

    def _expanded(self) -> str:
        line = f"{self._among.lead}({self.look.pattern}){_END if self.look.ends else ''}"
        expanded = self._among.pack.expanded(line)
        return expanded if self._among.as_written else small(expanded)

    def ready(self, text: str) -> re.Pattern[str]:
        """The phrase, compiled when it is first asked for."""
        if self._narrow is None:
            pack, line = self._among.pack, self._expanded()
            self._narrow = Narrow(lambda: pack.written(line, met=True), nouns_in(line))
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
    """Phrases of one list; where several begin at one place, the first of the list counts.

    It makes itself ready when it is first asked. A text may be of either case.
    """

    def __init__(self, name: str, pack: Pack) -> None:
        self._name, self.pack = name, pack

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases, in the order of the list."""
        return tuple(Phrase(line, self) for line in self._read[0])

    @cached_property
    def words(self) -> frozenset[str]:
        """The list as single words, several of which stand on a line."""
        return frozenset(" ".join(self.pack.lines(self._name)).split())

    @cached_property
    def lead(self) -> str:
        """What stands before each line."""
        return "".join(texts(self._options.get("lead")))

    @cached_property
    def as_written(self) -> bool:
        """Whether capitals tell."""
        return self._options.get("case") == "as written"

    @cached_property
    def _options(self) -> Mapping[str, Value]:
        value = self.pack.lists.get(self._name)
        return value if isinstance(value, dict) else {}

    @cached_property
    def _read(self) -> Phrases:
        return recall(self.pack.digest, self._name) or self.work_out()

    def work_out(self) -> Phrases:
        """Split the lines into phrases, and read the first look off them."""
        lines = tuple(each for line in self.pack.lines(self._name) for each in split(line))
        return lines, first_look([Phrase(line, self).look for line in lines], self.pack.inserted)

    def finditer(self, text: str, start: int = 0, among: Sequence[int] | None = None) -> Iterator[Passage]:
        """Find every phrase from `start` on, from the left, none within another.

        `among` are the numbers of those that are likely in what the text is a part of.
        """
        ready, likely = self._tried(text, among)
        ahead = [each for n in likely if (each := self._next(n, ready, start))]
        while ahead:
            start, n, end = min(ahead)
            yield Passage(text[start:end], start, end, n)
            end = max(end, start + 1)
            again = (each if each[0] >= end else self._next(each[1], ready, end) for each in ahead)
            ahead = [each for each in again if each]

    def search(self, text: str, start: int = 0) -> Passage | None:
        """Find the first phrase from `start` on."""
        return next(self.finditer(text, start), None)

    def stands(self, text: str, start: int = 0) -> bool:
        """Whether any phrase stands in a text from `start` on."""
        ready, likely = self._tried(text)
        return any(self.phrases[n].search(ready, start) for n in likely)

    def likely(self, text: str) -> Sequence[int]:
        """Give the numbers of the phrases that a first look at a text finds likely."""
        return self._tried(text)[1]

    def opens(self, text: str) -> bool:
        """Whether a text begins with a phrase."""
        ready, likely = self._tried(text)
        return any(self.phrases[n].ready(ready).match(ready) for n in likely)

    def whole(self, text: str) -> bool:
        """Whether a text is a phrase, and nothing else."""
        ready, likely = self._tried(text)
        return any(self.phrases[n].ready(ready).fullmatch(ready) for n in likely)

    def blanked(self, text: str) -> str:
        """Put spaces in the place of every phrase, so that offsets stay."""
        for hit in self.finditer(text):
            text = f"{text[: hit.start]}{' ' * (hit.end - hit.start)}{text[hit.end :]}"
        return text

    def _tried(self, text: str, among: Sequence[int] | None = None) -> tuple[str, Sequence[int]]:
        """A text as the phrases want it, and the numbers of those whose letters stand in it."""
        # Small letters are found several times as fast as letters in either case.
        lower = small_letters(text)
        return text if self.as_written else lower, self._read[1].likely(lower, among)

    def _next(self, n: int, ready: str, start: int) -> tuple[int, int, int] | None:
        found = self.phrases[n].search(ready, start)
        return found and (found.start(), n, found.end())


class Pack:
    """The lists of one file by name, which may stand for one another in a phrase; `name` is the file's.

    The file is read when the first of its lists is asked.
    """

    def __init__(self, read: Callable[[], Mapping[str, Value]], name: str = "") -> None:
        self._read, self._name = read, name
        self._made: dict[str, PhraseList] = {}
        self._steps: dict[str, str] = {}

    def __getitem__(self, name: str) -> PhraseList:
        return self._made.get(name) or self._made.setdefault(name, PhraseList(name, self))

    @cached_property
    def lists(self) -> Mapping[str, Value]:
        """All lists as they are written."""
        return self._read()

    @cached_property
    def digest(self) -> str:
        """The digest of all that the phrases are read off."""
        lists = repr(self.lists)
        return digest((lists, *(noun.every for noun in nouns_in(lists))))

    def work_out(self) -> dict[str, Phrases]:
        """Work out the phrases and the first look of every list."""
        return {name: self[name].work_out() for name in self.lists}

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list, of all languages. Raises ShippedFileError where there is none of the name."""
        value = self.lists.get(name)
        if value is None:
            raise ShippedFileError(f"{self._name}: there is no list “{name}”")
        return (*texts(value.get("en")), *texts(value.get("de"))) if isinstance(value, dict) else texts(value)

    def pattern(self, line: str) -> str:
        """Write a line as Python writes patterns, with the lists and all spellings of the nouns that it names."""
        return self.written(self.expanded(line))

    def expanded(self, line: str) -> str:
        """Write a line as Python writes patterns, with the lists it names in it; its nouns stay."""
        return "".join(map(self._step, STEP.findall(line)))

    def written(self, expanded: str, *, met: bool = False) -> str:
        """Write the nouns in such a line: whole, or with the spellings met so far."""
        return _NOUN.sub(lambda noun: self._noun(noun[1], met=met), expanded)

    def late(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """Make a pattern of Python's that names lists and nouns; its plain brackets capture nothing."""
        return late(lambda: self.pattern(pattern), flags)

    def inserted(self, step: str) -> str:
        """What a step stands for that is the name of a list or of a noun; empty for any other step."""
        if step[0] not in "<{" or not _INSERTED.fullmatch(step):
            return ""
        name = step[1:-1]
        if step[0] == "<":
            return "|".join(self.lines(name))
        if name not in NOUNS:
            raise ShippedFileError(f"{self._name}: there is no noun “{name}”")
        return NOUNS[name].every

    def _noun(self, name: str, *, met: bool) -> str:
        if met and name in NOUNS:
            return NOUNS[name].written()
        return f"(?:{self.expanded(self.inserted(f'{{{name}}}'))})"

    def _step(self, step: str) -> str:
        if step[0] != "<":
            return "(?:" if step == "(" else step
        if step not in self._steps:
            inner = self.inserted(step)
            self._steps[step] = f"(?:{self.expanded(inner)})" if inner else step
        return self._steps[step]


def nouns_in(text: str) -> tuple[Noun, ...]:
    """The nouns that a text names."""
    return tuple(NOUNS[name] for name in dict.fromkeys(_NOUN.findall(text)) if name in NOUNS)


@cache
def pack(module: str) -> Pack:
    """Find the lists in the YAML file that lies beside a module and has its name: under `phrases`, or all of it.

    Raises ShippedFileError when it is read.
    """
    package, _, stem = module.rpartition(".")
    name = f"{stem}.yml"
    return Pack(lambda: _lists(package, name), name)


def _lists(package: str, name: str) -> Mapping[str, Value]:
    read = shipped(package, name)
    lists = read.get("phrases", read)
    if not isinstance(lists, dict):
        raise ShippedFileError(f"{name}: under “phrases” each list has a name")
    return lists


def words(*lines: str) -> PhraseList:
    """Make a list of phrases that lies in no file."""
    return Pack(lambda: {"": list(lines)})[""]


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
