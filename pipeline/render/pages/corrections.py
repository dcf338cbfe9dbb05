"""What was corrected since it was printed."""

from pipeline.render.pages import PageKind

_PATH = "corrections/index.html"

PAGE_KIND = PageKind("web/corrections.html", lambda _site: [(_PATH, {})], path=_PATH, menu=60)
