"""YAML text -> nodes, by ruamel: every text that libyaml may read otherwise; and what is wrong with one, plainly."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pipeline.errors import Fault, InputError
from pipeline.text import clip

_YAML_HINT = "Check the indentation and the quotes on this line and the one above; put text with “: ” or “#” in quotes."
_PLAINLY = (
    ("mapping values are not allowed", "a second “: ” in one line, or a line that doesn't begin below its neighbours",
     ('Put the whole text between straight quotes, as headline: "Lupus: a first study", '
      "or begin the line below the others.")),
    ("character '\\t'", "a tab where a space belongs", "Replace the tab with a space."),
    ("cannot start any token", "a character that YAML reserves at the start of the text",
     'Put the whole text between straight quotes: "%5 had …".'),
    ("expected <block end>", "this doesn't fit in with the lines above",
     'Begin the line below its neighbours; inside "…" write \\" for a quote; look further up for a quote left open.'),
    ("could not find expected ':'", "the line above is not “name: text”",
     "Leave a space after the colon; text that goes on in a new line begins further in than its name."),
    ("found unexpected end of stream", "a quote or a bracket is open to the end of the file",
     "Close it where the text ends."),
    ("expected ',' or", "a bracket or brace is open, or a comma is missing", "Close it on the line where it opens."),
)  # fmt: skip
"""What the reader of YAML says -> what it means to somebody who writes, and what to do."""


def compose(text: str, name: str) -> Any:
    """Read one YAML document into ruamel's nodes. Raises InputError with line and column when it is not YAML at all."""
    try:
        return YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = " ".join(str(error.problem or error.context or "not YAML").split())
        raise InputError([Fault(name, line, column, "", *_plainly(why, text, line))]) from None
    except YAMLError as error:
        raise InputError([_reader_fault(error, text, name)]) from None
    except RecursionError:
        raise InputError([Fault(name, 1, 1, "", "nested too deeply to read", "")]) from None


def _plainly(why: str, text: str, line: int) -> tuple[str, str]:
    """Say in plain words what is wrong with a line and what to try; a space that only looks like one comes first."""
    lines = text.splitlines()
    if "'\\t'" in why and 0 < line <= len(lines) and "\t" in lines[line - 1][: _indent(lines[line - 1])]:
        shown = clip(" ".join(lines[line - 1].split()), 50)
        what = f"not valid YAML: a tab at the start of the line\n    {shown}"
        return what, "Replace it with spaces, as many as the line above has."
    if any("\N{NO-BREAK SPACE}" in each[: _indent(each)] for each in lines[max(line - 2, 0) : line]):
        what = "the line begins with special spaces (the kind that word processors make)"
        return f"not valid YAML: {what}", "Replace them with ordinary spaces, as many as the line above has."
    found = next(((what, hint) for key, what, hint in _PLAINLY if key in why), (why, _YAML_HINT))
    at = line - 1 if found[0].startswith("the line above") else line
    shown = clip(" ".join(lines[at - 1].split()), 50) if 0 < at <= len(lines) else ""
    return f"not valid YAML: {found[0]}" + (f"\n    {shown}" if shown else ""), found[1]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _reader_fault(error: YAMLError, text: str, name: str) -> Fault:
    """Say which character can't stand in YAML, and where."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Fault(name, 1, 1, "", f"not valid YAML: {' '.join(str(error).split())[:200]}", _YAML_HINT)
    before = text[:position]
    line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
    return Fault(
        name, line, column, "", f"a character that YAML does not allow (U+{ord(text[position]):04X})", "Delete it."
    )
