"""Which entry leads a story, which stand beside it, and the verdict on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model.entry import Entry
from pipeline.model.evidence import Evidence, Flag, Stage
from pipeline.model.names import Role, Therapy
from pipeline.model.story import About, Story, Verdict
from pipeline.stories.features import Features

_INTEGRITY = (Flag.RETRACTED, Flag.CONCERN, Flag.CORRECTED)


def trust(m: Features) -> tuple[object, ...]:
    """Order entries by trust: tier, evidence before lead, the journal before its preprint, an abstract, the earliest.

    What comes after only makes the order the same for every order of reading.
    """
    entry = m.entry
    day = entry.day or "9999"
    return (
        m.tier.rank,
        m.role is not Role.EVIDENCE,
        m.own.preprint,
        not entry.summary.strip(),
        day,
        entry.source,
        entry.ids.keys(),
        repr(m.judged),
    )


def choose_lead(ranked: Sequence[Features]) -> Story:
    """Make a story of entries in order of trust: the first leads.

    The verdict is the leading entry's, about all that any entry is about. Where the lead leaves the step of
    the ladder open, the lowest step of the others holds; that its paper was withdrawn or corrected is never lost.
    """
    lead, others = ranked[0], ranked[1:]
    own = lead.judged.verdict
    first_kept = next((m.judged.verdict for m in ranked if m.judged.verdict.kept), own)
    verdict = replace(
        own,
        kept=first_kept.kept,
        reason=first_kept.reason if first_kept.kept else own.reason,
        section=own.section if own.kept else first_kept.section,
        about=_about([m.judged.verdict.about for m in ranked]),
    )
    verdict = _with_notices(_settled(verdict, others), lead, others)
    return Story(lead=lead.entry, also=_once(m.entry for m in others), verdict=verdict)


def _about(abouts: Sequence[About]) -> About:
    named = {t for about in abouts for t in about.therapies}
    studied = {about.population for about in abouts if about.population is not None}
    return About(
        therapies=tuple(t for t in Therapy if t in named),
        conditions=tuple(dict.fromkeys(c for about in abouts for c in about.conditions)),
        population=abouts[0].population or (studied.pop() if len(studied) == 1 else None),
    )


def _settled(verdict: Verdict, others: Sequence[Features]) -> Verdict:
    """Take the lowest step the others choose_lead, where the leading entry's is unclear."""
    if verdict.evidence.stage is not Stage.UNCLEAR:
        return verdict
    steps = [(m.judged.verdict.evidence.stage, m) for m in others]
    ranked = [(stage.rank, n, stage, m) for n, (stage, m) in enumerate(steps) if stage.rank is not None]
    if not ranked:
        return verdict
    _, _, stage, lowest = min(ranked, key=lambda each: each[:2])
    because = f"told by {lowest.entry.source}: {lowest.judged.verdict.evidence.because or stage}"
    evidence = replace(verdict.evidence, stage=stage, because=because)
    return _because(
        verdict, evidence, f"The leading entry doesn't settle the evidence; {lowest.entry.source} says {stage}."
    )


def _with_notices(verdict: Verdict, lead: Features, others: Sequence[Features]) -> Verdict:
    """Carry over that the very paper was withdrawn, doubted or corrected, whoever tells it."""
    said = {f for m in others if _one_paper(lead, m) for f in m.judged.verdict.evidence.flags if f in _INTEGRITY}
    new = [f for f in _INTEGRITY if f in said and f not in verdict.evidence.flags]
    if not new:
        return verdict
    evidence = replace(verdict.evidence, flags=(*verdict.evidence.flags, *new))
    return _because(verdict, evidence, f"Another entry of the same paper says {', '.join(new)}.")


def _because(verdict: Verdict, evidence: Evidence, step: str) -> Verdict:
    return replace(verdict, evidence=evidence, steps=(*verdict.steps, step))


def _one_paper(one: Features, other: Features) -> bool:
    return (one.own.doi is not None and one.own.doi == other.own.doi) or (
        one.own.pmid is not None and one.own.pmid == other.own.pmid
    )


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(entries))
