"""What registries other than ClinicalTrials.gov say, in its words where they mean just the same."""

from __future__ import annotations

import re
from datetime import date

from pipeline.model.registry import TrialStatus

STATUSES = {
    "authorised, recruitment pending": TrialStatus.NOT_YET_RECRUITING,
    "authorised, recruiting": TrialStatus.RECRUITING,
    "ongoing, recruiting": TrialStatus.RECRUITING,
    "ongoing, recruitment ended": TrialStatus.ACTIVE_NOT_RECRUITING,
    "temporarily halted": TrialStatus.SUSPENDED,
    "suspended": TrialStatus.SUSPENDED,
    "stopped": TrialStatus.TERMINATED,
    "revoked": TrialStatus.REVOKED,
    "cancelled": TrialStatus.CANCELLED,
    "ended": TrialStatus.ENDED,
}
"""Words of CTIS and ISRCTN with one meaning only; "Ended" may be as planned or early."""


def status_word(said: str) -> str | None:
    """Give the common word for a status, else the registry's own in capitals; None for nothing said."""
    flat = " ".join(said.split())
    known = STATUSES.get(flat.casefold())
    return known.value if known else re.sub(r"\W+", "_", flat.upper()).strip("_")[:60] or None


def phases_in(said: str) -> tuple[str, ...]:
    """Find phases: "Therapeutic exploratory (Phase II)", "Phase I and Phase II", "Phase I/II"."""
    found = _PHASE.findall(said)
    numbers = {_ROMAN.get(p.lower(), p) for pair in found for p in pair if p}
    return tuple(f"PHASE{n}" for n in sorted(numbers)) or (
        ("NA",) if re.search(r"not applicable", said, re.IGNORECASE) else ()
    )


def day_first(said: str) -> str | None:
    """Read 08/12/2025 as 8 December 2025, as CTIS writes dates; ISO, None for what is no such date."""
    found = re.fullmatch(r"\s*([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\s*", said)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else None
    except ValueError:
        return None


def ages_in(said: str) -> tuple[str | None, str | None]:
    """Read age groups ("0-17 years, 65+ years") as the youngest and the oldest; None where there is no bound."""
    spans = re.findall(r"([0-9]{1,3})\s*(?:-\s*([0-9]{1,3})|\+)", said)
    low = min((int(a) for a, _ in spans), default=0)
    open_end = not spans or any(not b for _, b in spans)
    high = None if open_end else max(int(b) for _, b in spans)
    return (f"{low} Years" if low else None), (f"{high} Years" if high else None)


def people_in(said: str) -> int | None:
    """Read a number of people."""
    digits = said.strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,7}", digits) else None


_STEP = r"(iv|i{1,3}|[1-4])[ab]?(?![a-z0-9])"
_PHASE = re.compile(rf"\bphase\s*{_STEP}(?:\s*(?:/|-|and)\s*{_STEP})?", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
