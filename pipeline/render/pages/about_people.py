"""Who signs an issue, with their interests, and who pays for it."""

from pipeline.render.pages import PageKind

_PATH = "about/people/index.html"

PAGE_KIND = PageKind("web/about_people.html", lambda _site: [(_PATH, {})], path=_PATH)
