"""What an editor may name a thing by: an address, a DOI, a PubMed number, an NCT number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from pipeline.text import canonical_link, safe_link

_NCT = re.compile(r"\bNCT0*[1-9]\d{0,7}\b", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"(?:pmid:?\s*|pubmed:\s*|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})/?|(\d{4,9})", re.IGNORECASE)


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
    if nct := _NCT.search(what):
        return Named("nct", f"NCT{int(nct[0][3:]):08d}")
    if doi := _DOI.search(unquote(what)):
        return Named("doi", doi[0].rstrip(".,;)").split("?", maxsplit=1)[0].lower())
    if pmid := _PMID.fullmatch(what.removeprefix("https://").removeprefix("http://")):
        return Named("pmid", pmid[1] or pmid[2])
    if safe_link(what):
        return Named("link", canonical_link(what) or what)
    return Named("text", what)
