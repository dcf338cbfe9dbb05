"""The row of links at the top of every page: where each leads, and which of them the reader is at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pipeline.model.search import PAGE
from pipeline.render.archive import Archive
from pipeline.render.pages import page_kinds
from pipeline.render.press import Press
from pipeline.render.trials.tracker import Tracker

Menu = Callable[[str], tuple["MenuEntry", ...]]
"""The entries as a page sees them, by the page's own path."""

_TRIALS, _SEARCH = 30, 80
"""The places of the trials and of search among the kinds of pages, which say theirs themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry: the `path` it leads to, and its `words`, or else its `name` in `web/words.txt`.

    `current` is "page" on the page itself, "true" on the pages behind it, and empty elsewhere (as `aria-current`).
    """

    path: str
    words: str = ""
    name: str = ""
    current: str = ""


def menu_of(archive: Archive, tracker: Tracker, press: Press) -> Menu:
    """Make the menu of an archive: this month, then the kinds of pages in their order, trials and search among them."""
    kinds = [(kind.menu, kind.path, str(press.link_words(kind.template)), "") for kind in page_kinds() if kind.menu]
    trials = [(_TRIALS, "trials/index.html", "", "trials")] if tracker.trials else []
    search = [(_SEARCH, PAGE, "", "search")] if archive.search else []
    month = [(0, f"{archive.newest.key}/index.html", "", "month")]
    entries = [(path, words, name) for _, path, words, name in sorted([*month, *kinds, *trials, *search])]
    older = tuple(f"{issue.key}/" for issue in archive.issues if issue is not archive.newest)

    @cache
    def with_current(*current: str) -> tuple[MenuEntry, ...]:
        return tuple(
            MenuEntry(path=to, words=words, name=name, current=here)
            for (to, words, name), here in zip(entries, current, strict=True)
        )

    return lambda path: with_current(*(_current(path, to, older) for to, _, _ in entries))


def _current(path: str, to: str, older: tuple[str, ...]) -> str:
    if path == to:
        return "page"
    behind = path.startswith(to.removesuffix("index.html")) or (to == "issues/index.html" and path.startswith(older))
    return "true" if behind else ""
