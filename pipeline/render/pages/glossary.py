"""Every specialist word of our issues, each explained."""

from pipeline.render.glossary_links import all_words
from pipeline.render.pages import PageKind

PAGE_KIND = PageKind(
    "web/glossary.html", lambda site: [("glossary/index.html", {"words": all_words(site.archive.issues)})]
)
