"""Search over items and words, with ways on for whoever can't use it; only where search was asked for."""

from collections.abc import Iterator, Mapping

from pipeline.model.search import PAGE
from pipeline.render.glossary_links import all_words
from pipeline.render.pages import PageKind, Site
from pipeline.render.pages.glossary import letters_of


def _pages(site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    if site.archive.search or site.archive.kept.search:
        words = all_words(site.archive.issues, site.archive.kept.words)
        yield PAGE, {"topics": site.topics, "letters": letters_of(words, site.archive.newest.masthead.language)}


PAGE_KIND = PageKind("web/search.html", _pages)
"""The menu leads there itself, once there is a search."""
