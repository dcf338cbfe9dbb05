"""Entries of invented outlets, as a gather has judged them."""

from __future__ import annotations

from typing import Any

from pipeline.model.entry import Entry, Ids, Precision, When
from pipeline.model.evidence import Evidence, Flag, Stage
from pipeline.model.names import Population, Role, Section, Therapy, Tier
from pipeline.model.source import Source
from pipeline.model.story import About, Judged, Story, Verdict
from pipeline.sources.parts.ids import nct_numbers
from pipeline.stories.candidates import merge
from pipeline.text import canonical_link


def source(key: str, tier: Tier, role: Role) -> Source:
    return Source(key=key, kind="feed", name=key, url=f"https://{key}.example/", tier=tier, role=role)


SOURCES = {
    s.key: s
    for s in (
        source("ctgov", Tier.REGISTRY, Role.EVIDENCE),
        source("agency", Tier.REGULATOR, Role.EVIDENCE),
        source("journal", Tier.JOURNAL, Role.EVIDENCE),
        source("pubmed", Tier.INDEXER, Role.EVIDENCE),
        source("prexiv", Tier.PREPRINT, Role.EVIDENCE),
        source("hospital", Tier.ACADEMIC, Role.LEAD),
        source("trade", Tier.NEWS, Role.LEAD),
        source("wire", Tier.NEWS, Role.LEAD),
        source("rewrites", Tier.AGGREGATOR, Role.LEAD),
        source("company", Tier.COMPANY, Role.LEAD),
    )
}

KNOWN = {"doi", "pmid", "number", "guid"}


def told(
    source: str,
    title: str,
    summary: str = "",
    *,
    day: str | None = "2026-05-12",
    about: tuple[str, ...] = ("lupus",),
    therapy: Therapy | None = Therapy.CAR_T,
    population: Population | None = Population.HUMAN,
    stage: Stage = Stage.UNCLEAR,
    flags: tuple[Flag, ...] = (),
    people: int | None = None,
    kept: bool = True,
    link: str | None = None,
    **more: Any,
) -> Judged:
    ids = Ids(**{k: more.pop(k) for k in tuple(more) if k in KNOWN}, link=canonical_link(link) if link else None)
    more.setdefault("nct_numbers", nct_numbers(f"{title} {summary}"))
    entry = Entry(
        source=source,
        title=title,
        summary=summary,
        ids=ids,
        link=link,
        published=When(day, Precision.DAY, day) if day else None,
        **more,
    )
    verdict = Verdict(
        kept=kept,
        reason="" if kept else "no-condition",
        about=About((therapy,) if therapy else (), about, population),
        evidence=Evidence(stage=stage, flags=flags, participants=people, because="words"),
        section=Section.RESEARCH,
    )
    return Judged(entry, verdict)


def stories(*judged: Judged) -> tuple[Story, ...]:
    return merge(judged, SOURCES)
