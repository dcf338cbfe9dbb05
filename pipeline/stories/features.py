"""What merging looks at in an entry: its own ids, the papers it is about, its facts, title and day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pipeline.language import dois
from pipeline.language.normalise import comparable
from pipeline.model.entry import Entry
from pipeline.model.evidence import Flag
from pipeline.model.names import Role, Tier
from pipeline.model.source import Source
from pipeline.model.story import Judged
from pipeline.stories.facts import Facts, facts
from pipeline.stories.titles import Title, title_of
from pipeline.stories.traits import Traits, traits_of
from pipeline.text import canonical_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The identities an entry can only share with the same thing read elsewhere.

    `preprint` says that doi and pmid are those of a preprint; `trial` that a registry speaks of a study, not
    a paper or an outlet; `retracts` is the paper a notice is about.
    """

    doi: str | None
    pmid: str | None
    number: str | None
    preprint: bool
    trial: bool
    retracts: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One judged entry with all that merging looks at.

    `dois` are the papers it is about: its own, else those it mentions; `days` the first and last day, as
    ordinals, that its date can mean; `evidence` tells what may carry a story alone.
    """

    judged: Judged
    tier: Tier
    role: Role
    own: Own
    facts: Facts
    title: Title
    dois: frozenset[str]
    days: tuple[int, int] | None
    link: str | None
    evidence: bool
    traits: Traits

    @property
    def paper(self) -> bool:
        """Whether it is a paper, or an index's entry of one."""
        return self.tier in _PAPERS

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.judged.entry


_EVIDENCE = frozenset({Tier.REGISTRY, Tier.REGULATOR, Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT})
_PAPERS = frozenset({Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT})
_LIMIT = 6000


def features_of(judged: Judged, source: Source | None) -> Features:
    """Read off an entry what merging looks at. A source nobody knows is trusted least."""
    entry, tier = judged.entry, source.tier if source else Tier.COMPANY
    role = source.role if source else Role.LEAD
    title = comparable(entry.title)
    summary = comparable(entry.summary[:_LIMIT])
    own = _own(judged, tier)
    mentioned = dois.in_text(f"{entry.title} {entry.summary[:_LIMIT]}")
    read = facts(judged, title, summary)
    return Features(
        judged=judged,
        tier=tier,
        role=role,
        own=own,
        facts=read,
        traits=traits_of(judged, read, (own.doi,) if own.doi else mentioned),
        title=title_of(title),
        dois=frozenset(filter(None, (own.doi, own.retracts))) or frozenset(mentioned),
        days=_days(entry.day),
        link=entry.ids.link or (canonical_link(entry.link) if entry.link else None),
        evidence=role is Role.EVIDENCE and tier in _EVIDENCE,
    )


def _days(day: str | None) -> tuple[int, int] | None:
    try:
        parts = [int(p) for p in (day or "")[:10].split("-")]
        year, month, first = (*parts, 0, 0)[:3]
        end = first or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, first or 1).toordinal(), date(year, month or 12, end).toordinal()
    except ValueError:
        return None


def _own(judged: Judged, tier: Tier) -> Own:
    entry = judged.entry
    trial = entry.trial is not None or tier is Tier.REGISTRY
    doi = entry.ids.doi.lower() if entry.ids.doi else None
    preprint = (
        tier is Tier.PREPRINT
        or Flag.PREPRINT in judged.verdict.evidence.flags
        or any(t.lower() == "preprint" for t in entry.types)
        or dois.is_preprint(doi)
    )
    if doi and preprint:
        doi = re.sub(r"v\d{1,2}$", "", doi)
    # Elsewhere an NCT number is only mentioned: two papers of one trial are two papers.
    number = (entry.ids.number or (entry.trial.number if entry.trial else None)) if trial else None
    return Own(doi=doi, pmid=entry.ids.pmid, number=number, preprint=preprint, trial=trial, retracts=entry.retracts)
