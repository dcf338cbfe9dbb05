"""Words that stay together at the end of a line: "CAR-T", "7 of 9"."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_TOGETHER = re.compile(r"\b(?:\d+ (?:of|von) \d+|\w{1,12}-[A-Z]{1,3})\b(?![^<]*>)")
"""A count of a whole, and a short name behind a hyphen; never within a tag."""


@lru_cache(maxsize=20_000, typed=True)  # the same letters as words and as markup are two things
def unbroken(words: str) -> Markup:
    """Escape words, unless they are markup, and keep together what a line's end would tear."""
    return Markup(_TOGETHER.sub(r'<span class="nb">\g<0></span>', str(escape(words))))  # noqa: S704  escaped above
