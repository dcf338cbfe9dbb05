"""The entry of a study that a registry lists."""

from __future__ import annotations

from datetime import date

from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.registries import Registry
from pipeline.model.source import Source
from pipeline.sources.parts.dates import read_date
from pipeline.sources.parts.ids import nct_numbers
from pipeline.text import canonical_link


def make_listing(source: Source, registry: Registry, trial: Trial, today: date, summary: str | None = None) -> Entry:
    """Make the entry that carries a trial; `summary` where the trial has none that is written for readers."""
    first, last = trial.first_posted, trial.updated
    return Entry(
        source=source.key,
        title=trial.title,
        ids=Ids(number=trial.number, link=canonical_link(trial.link)),
        link=trial.link,
        published=read_date(first, registry.posted, today) if first else None,
        updated=read_date(last, registry.updated, today) if last else None,
        summary=trial.summary or summary or "",
        categories=tuple(c[:80] for c in trial.conditions[:20]),
        language="en",
        nct_numbers=nct_numbers(trial.number),
        trial=trial,
    )
