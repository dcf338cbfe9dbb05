"""The YAML that comes with the code, read quickly: mappings, lists and texts, which is all it needs.

Cues, terms and packs are read at every start, and ruamel takes a hundred times as long over them. What this reader
doesn't know it refuses, with file and line; a test reads every shipped file both ways and holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from typing import NamedTuple, Union

from pipeline.errors import PipelineError

Value = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007  a name within quotation marks takes no bar

_KEY = re.compile(r"(?P<key>[\w(<][^'\"#:]*):(?:[ ]+(?P<rest>\S.*))?$")
_QUOTED = re.compile(r"'((?:[^']|'')*)'(?: +#.*)?|\"([^\"\\]*)\"(?: +#.*)?")
_FLOW = re.compile(r"\[([^\[\]]*)\](?: +#.*)?")
_NOT_FIRST = frozenset("'\"[]{}#&*!|>%@`,")

SHIPPED = "shipped/"
"""Where words that came with the program lie among the templates of a newsroom that has words of its own."""


class ShippedFileError(PipelineError):
    """A file that comes with the code can't be read."""


class _Line(NamedTuple):
    number: int
    indent: int
    text: str
    literal: list[str] | None = None
    """The lines of a text that stands below its key, when "|" says so."""


def shipped(package: str, name: str, *, before: str = "cases") -> dict[str, Value]:
    """Read a YAML file that lies in a package of ours, as "cues/context.yml" in "pipeline.language", up to a key.

    What stands under `cases:` at its end is for tests and `hope explain`, and not read here. Raises ShippedFileError.
    """
    head, _, _ = shipped_text(package, name).partition(f"\n{before}:")
    return quick(head, name)


@cache
def shipped_text(package: str, name: str) -> str:
    """Read such a file as it is, once: a rule's is asked for its head, its phrases, and whether it has cases."""
    return (files(package) / name).read_text(encoding="utf-8")


def texts(value: Value | None) -> tuple[str, ...]:
    """Take a list of texts out of what was read; a single text is a list of one, and nothing an empty one."""
    if isinstance(value, dict):
        raise ShippedFileError(f"a list of texts was due, not {', '.join(value)}")
    return (value,) if isinstance(value, str) else tuple(map(str, value or ()))


def word_list(package: str, name: str, key: str) -> frozenset[str]:
    """Read a list of such a file as single words, several of which may stand on a line. Raises ShippedFileError."""
    return frozenset(" ".join(texts(shipped(package, name)[key])).split())


def quick(text: str, name: str) -> dict[str, Value]:
    """Read a YAML text whose top level is a mapping; every scalar stays text.

    Raises ShippedFileError with `name` and the line.
    """
    lines = list(_lines(text))
    reader = _Reader(name, lines)
    value = reader.block(0) if lines else {}
    if not isinstance(value, dict):
        raise reader.fault("the top level must be a mapping")
    if reader.at < len(lines):
        raise reader.fault("this line stands further left or right than its neighbours")
    return value


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that say something; a text of several lines goes with the one of its key."""
    last: _Line | None = None
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if last and last.literal is not None and (not bare or indent > last.indent):
            last.literal.append(line)
        elif bare and bare[0] != "#":
            last = _Line(number, indent, bare.rstrip(), [] if bare.endswith(": |") else None)
            yield last


class _Reader:
    def __init__(self, name: str, lines: list[_Line]) -> None:
        self.name, self.lines, self.at = name, lines, 0

    def fault(self, what: str) -> ShippedFileError:
        line = self.lines[min(self.at, len(self.lines) - 1)]
        return ShippedFileError(f"{self.name}, line {line.number}: {what}: {line.text}")

    def block(self, indent: int) -> Value:
        return self._list(indent) if self.lines[self.at].text.startswith("- ") else self._mapping(indent)

    def _mapping(self, indent: int) -> Value:
        found: dict[str, Value] = {}
        lines = self.lines
        while self.at < len(lines) and (line := lines[self.at]).indent == indent and not line.text.startswith("- "):
            key = _KEY.match(line.text)
            if key is None:
                raise self.fault("no “key: value”")
            name, rest = key["key"], key["rest"]
            if name in found:
                raise self.fault("this key stands here twice")
            if line.literal:
                found[name] = cleandoc("\n".join(line.literal)) + "\n"
                self.at += 1
            elif rest is None or rest[0] == "#":
                found[name] = self._below(indent)
            else:
                found[name] = self._scalar(rest)
                self.at += 1
        return found

    def _below(self, indent: int) -> Value:
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if after is None or after.indent < indent or (after.indent == indent and not after.text.startswith("- ")):
            raise self.fault("nothing stands under this key")
        self.at += 1
        return self.block(after.indent)

    def _list(self, indent: int) -> Value:
        found: list[Value] = []
        lines = self.lines
        while self.at < len(lines) and (line := lines[self.at]).indent == indent and line.text.startswith("- "):
            rest = line.text[2:].lstrip(" ")
            if ":" in rest and _KEY.match(rest):  # a mapping that begins behind the dash
                inner = indent + len(line.text) - len(rest)
                lines[self.at] = _Line(line.number, inner, rest)
                found.append(self._mapping(inner))
            else:
                found.append(self._scalar(rest))
                self.at += 1
        return found

    def _scalar(self, text: str) -> Value:
        if text[0] == "[" and (flow := _FLOW.fullmatch(text)):
            return [self._one(part.strip()) for part in flow[1].split(",") if part.strip()]
        return self._one(text)

    def _one(self, text: str) -> str:
        if text[0] in "'\"" and (quoted := _QUOTED.fullmatch(text)):
            return quoted[2] if quoted[1] is None else quoted[1].replace("''", "'")
        text = text.partition(" #")[0].rstrip() if " #" in text else text
        if text[0] in _NOT_FIRST or text[:2] in {"- ", "? ", ": "} or ": " in text or text[-1] == ":":
            raise self.fault("this text needs quotation marks, or is more than one line can hold")
        return text
