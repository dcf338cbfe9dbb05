"""A YAML document: its text, its values, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.errors import Fault

Path = tuple[str | int, ...]
Plain = str | list[Any] | dict[str, Any] | None


class Place(NamedTuple):
    """Where a value stands: offsets into the text, line and column from 1, and how it was written.

    `start`/`end` are character offsets of the value itself; `style` is "", "'", '"', "|", ">" for scalars,
    "block" or "flow" for collections. `dash` is the column (from 0) a block sequence's dashes or a block
    mapping's keys stand in. A tuple, as files hold thousands.
    """

    start: int
    end: int
    line: int
    column: int
    style: str
    dash: int = 0


@dataclass(slots=True)
class Document:
    """A YAML document that knows its places: `parse` makes it, `read` takes values out, `change` puts edits in.

    `keys` are the places of the names, `faults` all that was found wrong so far.
    """

    name: str
    text: str
    value: Plain = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, message: str, hint: str = "") -> Fault:
        """Make a fault about the value at `path`, or the nearest thing above it that exists."""
        at = path
        while at and at not in self.places:
            at = at[:-1]
        place = self.places.get(at)
        line, column = (place.line, place.column) if place else (1, 1)
        return Fault(self.name, line, column, spell(path), message, hint)


def spell(path: Path) -> str:
    """Write a path as people do: `items[3].evidence.stage`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out
