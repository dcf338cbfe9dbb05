"""What may be taken over from us, as words and as data, and how to cite it."""

from pipeline.render.pages import PageKind

_PATH = "about/licence/index.html"

PAGE_KIND = PageKind(
    "web/about_licence.html",
    lambda site: [(_PATH, {"example": next(iter(site.layouts[site.archive.newest.key].cards), None)})],
    path=_PATH,
)
