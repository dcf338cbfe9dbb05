"""A result of Europe PMC as an entry, with what happened to the paper (europepmc.org/RestfulWebService, "core")."""

from __future__ import annotations

import re
from datetime import date

from pipeline.language import dois
from pipeline.model.entry import Entry, Ids
from pipeline.model.integrity import Integrity
from pipeline.model.source import Source
from pipeline.sources.parts import clean, ids, notices
from pipeline.sources.parts.answer import items, line
from pipeline.sources.parts.dates import read_date
from pipeline.sources.parts.integrity import gravest_first
from pipeline.text import canonical_link, clip, plain

SUMMARY = 4_000
TITLE = 500
PAGE = "https://europepmc.org/article/"


def make_entry(result: object, source: Source, today: date) -> Entry | None:
    """Make one entry; None where there is no title, or nothing that identifies it."""
    title = clean.title(line(result, "title"), TITLE).removesuffix(".")
    doi, pmid = dois.registered(line(result, "doi")), line(result, "pmid")
    own, base = line(result, "id"), line(result, "source")
    if not title or not re.fullmatch(r"[\w.-]+", own) or not re.fullmatch(r"[A-Z]{3}", base):
        return None
    raw, link = line(result, "abstractText"), f"{PAGE}{base}/{own}"
    abstract = clean.abstract(raw)
    types = _types(result, base, title)
    targets = _targets(result)
    return Entry(
        source=source.key,
        title=title,
        ids=Ids(doi=doi, pmid=pmid if re.fullmatch(r"[0-9]{1,9}", pmid) else None, link=canonical_link(link)),
        link=link,
        published=read_date(line(result, "firstPublicationDate"), "firstPublicationDate", today),
        summary=clip(abstract, SUMMARY),
        excerpt_html=clean.excerpt(raw, "") if raw else "",
        authors=_names(result),
        types=types,
        language=_language(result, source),
        nct_numbers=ids.nct_numbers(f"{title} {abstract}")[:50],
        retracts=notices.retracted_in(types, targets),
        targets=targets,
    )


# "in" stands on the paper that bears the notice, "of" and "for" on the notice itself.
_LINKS = {
    "retraction in": (Integrity.RETRACTED,),
    "partial retraction in": (Integrity.CONCERN, Integrity.PARTIAL),
    "expression of concern in": (Integrity.CONCERN,),
    "erratum in": (Integrity.CORRECTED,),
    "retraction of": (Integrity.RETRACTION_NOTICE,),
    "partial retraction of": (Integrity.CORRECTION_NOTICE, Integrity.PARTIAL),
    "expression of concern for": (Integrity.CONCERN,),
    "erratum for": (Integrity.CORRECTION_NOTICE,),
}
_NOTICES = ("retraction of", "expression of concern for", "erratum for")


def _types(result: object, base: str, title: str) -> tuple[str, ...]:
    """Name what happened to it, gravest first, then its publication types; a preprint is called one."""
    given = items(result, "pubTypeList", "pubType")[:20]
    own = [plain(each, 80).lower() for each in given if isinstance(each, str)]
    said: list[str] = [mark for each in _links(result) for mark in _LINKS.get(line(each, "type").lower(), ())]
    said = said or list(notices.types(title, tuple(own), ()))
    return tuple(dict.fromkeys((*gravest_first(said), *own, *(("preprint",) if base == "PPR" else ()))))


def _targets(result: object) -> tuple[str, ...]:
    """Name the papers a notice is about, by their numbers and the DOIs of their references."""
    found: list[str] = []
    for each in _links(result):
        if line(each, "type").lower().endswith(_NOTICES):
            number = line(each, "id")
            found += [f"doi:{d}" for d in dois.in_text(line(each, "reference"))]
            found += [f"pmid:{number}"] if line(each, "source") == "MED" and re.fullmatch(r"[0-9]{1,9}", number) else []
    return tuple(dict.fromkeys(found))


def _links(result: object) -> list[object]:
    """List what other papers are to this one."""
    return items(result, "commentCorrectionList", "commentCorrection")[:100]


def _names(result: object) -> tuple[str, ...]:
    """List names, groups included."""
    listed = items(result, "authorList", "author")[:100]
    names = (clean.text(line(each, "fullName") or line(each, "collectiveName"), 100, cap=1_000) for each in listed)
    return tuple(dict.fromkeys(name for name in names if name))[:20]


def _language(result: object, source: Source) -> str:
    """Name the language of the paper in two letters, as far as Europe PMC's three tell."""
    return {"eng": "en", "ger": "de", "fre": "fr", "spa": "es"}.get(line(result, "language").lower(), source.language)
