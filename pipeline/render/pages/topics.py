"""What we wrote on each disease and each therapy, and an A to Z of them."""

from collections.abc import Iterator, Mapping

from pipeline.render.glossary_links import Linker
from pipeline.render.pages import PageKind, Site

_PATH = "topics/index.html"


def _pages(site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield _PATH, {"topics": site.topics, "one": None}
    for topic in site.topics.with_pages:
        numbered = tuple((n, path) for n, (path, _) in enumerate(topic.pages, 1))
        for path, cards in topic.pages:
            yield path, {"one": topic, "some": cards, "pagination": numbered, "terms": Linker()}


PAGE_KIND = PageKind("web/topics.html", _pages, path=_PATH, menu=40)
