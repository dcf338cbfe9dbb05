"""Who we are and how we choose, and the way to the pages that say more."""

from pipeline.render.pages import PageKind

_PATH = "about/index.html"

PAGE_KIND = PageKind("web/about.html", lambda _site: [(_PATH, {})], path=_PATH, menu=70)
