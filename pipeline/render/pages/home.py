"""The start page: every issue, the newest first."""

from pipeline.render.glossary_links import Linker
from pipeline.render.pages import PageKind

PAGE_KIND = PageKind("web/home.html", lambda site: [("index.html", {"layouts": site.layouts, "terms": Linker()})])
