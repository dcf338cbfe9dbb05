"""A registry's own words for where a study stands and what kind it is, in short plain ones for tables."""

from __future__ import annotations

from collections.abc import Sequence

PLAIN_STATUS = {
    "NOT_YET_RECRUITING": "not open yet",
    "RECRUITING": "open",
    "ENROLLING_BY_INVITATION": "by invitation",
    "ACTIVE_NOT_RECRUITING": "closed",
    "COMPLETED": "finished",
    "SUSPENDED": "stopped",
    "TERMINATED": "stopped",
    "WITHDRAWN": "stopped",
    "UNKNOWN": "not confirmed",
}

_PHASES = {
    "EARLY_PHASE1": "early 1",
    "PHASE1": "1",
    "PHASE2": "2",
    "PHASE3": "3",
    "PHASE4": "4",
}


def plain_status(status: str | None) -> str:
    """Say a status in a word or two; one that is not known goes as it is, in small letters."""
    return PLAIN_STATUS.get(status or "", (status or "not given").lower().replace("_", " "))


def plain_phase(phases: Sequence[str]) -> str:
    """Say phases as "1" or "1/2"; a dash where there are none."""
    return "/".join(_PHASES[p] for p in sorted(phases) if p in _PHASES) or "-"
