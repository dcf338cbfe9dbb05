"""Retractions, concerns and corrections, as publishers say them at the head of a title."""

from __future__ import annotations

import re

from pipeline.language import dois
from pipeline.language.late import late
from pipeline.model.integrity import Integrity


def types(title: str, declared: tuple[str, ...], categories: tuple[str, ...]) -> tuple[str, ...]:
    """Name what a title's head or a publication type says; RETRACTION_NOTICE is the note, RETRACTED the paper itself.

    A category counts only with its full name: a news site files under "retraction" what is about retractions.
    """
    said = (*declared, *(c for c in categories if " " in c.strip()))
    found = [name for name, pattern in _TITLES if pattern.search(title)]
    found += [_DECLARED[d.lower()] for d in said if d.lower() in _DECLARED]
    return tuple(dict.fromkeys(found))


def subject(title: str, summary: str, own: str | None) -> str | None:
    """Find the DOI of the paper a retraction notice is about: the first that is not the notice's own."""
    return next((d for d in dois.in_text(f"{title} {summary}") if d != own), None)


# "Retraction of the bladder wall" and "Correction of hyponatraemia" are medicine: the word alone is not enough.
_RETRACTION = r"(?:partial )?retraction(?: (?:note|notice|statement))?(?: (?:to|of|for))?\s*(?:[:“”\"'‘’]|\s[—–-]\s|$)"
_NOTICE_OF = (
    r"(?:retraction|withdrawal|removal) (?:note|notice)\b|(?:statement|notice|note) of (?:retraction|withdrawal)\b"
)
_WITHDRAWAL = r"withdrawal(?: of)?\s*[:“\"‘]|retraction and replacement\b"
_WITHDRAWN = r"(?:retracted|withdrawn)(?: (?:article|paper|chapter|manuscript))?\W{0,2}\s*(?:[:\]]|\s[—–-]\s)"
_DOUBTED = r"(?:editorial |publisher'?s? )?expressions? of concern\b"
_CORRECTED = r"(?:author |publisher |editorial )?corrections?(?: to| for)?\s*[:“\"‘]|correction for [^:]{2,80} et al"
_ERRATUM = r"(?:corrigendum|corrigenda|erratum|errata)\b"
_TITLES = tuple(
    (name, late(rf"^\W{{0,3}}(?:{pattern})", re.IGNORECASE))
    for name, pattern in (
        (Integrity.RETRACTION_NOTICE, f"{_RETRACTION}|{_NOTICE_OF}|{_WITHDRAWAL}"),
        (Integrity.RETRACTED, _WITHDRAWN),
        (Integrity.CONCERN, _DOUBTED),
        (Integrity.CORRECTION_NOTICE, f"{_CORRECTED}|{_ERRATUM}"),
    )
)
_DECLARED = {
    "retraction": Integrity.RETRACTION_NOTICE,
    "retraction notice": Integrity.RETRACTION_NOTICE,
    "retraction note": Integrity.RETRACTION_NOTICE,
    "retraction of publication": Integrity.RETRACTION_NOTICE,
    "retracted publication": Integrity.RETRACTED,
    "retracted article": Integrity.RETRACTED,
    "expression of concern": Integrity.CONCERN,
    "correction": Integrity.CORRECTION_NOTICE,
    "corrigendum": Integrity.CORRECTION_NOTICE,
    "erratum": Integrity.CORRECTION_NOTICE,
    "published erratum": Integrity.CORRECTION_NOTICE,
}
