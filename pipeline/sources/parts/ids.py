"""What identifies a trial, or a paper besides its DOI, out of the fields that are there to identify."""

from __future__ import annotations

import re

from pipeline.sources import kind, registries


def pmid(field: str) -> str | None:
    """Find the PubMed number in a guid, an identifier or a PubMed address."""
    found = _PMID.search(field[:500])
    return next(g for g in found.groups() if g) if found else None


def nct_numbers(text: str) -> tuple[str, ...]:
    """Find NCT numbers in running text, in order."""
    registry = kind("clinicaltrials").registry if "nct" in text.lower() else None
    return tuple(dict.fromkeys(registry.numbers_in(text))) if registry else ()


def study(field: str) -> str | None:
    """Find a study's number where a link or guid is itself the registry's record."""
    field = field[:500].strip()
    number = field.upper()
    return number if registries().of(number) else registries().number_at(field)


_PMID = re.compile(
    r"^\s*(?:pubmed|pmid):\s?([0-9]{1,9})\b|"
    r"pubmed\.ncbi\.nlm\.nih\.gov/([0-9]{1,9})\b|ncbi\.nlm\.nih\.gov/pubmed/([0-9]{1,9})\b",
    re.IGNORECASE,
)
