"""Whether an entry is a notice about a paper, or a paper that bears one: retraction, concern, correction."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language.notice import said_in
from pipeline.language.phrase_list import pack
from pipeline.model.entry import Entry
from pipeline.model.evidence import Flag
from pipeline.model.integrity import Integrity

_CUES = pack(__name__)
_ABOUT = {
    Integrity.CONCERN: Flag.CONCERN,
    Integrity.RETRACTION_NOTICE: Flag.RETRACTED,
    Integrity.CORRECTION_NOTICE: Flag.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class PaperNotice:
    """What kind of notice stands here; `about` tells a notice about a paper from the flagged paper itself."""

    flag: Flag
    about: bool
    because: str


def notice_in(entry: Entry, title: str, rest: str) -> PaperNotice | None:
    """Tell a notice by publication type, then by the title's first words; the gravest first."""
    types = {t.strip().lower() for t in entry.types}
    if found := types & {
        Integrity.RETRACTION_NOTICE.value,
        "retraction notice",
        "retraction of publication",
        "retraction",
    }:
        return PaperNotice(Flag.RETRACTED, about=True, because=f"publication type “{min(found)}”")
    if found := types & {Integrity.RETRACTED.value, "retracted publication"}:
        return PaperNotice(Flag.RETRACTED, about=False, because=f"publication type “{min(found)}”")
    if Integrity.RETRACTED in (label := said_in(title)):
        return PaperNotice(Flag.RETRACTED, about=False, because="the title is labelled as withdrawn")
    if Integrity.CORRECTED in label:
        return PaperNotice(Flag.CORRECTED, about=False, because="the title is labelled as corrected")
    if notice := _by_words(entry, title, rest):
        return notice
    if found := types & {"expression of concern"}:
        return PaperNotice(Flag.CONCERN, about=True, because=f"publication type “{min(found)}”")
    if found := types & {
        "published erratum",
        Integrity.CORRECTION_NOTICE.value,
        "erratum",
        "corrected and republished article",
    }:
        return PaperNotice(
            Flag.CORRECTED,
            about="corrected and republished article" not in found,
            because=f"publication type “{min(found)}”",
        )
    # An index says so of the paper itself, by the notices that point at it.
    if Integrity.CONCERN in types:
        return PaperNotice(Flag.CONCERN, about=False, because="a notice of concern points at it")
    if Integrity.CORRECTED in types:
        return PaperNotice(Flag.CORRECTED, about=False, because="a correction points at it")
    return None


def _by_words(entry: Entry, title: str, rest: str) -> PaperNotice | None:
    if found := _CUES["concern"].search(title):
        return PaperNotice(Flag.CONCERN, about=True, because=f"“{found.words.strip()}” in the title")
    label = said_in(title)
    for kind, flag in _ABOUT.items():
        if kind in label:
            return PaperNotice(flag, about=True, because="the title is labelled as such a notice")
    if found := _CUES["retracts"].search(rest[:600]):
        return PaperNotice(Flag.RETRACTED, about=True, because=f"“{found.words}” in the summary")
    if entry.retracts:
        return PaperNotice(Flag.RETRACTED, about=True, because=f"it is a notice about doi {entry.retracts}")
    return None
