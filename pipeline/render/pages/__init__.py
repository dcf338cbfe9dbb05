"""Pages of the archive that tell of all issues together: a kind is one file here and its template."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pipeline.render.archive import Archive
from pipeline.render.layout import Layout
from pipeline.render.trials.tracker import Tracker


@dataclass(frozen=True, slots=True)
class Site:
    """What a page may tell of: all issues, each of them laid out, and the trials we follow."""

    archive: Archive
    layouts: Mapping[str, Layout]
    tracker: Tracker


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. `pages` gives the path of each below the site, and what its template sees beside the rest.

    `footer` is the path that every page's footer links to, if any; the template's block `link` holds the link's words.
    """

    template: str
    pages: Callable[[Site], Iterable[tuple[str, Mapping[str, object]]]]
    footer: str = ""


@cache
def page_kinds() -> tuple[PageKind, ...]:
    """Load every kind, by file name; raises TypeError for a file that holds none."""
    found = []
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        kind = getattr(import_module(f"{__name__}.{module}"), "PAGE_KIND", None)
        if not isinstance(kind, PageKind):
            raise TypeError(f"pipeline/render/pages/{module}.py must hold PAGE_KIND = PageKind(template=…, pages=…)")
        found.append(kind)
    return tuple(found)
