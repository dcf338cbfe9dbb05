"""Which step of the ladder a study stands on, who was studied, and against what.

Order of derivation and "on conflict the lower step" follow the GRADE idea that design decides;
publication types are those of PubMed ("Publication Formats", "Study Characteristics").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.counts import Counted, one_aged, one_person
from pipeline.language.entry_words import Words
from pipeline.language.late import late
from pipeline.language.phrase_list import pack
from pipeline.language.population import ANIMAL, LAB
from pipeline.model.entry import Entry, Trial
from pipeline.model.evidence import Comparison, Stage
from pipeline.model.names import Population

_CUES = pack(__name__)
_NUMBER = "[1-4]|IV|I{1,3}"
_PHASE = late(
    rf"\bphase[ -]?(?P<a>{_NUMBER})[ab]?(?: ?(?:/|-|to|and|und) ?(?:phase )?(?P<b>{_NUMBER})[ab]?)?\b|"
    r"\bfirst-in-human\b|\berstmals am menschen\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder and the words or field it was read from; `named` False: only people are counted."""

    stage: Stage
    because: str
    named: bool = True


def study_step(entry: Entry, words: Words, population: Population | None, people: Counted | None) -> Step:
    """Read the step from publication types and text; where they differ, the lower step and both reasons."""
    typed = _typed_step(entry, people)
    from_text = _text_step(words, population, people)
    if typed is None or from_text is None:
        return typed or from_text or Step(Stage.UNCLEAR, "")
    if _is_trial(typed) and from_text.stage is Stage.OBSERVATIONAL and not _CUES["observed"].stands(words.title):
        # A trial's people are a cohort too: the publication type decides, unless the title names another design.
        return typed
    return _lower(typed, from_text) if from_text.named else typed


def trial_step(trial: Trial) -> Step:
    """Read the step of a study with posted results from the registry's phases and allocation; no phase is no step."""
    numbers = sorted(int(n) for phase in trial.phases for n in re.findall(r"[1-4]", phase))
    if not numbers:
        observed = (trial.study_type or "").upper() == "OBSERVATIONAL"
        return Step(Stage.OBSERVATIONAL if observed else Stage.UNCLEAR, "the registry gives no phase")
    stage = _phase_stage(numbers, randomised=(trial.allocation or "").upper() == "RANDOMIZED")
    return Step(stage, f"registry phase {' '.join(trial.phases)}")


def comparison_of(entry: Entry, words: Words, stage: Stage, people: Counted | None) -> Comparison | None:
    """Tell against what the treatment was measured; a study of treated people that names nothing had nothing."""
    text = words.text
    if _is_randomised(entry, text):
        return Comparison.RANDOMISED
    if _CUES["no comparison"].stands(text):
        return Comparison.NONE
    if stage in (Stage.CASE_REPORT, Stage.CASE_SERIES):
        return Comparison.NONE
    if _CUES["controlled"].stands(text):
        return Comparison.CONTROLLED
    silent = people is not None and bool(words.rest) and stage is not Stage.SYSTEMATIC_REVIEW
    return Comparison.NONE if silent and (stage.treats_people or stage is Stage.UNCLEAR) else None


def trial_comparison(trial: Trial) -> Comparison | None:
    """Read the comparison from a registry's allocation, model and number of arms; None where they don't settle it."""
    if (trial.allocation or "").upper() == "RANDOMIZED":
        return Comparison.RANDOMISED
    if (trial.intervention_model or "").upper() in ("SINGLE_GROUP", "SINGLE GROUP") or trial.arms == 1:
        return Comparison.NONE
    return None


def is_views(words: Words) -> str:
    """Return the words in the title that make it a review or opinion rather than a report, or ""."""
    if _PHASE.search(words.title) or any(_CUES[key].stands(words.title) for key in ("case", "series", "systematic")):
        return ""
    found = _CUES["views"].search(words.title)
    return found.words if found else ""


def _typed_step(entry: Entry, people: Counted | None) -> Step | None:
    types = [t.strip().lower() for t in entry.types]
    named = [(known, stage) for known, stage in _TYPES if any(_is_type(known, t) for t in types)]
    if not named:
        if any("randomi" in t for t in types):
            return Step(Stage.PHASE_2_RCT, "publication type “randomized controlled trial”, phase not given")
        return None
    phases = sorted({_PHASE_TYPES[known] for known, _ in named if known in _PHASE_TYPES})
    if phases:
        return Step(
            _phase_stage(phases, randomised=any("randomi" in t for t in types)),
            f"publication type “clinical trial, {named[-1][0]}”",
        )
    known, stage = named[0]
    if stage is Stage.CASE_REPORT and people is not None and people.number > 1:
        stage = Stage.CASE_SERIES
    return Step(stage, f"publication type “{known}”")


def _is_type(known: str, given: str) -> bool:
    return re.search(rf"\b{known}\b", given) is not None


def _text_step(words: Words, population: Population | None, people: Counted | None) -> Step | None:
    """Read the step from the text; the first rule that holds decides."""
    if views := is_views(words):
        return Step(Stage.COMMENTARY, f"“{views}” in the title")
    if found := _CUES["systematic"].search(words.title) or _CUES["systematic itself"].search(words.rest):
        return Step(Stage.SYSTEMATIC_REVIEW, f"“{found.words}”")
    if population in (Population.ANIMAL, Population.LAB):
        named = ANIMAL.search(words.text) or LAB.search(words.text)
        return Step(Stage.PRECLINICAL, f"“{named.group()}”" if named else "")
    if found := _CUES["protocol"].search(words.title):
        return Step(Stage.COMMENTARY, f"“{found.words}” in the title")
    if people is None and not _names_a_design(words) and (found := _CUES["views itself"].search(words.rest)):
        return Step(Stage.COMMENTARY, f"“{found.words}”")
    designs = list(_designs(words, people))
    return min(designs, key=_height) if designs else None


def _designs(words: Words, people: Counted | None) -> Iterator[Step]:
    text = words.text
    if phase := _phase_in(words, people):
        yield phase
    elif found := _one_random(text):
        yield Step(Stage.PHASE_2_RCT, f"“{found}”, phase not given")
    if (found_case := _CUES["case"].search(words.title)) and not (people and people.number > 1):
        yield Step(Stage.CASE_REPORT, f"“{found_case.words}”")
        return
    if found_series := _CUES["series"].search(text):
        yield Step(Stage.CASE_SERIES, f"“{found_series.words}”")
    elif found_cohort := _observed(words, a_trial=phase is not None or bool(_one_random(text))):
        small = people is not None and people.number < 20 and _CUES["no comparison"].stands(text)
        yield Step(Stage.CASE_SERIES if small else Stage.OBSERVATIONAL, f"“{found_cohort}”")
    elif phase is None and not _one_random(text):
        yield from _plain_design(words, people)


def _plain_design(words: Words, people: Counted | None) -> Iterator[Step]:
    """A report without a named design: one person is a case, a few treated people a series, more are observed."""
    if people is not None and people.number > 1:
        treated = _CUES["treatment"].stands(words.text)
        if people.number > _SERIES_AT_MOST:
            yield Step(Stage.OBSERVATIONAL, f"more than {_SERIES_AT_MOST} people, no design named", named=False)
        elif treated:
            yield Step(Stage.CASE_SERIES, "people treated, no design named", named=False)
    elif (aged := one_aged(words.rest)) and people is None and _CUES["treatment"].stands(words.text):
        yield Step(Stage.CASE_REPORT, f"“{aged}”")
    elif people is not None or (_CUES["case"].stands(words.rest[:800]) or one_person(words.title)):
        yield Step(Stage.CASE_REPORT, f"“{one_person(words.text) or (people.words if people else 'case')}”")


def _observed(words: Words, *, a_trial: bool) -> str:
    """The words of a study that only looks on, or ""; in a trial's summary "cohort" and the like mean its groups."""
    for text in (words.title,) if a_trial else (words.title, words.rest):
        if found := _CUES["observed"].search(text):
            return found.words
    found = _CUES["looking back"].search(words.rest)
    return found.words if found else ""


def _names_a_design(words: Words) -> bool:
    return bool(_PHASE.search(words.title) or _one_random(words.title)) or any(
        _CUES[key].stands(words.title) for key in ("case", "series", "observed")
    )


def _is_trial(step: Step) -> bool:
    rank = step.stage.rank
    return rank is not None and _height(Step(Stage.PHASE_1, "")) <= rank < _height(Step(Stage.SYSTEMATIC_REVIEW, ""))


def _phase_in(words: Words, people: Counted | None) -> Step | None:
    """The title's phase, else the lowest that the summary names and doesn't only plan."""
    for text in (words.title, words.rest):
        steps = []
        for found in _PHASE.finditer(text):
            before = text[max(0, found.start() - 60) : found.start()]
            if _CUES["planned"].stands(before) or (people is None and _CUES["under way"].stands(before)):
                continue
            numbers = sorted({_arabic(n) for n in (found["a"], found["b"]) if n}) or [1]
            steps.append(Step(_phase_stage(numbers, randomised=bool(_one_random(words.text))), f"“{found.group()}”"))
        if steps:
            return min(steps, key=_height)
    return None


def _phase_stage(numbers: list[int], *, randomised: bool) -> Stage:
    """Name the step of phases: 1 and 2 together have their own, else the lower of two counts."""
    if numbers[0] == 1 and numbers[-1] >= 2:
        return Stage.PHASE_1_2
    stage = _PHASES[numbers[0]]
    return _RANDOMISED.get(stage, stage) if randomised else stage


def _arabic(number: str) -> int:
    return int(number) if number.isdigit() else _ROMAN[number.upper()]


def _is_randomised(entry: Entry, text: str) -> bool:
    return bool(_one_random(text)) or any("randomi" in t.lower() and "non" not in t.lower() for t in entry.types)


def _one_random(text: str) -> str:
    """The words that tell of chance deciding here; reviews speak of randomised trials in the plural."""
    if _CUES["not random"].stands(text):
        return ""
    found = _CUES["random"].search(text)
    return found.words if found else ""


def _lower(one: Step, other: Step) -> Step:
    if one.stage is other.stage:
        return Step(one.stage, f"{one.because}; {other.because}" if other.because else one.because)
    low, high = sorted((one, other), key=_height)
    return Step(
        low.stage, f"{low.because}; {high.because} would be higher" if high.stage.rank is not None else low.because
    )


def _height(step: Step) -> int:
    """Order by height; what is no study at all stands lowest."""
    return -1 if step.stage.rank is None else step.stage.rank


_SERIES_AT_MOST = 20
_TYPES: tuple[tuple[str, Stage], ...] = (
    ("systematic review", Stage.SYSTEMATIC_REVIEW),
    ("meta-analysis", Stage.SYSTEMATIC_REVIEW),
    ("case reports", Stage.CASE_REPORT),
    ("phase i", Stage.PHASE_1),
    ("phase ii", Stage.PHASE_2),
    ("phase iii", Stage.PHASE_3),
    ("observational study", Stage.OBSERVATIONAL),
    ("editorial", Stage.COMMENTARY),
    ("comment", Stage.COMMENTARY),
    ("news", Stage.COMMENTARY),
    ("review", Stage.COMMENTARY),
    ("protocol", Stage.COMMENTARY),
)
_PHASES = {1: Stage.PHASE_1, 2: Stage.PHASE_2, 3: Stage.PHASE_3, 4: Stage.OBSERVATIONAL}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_RANDOMISED = {Stage.PHASE_2: Stage.PHASE_2_RCT, Stage.PHASE_3: Stage.PHASE_3_RCT}
_PHASE_TYPES = {"phase i": 1, "phase ii": 2, "phase iii": 3}
