"""What each item of a finished mail costs, in words and bytes; see `model.costs`.

Templates say where an item begins and ends by comments, which are taken out before the mail leaves.
"""

from __future__ import annotations

import re

from pipeline.model.costs import ItemCost, MailCosts
from pipeline.model.names import Extent
from pipeline.render.card import Card
from pipeline.render.layout import Layout
from pipeline.render.letter import Letter, extents, words_seen

_ITEM = re.compile(r"<!--item ([\w-]+)-->\n?(.*?)<!--/item-->", re.DOTALL)
_MARK = re.compile(r"<!--(?:item [\w-]+|/item)-->\n?")


def unmarked(html: str) -> str:
    """Take out the comments that say where items begin and end."""
    return _MARK.sub("", html)


def costs_of(marked: str, layout: Layout, letter: Letter) -> MailCosts:
    """Measure a finished mail whose items are still marked."""
    html = unmarked(marked)
    found = {item[1]: item[2] for item in _ITEM.finditer(marked)}
    full = extents(layout)

    def cost(card: Card, part: str) -> ItemCost:
        extent, piece = letter.extents[card.item.id], found.get(card.printed.slug)
        if piece is None and extent is Extent.ONLINE:
            piece = ""
        return ItemCost(
            id=card.item.id,
            headline=card.printed.headline,
            part=part,
            extent=extent,
            full=full[card.item.id],
            words=None if piece is None else words_seen(piece),
            bytes=None if piece is None else len(piece.encode()),
        )

    items = tuple(cost(card, laid.part.name) for laid in layout.parts for card in laid.cards)
    words, own = words_seen(html), [each.words for each in items if each.words is not None]
    known = len(own) == len(items)
    return MailCosts(items=items, words=words, bytes=len(html.encode()), frame=words - sum(own) if known else None)
