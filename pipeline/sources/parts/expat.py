"""The XML parser feedparser is given: Python's own, told to hand text over in one piece instead of line by line.

That alone saves a fifth of the time a feed takes.
"""

from __future__ import annotations

from typing import cast
from xml.parsers.expat import XMLParserType
from xml.sax.expatreader import ExpatParser


class WholeText(ExpatParser):
    """Expat with its text buffer on."""

    def reset(self) -> None:
        """Make a new expat parser, as for each document."""
        super().reset()
        parser = cast("XMLParserType", vars(self)["_parser"])
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024


def create_parser() -> WholeText:
    """Make the parser; the name is the one xml.sax.make_parser looks for."""
    return WholeText()
