"""Which function writes the standard's results in which format: one table for each kind of result.

That of explained rules is in `rules_page`: it needs the rules' cases, which no check reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pipeline.flow.check import Checked
from pipeline.model.finding import Finding
from pipeline.model.names import Format
from pipeline.report import stats
from pipeline.report.exchange import as_rdjsonl, as_sarif
from pipeline.report.findings import as_json, as_text


class Listing(NamedTuple):
    """A check to be written; the text may be in `colour`."""

    checked: Checked
    colour: bool = False


FINDINGS: Mapping[Format, Callable[[Listing], str]] = {
    Format.TEXT: lambda of: as_text(of.checked.findings, of.checked.queue.lines, colour=of.colour),
    Format.JSON: lambda of: as_json(of.checked.findings),
    Format.SARIF: lambda of: as_sarif(of.checked.findings, of.checked.queue.name, of.checked.queue.place),
    Format.RDJSONL: lambda of: as_rdjsonl(
        of.checked.findings, of.checked.queue.name, of.checked.queue.place, of.checked.queue.lines
    ),
}

TALLIES: Mapping[Format, Callable[[Mapping[str, tuple[Finding, ...]]], str]] = {
    Format.TEXT: lambda found: stats.as_table(stats.tally(found), len(found)),
    Format.JSON: lambda found: stats.as_json(stats.tally(found)),
}
