"""The trials we follow as a table to download: comma-separated, as spreadsheets read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipeline.model.entry import Trial
from pipeline.text import cell, plain

_LIMIT = 2_000


def trials_csv(rows: Iterable[tuple[Trial, str, str | None, str]]) -> bytes:
    """Write trials, each with its status in plain words, its registry link and its page, a line each (RFC 4180).

    Cells that a spreadsheet would run as a formula begin with an apostrophe; lists in a cell are parted by " | ".
    """
    out = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        cells = _cells(*row)
        if writer is None:
            writer = csv.DictWriter(out, list(cells), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: _safe(value) for name, value in cells.items()})
    return out.getvalue().encode("utf-8-sig")  # for Excel, which else reads Ã¶ for ö


def _cells(t: Trial, status: str, link: str | None, page: str) -> dict[str, object]:
    return {
        "nct": t.number,
        "registry": t.registry,
        "title": t.title,
        "status": status,
        "registry_status": t.status_said or t.status,
        "reason_stopped": t.why_stopped,
        "registry_phase": t.phases,
        "people": t.enrollment,
        "people_type": t.enrollment_type,
        "allocation": t.allocation,
        "minimum_age": t.minimum_age,
        "maximum_age": t.maximum_age,
        "conditions": t.conditions,
        "treatments": t.interventions,
        "countries": t.countries,
        "places": len(t.sites),
        "sponsor": t.sponsor,
        "start": t.start,
        "start_type": t.start_type,
        "primary_completion": t.primary_completion,
        "primary_completion_type": t.primary_completion_type,
        "completion": t.completion,
        "completion_type": t.completion_type,
        "results_posted": t.results_posted,
        "registry_updated": t.updated,
        "checked": t.checked,
        "other_numbers": t.other_ids,
        "link": link,
        "page": page,
    }


def _safe(value: object) -> object:
    if isinstance(value, tuple):
        value = " | ".join(plain(str(part)) for part in value)
    return cell(plain(value, _LIMIT)) if isinstance(value, str) else value
