r"""Cues: words that say something, a line each in the YAML beside a module, compiled when a text holds their letters.

A line is a pattern, in either case, but that "(a|b)" captures nothing, and "<name>" stands for any line of another list
of the file. It is tied to the edges of words unless it begins or ends with "…". A list is lines, or a mapping with the
lines of each language, what stands before each of them (`lead`), and `case: as written` where capitals tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.language.first_look import STEP, FirstLook, Look, no_names, small
from pipeline.language.late import late
from pipeline.language.normalise import small_letters
from pipeline.language.shipped import ShippedFileError, Value, shipped, texts

_INSERTED = late(r"(?<!\(\?)(?<!\?P)<([a-z][a-z-]*)>")
_WORDY_START = late(r"(?!\(\?[=!<])(?:\w|\\[wd]|\(|\[|<)")
_WORDY_END = late(r"(?<!…)(?:\w|[)\]?+*}>])$")
_LOOK_END = late(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)$")
_EDGE = r"\b"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text, and where they stand in it."""

    words: str
    start: int
    end: int


class CueList:
    """The cues of one list, found as one pattern of all of them would find them; it is read when it is first asked."""

    def __init__(self, cues: Cues, key: str) -> None:
        self._cues, self._key = cues, key
        self._compiled: dict[int, _Ready] = {}

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The lines as Python writes patterns, in the order in which they count."""
        lead = self._cues.inserted("".join(texts(self._options.get("lead"))))
        return tuple(f"{lead}{each}" for each in self._bare)

    @cached_property
    def _options(self) -> Mapping[str, Value]:
        value = self._cues.lists.get(self._key)
        return value if isinstance(value, dict) else {}

    @cached_property
    def _bare(self) -> tuple[str, ...]:
        led = "lead" in self._options
        return tuple(
            _edged(line, self._cues.inserted(line.strip("…")), led=led) for line in self._cues.lines(self._key)
        )

    @cached_property
    def _first(self) -> FirstLook:
        # What all lines begin with tells nothing of any of them.
        return FirstLook((Look(each, starts=False, ends=False) for each in self._bare), no_names)

    @cached_property
    def _as_written(self) -> bool:
        return self._options.get("case") == "as written"

    def _ready(self, text: str) -> str:
        """A text as the lines want it: small letters are found several times as fast as letters in either case."""
        return text if self._as_written else small_letters(text)

    def _likely(self, text: str) -> Iterator[_Ready]:
        """The lines whose letters stand in a text that is ready."""
        for n in self._first.likely(text.lower() if self._as_written else text):
            if n not in self._compiled:
                self._compiled[n] = _Ready(self.patterns[n], as_written=self._as_written)
            yield self._compiled[n]

    def search(self, text: str, start: int = 0) -> Passage | None:
        """Find the first cue in a text from `start` on."""
        ready, first = self._ready(text), None
        for line in self._likely(ready):
            hit = line.search(ready, start)
            if hit and (first is None or hit[0] < first[0]):
                first = hit
        return first and Passage(text[first[0] : first[1]], *first)

    def opens(self, text: str) -> bool:
        """Whether a text begins with a cue."""
        ready = self._ready(text)
        return any(line.opens(ready) for line in self._likely(ready))

    def stands(self, text: str, start: int = 0) -> bool:
        """Whether any cue stands in a text from `start` on."""
        ready = self._ready(text)
        return any(line.search(ready, start) for line in self._likely(ready))

    def finditer(self, text: str) -> Iterator[Passage]:
        """Find every cue from the left, none within another."""
        ready = self._ready(text)
        ahead = [(hit, line) for line in self._likely(ready) if (hit := line.search(ready, 0))]
        while ahead:
            start, end = min(ahead, key=lambda each: each[0][0])[0]
            yield Passage(text[start:end], start, end)
            again = ((hit if hit[0] >= end else line.search(ready, end), line) for hit, line in ahead)
            ahead = [(hit, line) for hit, line in again if hit]

    def blanked(self, text: str) -> str:
        """Put spaces in the place of every cue, so that offsets stay."""
        for hit in self.finditer(text):
            text = f"{text[: hit.start]}{' ' * (hit.end - hit.start)}{text[hit.end :]}"
        return text


class _Ready:
    """A line, compiled. Whether a word begins there is asked afterwards: plain letters are found far sooner."""

    __slots__ = ("_compiled", "_edge")

    def __init__(self, pattern: str, *, as_written: bool) -> None:
        self._edge = pattern.startswith(_EDGE)
        pattern = pattern if as_written else small(pattern)
        self._compiled = re.compile(pattern.removeprefix(_EDGE))

    def search(self, text: str, start: int) -> tuple[int, int] | None:
        while found := self._compiled.search(text, start):
            if not self._edge or _at_edge(text, found.start()):
                return found.span()
            start = found.start() + 1
        return None

    def opens(self, text: str) -> bool:
        return self._compiled.match(text) is not None and (not self._edge or _at_edge(text, 0))


def _at_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at a place, as a pattern's edge of a word has it."""
    before, after = text[at - 1 : at], text[at : at + 1]
    return (before.isalnum() or before == "_") is not (after.isalnum() or after == "_")


class Cues:
    """The lists of one file by name; `file` names it in what is wrong."""

    def __init__(self, lists: Mapping[str, Value] | None = None, module: str = "") -> None:
        self._given, self._module = lists, module
        self._made: dict[str, CueList] = {}

    @cached_property
    def lists(self) -> Mapping[str, Value]:
        """All lists as they are written."""
        package, _, stem = self._module.rpartition(".")
        return shipped(package, f"{stem}.yml") if self._given is None else self._given

    def __getitem__(self, key: str) -> CueList:
        return self._made.setdefault(key, CueList(self, key))

    def lines(self, key: str) -> tuple[str, ...]:
        """Take the lines of a list, of all languages; raises ShippedFileError for a name that is not in the file."""
        value = self.lists.get(key)
        if value is None:
            raise ShippedFileError(f"{self._module}: there is no list “{key}”")
        return (*texts(value.get("en")), *texts(value.get("de"))) if isinstance(value, dict) else texts(value)

    def words(self, key: str) -> frozenset[str]:
        """Take a list as single words, several of which stand on a line."""
        return frozenset(" ".join(self.lines(key)).split())

    def inserted(self, line: str) -> str:
        """Write a line as Python writes patterns, with the lists it names."""
        steps = ("(?:" if step == "(" else step for step in STEP.findall(line))
        return _INSERTED.sub(lambda found: self.one_of(found[1]), "".join(steps))

    def one_of(self, key: str) -> str:
        """Write a list as one pattern, in a bracket that captures nothing."""
        return f"(?:{'|'.join(map(self.inserted, self.lines(key)))})"

    def late(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """Make a pattern of Python's that names lists, as "<name>"; its plain brackets capture nothing."""
        return late(lambda: self.inserted(pattern), flags)


@cache
def cues(module: str) -> Cues:
    """Find the cues in the YAML file that lies beside a module and has its name; it is read when first asked for."""
    return Cues(module=module)


def _edged(line: str, pattern: str, *, led: bool) -> str:
    before = not led and line[0] != "…" and _WORDY_START.match(line)
    after = line[-1] != "…" and _WORDY_END.search(line) and not _LOOK_END.search(line)
    pattern = f"(?:{pattern})" if "|" in pattern else pattern
    return f"{_EDGE if before else ''}{pattern}{_EDGE if after else ''}"
