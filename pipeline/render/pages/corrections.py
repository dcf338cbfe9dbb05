"""What was corrected since it was printed."""

from pipeline.render.pages import PageKind

PAGE_KIND = PageKind("web/corrections.html", lambda _site: [("corrections/index.html", {})])
