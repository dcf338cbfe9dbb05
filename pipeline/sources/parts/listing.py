"""The entry of a study that a registry lists; each registry names its dates and its summary in its own way."""

from __future__ import annotations

from datetime import date

from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.source import Source
from pipeline.sources.parts.dates import read_date
from pipeline.text import canonical_link


def make_listing(source: Source, trial: Trial, today: date, *, posted: str, updated: str, summary: str) -> Entry:
    """Make the entry that carries a trial; `posted` and `updated` are the registry's names for its two dates."""
    first, last = trial.first_posted, trial.updated
    return Entry(
        source=source.key,
        title=trial.title,
        ids=Ids(number=trial.number, link=canonical_link(trial.link)),
        link=trial.link,
        published=read_date(first, posted, today) if first else None,
        updated=read_date(last, updated, today) if last else None,
        summary=summary,
        categories=tuple(c[:80] for c in trial.conditions[:20]),
        language="en",
        ncts=(trial.number,) if trial.number.startswith("NCT") else (),
        trial=trial,
    )
