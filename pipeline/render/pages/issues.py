"""All issues, by year, the newest first."""

from itertools import groupby

from pipeline.model.issue import Issue
from pipeline.render.archive import Archive
from pipeline.render.pages import PageKind

_PATH = "issues/index.html"


def _by_year(archive: Archive) -> list[tuple[str, list[Issue]]]:
    return [(year, list(some)) for year, some in groupby(reversed(archive.issues), lambda issue: issue.key[:4])]


PAGE_KIND = PageKind("web/issues.html", lambda site: [(_PATH, {"years": _by_year(site.archive)})], path=_PATH, menu=20)
