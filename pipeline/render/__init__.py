"""An issue becomes an edition: e-mail, plain text, `.eml` and web pages. Pure: templates come in as text."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.issue import Edition, Issue
from pipeline.render.letter import write_letter
from pipeline.render.press import set_up
from pipeline.render.shelf import Shelf
from pipeline.render.site import print_preview, print_site

__all__ = ["render"]


def render(issue: Issue, archive: tuple[Issue, ...], templates: Mapping[str, str]) -> Edition:
    """Make the edition of an issue and the whole archive around it.

    `archive` holds all built issues, in any order; drafts in it are left out. `templates` maps a path such as
    `email/issue.html` to its text. A draft leaves the site alone: its pages stand under `web/` among its files.
    The same values give the same bytes. Raises UsageError for a sender that is no e-mail address.
    """
    press = set_up(templates)
    shelf = Shelf.of(issue, archive)
    files = write_letter(issue, shelf, press)
    if issue.draft:
        return Edition(files | print_preview(issue, shelf, press), {})
    return Edition(files, print_site(shelf, press))
