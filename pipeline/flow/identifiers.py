"""What an editor may name a thing by: an address, a DOI, a PubMed number, a trial's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.sources import kinds
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


def identify(what: str) -> Identifier:
    """Read what an editor typed or pasted."""
    what = what.strip()
    link = safe_link(what)
    if number := _trial_number(what, link):
        return Identifier("nct", number)
    if doi := ids.doi(what):
        return Identifier("doi", doi)
    if pmid := _PMID.fullmatch(what):
        return Identifier("pmid", pmid[1] or pmid[2])
    if number := ids.pmid(what):
        return Identifier("pmid", number)
    return Identifier("link", canonical_link(link) or link) if link else Identifier("text", what)


def _trial_number(what: str, link: str | None) -> str | None:
    """Find a trial's number as its registry writes it; a page elsewhere about a trial is not the trial's own entry."""
    host = f".{urlsplit(link).hostname}" if link else ""
    query = re.split(r"[/=&?#]", link) if link else [what]
    for kind in kinds().values():
        if kind.number is None or (link and not host.endswith(f".{kind.site}")):
            continue
        found = next((m for part in query if (m := kind.number.search(part.upper()))), None)
        if found:
            return found[0].replace(" ", "")
    return None
