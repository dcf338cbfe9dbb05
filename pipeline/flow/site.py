"""Make the archive anew from what was frozen, page by page, without touching an edition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from pipeline import own_pictures, render
from pipeline.channels import Progress
from pipeline.channels.folder import put, strangers
from pipeline.errors import UsageError
from pipeline.files import program
from pipeline.flow.addresses import kept, note, whole
from pipeline.flow.correct import printable
from pipeline.issue import SiteList
from pipeline.model.issue import Issue, OnDemand
from pipeline.render.illustrations import FOLDER as PICTURES
from pipeline.store import SITE, Newsroom
from pipeline.trials.history import follow


@dataclass(frozen=True, slots=True)
class SiteMade:
    """What making the archive left: how many files it has, how many were written, and how many were taken away.

    `strangers` are files that lie among them in a folder of the editors' own and are none of ours, or no more.
    """

    files: int
    written: int = 0
    removed: int = 0
    strangers: tuple[str, ...] = ()


def silent(_path: str, _at: int, _all: int) -> None:
    """Hear of each page, and say nothing."""


def site(newsroom: Newsroom, to: str = "", progress: Progress = silent) -> SiteMade:
    """Make the archive anew of all that was built; `to` names a folder for it, where all that is not ours stays.

    What goes to such a folder is published, so its addresses are noted.
    Raises UsageError when no issue was built yet, or for a folder within the outbox.
    """
    if to and newsroom.folder.is_outbox(to):
        raise UsageError(f"{to} is in the outbox. Give another folder, or leave out --to to write outbox/site.")
    with newsroom.folder.locked():
        issues = newsroom.built.issues
        if not issues:
            raise UsageError("No issue is built yet, so there is no archive to make: run `hope build` first.")
        records = {i.key: newsroom.trials(i.key).values() for i in issues}
        photos = own_pictures.printed(newsroom.folder, issues)
        current = render.Current(newsroom.logo, printable(newsroom), photos, kept(newsroom))
        pages = render.render_site(issues, newsroom.folder.templates(), follow(records), current)
        if not to:
            return keep(newsroom, pages, progress)
        pages = _all(newsroom, pages)
    written = put(to, pages, progress)
    with newsroom.folder.locked():
        note(newsroom, pages)
    return SiteMade(len(pages), written, strangers=strangers(to, pages))


def keep(
    newsroom: Newsroom, pages: Mapping[str, bytes], progress: Progress = silent, made: Issue | None = None
) -> SiteMade:
    """Write the pages that differ, take away those that are made no more, and last of all note what lies there now.

    Where nothing that goes in has changed since then, and every page is there as it was, none is printed. `made` is an
    issue that is about to be built. Whoever calls holds the lock.
    """
    folder, known, ingredients = newsroom.folder, newsroom.site, _fingerprint(newsroom, made)
    if known.made_of == ingredients and all(folder.holds(f"{SITE}/{path}", sha) for path, sha in known.pages.items()):
        return SiteMade(len(known.pages))
    pages = _all(newsroom, pages, made)
    hashes, written = {}, 0
    for at, (path, content) in enumerate(pages.items(), 1):
        hashes[path] = hashlib.sha256(content).hexdigest()
        written += folder.write(f"{SITE}/{path}", content, sync=False)
        progress(path, at, len(pages))
    gone = known.pages.keys() - hashes.keys()
    removed = sum(folder.remove(f"{SITE}/{path}", known.pages[path]) for path in sorted(gone))
    newsroom.save_site(SiteList(ingredients, hashes))
    return SiteMade(len(hashes), written, removed)


def _all(newsroom: Newsroom, pages: Mapping[str, bytes], made: Issue | None = None) -> Mapping[str, bytes]:
    """Give all files of the archive, with pictures that none of its pages shows any more: mails that went out do."""
    folder, pages = newsroom.folder, whole(newsroom, pages, made)
    of_mails = {p: sha for p, sha in newsroom.site.pages.items() if p.startswith(f"{PICTURES}/") and p not in pages}
    left = [path for path, sha in of_mails.items() if folder.holds(f"{SITE}/{path}", sha)]
    files = {path: partial(folder.content, f"{SITE}/{path}") for path in left}
    return OnDemand(lambda: {path: partial(pages.__getitem__, path) for path in pages} | files) if files else pages


def _fingerprint(newsroom: Newsroom, made: Issue | None) -> str:
    """Make one hash of all that pages are made of, and of the program that makes them."""
    all_of_it = hashlib.sha256(program().encode())
    for name, content in newsroom.ingredients(made):
        all_of_it.update(f"\n{name} {len(content)}\n".encode() + content)
    return all_of_it.hexdigest()
