r"""Cues: phrases that do something to the words beside them, a line each in YAML, compiled when their letters stand there.

A line is a pattern, in either case, but that "(a|b)" captures nothing, and "<name>" stands for any line of another list
of the file. It is tied to the edges of words unless it begins or ends with "…". `lead` is what stands before each line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from pipeline.language.phrase_list import keys
from pipeline.language.shipped import ShippedFileError, Value, shipped, texts

_INSERTED = re.compile(r"(?<!\(\?)(?<!\?P)<([a-z][a-z-]*)>")
_STEP = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|\(\?|.", re.DOTALL)
_WORDY_START = re.compile(r"(?!\(\?[=!<])(?:\w|\\[wd]|\(|\[)")
_WORDY_END = re.compile(r"(?<!…)(?:\w|[)\]?+*}])$")
_LOOK_END = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)$")
_EDGE = r"\b"


class CueList:
    """Cues that are looked for together, as one pattern of all of them would find them."""

    def __init__(self, patterns: tuple[str, ...], lead: str = "") -> None:
        self._patterns = tuple(f"{lead}{each}" for each in patterns)
        # What all lines begin with tells nothing of any of them.
        self._keys = tuple(keys(each.replace(_EDGE, "").lower()) for each in patterns)
        self._compiled: dict[int, re.Pattern[str]] = {}

    def _likely(self, text: str) -> Iterator[re.Pattern[str]]:
        small = text.lower()
        for n, needed in enumerate(self._keys):
            if any(key in small for key in needed):
                if n not in self._compiled:
                    self._compiled[n] = re.compile(self._patterns[n], re.IGNORECASE)
                yield self._compiled[n]

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first cue in a text from `start` on."""
        found = (hit for pattern in self._likely(text) if (hit := pattern.search(text, start)))
        return min(found, key=lambda hit: hit.start(), default=None)

    def opens(self, text: str) -> bool:
        """Whether a text begins with a cue."""
        return any(pattern.match(text) for pattern in self._likely(text))

    def stands(self, text: str, start: int = 0) -> bool:
        """Whether any cue stands in a text from `start` on."""
        return any(pattern.search(text, start) for pattern in self._likely(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every cue from the left, none within another."""
        ahead = [(hit, pattern) for pattern in self._likely(text) if (hit := pattern.search(text))]
        while ahead:
            first = min(ahead, key=lambda each: each[0].start())[0]
            yield first
            again = ((hit if hit.start() >= first.end() else p.search(text, first.end()), p) for hit, p in ahead)
            ahead = [(hit, p) for hit, p in again if hit]

    def blanked(self, text: str) -> str:
        """Put spaces in the place of every cue, so that offsets stay."""
        for hit in self.finditer(text):
            text = f"{text[: hit.start()]}{' ' * len(hit.group())}{text[hit.end() :]}"
        return text


@cache
def cue_file(name: str) -> Mapping[str, Value]:
    """Read a YAML file of cues that lies in this room."""
    return shipped(__package__ or "", name)


def cue_list(read: Mapping[str, Value], key: str) -> CueList:
    """Make the list of one key of a file that was read.

    Raises ShippedFileError for a name that is not in the file.
    """
    value = read.get(key)
    if value is None:
        raise ShippedFileError(f"there is no list “{key}”")
    lead = "".join(texts(value.get("lead"))) if isinstance(value, dict) else ""
    put = _inserting(read)
    patterns = (_edged(line, put(line.strip("…")), led=bool(lead)) for line in _lines(value))
    return CueList(tuple(patterns), put(lead))


def _lines(value: Value) -> tuple[str, ...]:
    if isinstance(value, dict):
        return (*texts(value.get("en")), *texts(value.get("de")))
    return texts(value)


def _inserting(read: Mapping[str, Value]) -> Callable[[str], str]:
    """Write a line as Python writes patterns, with the lists it names."""

    def put(line: str) -> str:
        steps = ("(?:" if step == "(" else step for step in _STEP.findall(line))
        return _INSERTED.sub(lambda found: f"(?:{'|'.join(map(put, _lines(read[found[1]])))})", "".join(steps))

    return put


def _edged(line: str, pattern: str, *, led: bool) -> str:
    before = not led and line[0] != "…" and _WORDY_START.match(line)
    after = line[-1] != "…" and _WORDY_END.search(line) and not _LOOK_END.search(line)
    return f"{_EDGE if before else ''}{pattern}{_EDGE if after else ''}"
