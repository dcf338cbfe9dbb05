"""Retractions, concerns and corrections, as publishers say them at the head of a title."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language import dois, notice
from pipeline.model.integrity import Integrity


def types(title: str, declared: tuple[str, ...], categories: tuple[str, ...]) -> tuple[str, ...]:
    """Name what a title's head or a publication type says; RETRACTION_NOTICE is the note, RETRACTED the paper itself.

    A category counts only with its full name: a news site files under "retraction" what is about retractions.
    """
    said = (*declared, *(c for c in categories if " " in c.strip()))
    found = [*notice.said_in(title)]
    found += [_DECLARED[d.lower()] for d in said if d.lower() in _DECLARED]
    return tuple(dict.fromkeys(found))


def targets(types: Iterable[str], words: str, own: str | None) -> tuple[str, ...]:
    """Name the papers a notice is about, as identities: the DOIs in its words that are not its own.

    Of a paper that bears a notice itself nothing is said here: the DOIs in its words are those it cites.
    """
    if not {*types} & _ABOUT:
        return ()
    return tuple(f"doi:{d}" for d in dois.in_text(words) if d != own)


def retracted_in(types: Iterable[str], about: Iterable[str]) -> str | None:
    """Give the DOI of the first paper that a retraction notice takes back."""
    found = (key.removeprefix("doi:") for key in about if key.startswith("doi:"))
    return next(found, None) if Integrity.RETRACTION_NOTICE in types else None


_ABOUT = {Integrity.RETRACTION_NOTICE, Integrity.CORRECTION_NOTICE, Integrity.CONCERN}
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
