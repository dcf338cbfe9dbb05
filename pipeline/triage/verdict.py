"""The verdict on one entry: ours or not, about what, how strong, for which section, and because of which words."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.language.entry_words import Grounds, Words
from pipeline.language.late import late
from pipeline.language.mentions import Mentions
from pipeline.language.terms import GENERIC, Terms
from pipeline.language.therapies import Therapies, therapies_in
from pipeline.language.traps import spam
from pipeline.model.entry import Entry
from pipeline.model.evidence import LABELS, Evidence, Stage
from pipeline.model.names import Population, Section, Therapy, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import About, Verdict
from pipeline.triage.events import class_warning, event_in
from pipeline.triage.evidence import Weighed, weigh

THERAPY_NAMES: dict[Therapy, str] = {
    Therapy.CAR_T: "CAR-T",
    Therapy.CAR_NK: "CAR-NK",
    Therapy.BISPECIFIC: "bispecific T-cell engagers",
    Therapy.IN_VIVO_CAR: "in-vivo CAR",
    Therapy.CAAR_T: "CAAR-T",
    Therapy.CAR_TREG: "CAR-Treg",
    Therapy.B_CELL_DEPLETION: "B-cell depletion",
}
_PEOPLE = {Population.HUMAN: "people", Population.ANIMAL: "animals", Population.LAB: "cells in a laboratory"}


def judge(entry: Entry, source: Source, topics: Topics, terms: Terms | None = None) -> Verdict:
    """Decide whether an entry is about our topics, and weigh it when it is; `terms` are the newsroom's.

    Pure and deterministic. `steps` of the verdict tell each decision in the order it was taken.
    """
    m = Mentions.of(entry, terms)
    if entry.trial is None and source.tier is not Tier.COMPANY and not m.may_name_therapy:
        return _without_therapy(Words(title=m.words.title), Therapies())
    named = m.therapies
    if not named.therapies and m.diseases.ours and m.weak_therapies.therapies:
        named = m.weak_therapies
    if not named.therapies and source.tier is Tier.COMPANY and m.diseases.ours:
        named = _by_source(m, source)
    if not named.therapies:
        return _without_therapy(m.words, named)
    steps = [_therapy_step(therapy, hit) for therapy, hit in zip(named.therapies, named.hits, strict=True)]
    warning = _is_class_warning(source, m)
    out = None if warning else _why_out(m, named, topics)
    if out is not None:
        reason, why = out
        return _kept_out(reason, (*steps, why), About(named.therapies, (*m.diseases.ours, *m.diseases.off)))
    weighed = weigh(entry, source, m.words)
    event = class_warning(m.words.title, source.tier) if warning and weighed.section is not Section.SAFETY else None
    if event is not None and event.stage is not None:
        evidence = replace(weighed.evidence, stage=event.stage, because=event.because)
        weighed = replace(weighed, evidence=evidence, section=event.section)
    return _kept(m, named, weighed, topics, steps)


def _kept(m: Mentions, named: Therapies, weighed: Weighed, topics: Topics, steps: list[str]) -> Verdict:
    found = m.diseases
    conditions = found.ours or tuple(c for c in found.off if c in topics.conditions)
    hit = found.first if found.ours else found.first_off
    section, why = _section(named, weighed)
    if conditions:
        steps.append(f"Condition: {_listed(conditions)}, because of {hit}.")
    else:
        steps.append("Condition: no disease named: a safety notice on a therapy holds for all.")
    if weighed.population is not None:
        steps.append(f"Population: {_PEOPLE[weighed.population]}, because of “{weighed.population_because}”.")
    steps.append(_evidence_step(weighed.evidence))
    steps.append(f"Section: {section}, because {why}.")
    steps.append(
        "Kept: a therapy and a condition we follow are both named." if conditions else "Kept: it is about safety."
    )
    about = About(named.therapies, conditions, weighed.population)
    return Verdict(kept=True, reason="", about=about, evidence=weighed.evidence, section=section, steps=tuple(steps))


def _why_out(m: Mentions, named: Therapies, topics: Topics) -> tuple[str, str] | None:
    """Return the reason and the sentence for keeping an entry out that names a therapy; None to keep it."""
    words, found = m.words, m.diseases
    if said := spam(words.title, words.rest):
        return "investor-spam", f"Kept out: it is written for shareholders (“{said}”)."
    if not set(named.therapies) & set(topics.therapies):
        return (
            "excluded-topic",
            f"Kept out: our topics leave out {_listed(tuple(THERAPY_NAMES[t] for t in named.therapies))}.",
        )
    if _is_oncology(m):
        if not found.ours:
            return "oncology-only", f"Kept out: the only diseases named are cancers ({found.cancer})."
        return (
            "oncology-only",
            f"Kept out: it is about cancer ({found.cancer}); autoimmune disease is at most mentioned in passing.",
        )
    if not found.ours and found.off and not set(found.off) & set(topics.conditions):
        return "excluded-topic", f"Kept out: {_listed(found.off)} is followed only if the topics name it."
    if not found.ours and not found.off:
        return (
            "no-condition",
            "Kept out: no autoimmune condition is named in title, summary or the registry's own fields.",
        )
    if not _wanted(m, topics):
        return "excluded-topic", f"Kept out: our topics leave out {_listed(found.ours or found.off)}."
    return None


def _is_class_warning(source: Source, m: Mentions) -> bool:
    """Whether an entry tells of a regulator's act of safety on a therapy as such, whatever it is used for."""
    words, found = m.words, m.diseases
    if found.ours or found.off:
        return False
    act = class_warning(words.title, source.tier)
    if source.tier is Tier.REGULATOR:
        act = act or event_in(words.title, words.rest, source.tier)
    if act is None or act.section is not Section.SAFETY:
        return False
    return found.cancer is None or found.cancer.place == "the summary" or _is_harm(words.title, found.cancer)


def _is_harm(title: str, cancer: Grounds) -> bool:
    """Whether a title's cancer came after a treatment or is warned of, and isn't what people are treated for."""
    before = title[: cancer.start]
    return _TREATED_FOR.search(before) is None and (
        _WARNED_OF.search(before) is not None or _CAME_AFTER.match(title, cancer.start) is not None
    )


def _is_oncology(m: Mentions) -> bool:
    """Whether the entry is about cancer; an autoimmune condition in title or fields makes it mixed, and ours."""
    found = m.diseases
    if found.cancer is None:
        return False
    if not found.ours:
        return not found.off or found.cancer.place != "the summary"
    in_head = found.cancer.place != "the summary"
    if found.central:
        # A treatment for cancer that brought about an autoimmune disease.
        return in_head and _BROUGHT_ABOUT.search(m.words.title) is not None
    if in_head:
        ours, cancers = m.counted
        return not (ours >= 3 and ours > cancers)
    if found.ours != (GENERIC,):
        return False
    ours, cancers = m.counted
    return cancers > ours


def _wanted(m: Mentions, topics: Topics) -> bool:
    """Therapies conditions narrow the topics; "autoimmune disease" in general is about each of them."""
    found, named = m.diseases, set(topics.conditions) - set(m.terms.off_by_default) - {"all"}
    if not named:
        return bool(found.ours) or bool(set(found.off) & set(topics.conditions))
    return bool((set(found.ours) | set(found.off)) & set(topics.conditions)) or GENERIC in found.ours


def _section(named: Therapies, weighed: Weighed) -> tuple[Section, str]:
    if weighed.section is not None:
        return weighed.section, f"it reports an event ({weighed.evidence.because})"
    if named.therapies[0] is not Therapy.CAR_T:
        return Section.EMERGING, f"the therapy named first is {THERAPY_NAMES[named.therapies[0]]}"
    if named.donor:
        return Section.EMERGING, "the cells come from a donor"
    return Section.RESEARCH, "it is about CAR-T"


def _by_source(m: Mentions, source: Source) -> Therapies:
    """Read a maker's own news, which names a code and no therapy, by what the source is listed for."""
    code = _CODE.search(m.words.title) or _CODE.search(m.words.rest)
    if code is None:
        return Therapies()
    listed = f"{source.name} {source.note} {' '.join(source.expect)}"
    known = therapies_in(Words(title=listed), m.terms).therapies
    if not known and not _CELL_MAKER.search(listed):
        return Therapies()
    hit = Grounds(code.group(), f"a text of {source.name}, a maker of such therapies")
    return Therapies(therapies=(known or (Therapy.CAR_T,))[:1], hits=(hit,))


def _without_therapy(words: Words, named: Therapies) -> Verdict:
    if said := spam(words.title, words.rest):
        return _kept_out("investor-spam", (f"Kept out: it is written for shareholders (“{said}”).",))
    if named.relative:
        return _kept_out(
            "excluded-topic",
            (f"Kept out: “{named.relative}” is related to CAR-T, but is not one of the therapies we follow.",),
        )
    if named.collision:
        return _kept_out(
            "keyword-collision", (f"Kept out: the words look like ours but mean something else (“{named.collision}”).",)
        )
    return _kept_out("no-therapy", ("Kept out: none of the therapies we follow is named.",))


def _kept_out(reason: str, steps: tuple[str, ...], about: About = About()) -> Verdict:  # noqa: B008  frozen
    return Verdict(kept=False, reason=reason, about=about, evidence=Evidence(), section=Section.RESEARCH, steps=steps)


def _therapy_step(therapy: Therapy, hit: Grounds) -> str:
    return f"Therapy: {THERAPY_NAMES[therapy]}, because of {hit}."


def _evidence_step(evidence: Evidence) -> str:
    label = LABELS[evidence.stage]
    if evidence.stage is Stage.UNCLEAR and not evidence.because:
        return f"Evidence: {label} (unclear), because no study design is named."
    return f"Evidence: {label} ({evidence.stage}), because of {evidence.because}."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_BROUGHT_ABOUT = late(r"(?:therapy|treatment|\bCAR[- ]T)[- ](?:related|induced|associated)\b", re.IGNORECASE)
_TREATED_FOR = late(r"\b(?:for|in|with|against|treating|bei|gegen|mit)(?: [\w-]+){0,3} $", re.IGNORECASE)
_WARNED_OF = late(r"\b(?:risks?|cases?|reports?|signals?|new|later|fälle|risiko)\b(?: [\w-]+){0,3} $", re.IGNORECASE)
_CAME_AFTER = late(r"[\w-]+(?: [\w-]+){0,2} (?:after|following|linked to|nach)\b", re.IGNORECASE)
_CODE = late(r"\b[A-Z]{2,6}-?\d{1,5}[A-Z]?\b|\b[a-z]{3,6}-cel\b")
_CELL_MAKER = late(r"\bcell (?:scien|therap)\w+|\bcellular\b|\bimmune cells?\b", re.IGNORECASE)
