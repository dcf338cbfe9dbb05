"""Retractions, concerns and corrections, as publishers say them at the head of a title."""

from __future__ import annotations

import re

from pipeline.sources.parts.ids import dois_in

NOTICE = "retraction-notice"
RETRACTED = "retracted-publication"
CONCERN = "expression-of-concern"
CORRECTION = "correction"


def types(title: str, declared: tuple[str, ...]) -> tuple[str, ...]:
    """Name what a title's head or a declared publication type says; NOTICE is the note, RETRACTED the paper itself."""
    found = [name for name, pattern in _TITLES if pattern.search(title)]
    found += [_DECLARED[d.lower()] for d in declared if d.lower() in _DECLARED]
    return tuple(dict.fromkeys(found))


def subject(title: str, summary: str, own: str | None) -> str | None:
    """Find the DOI of the paper a retraction notice is about: the first that is not the notice's own."""
    return next((d for d in dois_in(f"{title} {summary}") if d != own), None)


# "Retraction of the bladder wall" and "Correction of hyponatraemia" are medicine: the word alone is not enough.
_TITLES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            NOTICE,
            r"^\W{0,3}(?:(?:partial )?retraction(?: (?:note|notice|statement))?(?: (?:to|of|for))?\s*(?:[:“”\"'‘’—–-]|$)"
            r"|(?:retraction|withdrawal|removal) (?:note|notice)\b|(?:statement|notice|note) of (?:retraction|withdrawal)\b"
            r"|withdrawal(?: of)?\s*[:“\"‘]|retraction and replacement\b)",
        ),
        (RETRACTED, r"^\W{0,3}(?:retracted|withdrawn)(?: (?:article|paper|chapter|manuscript))?\W{0,2}\s*[:\]—–-]"),
        (CONCERN, r"^\W{0,3}(?:editorial |publisher'?s? )?expressions? of concern\b"),
        (
            CORRECTION,
            r"^\W{0,3}(?:(?:author |publisher |editorial )?correction(?:s)?(?: to| for)?\s*[:“\"‘]|correction for [^:]{2,80} et al"
            r"|(?:corrigendum|corrigenda|erratum|errata)\b)",
        ),
    )
)
_DECLARED = {
    "retraction": NOTICE,
    "retraction notice": NOTICE,
    "retraction note": NOTICE,
    "retraction of publication": NOTICE,
    "retracted publication": RETRACTED,
    "retracted article": RETRACTED,
    "expression of concern": CONCERN,
    "correction": CORRECTION,
    "corrigendum": CORRECTION,
    "erratum": CORRECTION,
    "published erratum": CORRECTION,
}
