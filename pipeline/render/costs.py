"""What each item of a finished mail costs, in words and bytes; see `model.costs`.

Templates say where an item begins and ends by comments, which are taken out before the mail leaves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.costs import ItemCost, MailCosts
from pipeline.model.names import Extent
from pipeline.render.card import Card
from pipeline.render.layout import Layout
from pipeline.render.letter import Letter, extents, words_seen

_ITEM = re.compile(r"<!--item ([\w-]+)-->\n?(.*?)<!--/item-->\n?", re.DOTALL)
_MARK = re.compile(r"<!--(?:item [\w-]+|/item)-->\n?")


def unmarked(html: str) -> str:
    """Take out the comments that say where items begin and end."""
    return _MARK.sub("", html)


def costs_of(marked: str, layout: Layout, letter: Letter) -> MailCosts:
    """Measure a finished mail whose items are still marked."""
    html, found, full = unmarked(marked), _pieces(marked), extents(layout)

    def cost(card: Card, part: str) -> ItemCost:
        extent = letter.extents[card.item.id]
        text, lines = found.get(card.printed.slug, ("" if extent is Extent.ONLINE else None, None))
        return ItemCost(
            id=card.item.id,
            headline=card.printed.headline,
            part=part,
            extent=extent,
            full=full[card.item.id],
            words=None if text is None else words_seen(text),
            bytes=None if text is None else len(text.encode()),
            lines=lines,
            brief=bool(card.item.brief),
        )

    items = tuple(cost(card, laid.part.name) for laid in layout.parts for card in laid.cards)
    words, known = words_seen(html), all(each.words is not None for each in items)
    marked_words = sum(words_seen(text) for text, _ in found.values())  # those of corrections, too
    return MailCosts(items=items, words=words, bytes=len(html.encode()), frame=words - marked_words if known else None)


def _pieces(marked: str) -> Mapping[str, tuple[str, tuple[int, int]]]:
    """Give the HTML of each item by its slug, with its first and last line once the marks are gone."""
    found, line = {}, 1
    before, *rest = _ITEM.split(marked)
    for slug, text, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        line += before.count("\n")
        found[slug] = (text, (line, line + text.rstrip("\n").count("\n")))
        line, before = line + text.count("\n"), after
    return found
