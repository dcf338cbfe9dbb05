"""Search over the archive: its index is made apart, kept among the pages, and never published where it is stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline import render, search_index
from pipeline.errors import BlockedError, UsageError
from pipeline.files import program
from pipeline.flow.addresses import kept
from pipeline.flow.correct import printable
from pipeline.model.issue import Issue
from pipeline.model.search import FOLDER, SearchEntry, SearchIndex, SearchState, hash_of
from pipeline.store import SITE, Newsroom
from pipeline.text import sha256

_ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The file by which a search finds the others; it is written when they are there."""

_AGAIN = {
    SearchState.STALE: "The search index was made of other pages than there are now.",
    SearchState.BROKEN: "Files of the search index are missing, or are not as they were made.",
}


@dataclass(frozen=True, slots=True)
class NewIndex:
    """An index that was just made, for as long as its files are there."""

    made_of: str
    made_by: str
    files: Mapping[str, bytes]

    def keep(self, newsroom: Newsroom) -> None:
        """Put it in the place of the former one, whose files go when the pages are made; whoever calls holds the lock.

        The file that leads to the others comes last, so that a search always finds one whole index.
        """
        hashes = {}
        for path in sorted(self.files, key=lambda each: (each == _ENTRY, each)):
            content = self.files[path]
            hashes[path] = sha256(content)
            newsroom.folder.write(f"{SITE}/{path}", content, sync=False)
        newsroom.save_search(SearchIndex(self.made_of, self.made_by, hashes))
        left = [f"{FOLDER}/{each}" for each in newsroom.folder.below(f"{SITE}/{FOLDER}") if ".pf_" in each]
        for path in set(left) - hashes.keys():  # also those of a run that was killed, which no list names
            newsroom.folder.remove(f"{SITE}/{path}", sha256(newsroom.folder.content(f"{SITE}/{path}")))


@contextmanager
def made_index(newsroom: Newsroom) -> Iterator[NewIndex | None]:
    """Make an index of all that was built, without the newsroom's lock; None where the one that is there still fits.

    Raises UsageError where Pagefind is not installed or nothing is built, PipelineError where it fails.
    """
    made_by = f"{search_index.program()}, hopeline {program()[:12]}"
    found, language = _entries(newsroom)
    entries = tuple(found)
    if not entries:
        raise UsageError("No item is printed yet, and no word explained, so there is nothing to search.")
    made_of, known = hash_of(entries, language), newsroom.search
    if known and known.made_by == made_by and state_of(newsroom, made_of) is SearchState.READY:
        yield None
        return
    with search_index.indexed(entries, language) as files:
        yield NewIndex(made_of, made_by, {f"{FOLDER}/{path}": content for path, content in files.items()})


def wanted(newsroom: Newsroom, made: Issue | None = None) -> str:
    """Hash what an index of the archive has to be made of; empty where there is no search.

    `made` is an issue that is about to be built.
    """
    return hash_of(*_entries(newsroom, made)) if newsroom.search is not None else ""


def state_of(newsroom: Newsroom, made_of: str) -> SearchState:
    """Say how search stands in an archive whose index has to be made of this."""
    known = newsroom.search
    if known is None:
        return SearchState.OFF
    if known.made_of != made_of:
        return SearchState.STALE
    whole = known.files and index_files(newsroom) == known.files
    return SearchState.READY if whole else SearchState.BROKEN


def index_files(newsroom: Newsroom) -> dict[str, str]:
    """Give the files of the index that are there as they were made, by path below the archive, with their hashes."""
    files = newsroom.search.files if newsroom.search else {}
    return {path: sha for path, sha in files.items() if newsroom.folder.holds(f"{SITE}/{path}", sha)}


def remark_on(state: SearchState) -> str:
    """Say what is wrong with search, and what mends it; empty where nothing is."""
    return f"{_AGAIN[state]} Run `hope site --search` before you publish." if state in _AGAIN else ""


def hold_search(newsroom: Newsroom, made_of: str) -> None:
    """Let nothing be published with an index that does not fit: it may tell of what was withdrawn as if it stood.

    Raises BlockedError.
    """
    state = state_of(newsroom, made_of)
    if state in _AGAIN:
        raise BlockedError(
            f"{_AGAIN[state]}\nNothing was published, as it may tell of a withdrawn paper as if it stood.\n"
            "Run `hope site --search`, and then this again. Where Pagefind can't be had,\n"
            "`hope site --no-search` takes search out; a page that was published stays, with the other ways."
        )


def _entries(newsroom: Newsroom, made: Issue | None = None) -> tuple[Iterator[SearchEntry], str]:
    there = {i.key: i for i in (*newsroom.built.issues, *((made,) if made else ()))}
    if not there:
        raise UsageError("No issue is built yet, so there is nothing to search: run `hope build` first.")
    current = render.Current(newsroom.logo, printable(newsroom), kept=kept(newsroom), search=True)
    return render.render_search(tuple(there.values()), newsroom.folder.templates(), current)
