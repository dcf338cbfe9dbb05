"""Pages of the archive that tell of all issues together: a kind is one file here and its template."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module

from pipeline.render.archive import Archive
from pipeline.render.layout import Layout
from pipeline.render.topics import TopicIndex, topics_of
from pipeline.render.trials.tracker import Tracker


@dataclass(frozen=True)
class Site:
    """What a page may tell of: all issues, each of them laid out, and the trials we follow."""

    archive: Archive
    layouts: Mapping[str, Layout]
    tracker: Tracker

    @cached_property
    def topics(self) -> TopicIndex:
        """What there is on each disease and therapy."""
        return topics_of(self.layouts, self.archive.kept.topics)


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. `pages` gives the path of each below the site, and what its template sees beside the rest.

    `path` is the page that others link to, if any, with the words of the template's block `link`: in the menu at the
    top of every page where `menu` says at which place, or else in the footer. A page that a host shows `anywhere`,
    whatever was asked for, has whole addresses and is not in the site map.
    """

    template: str
    pages: Callable[[Site], Iterable[tuple[str, Mapping[str, object]]]]
    path: str = ""
    menu: int = 0
    anywhere: bool = False


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
