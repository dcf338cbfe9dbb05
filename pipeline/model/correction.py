"""The editors' own correction of something that was printed: which words were wrong, which are right, who signed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.model.evidence import Comparison, Stage
from pipeline.model.item import WORDS, Item, Signature, TextHash, Waiver, hash_of
from pipeline.model.names import CorrectionKind
from pipeline.model.strict import strict


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A field of an item, as `summary` or `facts[1].value`, with what stood there and what should have."""

    field: str
    was: str = ""
    now: str = ""


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the editors have to say of an item that was printed; `of` is its address, issue and last part.

    `words` are the fields that change; a note may stand alone. The item as it was frozen is never touched.
    """

    id: str
    of: str
    kind: CorrectionKind
    on: date
    note: str
    words: tuple[Reworded, ...] = ()
    waive: tuple[Waiver, ...] = ()
    signed: tuple[Signature, ...] = ()

    @property
    def issue(self) -> str:
        """The issue that printed the item."""
        return self.of.partition("/")[0]

    @property
    def day(self) -> date:
        """The day it became one: that of its last sign-off."""
        return max([self.on, *(each.on for each in self.signed)])

    @property
    def says(self) -> dict[str, Any]:
        """All that a reader learns of it, as plain values; two that say the same are the same."""
        words = [[each.field, each.was, each.now] for each in self.words]
        return {"of": self.of, "kind": str(self.kind), "note": self.note, "words": words}

    @property
    def text_hash(self) -> TextHash:
        """`sha256:<hex>` of the exact words that a sign-off is bound to."""
        return hash_of(self.says)


_READ = {"stage": Stage, "participants": int, "comparison": Comparison}
"""What the fields of an item that hold no text are read as."""

_OWED = frozenset({"stage", "value"})
_EVIDENCE = ("stage", "participants", "comparison", "follow_up")
_FACT = ("value", "quote", "says")


def fields_of(item: Item) -> tuple[str, ...]:
    """Name the fields of an item that can be corrected; facts are counted from 1, as in messages about a file."""
    facts = (f"facts[{n}].{name}" for n in range(1, len(item.facts) + 1) for name in _FACT)
    return (*WORDS, "brief", *(f"evidence.{name}" for name in _EVIDENCE), *facts)


def words_in(item: Item, field: str) -> str:
    """Give the words that stand in a field, empty where there are none."""
    value: Any = item
    for part in _path(field):
        value = value[int(part) - 1] if part.isdigit() else getattr(value, part)
    return "" if value is None else str(value)


def reworded(item: Item, words: Iterable[Reworded]) -> Item:
    """Put the right words in their place; raises ValueError for some that can't stand there."""
    for each in words:
        item = _put(item, _path(each.field), each.now)
    return item


def _path(field: str) -> list[str]:
    return re.findall(r"[^.\[\]]+", field)


def _put(value: Any, path: list[str], words: str) -> Any:
    name, *rest = path
    if name.isdigit():
        at = int(name) - 1
        return (*value[:at], _put(value[at], rest, words), *value[at + 1 :])
    if not words.strip() and name in _OWED:
        raise ValueError(f"{name} can't be empty")
    return replace(value, **{name: _put(getattr(value, name), rest, words) if rest else _read(name, words)})


def _read(name: str, words: str) -> Any:
    """Read the words of a field as what it holds; raises ValueError that says what may stand there."""
    read: Any = _READ.get(name, str)
    try:
        return read(words) if words else None
    except ValueError:
        allowed = "a number in digits, such as 9" if read is int else f"one of: {', '.join(read)}"
        raise ValueError(f"it has to be {allowed}") from None
