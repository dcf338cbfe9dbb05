"""What happened to a paper after it came out, and the notices that say so."""

from __future__ import annotations

from enum import StrEnum


class Integrity(StrEnum):
    """What an index or a publisher says of a paper, gravest first, or of the notice that says it.

    A kind of source gives these among an entry's `types`; the index's own words stand there beside them.
    """

    RETRACTED = "retracted-publication"
    RETRACTION_NOTICE = "retraction-notice"
    REMOVED = "removed-publication"
    """Said beside RETRACTED: its text was taken down as well."""
    CONCERN = "expression-of-concern"
    CORRECTED = "corrected-publication"
    CORRECTION_NOTICE = "correction"
    PARTIAL = "partial retraction"
    """Said beside CONCERN of a paper and beside CORRECTION_NOTICE: a part was withdrawn, the paper was not."""
    REINSTATED = "reinstated-publication"


class NoticeKind(StrEnum):
    """What a notice in the queue says of an item's source; an editor may write other words there."""

    RETRACTED = "retracted"
    CONCERN = "expression-of-concern"
    CORRECTED = "corrected"
    RETRACTS = "retracts"
    CHANGED = "changed"
    TAKEN_BACK = "taken-back"


NOTICES = {
    Integrity.RETRACTED: NoticeKind.RETRACTED,
    Integrity.RETRACTION_NOTICE: NoticeKind.RETRACTED,
    Integrity.CONCERN: NoticeKind.CONCERN,
    Integrity.CORRECTED: NoticeKind.CORRECTED,
    Integrity.CORRECTION_NOTICE: NoticeKind.CORRECTED,
}
"""Which notice an item gets of what is said of its paper."""

GONE = frozenset({NoticeKind.RETRACTED, "retraction", "withdrawn", "withdrawal", "removed"})
"""Words by which an editor may say in a notice that a paper was withdrawn."""
