"""Ways out, one file each, found by file name: each takes a built issue's files and puts them somewhere, once."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pipeline.errors import UsageError
from pipeline.model.issue import Edition
from pipeline.text import nearest

__all__ = ["Channel", "Progress", "Sent", "channel", "names"]

Progress = Callable[[str, int, int], None]
"""Is told how far a long piece of work is: what is done, how many there are by now, and how many there will be."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a channel did: a remark for the receipt, and whether anything is now there that was not.

    `strangers` are files that lie there among ours and are none of ours, or no more.
    """

    note: str
    changed: bool
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. `send` puts the files of an issue and of the archive to an address of the channel's own.

    It takes the address and the edition, and raises PipelineError when it can't. `label` names an address in receipts,
    which lie in the newsletter's folder for others to read: without a path of this machine, and without a secret.
    A `repeatable` channel may send the same edition again: what is there already stays as it is.
    """

    name: str
    what: str
    send: Callable[[str, Edition], Sent]
    label: Callable[[str], str]
    repeatable: bool = False


@cache
def names() -> tuple[str, ...]:
    """Name every channel, without loading any."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


@cache
def channel(name: str) -> Channel:
    """Load one channel; raises UsageError with the nearest name where there is none."""
    if name not in names():
        raise UsageError(f"There is no channel “{name}”: {nearest(name, list(names()))}")
    found = getattr(import_module(f"{__name__}.{name}"), "CHANNEL", None)
    if not isinstance(found, Channel) or found.name != name or not found.what:
        raise TypeError(
            f"pipeline/channels/{name}.py must hold CHANNEL = Channel(name={name!r}, what=..., send=..., label=...)"
        )
    return found
