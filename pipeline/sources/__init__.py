"""Kinds of source, one module each, found by file name; what they share is in `parts`."""

from __future__ import annotations

import dataclasses
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from pipeline.errors import UsageError
from pipeline.model.registries import Registries, Registry
from pipeline.sources._kind import Kind
from pipeline.text import nearest

__all__ = ["Kind", "kind", "kinds", "names", "registries"]


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
    """Load one kind; raises UsageError with the nearest name where there is none, TypeError for what is no kind."""
    if name not in names():
        raise UsageError(f"no kind of source is called “{name}”: {nearest(name, list(names()))}")
    found = getattr(import_module(f"{__name__}.{name}"), "KIND", None)
    if not isinstance(found, Kind) or found.name != name or not found.what:
        raise TypeError(f"pipeline/sources/{name}.py must hold KIND = Kind(name={name!r}, what=..., ...)")
    if found.options is not None and not _is_frozen(found.options):
        raise TypeError(f"pipeline/sources/{name}.py: options must be a frozen dataclass")
    return found


@cache
def registries() -> Registries:
    """List the registries of all kinds, and those that no kind reads."""
    read = [kind.registry for kind in kinds().values() if kind.registry is not None]
    unread = [each for each in _UNREAD if each.key not in names()]
    return Registries((*sorted(read, key=lambda each: each.rank), *unread))


_UNREAD = (
    Registry(key="drks", number=re.compile(r"(?<![A-Z0-9])DRKS ?[0-9]{8}(?![0-9])"), example="DRKS00012345"),
    Registry(key="chictr", number=re.compile(r"(?<![A-Z0-9])CHICTR[0-9]{10}(?![0-9])"), example="CHICTR2400081234"),
)
"""Registries by whose numbers other registries' entries name a study."""


def _is_frozen(options: type) -> bool:
    """Tell whether a class is a frozen dataclass."""
    return dataclasses.is_dataclass(options) and bool(vars(options)["__dataclass_params__"].frozen)
