"""Marks a value that people write by hand: a name it doesn't know is a fault, not silently dropped."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def strict(cls: type[T]) -> type[T]:
    """Forbid unknown names when a frozen dataclass is read from a file (pydantic reads this attribute)."""
    cls.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return cls
