"""What a mail costs its reader: the words to read and the bytes to load, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.names import Extent

FRAME = 400
"""The most words that all which is no item may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCost:
    """One item of a mail: its part, how much of it stands there, and how much would if there were room (`full`).

    `words` are those that a reader sees, `bytes` those of its HTML with styles on the elements, `lines` its first and
    last in email.html. They are None where a newsroom's own templates don't mark where an item begins and ends.
    `brief` tells whether its editors wrote a short text for the mail.
    """

    id: str
    headline: str
    part: str
    extent: Extent
    full: Extent
    words: int | None
    bytes: int | None
    lines: tuple[int, int] | None
    brief: bool

    @property
    def shortened(self) -> bool:
        """Whether it stands in the mail, but at less than its full length."""
        return self.extent not in {self.full, Extent.ONLINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCosts:
    """All items of a mail in its order, and the whole of it as it is sent: words seen, bytes of HTML.

    `frame` counts the words that belong to no item; None where items aren't marked.
    """

    items: tuple[ItemCost, ...]
    words: int
    bytes: int
    frame: int | None

    @property
    def shortened(self) -> tuple[ItemCost, ...]:
        """The items that are shorter than they would be if there were room."""
        return tuple(each for each in self.items if each.shortened)

    @property
    def moved(self) -> tuple[ItemCost, ...]:
        """The items that are online only."""
        return tuple(each for each in self.items if each.extent is Extent.ONLINE)
