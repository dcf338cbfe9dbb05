"""CSS into `style` attributes, for mail tools that drop style sheets; the only file that knows premailer.

premailer's own ways break dark mode and fetch `@import` even with the network forbidden. The options below keep
`!important`, leave width and colour attributes alone and give its parser a fetcher that fetches nothing.
It is loaded on first use: it is slow to import and only a build needs it.
"""

from __future__ import annotations

import functools
import logging
from typing import Any, cast


def inline(html: str) -> str:
    """Return the page with the rules of its plain style sheet set on the elements they match.

    A sheet marked `data-premailer="ignore"` passes through as it is (media rules, dark colours).
    """
    page = _engine()(
        html,
        allow_network=False,
        allow_loading_external_files=False,
        strip_important=False,
        disable_validation=True,
        align_floating_images=False,
        include_star_selectors=False,
        exclude_pseudoclasses=True,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        cssutils_logging_level=logging.CRITICAL,
    )
    return cast("str", page.transform(pretty_print=False))


@functools.cache
def _engine() -> Any:
    """Build a premailer whose style sheet parser can't reach the network."""
    import cssutils  # noqa: PLC0415  takes a fifth of a second to load
    from premailer import Premailer  # noqa: PLC0415  as above

    parser = cssutils.CSSParser(fetcher=_fetch_nothing, loglevel=logging.CRITICAL, raiseExceptions=False)

    class OfflinePremailer(Premailer):  # type: ignore[misc]  # it has no types
        def _parse_css_string(self, css: str, validate: bool = True) -> object:  # noqa: ARG002, FBT001, FBT002  theirs
            return parser.parseString(css, validate=False)

    return OfflinePremailer


def _fetch_nothing(_url: str) -> tuple[str, bytes]:
    return ("utf-8", b"")
