"""Asks axe about pages that stand open in a browser: npm's, as `npm/` pins it, or else the one that a package brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import second_opinions

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALL = (*WCAG, "best-practice")

Looks = Iterable[tuple[int, str]]
"""Widths of a window, each with a colour scheme."""

_RUN = """([context, tags]) => axe.run(context, {runOnly: tags, resultTypes: ['violations'], preload: false}).then(
  found => found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 120)]))"""


@cache
def script() -> str:
    """What is run in a page before it can be asked about."""
    ours = second_opinions.MODULES / "axe-core" / "axe.min.js"
    if ours.exists():
        return ours.read_text("utf-8")
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)


def barriers(page: Any, tags: Iterable[str] = ALL, context: Any = None) -> list[tuple[str, str]]:
    """Find what keeps readers out of the page as it is shown now: the rule, and the first place that breaks it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script())
    return [(rule, html) for rule, html in page.evaluate(_RUN, [context or {"include": [["html"]]}, list(tags)])]


def barriers_in(
    page: Any, looks: Looks, tags: Iterable[str] = ALL, context: Any = None
) -> Iterator[tuple[int, str, str, str]]:
    """Ask about one page in several windows without loading it again; gives width, scheme, rule and place."""
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for rule, html in barriers(page, tags, context):
            yield width, scheme, rule, html
