"""What can be changed in a document: a text put in its place, elements added to a list, a list written anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pipeline.yamltext import Path

Block = Callable[[int], Sequence[str]]
"""Lines of a new block element for the column its dash or key stands in."""


class Put(NamedTuple):
    """Set the name at the end of `path` to a text; the name is added when it is not there."""

    path: Path
    value: str


class Add(NamedTuple):
    """Add elements (plain dicts, lists and texts) at the end of the list at `path`, making the list if need be.

    `layout` writes the elements as a block; where the editor's list is in flow style they are written as JSON.
    """

    path: Path
    elements: tuple[Any, ...]
    layout: Block


class Swap(NamedTuple):
    """Put other elements in the place of all of a list's; for lists that the program writes and nobody edits."""

    path: Path
    elements: tuple[Any, ...]
    layout: Block


Edit = Put | Add | Swap
