"""pydantic, where it is needed: values with faults, each told with its line and the nearest valid word; and JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import Fault
from pipeline.text import nearest
from pipeline.yamltext.document import Document, Path, spell

T = TypeVar("T")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
Names = Callable[[Path], tuple[str, ...]]
"""The names that are known where a path leads to."""


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The pydantic adapter of a dataclass; built once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


class Faults:
    """What pydantic finds wrong with a value."""

    def __init__(self, error: ValidationError) -> None:
        self._errors = error.errors(include_url=False)

    def first(self) -> tuple[str, str]:
        """Where the first fault is, and what it is, in pydantic's words."""
        return ".".join(str(part) for part in self._errors[0]["loc"]), str(self._errors[0]["msg"])

    def explained(self, document: Document, prefix: Path, names: Names) -> Iterator[Fault]:
        """Turn each into a sentence with its line; `names` are those that are known where a path leads to."""
        return (_explain(document, prefix, error, names) for error in self._errors)


def checked(kind: type[T], value: object) -> T | Faults:
    """Make a `kind` from plain values."""
    try:
        return adapter(kind).validate_python(value)
    except ValidationError as error:
        return Faults(error)


def checked_json(kind: type[T], content: str | bytes) -> T | Faults:
    """Make a `kind` from JSON."""
    try:
        return adapter(kind).validate_json(content)
    except ValidationError as error:
        return Faults(error)


def _explain(document: Document, prefix: Path, error: Any, names: Names) -> Fault:
    """Turn one pydantic error into a sentence with line, path and the nearest valid word."""
    loc: Path = (
        *prefix,
        *(p for p in error["loc"] if not (isinstance(p, str) and p.startswith(("function-", "tuple[")))),
    )
    code, given, ctx = str(error["type"]), error.get("input"), error.get("ctx", {})
    if code in ("unexpected_keyword_argument", "extra_forbidden"):
        known = [n for n in names(loc[len(prefix) : -1]) if n != "options"]
        place = document.keys.get(loc)
        line, column = (place.line, place.column) if place else (1, 1)
        return Fault(
            document.name,
            line,
            column,
            spell(loc),
            f"“{loc[-1]}” is not a name this file knows",
            nearest(str(loc[-1]), known),
        )
    if code in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return document.fault(loc, f"“{loc[-1]}” is missing", "")
    if code == "enum":
        known = [w.strip(" '") for w in re.split(r",| or ", str(ctx.get("expected", "")))]
        return document.fault(
            loc, f"“{given}” is not one of the words allowed here", nearest(str(given), [k for k in known if k])
        )
    said = _SAID.get(code)
    if said:
        return document.fault(loc, said.format_map(ctx | {"given": _short(given)}), "")
    message = str(error["msg"]).removeprefix("Value error, ")
    main, _, hint = message.partition(" | ")
    return document.fault(loc, main, hint)


_SAID = {
    "greater_than_equal": "“{given}” is too small; {ge} is the least",
    "less_than_equal": "“{given}” is too large; {le} is the most",
    "finite_number": "“{given}” is not a number",
    "int_parsing": "“{given}” is not a whole number",
    "int_type": "this must be a whole number",
    "float_parsing": "“{given}” is not a number",
    "bool_parsing": "“{given}” is neither true nor false",
    "date_from_datetime_parsing": "“{given}” is not a date like 2026-12-31",
    "date_parsing": "“{given}” is not a date like 2026-12-31",
    "date_type": "this must be a date like 2026-12-31",
    "string_type": "this must be text, not {given}",
    "tuple_type": "this must be a list, not {given}",
    "list_type": "this must be a list, not {given}",
    "dataclass_type": "this must be a block of “name: value” lines, not {given}",
    "dict_type": "this must be a block of “name: value” lines, not {given}",
    "mapping_type": "this must be a block of “name: value” lines, not {given}",
}


def _short(given: object) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "a block of names"
    if isinstance(given, (list, tuple)):
        return "a list"
    text = str(given)
    return text if len(text) <= 60 else text[:57] + "…"
