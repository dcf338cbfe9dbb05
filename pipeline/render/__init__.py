"""An issue becomes an edition: e-mail, plain text, `.eml` and web pages. Pure: templates come in as text."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.issue import Edition, Issue
from pipeline.model.track import FollowedTrials
from pipeline.render.archive import Archive
from pipeline.render.mail import write_letter
from pipeline.render.pictures import on_white
from pipeline.render.press import set_up
from pipeline.render.site import print_preview, print_site
from pipeline.render.trials.tracker import Tracker
from pipeline.theme import Logo

__all__ = ["render"]

_NO_TRIALS = FollowedTrials()


def render(
    issue: Issue,
    built: tuple[Issue, ...],
    templates: Mapping[str, str],
    trials: FollowedTrials = _NO_TRIALS,
    logo: Logo | None = None,
) -> Edition:
    """Make the edition of an issue and the whole archive around it.

    `built` holds all built issues, in any order; drafts among them are left out. `templates` maps a path such as
    `email/issue.html` to its text. `trials` is what the records of the built issues and of this one say of each trial
    (see `trials.history.follow`). A draft leaves the site alone: its pages stand under `web/` among its files.
    The same values give the same bytes. Raises UsageError for a sender that is no e-mail address.
    """
    press = set_up(templates, on_white(logo) if logo else None)
    archive = Archive.of(issue, built)
    files, costs = write_letter(issue, archive, press, tracked=bool(trials.trials))
    if issue.draft:
        return Edition(files | print_preview(issue, archive, press), {}, costs)
    return Edition(files, print_site(archive, press, Tracker.of(trials, archive)), costs)
