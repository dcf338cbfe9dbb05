"""What happened, where an entry is on an event and not on a study: a stop, a decision, a question of safety."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language.phrase_list import pack
from pipeline.model.entry import Trial
from pipeline.model.evidence import Stage
from pipeline.model.names import Section, Tier
from pipeline.model.registry import stopped

_CUES = pack(__name__)


@dataclass(frozen=True, slots=True)
class NewsEvent:
    """An event: its section, its step off the ladder (None: the study's own), and the words that say so."""

    section: Section
    stage: Stage | None
    because: str


def trial_event(trial: Trial) -> NewsEvent:
    """Tell whether a registry entry runs or stopped, by its status alone."""
    status = (trial.status or "").strip().upper().replace(" ", "_").replace("-", "_")
    said = f"registry status {status or 'not given'}"
    if stopped(trial.status):
        return NewsEvent(Section.STOPPED, Stage.STOPPED, said)
    return NewsEvent(Section.TRIALS, None if trial.has_results else Stage.REGISTRATION, said)


def event_in(title: str, rest: str, tier: Tier) -> NewsEvent | None:
    """Find an event in the words of a regulator, then in anybody's; None when the entry tells of a study."""
    if tier is Tier.REGULATOR:
        return _regulator(title, rest)
    if stopped := _stop(title) or (_stop(rest) if tier in _SAYS_SO else ""):
        return NewsEvent(Section.STOPPED, Stage.STOPPED, stopped)
    if found := _CUES["hold lifted"].search(title):
        return NewsEvent(Section.REGULATION, Stage.UNCLEAR, f"“{found.words}”")
    if found := _CUES["hold"].search(title):
        return NewsEvent(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.words}”")
    if _CUES["agency"].stands(title):
        return _news_of_regulator(title)
    if tier not in (Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT) and (found := _CUES["alert"].search(title)):
        return NewsEvent(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.words}”")
    return None


def class_warning(title: str, tier: Tier) -> NewsEvent | None:
    """Find a regulator's act of safety on a therapy as such, whoever tells of it but papers and companies.

    The title must tell the act by its own name, or somebody who may act and what it is about.
    """
    if tier not in _TELL_OF_ACTS:
        return None
    act = _CUES["class act"].search(title)
    if act is None and _CUES["class authority"].stands(title):
        act = _CUES["class matter"].search(title)
    return NewsEvent(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{act.words}”") if act else None


def _regulator(title: str, rest: str) -> NewsEvent:
    """A regulator's title tells first: an approval that carries a warning is an approval."""
    for text, approval in ((title, "approval"), (rest, "approves")):
        for key, section, stage in (
            ("hold lifted", Section.REGULATION, Stage.REGULATORY_DECISION),
            (approval, Section.REGULATION, Stage.REGULATORY_DECISION),
            ("safety", Section.SAFETY, Stage.SAFETY_NOTICE),
            ("procedure", Section.REGULATION, Stage.REGULATORY_DECISION),
        ):
            if found := _CUES[key].search(text):
                return NewsEvent(section, stage, f"regulator: “{found.words}”")
    return NewsEvent(Section.REGULATION, Stage.UNCLEAR, "a regulator's notice")


def _news_of_regulator(title: str) -> NewsEvent | None:
    if found := _CUES["procedure"].search(title):
        return NewsEvent(Section.REGULATION, Stage.UNCLEAR, f"“{found.words}”: a step in a procedure, not an approval")
    if found := _CUES["approval"].search(title):
        return NewsEvent(Section.REGULATION, Stage.REGULATORY_DECISION, f"“{found.words}”")
    if found := _CUES["safety"].search(title):
        return NewsEvent(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.words}”")
    return None


def _stop(text: str) -> str:
    found = (m.words for m in _CUES["stopped"].finditer(text) if not _CUES["not a study"].stands(m.words))
    return next((f"“{words}”" for words in found), "")


_TELL_OF_ACTS = frozenset({Tier.REGULATOR, Tier.SOCIETY, Tier.NEWS, Tier.PATIENT_ORG, Tier.AGGREGATOR})

# In a paper's abstract such words tell of one patient's dosing or of other studies; these speak of programmes.
_SAYS_SO = frozenset({Tier.COMPANY, Tier.NEWS, Tier.AGGREGATOR, Tier.PATIENT_ORG, Tier.SOCIETY})
