"""How to spot an unproven clinic, and the questions to take to a specialist."""

from pipeline.render.pages import PageKind

_PATH = "about/clinics/index.html"

PAGE_KIND = PageKind("web/about_clinics.html", lambda _site: [(_PATH, {})], path=_PATH)
