"""What an item owes its readers by its kind: a listing has no outcomes, a withdrawal has no price."""

from __future__ import annotations

from pipeline.model.evidence import Stage
from pipeline.model.item import Item
from pipeline.model.names import Section

_NO_MARKET = frozenset({Stage.RETRACTION, Stage.COMMENTARY})


def outcomes(item: Item) -> bool:
    """Whether the item reports what became of treated people; a trial that opened, moved or stopped doesn't."""
    moved = item.section in {Section.TRIALS, Section.STOPPED} and (item.trial is not None or bool(item.change))
    return item.evidence.stage.treats_people and not moved


def access(item: Item) -> bool:
    """Whether cost and availability are due: for everything but withdrawals and opinion."""
    return item.evidence.stage not in _NO_MARKET


def funding(item: Item) -> bool:
    """Whether funder and interests are due: not for a withdrawal or a regulator's own warning."""
    return item.evidence.stage not in {Stage.RETRACTION, Stage.SAFETY_NOTICE}
