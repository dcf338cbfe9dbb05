"""What an editor may name a thing by: an address, a DOI, a PubMed number, an NCT number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.sources.parts import ids
from pipeline.text import canonical_link, safe_link

_NCT = re.compile(r"\bNCT\d{8}\b", re.IGNORECASE)
_PMID = re.compile(r"(?:(?:pmid|pubmed):?\s*)?(\d{4,9})|(?:pmid|pubmed):?\s*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """One thing, by the strongest name given: `scheme` is nct, doi, pmid, link or text."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """The identity as entries and items carry it."""
        return f"{self.scheme}:{self.value}"


def named(what: str) -> Named:
    """Read what an editor typed or pasted."""
    what = what.strip()
    link = safe_link(what)
    if (nct := _NCT.search(what)) and (link is None or "clinicaltrials.gov" in what.lower()):
        return Named("nct", f"NCT{int(nct[0][3:]):08d}")  # a page about a trial is not the trial's own entry
    if doi := ids.doi(what):
        return Named("doi", doi)
    if pmid := _PMID.fullmatch(what):
        return Named("pmid", pmid[1] or pmid[2])
    if number := ids.pmid(what):
        return Named("pmid", number)
    return Named("link", canonical_link(link) or link) if link else Named("text", what)
