"""Addresses that were published: each leads for good to its page, to where that moved, or to why it is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.errors import Fault, InputError
from pipeline.model.strict import strict

_FORMAT = 1
_PAGE = "index.html"
_CUT = re.compile(r"(?!\d{4}-\d\d/)(?:[^/]+/)+\d+/|404\.html")
"""The second page of a list and those behind it: what stands on them moves with every issue, so nobody keeps them.

Nor is that an address which a host gives where there is none.
"""


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPage:
    """A page that stands at another address now; both are written as below the site's own, `2026-06/lupus-7-of-9/`."""

    old: str
    new: str
    why: str


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDownPage:
    """A page that is no more, since when and why; readers find that at its address."""

    address: str
    on: date
    why: str


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Readdressed:
    """All pages that moved or were taken down."""

    moved: tuple[MovedPage, ...] = ()
    taken_down: tuple[TakenDownPage, ...] = ()

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses at which something leads on, or says that it is gone."""
        return frozenset((*(tidy(m.old) for m in self.moved), *(tidy(t.address) for t in self.taken_down)))


def tidy(address: str) -> str:
    """Write an address below the site's own as the list of addresses does: no slash first, no `index.html`."""
    page, mark, anchor = address.strip().partition("#")
    page = page.lstrip("/").removesuffix(_PAGE)
    return f"{page}{'' if not page or page.endswith(('/', '.html')) else '/'}{mark}{anchor}"


def path_of(address: str) -> str:
    """The file that a web host answers with at an address."""
    page = tidy(address).partition("#")[0]
    return page if page.endswith(".html") else page + _PAGE


def addresses(paths: Iterable[str], anchors: Iterable[str]) -> frozenset[str]:
    """The addresses of an archive that are for good: of its pages, by their paths, and of words in its glossary."""
    pages = {path.removesuffix(_PAGE) for path in paths if path.endswith(".html")}
    return frozenset(page for page in pages if not _CUT.fullmatch(page)) | {f"glossary/#{each}" for each in anchors}


def write_addresses(published: frozenset[str]) -> bytes:
    """Write a list of addresses as JSON, one a line, so that it can be read and compared."""
    plain = {"format": _FORMAT, "addresses": sorted(published)}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_addresses(text: str, name: str) -> frozenset[str]:
    """Read a list of addresses; raises InputError for one that was broken, or that a newer version wrote."""
    hint = "Get the file back from your backup. Without one: delete it, and deliver the last issue again."
    try:
        plain = dict(json.loads(text))
        number, found = plain["format"], frozenset(map(str, list(plain["addresses"])))
    except (ValueError, KeyError, TypeError):
        raise InputError([Fault(name, 0, 0, "", "this is no list of published addresses", hint)]) from None
    if number != _FORMAT:
        message = f"format {number} is none that this version of Hopeline reads; it reads format {_FORMAT}"
        raise InputError([Fault(name, 0, 0, "format", message, "A newer version wrote it: update Hopeline.")])
    return found
