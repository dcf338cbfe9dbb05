"""What search finds: the entries of its index, and what is known of the index that was made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from enum import StrEnum

from pipeline.text import sha256

PAGE = "search/index.html"
"""The page that search is on."""

FOLDER = "pagefind"
"""Where the index lies below the archive."""

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """One thing that can be found: its address below the archive, what a result shows of it, and the words beside that.

    A result has a title, a line that says when and how sure, and a few sentences.
    """

    address: str
    title: str
    line: str
    about: str
    words: tuple[str, ...] = ()


class SearchState(StrEnum):
    """How search stands: not asked for; or its index fits the pages, is of other ones, or is not as it was made."""

    OFF = "off"
    READY = "ready"
    STALE = "stale"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An index that was made: a hash of its entries, the program that made it, the SHA-256 of its files by path."""

    made_of: str
    made_by: str
    files: Mapping[str, str] = field(default_factory=dict)


def hash_of(entries: Iterable[SearchEntry], language: str) -> str:
    """Make one hash of all that an index is made of."""
    return sha256(json.dumps([language, *map(astuple, entries)], ensure_ascii=False).encode())


def write_index(index: SearchIndex) -> bytes:
    """Write what is known of an index as JSON, a line a file."""
    plain = {"format": _FORMAT, "made_of": index.made_of, "made_by": index.made_by}
    return (json.dumps({**plain, "files": dict(sorted(index.files.items()))}, indent=0) + "\n").encode()


def read_index(text: str) -> SearchIndex:
    """Read what is known of an index; of a file that somebody touched, that there was one and nothing more."""
    try:
        plain = json.loads(text)
        files = {path: str(sha) for path, sha in plain["files"].items() if _ours(path)}
        if plain["format"] == _FORMAT:
            return SearchIndex(str(plain["made_of"]), str(plain["made_by"]), files)
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    return SearchIndex("", "")


def _ours(path: str) -> bool:
    return path.startswith(f"{FOLDER}/") and ".." not in path.split("/")
