"""What an editor may name a thing by: an address, a DOI, a PubMed number, a trial's number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language import dois
from pipeline.model.entry import Ids
from pipeline.sources import registries
from pipeline.sources.parts import ids
from pipeline.text import canonical_link, safe_link

_PMID = re.compile(r"(?:(?:pmid|pubmed):?\s*)?(\d{4,9})|(?:pmid|pubmed):?\s*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing, by the strongest name given: `scheme` is nct (any registry's number), doi, pmid, link or text."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """The identity as entries and items carry it."""
        return f"{self.scheme}:{self.value}"

    @property
    def ids(self) -> Ids:
        """The identities of a thing of which only this one is known."""
        return Ids(**{"number" if self.scheme == "nct" else self.scheme: self.value})


def identify(what: str) -> Identifier:
    """Read what an editor typed or pasted."""
    what = what.strip()
    link = safe_link(what)
    if number := _trial_number(what, link):
        return Identifier("nct", number)
    if doi := dois.in_field(what):
        return Identifier("doi", doi)
    if pmid := _PMID.fullmatch(what):
        return Identifier("pmid", pmid[1] or pmid[2])
    if number := ids.pmid(what):
        return Identifier("pmid", number)
    return Identifier("link", canonical_link(link) or link) if link else Identifier("text", what)


def _trial_number(what: str, link: str | None) -> str | None:
    """Find a trial's number as its registry writes it; a page elsewhere about a trial is not the trial's own entry."""
    if not link:
        return next(iter(registries().numbers_in([what])), None) if dois.in_field(what) is None else None
    return registries().number_at(link)
