"""Values with places -> frozen dataclasses, or every fault with its line and the nearest valid word."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import Fault
from pipeline.text import nearest
from pipeline.yamltext.document import Document, Path, spell

T = TypeVar("T")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def read(document: Document, kind: type[T], value: object | None = None, prefix: Path = ()) -> T | None:
    """Make a `kind` (a frozen dataclass) from the values; None when there are faults, which the document gathers."""
    try:
        return adapter(kind).validate_python(_filled(document.value if value is None else value, kind, ()))
    except ValidationError as error:
        document.faults.extend(_explain(document, prefix, e, kind) for e in error.errors(include_url=False))
        return None


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The pydantic adapter of a dataclass; built once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _explain(document: Document, prefix: Path, error: Any, kind: type) -> Fault:
    """Turn one pydantic error into a sentence with line, path and the nearest valid word."""
    loc: Path = (
        *prefix,
        *(p for p in error["loc"] if not (isinstance(p, str) and p.startswith(("function-", "tuple[")))),
    )
    code, given, ctx = str(error["type"]), error.get("input"), error.get("ctx", {})
    if code in ("unexpected_keyword_argument", "extra_forbidden"):
        known = [n for n in _fields(kind, loc[len(prefix) : -1]) if n != "options"]
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
        return document.fault(loc, said.format(given=_short(given)), "")
    message = str(error["msg"]).removeprefix("Value error, ")
    main, _, hint = message.partition(" | ")
    return document.fault(loc, main, hint)


_SAID = {
    "greater_than_equal": "“{given}” is too small",
    "less_than_equal": "“{given}” is too large",
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


def _filled(value: object, kind: type, path: Path) -> object:
    """Drop names that were left empty, so that an emptied field is the same as one not written.

    A name nobody knows stays, empty or not: it is a slip of the pen, to be reported before something is written there.
    """
    if isinstance(value, dict):
        known = _fields(kind, path)
        kept = {key: child for key, child in value.items() if child is not None or (known and key not in known)}
        return {key: _filled(child, kind, (*path, key)) for key, child in kept.items()}
    return [_filled(child, kind, (*path, 0)) for child in value] if isinstance(value, list) else value


def _short(given: object) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "a block of names"
    if isinstance(given, (list, tuple)):
        return "a list"
    text = str(given)
    return text if len(text) <= 60 else text[:57] + "…"


@lru_cache(maxsize=1024)
def _fields(kind: type, path: Path) -> tuple[str, ...]:
    """The names that a dataclass knows, or the one that a path through its fields and their elements leads to."""
    at: Any = kind
    for part in path:
        at = _bare(_hints(at).get(part) if isinstance(part, str) else next(iter(get_args(at)), None))
    return tuple(field.name for field in fields(at)) if is_dataclass(at) else ()


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind) if is_dataclass(kind) else {}


def _bare(hint: Any) -> Any:
    """A type without its "or None"."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    return next((each for each in get_args(hint) if each is not NoneType), None)
