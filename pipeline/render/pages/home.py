"""The start page: the newest issue in short, the trials and diseases we follow, and the way to every other issue."""

from pipeline.render.glossary_links import Linker
from pipeline.render.pages import PageKind

PAGE_KIND = PageKind(
    "web/home.html",
    lambda site: [("index.html", {"layouts": site.layouts, "topics": site.topics, "terms": Linker()})],
)
