"""What identifies a paper or a trial, out of the fields that are there to identify."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pipeline.sources import kind, registries


def doi(field: str) -> str | None:
    """Find the DOI in an identifying field: lower case, no resolver, no publisher's or version's suffix.

    bioRxiv's and medRxiv's v1, v2 name one preprint and are cut; so are views such as /full, /pdf and ?af=R.
    """
    if "10." not in field:
        return None
    found = _DOI.search(unquote(_path(field)))
    if found is None:
        return None
    name = _VIEW.sub("", _punctuation(found[0].lower()))
    name = _punctuation(_PREPRINT_VERSION.sub(r"\1", name))
    return name if len(name) > len("10.1234/") else None


def dois_in(text: str) -> tuple[str, ...]:
    """Find the DOIs that running text names, in order."""
    return tuple(dict.fromkeys(d for m in _DOI.findall(text[:20_000]) if (d := doi(m))))


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


_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"'<>|\\^`{}]{1,200}")
_VIEW = re.compile(
    r"(?:/(?:full|fulltext|full-text|abstract|abs|pdf|epdf|meta|html|summary|references)(?:/.*)?"
    r"|\.(?:full|abstract|short|long|full-text|full\.pdf|pdf|full\.html|html?))$"
)
_PREPRINT_VERSION = re.compile(
    r"^(10\.(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{5,9})v[0-9]{1,2}(?:[./].*)?$"
)
_PMID = re.compile(
    r"^\s*(?:pubmed|pmid):\s?([0-9]{1,9})\b|"
    r"pubmed\.ncbi\.nlm\.nih\.gov/([0-9]{1,9})\b|ncbi\.nlm\.nih\.gov/pubmed/([0-9]{1,9})\b",
    re.IGNORECASE,
)


def _path(field: str) -> str:
    """Cut query and fragment of a web address, where a DOI would be somebody else's."""
    field = field.strip()
    if not field.lower().startswith(("http:", "https:")):
        return field.split("?", 1)[0]
    try:
        return urlsplit(field).path
    except ValueError:
        return ""


def _punctuation(name: str) -> str:
    """Strip what a sentence put behind a DOI; a closing bracket stays where its opening one is inside."""
    while name and (
        name[-1] in ".,;:/*…" or (name[-1] in ")]" and name.count(name[-1]) > name.count("(["[")]".index(name[-1])]))
    ):
        name = name[:-1]
    return name
