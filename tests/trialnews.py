"""Two states of an invented trial, and what a gather and a reader make of them. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.files import Folder
from pipeline.model.entry import Entry, Ids, Precision, Trial, When
from pipeline.model.names import Role, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source, Window
from pipeline.model.story import Judged, Story
from pipeline.queue import QueueText, read_queue
from pipeline.queue.also_changed import Drafts
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, Merged, merge
from pipeline.render.trials import drafts as words
from pipeline.sources import registries
from pipeline.triage.verdict import judge
from pipeline.trials.diff import changes
from pipeline.trials.news import news_of, unmoved
from pipeline.trials.reversals import Printed

REPO = Path(__file__).resolve().parents[1]
TEMPLATES = Folder(REPO, REPO / ".cache").templates()
SOURCE = Source(key="registry", kind="clinicaltrials", name="R", url="https://registry.example/", tier=Tier.REGISTRY, role=Role.EVIDENCE)  # fmt: skip
SOURCES = {"registry": SOURCE}
DRAFTS = Drafts(
    item=lambda t, c: words.draft(t, c, TEMPLATES).text,
    line=lambda t, c: words.line(t, c, TEMPLATES),
    also=lambda n: words.also(n, TEMPLATES),
)
WINDOW = Window(date(2026, 5, 1), date(2026, 5, 31))

TRIAL = Trial(
    number="NCT99990005",
    title="Velta CAR-T in lupus nephritis",
    status="RECRUITING",
    phases=("PHASE2",),
    allocation="RANDOMIZED",
    intervention_model="PARALLEL",
    masking="SINGLE",
    arms=2,
    enrollment=123,
    enrollment_type="ESTIMATED",
    conditions=("Lupus Nephritis",),
    interventions=("Velta CAR-T", "Standard of care"),
    primary_outcomes=("Complete renal response at week 52",),
    sponsor="Orbital, Inc.",
    countries=("Germany", "Netherlands"),
    sites=("University Hospital, Leiden, Netherlands", "Klinikum, Beispielstadt, Germany"),
    minimum_age="18 Years",
    maximum_age="65 Years",
    updated="2026-05-07",
)


def after(trial: Trial = TRIAL, **moved: Any) -> Trial:
    """The trial as its entry stands later."""
    return replace(trial, **{"updated": "2026-05-22", **moved})


def said(now: Trial, before: Trial = TRIAL) -> words.TrialDraft:
    """What a draft makes of the two states."""
    return words.draft(now, changes(before, now), TEMPLATES)


def judged(*trials: Trial) -> tuple[Judged, ...]:
    """Registry entries of trials, as a gather has them."""
    entries = (
        Entry(
            source="registry",
            title=t.title,
            ids=Ids(number=t.number),
            link=f"https://registry.example/{t.number}",
            updated=When(t.updated, Precision.DAY, t.updated) if t.updated else None,
            categories=t.conditions,
            trial=t,
        )
        for t in trials
    )
    return tuple(Judged(e, judge(e, SOURCE, Topics())) for e in entries)


def stories(
    baseline: tuple[Trial, ...], *now: Trial, printed: dict[str, tuple[Printed, ...]] | None = None
) -> tuple[Story, ...]:
    """What is news between the last issue's record and now."""
    return news_of(judged(*now), {t.number: t for t in baseline}, WINDOW, registries(), printed)


def gathered(
    baseline: tuple[Trial, ...],
    *now: Trial,
    queue: QueueText | None = None,
    seen: frozenset[str] = frozenset(),
    printed: dict[str, tuple[Printed, ...]] | None = None,
) -> Merged:
    """The queue after a gather that met these trials."""
    return merge(
        queue or read_queue(new_file("2026-05"), "queue.yml"),
        stories(baseline, *now, printed=printed),
        Background(
            sources=SOURCES,
            seen=seen,
            unmoved=unmoved(judged(*now), {t.number: t for t in baseline}),
            drafts=DRAFTS,
        ),
    )
