"""An issue becomes an edition: e-mail, plain text, `.eml` and web pages. Pure: templates come in as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.model.address import Readdressed
from pipeline.model.correction import Correction
from pipeline.model.issue import Edition, Issue
from pipeline.model.search import SearchEntry
from pipeline.model.track import FollowedTrials
from pipeline.render.archive import Archive, Lasting, Photos
from pipeline.render.glossary_links import all_words
from pipeline.render.mail import write_letter
from pipeline.render.pictures import on_white
from pipeline.render.press import Press, set_up
from pipeline.render.search import search_entries
from pipeline.render.site import print_preview, print_readdressed, print_site
from pipeline.render.trials.tracker import Tracker
from pipeline.theme import Logo

__all__ = ["Current", "Lasting", "all_words", "render", "render_readdressed", "render_search", "render_site"]

_NO_TRIALS = FollowedTrials()


@dataclass(frozen=True, slots=True)
class Current:
    """What a newsroom has beside its issues: logo, pictures, corrections to be told, what was published, search."""

    logo: Logo | None = None
    corrections: tuple[Correction, ...] = ()
    photos: Photos = field(default_factory=dict)
    kept: Lasting = Lasting()
    search: bool = False


_NOTHING = Current()


def render(
    issue: Issue,
    built: tuple[Issue, ...],
    templates: Mapping[str, str],
    trials: FollowedTrials = _NO_TRIALS,
    current: Current = _NOTHING,
) -> Edition:
    """Make the edition of an issue and the whole archive around it.

    `built` holds all built issues, in any order; drafts among them are left out. `templates` maps a path such as
    `email/issue.html` to its text. `trials` is what the records of the built issues and of this one say of each trial
    (see `trials.history.follow`). A draft leaves the site alone: its pages stand under `web/` among its files.
    The same values give the same bytes. Raises UsageError for a sender that is no e-mail address.
    """
    press = _press(templates, current, issue)
    prefixes = press.table("web/words.txt", "MARKED")
    archive = _with(current, Archive.of(issue, built, current.corrections, prefixes))
    # A mail stays as it went out, whatever is known now of the items that it tells.
    then = Archive.of(issue, (each for each in built if each.key < issue.key), (), prefixes)
    then = replace(then, photos=current.photos)
    files, costs = write_letter(issue, then, press, tracked=bool(trials.trials))
    if issue.draft:
        return Edition(files | print_preview(issue, archive, press), {}, costs)
    own = (current.photos.get(each.sha256 or "") for each in issue.pictures)
    files |= {path: shot.content for photo in own if photo for path, shot in photo.files.items()}
    return Edition(files, print_site(archive, _press(templates, current, archive.newest), trials), costs)


def render_site(
    built: tuple[Issue, ...],
    templates: Mapping[str, str],
    trials: FollowedTrials = _NO_TRIALS,
    current: Current = _NOTHING,
) -> Mapping[str, bytes]:
    """Make the whole archive of what was built (at least one issue), by path, each file printed when it is asked for.

    It is the archive that `render` makes around the newest issue, without writing its mail.
    """
    press = _press(templates, current, _newest(built))
    return print_site(_whole(built, current, press), press, trials)


def render_search(
    built: tuple[Issue, ...], templates: Mapping[str, str], current: Current = _NOTHING
) -> tuple[Iterator[SearchEntry], str]:
    """Give what search finds in the archive of what was built, entry by entry, and the language it is in."""
    press = _press(templates, current, _newest(built))
    archive = _whole(built, current, press)
    return search_entries(archive, press), archive.newest.masthead.language


def render_readdressed(
    known: Readdressed,
    built: tuple[Issue, ...],
    templates: Mapping[str, str],
    trials: FollowedTrials = _NO_TRIALS,
    current: Current = _NOTHING,
) -> Mapping[str, bytes]:
    """Make the pages that lead on from where something stood, or say that it was taken down, by path."""
    newest = _newest(built)
    press = _press(templates, current, newest)
    archive = replace(Archive.of(newest, built), search=current.search)
    return print_readdressed(known, archive, press, Tracker.of(trials, archive))


def _whole(built: tuple[Issue, ...], current: Current, press: Press) -> Archive:
    prefixes = press.table("web/words.txt", "MARKED")
    return _with(current, Archive.of(_newest(built), built, current.corrections, prefixes))


def _with(current: Current, archive: Archive) -> Archive:
    return replace(archive, photos=current.photos, kept=current.kept, search=current.search)


def _newest(built: tuple[Issue, ...]) -> Issue:
    return max(built, key=lambda issue: issue.key)


def _press(templates: Mapping[str, str], current: Current, issue: Issue) -> Press:
    """Set up the press for the language of an issue."""
    return set_up(templates, on_white(current.logo) if current.logo else None, issue.masthead.language)
