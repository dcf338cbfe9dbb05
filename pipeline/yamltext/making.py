"""Plain values -> frozen dataclasses, as pydantic makes them, but for all that is doubtful: that is declined.

pydantic says what is wrong with a value, all of it at once, and takes as long to load as a whole issue takes to check.
So what is surely right is made here, and whatever isn't goes to pydantic. A test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,15})")
_BROKEN = re.compile(rf"{_WHOLE.pattern}(?:\.\d{{1,15}})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TRUTHS = {"true": True, "false": False}

Make = Callable[[Any], Any]


class Declined(Exception):  # noqa: N818  no error: pydantic has a look
    """A value that may be wrong, or be meant otherwise."""


def make(kind: type[T], value: object) -> T:
    """Make a `kind` from texts, numbers, lists and mappings. Raises Declined."""
    return cast("T", _maker(cast("Any", kind))(value))


@lru_cache(maxsize=256)
def _maker(kind: Any) -> Make:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin in (Union, UnionType):
        return _or_none(inner)
    if origin is Annotated:
        return _within(_maker(inner[0]), inner[1:])
    if origin is tuple and len(inner) == 2 and inner[1] is ...:
        return _tuple(_maker(inner[0]))
    if origin is dict and inner[0] is str:
        return _dict(_maker(inner[1]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of({each.value: each for each in kind})
    return _dataclass(kind) if is_dataclass(kind) else _decline


def _decline(_value: Any) -> Any:
    raise Declined


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Declined
    return value


def _int(value: Any) -> int:
    if type(value) is int:
        return value
    if type(value) is not str or not _WHOLE.fullmatch(value):
        raise Declined
    return int(value)


def _float(value: Any) -> float:
    if type(value) in (int, float) and isfinite(value):
        return float(value)
    if type(value) is not str or not _BROKEN.fullmatch(value):
        raise Declined
    return float(value)


def _bool(value: Any) -> bool:
    if type(value) is bool:
        return value
    if type(value) is not str or value not in _TRUTHS:
        raise Declined
    return _TRUTHS[value]


def _date(value: Any) -> date:
    if type(value) is not str or not _DAY.fullmatch(value):
        raise Declined
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Declined from error


_PLAIN: dict[Any, Make] = {str: _text, int: _int, float: _float, bool: _bool, date: _date, Any: lambda value: value}


def _or_none(kinds: tuple[Any, ...]) -> Make:
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) != 1 or len(kinds) != 2:
        return _decline
    made = _maker(others[0])
    return lambda value: None if value is None else made(value)


def _within(made: Make, bounds: tuple[Any, ...]) -> Make:
    """Make a number whose bounds say whether they hold one."""
    if not all(hasattr(bound, "holds") for bound in bounds):
        return _decline

    def bounded(value: Any) -> Any:
        number = made(value)
        if not all(bound.holds(number) for bound in bounds):
            raise Declined
        return number

    return bounded


def _tuple(made: Make) -> Make:
    def several(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Declined
        return tuple(map(made, value))

    return several


def _dict(made: Make) -> Make:
    def mapping(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise Declined
        return {_text(key): made(each) for key, each in value.items()}

    return mapping


def _one_of(members: Mapping[str, StrEnum]) -> Make:
    def member(value: Any) -> StrEnum:
        if type(value) is not str or value not in members:
            raise Declined
        return members[value]

    return member


def _dataclass(kind: Any) -> Make:
    names, hints = getattr(kind, "__written_as__", {}), get_type_hints(kind, include_extras=True)
    known = {names.get(f.name, f.name): (f.name, _maker(hints[f.name])) for f in fields(kind) if f.init}

    def made(value: Any) -> Any:
        if type(value) is not dict or not value.keys() <= known.keys():
            raise Declined
        try:
            return kind(**{known[name][0]: known[name][1](each) for name, each in value.items()})
        except (TypeError, ValueError) as error:  # a field is missing, or the class itself refuses what stands there
            raise Declined from error

    return made
