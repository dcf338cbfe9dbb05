"""What happened, when an entry tells of an event rather than of a study: stopped, decided by a regulator, a safety question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.evidence import Stage
from pipeline.model.names import Section, Tier
from pipeline.model.registry import stopped

_I = re.IGNORECASE
_AGENCY = r"(?:FDA|EMA|CHMP|PRAC|MHRA|NMPA|PMDA|TGA|Swissmedic|BfArM|PEI|G-BA|NICE|Health Canada|European Commission|medicines agency|regulators?|Arzneimittel-?(?:agentur|behörde)|Zulassungsbehörde)"
_STOPPED = re.compile(
    r"\b(?:will (?:not|no longer) (?:advance|pursue|develop|continue|proceed)|no longer (?:advanc|pursu|develop)\w+"
    r"|(?:discontinu\w+|halt(?:s|ed|ing)?|terminat\w+|stop(?:s|ped|ping)?|ends|suspend\w*|paus(?:e|es|ed|ing)|abandon\w*|scrap\w*|shelv\w+|ax(?:es|ed)|ceas\w+|wind(?:s|ing) down)"
    r" (?:(?:the|its|their|all|further|clinical|early|phase \S+|enrol\w+ in|dosing in|work on|(?!(?:in|of|for|during|after|with|by|on|from|to|and|before)\b)[\w-]+) ){0,5}?(?:development|trials?|study|studies|programm?e?s?|pipeline|enrol\w+)"
    r"|(?:trial|study|programm?e?|development)s? (?:(?:was|were|is|has been|have been|been) )?(?:discontinued|terminated|halted|stopped|paused|suspended|abandoned|withdrawn)"
    r"|pipeline (?:re-?)?prioriti[sz]ation|deprioriti[sz]\w+|(?:did not|does not|failed to|fails to) meet (?:its|the|their|a) (?:\w+ )?(?:primary|main|co-primary) (?:end-?point|goal|aim)|miss(?:es|ed) (?:its |the )?(?:primary|main) (?:end-?point|goal)"
    r"|(?:studie|entwicklung|programm) (?:wurde |wird )?(?:eingestellt|abgebrochen|beendet|gestoppt|pausiert)|stellt [^.]{0,60} ein\b|bricht [^.]{0,60} ab\b)",
    _I,
)
# Patients stop medicines; that is no end of a study.
_MEDICINES = re.compile(r"immunosuppress\w*|steroids?|medication|glucocorticoid\w*|drugs?\b|therap(?:y|ies)\b", _I)
_APPROVAL = re.compile(
    r"\b(?:approv(?:es|ed|al)|authori[sz](?:es|ed|ation)|licen[sc]es?\b|licen[sc]ed|refus(?:es|ed|al)|reject(?:s|ed|ion)|recommends? (?:approval|against|granting)|positive opinion|negative opinion|complete response letter|zulassung|zugelassen|genehmigt)\b",
    _I,
)
# In running text "approved" often tells of products approved long ago.
_APPROVES = re.compile(
    r"\b(?:approves|(?:has|have|was|were|been) (?:approved|authori[sz]ed|refused)|authori[sz]es|refuses|recommends? approval|positive opinion|negative opinion)\b",
    _I,
)
_PROCEDURE = re.compile(
    r"\b(?:fast track|orphan(?: drug)?|RMAT|regenerative medicine advanced|breakthrough therapy|PRIME|priority review|IND\b|BLA\b|clear(?:s|ed|ance)|designat\w+|accept(?:s|ed|ance)|label(?:l?ing)? (?:change|update)|lifts?|eliminat\w+|REMS)\b",
    _I,
)
_SAFETY = re.compile(
    r"\b(?:boxed warnings?|safety (?:signal|communication|alert|review|update|information|concern)\w*|review (?:started|of (?:reports|cases))|under review|clinical hold|dosing (?:is|was) paused|warns?|warning|secondary (?:cancer|malignan)\w+|T[- ]cell malignan\w+|reports? of|recall\w*|adverse|deaths?|rote-hand|sicherheits\w+|warnhinweis\w*)\b",
    _I,
)
_HOLD = re.compile(r"\bclinical hold\b(?! (?:is |was |has been )?(?:lifted|removed))", _I)
_LIFTED = re.compile(r"\b(?:lifts?|lifted|removes?|removed) (?:the |a |its )?(?:partial )?clinical hold", _I)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event: the section it belongs to, its step off the ladder (None: the study's own step), and the words that told."""

    section: Section
    stage: Stage | None
    because: str


def trial_occasion(trial: Trial) -> Occasion:
    """Tell whether a registry entry runs or stopped, by its status alone."""
    status = (trial.status or "").strip().upper().replace(" ", "_").replace("-", "_")
    said = f"registry status {status or 'not given'}"
    if stopped(trial.status):
        return Occasion(Section.STOPPED, Stage.STOPPED, said)
    return Occasion(Section.TRIALS, None if trial.has_results else Stage.REGISTRATION, said)


def occasion_in(title: str, rest: str, tier: Tier) -> Occasion | None:
    """Find an event in the words of a regulator, then in anybody's; None when the entry tells of a study."""
    if tier is Tier.REGULATOR:
        return _regulator(title, rest)
    if stopped := _stop(title) or (_stop(rest) if tier in _SAYS_SO else ""):
        return Occasion(Section.STOPPED, Stage.STOPPED, stopped)
    if found := _LIFTED.search(title):
        return Occasion(Section.REGULATION, Stage.UNCLEAR, f"“{found.group()}”")
    if found := _HOLD.search(title):
        return Occasion(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.group()}”")
    if re.search(rf"\b{_AGENCY}\b", title):
        return _news_of_regulator(title)
    if tier not in (Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT) and (
        found := re.search(r"\bboxed warning\b|\bsafety (?:alert|signal|communication)\b", title, _I)
    ):
        return Occasion(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.group()}”")
    return None


def _regulator(title: str, rest: str) -> Occasion:
    """A regulator's title tells first: an approval that carries a warning is an approval."""
    for text, approval in ((title, _APPROVAL), (rest, _APPROVES)):
        for pattern, section, stage in (
            (_LIFTED, Section.REGULATION, Stage.REGULATORY_DECISION),
            (approval, Section.REGULATION, Stage.REGULATORY_DECISION),
            (_SAFETY, Section.SAFETY, Stage.SAFETY_NOTICE),
            (_PROCEDURE, Section.REGULATION, Stage.REGULATORY_DECISION),
        ):
            if found := pattern.search(text):
                return Occasion(section, stage, f"regulator: “{found.group()}”")
    return Occasion(Section.REGULATION, Stage.UNCLEAR, "a regulator's notice")


def _news_of_regulator(title: str) -> Occasion | None:
    if found := _PROCEDURE.search(title):
        return Occasion(Section.REGULATION, Stage.UNCLEAR, f"“{found.group()}”: a step in a procedure, not an approval")
    if found := _APPROVAL.search(title):
        return Occasion(Section.REGULATION, Stage.REGULATORY_DECISION, f"“{found.group()}”")
    if found := _SAFETY.search(title):
        return Occasion(Section.SAFETY, Stage.SAFETY_NOTICE, f"“{found.group()}”")
    return None


def _stop(text: str) -> str:
    for found in _STOPPED.finditer(text):
        # "Ends enrolment" is a full study, not a stopped one.
        if not _MEDICINES.search(found.group()) and not re.match(r"ends\b.*enrol", found.group(), _I):
            return f"“{found.group()}”"
    return ""


# In a paper's abstract such words tell of one patient's dosing or of other studies; these speak of programmes.
_SAYS_SO = frozenset({Tier.COMPANY, Tier.NEWS, Tier.AGGREGATOR, Tier.PATIENT_ORG, Tier.SOCIETY})
