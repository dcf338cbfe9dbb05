"""Values with places -> frozen dataclasses, or every fault with its line and the nearest valid word; and JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pipeline.yamltext.document import Document, Path
from pipeline.yamltext.making import Declined, make

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_SMALL = 300_000


class UnreadableError(ValueError):
    """JSON that holds no value of its kind: where, as "items.3.status", and what is wrong there."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where, self.message = where, message


def read(document: Document, kind: type[T], value: object | None = None, prefix: Path = ()) -> T | None:
    """Make a `kind` (a frozen dataclass) from the values; None when there are faults, which the document gathers."""
    filled = _filled(document.value if value is None else value, kind, ())
    try:
        return make(kind, filled)
    except Declined:
        from pipeline.yamltext.checked import Faults, checked  # noqa: PLC0415  pydantic takes long to load

    made = checked(kind, filled)
    if isinstance(made, Faults):
        document.faults.extend(made.explained(document, prefix, partial(_fields, cast("Any", kind))))
        return None
    return made


def load_json(kind: type[T], content: str | bytes, *, once: bool = False) -> T:
    """Read a `kind` from JSON. Raises UnreadableError with the first thing that is wrong.

    `once` tells that a command may need no other JSON: pydantic reads faster, and takes long to load.
    """
    try:
        if once and len(content) < _SMALL:
            return make(kind, json.loads(content))
    except (Declined, ValueError, RecursionError):
        pass
    from pipeline.yamltext.checked import Faults, checked_json  # noqa: PLC0415  pydantic takes long to load

    made = checked_json(kind, content)
    if isinstance(made, Faults):
        raise UnreadableError(*made.first())
    return made


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The pydantic adapter of a kind, to write it as JSON; built once."""
    from pipeline.yamltext.checked import adapter as built  # noqa: PLC0415  pydantic takes long to load

    return built(kind)


def _filled(value: object, kind: type, path: Path) -> object:
    """Drop names that were left empty, so that an emptied field is the same as one not written.

    A name nobody knows stays, empty or not: it is a slip of the pen, to be reported before something is written there.
    """
    if isinstance(value, dict):
        known = _fields(kind, path)
        kept = {key: child for key, child in value.items() if child is not None or (known and key not in known)}
        return {key: _filled(child, kind, (*path, key)) for key, child in kept.items()}
    return [_filled(child, kind, (*path, 0)) for child in value] if isinstance(value, list) else value


@lru_cache(maxsize=1024)
def _fields(kind: Any, path: Path) -> tuple[str, ...]:
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
