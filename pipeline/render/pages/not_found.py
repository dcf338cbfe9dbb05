"""What a web host answers with where there is no page: ways on, by topic."""

from pipeline.render.pages import PageKind

PAGE_KIND = PageKind("web/not_found.html", lambda site: [("404.html", {"topics": site.topics})], anywhere=True)
