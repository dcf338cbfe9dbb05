"""Where a study stands, in the words of its registry: the ones we know, and what they amount to."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self


class TrialStatus(StrEnum):
    """A status that we know, named as ClinicalTrials.gov names it (data API, OpenAPI 2.0.3, June 2025).

    REVOKED and CANCELLED are words of the EU's register (CTIS), ENDED one of its and of ISRCTN, where nobody says
    whether as planned or early. A kind of source gives one of these where its registry means just that; a word that
    none of them fits is kept as the registry wrote it, and is nobody's member.
    """

    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    RECRUITING = "RECRUITING"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    COMPLETED = "COMPLETED"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    UNKNOWN = "UNKNOWN"
    AVAILABLE = "AVAILABLE"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"
    WITHHELD = "WITHHELD"
    REVOKED = "REVOKED"
    CANCELLED = "CANCELLED"
    ENDED = "ENDED"

    @classmethod
    def read(cls, word: str | None) -> Self | None:
        """Read a status as a registry or an older record wrote it; None for a word that we don't know."""
        flat = re.sub(r"[\s-]+", "_", (word or "").strip().upper())
        flat = _OTHER_WORDS.get(flat, flat)
        return cls(flat) if flat in cls.__members__ else None


_OTHER_WORDS = {"HALTED": "SUSPENDED", "TEMPORARILY_HALTED": "SUSPENDED", "STOPPED": "TERMINATED"}

STOPPED = frozenset({
    TrialStatus.SUSPENDED, TrialStatus.TERMINATED, TrialStatus.WITHDRAWN,
    TrialStatus.NO_LONGER_AVAILABLE, TrialStatus.REVOKED, TrialStatus.CANCELLED,
})  # fmt: skip
"""A study that paused or ended early, or an access programme that ended, whenever we meet it."""


def stopped(status: str | None) -> bool:
    """Whether a study under this status has stopped."""
    return TrialStatus.read(status) in STOPPED
