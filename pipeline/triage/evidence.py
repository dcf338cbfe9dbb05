"""How strong the evidence of an entry is: step, people, comparison, follow-up, flags, and because of which words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.language.counts import Counted, follow_up, one_person, participants
from pipeline.language.entry_words import Words
from pipeline.language.phrase_list import pack
from pipeline.language.population import population_of
from pipeline.model.entry import Entry, Trial
from pipeline.model.evidence import Comparison, Evidence, Flag, Stage
from pipeline.model.names import Population, Role, Section, Tier
from pipeline.model.source import Source
from pipeline.triage.events import event_in, trial_event
from pipeline.triage.notices import notice_in
from pipeline.triage.steps import Step, comparison_of, is_views, study_step, trial_comparison, trial_step

_CUES = pack(__name__)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry's evidence, who was studied, by which words, and the section of an event (None: a study's own)."""

    evidence: Evidence
    population: Population | None
    population_because: str
    section: Section | None


def weigh(entry: Entry, source: Source, words: Words) -> Weighed:
    """Weigh an entry: a notice first, then a registry's fields, then an event, then publication types and text."""
    flags = _flags(entry, source, words)
    if entry.trial is not None:
        return _weigh_trial(entry.trial, flags)
    notice = notice_in(entry, words.title, words.rest)
    if notice is not None:
        flags = (notice.flag, *(f for f in flags if f is not notice.flag))
    people = participants(words.title, words.rest)
    studied = _Studied(*population_of(words, people), people)
    if notice is not None and notice.about:
        stage = Stage.RETRACTION if notice.flag is Flag.RETRACTED else Stage.UNCLEAR
        studied = studied if stage is Stage.RETRACTION else replace(studied, people=None)
        return _weighed(Step(stage, notice.because), studied, flags)
    event = event_in(words.title, words.rest, source.tier)
    if event is not None and event.stage is not None:
        step, comparison = Step(event.stage, event.because), _compared(entry, words, event.stage, people)
        people_studied = _Studied(Population.HUMAN, people.words, people) if people else _Studied()
        return replace(_weighed(step, people_studied, flags, comparison), section=event.section)
    return _weigh_study(entry, words, studied, flags)


@dataclass(frozen=True, slots=True)
class _Studied:
    """Who, or what, was studied, by which words, and how many."""

    population: Population | None = None
    because: str = ""
    people: Counted | None = None


def _weigh_trial(trial: Trial, flags: tuple[Flag, ...]) -> Weighed:
    event = trial_event(trial)
    reported = trial_step(trial)
    stage = event.stage or reported.stage
    because = "; ".join(filter(None, (event.because, reported.because)))
    evidence = Evidence(stage, trial.enrollment, trial_comparison(trial), None, flags, because)
    return Weighed(evidence, Population.HUMAN, "a registry of studies in people", event.section)


def _compared(entry: Entry, words: Words, stage: Stage, people: Counted | None) -> Comparison | None:
    """The comparison behind an event: a regulator's decision may name one, with its arms."""
    comparison = comparison_of(entry, words, Stage.UNCLEAR, people) if stage is Stage.REGULATORY_DECISION else None
    return None if comparison is Comparison.NONE and "arm" not in words.text else comparison


def _weigh_study(entry: Entry, words: Words, studied: _Studied, flags: tuple[Flag, ...]) -> Weighed:
    people = studied.people
    if studied.population is Population.ANIMAL:
        people = participants(words.title, words.rest, animals=True)
    elif studied.population is Population.LAB:
        people = None
    step = study_step(entry, words, studied.population, people)
    if step.stage is Stage.CASE_REPORT and people is None:
        people = Counted(1, one_person(words.text) or "case report")
    if step.stage is Stage.COMMENTARY:
        # A review's "two women" are somebody else's patients.
        return _weighed(step, _Studied() if is_views(words) else replace(studied, people=None), flags)
    comparison = comparison_of(entry, words, step.stage, people)
    if not entry.summary and step.because:
        step = replace(step, because=f"{step.because}; the title alone, no summary was given")
    return _weighed(step, replace(studied, people=people), flags, comparison, follow_up(words.text))


def _weighed(
    step: Step,
    studied: _Studied,
    flags: tuple[Flag, ...],
    comparison: Comparison | None = None,
    follow_up: str | None = None,
) -> Weighed:
    people = studied.people
    if studied.population is None and step.stage.treats_people and step.stage is not Stage.SYSTEMATIC_REVIEW:
        # A case, a series or a trial is of people even where no word of the text says so.
        studied = replace(studied, population=Population.HUMAN, because=step.because)
    reasons = [step.because, f"“{people.words}”" if people else ""]
    because = "; ".join(dict.fromkeys(r for r in reasons if r)) or None
    evidence = Evidence(step.stage, people.number if people else None, comparison, follow_up, flags, because)
    return Weighed(evidence, studied.population, studied.because, None)


def _flags(entry: Entry, source: Source, words: Words) -> tuple[Flag, ...]:
    text = words.text
    types = {t.strip().lower() for t in entry.types}
    holds = (
        (Flag.PREPRINT, source.tier is Tier.PREPRINT or "preprint" in types or _CUES["preprint"].stands(text)),
        (Flag.CONFERENCE, _CUES["conference"].stands(text) or "congress" in types),
        (Flag.COMPANY, source.tier is Tier.COMPANY),
        (Flag.PRESS_RELEASE, _is_press(source)),
        (Flag.INTERIM, _CUES["interim"].stands(text) and entry.trial is None),
    )
    return tuple(flag for flag, held in holds if held)


def _is_press(source: Source) -> bool:
    """Companies and aggregators speak for themselves; an institution's own news does where it is listed as a lead."""
    return source.tier in (Tier.COMPANY, Tier.AGGREGATOR) or (source.tier is Tier.ACADEMIC and source.role is Role.LEAD)
