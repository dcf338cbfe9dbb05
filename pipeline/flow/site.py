"""Make the archive anew from what was frozen, page by page, without touching an edition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial

from pipeline import own_pictures, render
from pipeline.channels import Progress
from pipeline.channels.folder import put, strangers
from pipeline.errors import UsageError
from pipeline.files import program
from pipeline.flow.addresses import kept, note, whole
from pipeline.flow.correct import printable
from pipeline.flow.search import hold_search, index_files, made_index, state_of, wanted
from pipeline.issue import SiteList
from pipeline.model.issue import Issue, OnDemand
from pipeline.model.search import SearchState
from pipeline.render.illustrations import FOLDER as PICTURES
from pipeline.store import SITE, Newsroom
from pipeline.trials.history import follow


@dataclass(frozen=True, slots=True)
class SiteMade:
    """What making the archive left: how many files it has, how many were written, and how many were taken away.

    `strangers` are files that lie among them in a folder of the editors' own and are none of ours, or no more.
    `search` says how search stands, and `indexed` whether its index was made now.
    """

    files: int
    written: int = 0
    removed: int = 0
    strangers: tuple[str, ...] = ()
    search: SearchState = SearchState.OFF
    indexed: bool = False


def silent(_path: str, _at: int, _all: int) -> None:
    """Hear of each page, and say nothing."""


def site(newsroom: Newsroom, to: str = "", progress: Progress = silent, *, search: bool | None = None) -> SiteMade:
    """Make the archive anew of all that was built; `to` names a folder for it, where all that is not ours stays.

    What goes to such a folder is published, so its addresses are noted. `search` makes the index of search, too, or
    takes search out; None leaves that as it is.
    Raises UsageError when no issue was built yet, or for a folder within the outbox, BlockedError for a stale index.
    """
    if to and newsroom.folder.is_outbox(to):
        raise UsageError(f"{to} is in the outbox. Give another folder, or leave out --to to write outbox/site.")
    with made_index(newsroom) if search else nullcontext() as index, newsroom.folder.locked():
        issues = newsroom.built.issues
        if not issues:
            raise UsageError("No issue is built yet, so there is no archive to make: run `hope build` first.")
        if index is not None:
            index.keep(newsroom)
        elif search is False:
            newsroom.save_search(None)
        pages = _pages(newsroom, issues)
        if not to or search is not None:
            done = replace(keep(newsroom, pages, progress), indexed=index is not None)
        if not to:
            return done
        hold_search(newsroom, wanted(newsroom))
        pages = _all(newsroom, pages)
    written = put(to, pages, progress)
    with newsroom.folder.locked():
        note(newsroom, pages)
    state = SearchState.OFF if newsroom.search is None else SearchState.READY
    return SiteMade(len(pages), written, 0, strangers(to, pages), state, index is not None)


def _pages(newsroom: Newsroom, issues: tuple[Issue, ...]) -> Mapping[str, bytes]:
    records = {i.key: newsroom.trials(i.key).values() for i in issues}
    photos = own_pictures.printed(newsroom.folder, issues)
    search = newsroom.search is not None
    current = render.Current(newsroom.logo, printable(newsroom), photos, kept(newsroom), search)
    return render.render_site(issues, newsroom.folder.templates(), follow(records), current)


def keep(
    newsroom: Newsroom, pages: Mapping[str, bytes], progress: Progress = silent, made: Issue | None = None
) -> SiteMade:
    """Write the pages that differ, take away those that are made no more, and last of all note what lies there now.

    Where nothing that goes in has changed since then, and every page is there as it was, none is printed. `made` is an
    issue that is about to be built. Whoever calls holds the lock.
    """
    folder, known, ingredients = newsroom.folder, newsroom.site, _fingerprint(newsroom, made)
    there = index_files(newsroom).items() <= known.pages.items()
    there = there and all(folder.holds(f"{SITE}/{path}", sha) for path, sha in known.pages.items())
    if there and known.made_of == ingredients:
        return SiteMade(len(known.pages), search=state_of(newsroom, known.search))
    pages = _all(newsroom, pages, made)
    hashes, written = {}, 0
    for at, (path, content) in enumerate(pages.items(), 1):
        hashes[path] = hashlib.sha256(content).hexdigest()
        written += folder.write(f"{SITE}/{path}", content, sync=False)
        progress(path, at, len(pages))
    gone = known.pages.keys() - hashes.keys()
    removed = sum(folder.remove(f"{SITE}/{path}", known.pages[path]) for path in sorted(gone))
    made_of = wanted(newsroom, made)
    newsroom.save_site(SiteList(ingredients, hashes, made_of))
    return SiteMade(len(hashes), written, removed, search=state_of(newsroom, made_of))


def _all(newsroom: Newsroom, pages: Mapping[str, bytes], made: Issue | None = None) -> Mapping[str, bytes]:
    """Give all files of the archive: also the index of search, and pictures that none of its pages shows any more.

    Mails that went out show those.
    """
    folder, pages = newsroom.folder, whole(newsroom, pages, made)
    beside = {p: sha for p, sha in newsroom.site.pages.items() if p.startswith(f"{PICTURES}/") and p not in pages}
    left = [path for path, sha in beside.items() if folder.holds(f"{SITE}/{path}", sha)] + [*index_files(newsroom)]
    files = {path: partial(folder.content, f"{SITE}/{path}") for path in left}
    return OnDemand(lambda: {path: partial(pages.__getitem__, path) for path in pages} | files) if files else pages


def _fingerprint(newsroom: Newsroom, made: Issue | None) -> str:
    """Make one hash of all that pages are made of, and of the program that makes them."""
    all_of_it = hashlib.sha256(program().encode())
    for name, content in newsroom.ingredients(made):
        all_of_it.update(f"\n{name} {len(content)}\n".encode() + content)
    return all_of_it.hexdigest()
