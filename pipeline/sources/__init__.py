"""Kinds of source, one module each, found by file name; what they share is in `parts`."""

from __future__ import annotations

import dataclasses
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from pipeline.errors import UsageError
from pipeline.sources._kind import Kind
from pipeline.text import nearest

__all__ = ["Kind", "kind", "kinds", "names"]


@cache
def names() -> tuple[str, ...]:
    """Name every kind, without loading any."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.ispkg and not m.name.startswith("_")))


@cache
def kinds() -> Mapping[str, Kind]:
    """Load every kind, by name."""
    return MappingProxyType({name: kind(name) for name in names()})


@cache
def kind(name: str) -> Kind:
    """Load one kind; raises UsageError with the nearest name where there is none, TypeError for a module that isn't one."""
    if name not in names():
        raise UsageError(f"no kind of source is called “{name}”: {nearest(name, list(names()))}")
    found = getattr(import_module(f"{__name__}.{name}"), "KIND", None)
    if not isinstance(found, Kind) or found.name != name or not found.what:
        raise TypeError(f"pipeline/sources/{name}.py must hold KIND = Kind(name={name!r}, what=..., ...)")
    if found.options is not None and not _is_frozen(found.options):
        raise TypeError(f"pipeline/sources/{name}.py: options must be a frozen dataclass")
    return found


def _is_frozen(options: type) -> bool:
    """Tell whether a class is a frozen dataclass."""
    return dataclasses.is_dataclass(options) and bool(options.__dataclass_params__.frozen)  # type: ignore[attr-defined]
