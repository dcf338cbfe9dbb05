"""How a value lies in a file: which names are faults there, and which fields go by an older name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def strict(cls: type[T]) -> type[T]:
    """Forbid unknown names when a frozen dataclass that people write by hand is read: they are slips of the pen."""
    return _configured(cls, extra="forbid")


def written_as(**names: str) -> Callable[[type[T]], type[T]]:
    """Keep the name that a field had in files before: `number="nct"` is read and written as `nct`."""

    def decorate(cls: type[T]) -> type[T]:
        cls.__written_as__ = names  # type: ignore[attr-defined]  # added to a class
        return _configured(cls, alias_generator=lambda name: names.get(name, name), serialize_by_alias=True)

    return decorate


def as_written(value: Any) -> Iterator[tuple[str, Any]]:
    """Give the fields of a frozen dataclass in their order, by the names that they have in files."""
    names = getattr(value, "__written_as__", {})
    return ((names.get(f.name, f.name), getattr(value, f.name)) for f in fields(value))


def _configured(cls: type[T], **more: object) -> type[T]:
    """Add to what pydantic is told of a class; it reads this attribute."""
    known = getattr(cls, "__pydantic_config__", {})
    cls.__pydantic_config__ = known | more  # type: ignore[attr-defined]  # added to a class
    return cls
