"""Every specialist word of our issues, each explained."""

from pipeline.render.glossary_links import all_words
from pipeline.render.pages import PageKind

_PATH = "glossary/index.html"

PAGE_KIND = PageKind(
    "web/glossary.html", lambda site: [(_PATH, {"words": all_words(site.archive.issues)})], path=_PATH, menu=50
)
