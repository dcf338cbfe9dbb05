"""Whether a text speaks of a topic at all: cost, harms, the size of a benefit, the quality of the evidence, money.

A word being there proves little ("safety" is named and not counted), but its absence says much: of 480 press releases
rated by experts, those without any cue were nearly always unsatisfactory on that topic (`docs/measured.md`).
"""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.language.harm_words import harms
from pipeline.language.normalise import fold
from pipeline.language.numbers.in_patterns import NUMBER


class Topic(StrEnum):
    """What a report owes its readers, after the criteria of HealthNewsReview.org."""

    COST = "cost"
    HARMS = "harms"
    BENEFIT = "benefit numbers"
    EVIDENCE = "evidence quality"
    FUNDING = "funding"


_N = rf"(?:{NUMBER}|half|third|quarter)"
_CUES: dict[Topic, re.Pattern[str]] = {
    Topic.COST: re.compile(
        r"[$€£¥]\s?\d|\b(?:costs?|costly|costing|cost-effective\w*|pric(?:e|es|ed|ing|ey)|affordab\w*|expens\w*|"
        r"inexpensive|cheap\w*|"
        r"insur(?:ance|er|ers|ed)|reimburs\w*|medicare|medicaid|co-?pay\w*|out-of-pocket|free of charge|dollars?|"
        r"euros?)\b",
        re.IGNORECASE,
    ),
    Topic.HARMS: re.compile(rf"\b{harms('named', 'death', 'general', 'worry', 'safety')}\b", re.IGNORECASE),
    Topic.BENEFIT: re.compile(
        rf"\d ?(?:%|per ?cent\b|percentage)|\b{_N} (?:out )?of (?:the |these |those )?{_N}\b|\b{_N} in {_N}\b|"
        r"\b\d+(?:\.\d+)?[- ]?(?:fold|times)\b|"
        r"\b\d[\d.,]*[- ]?(?:kg|kilo(?:gram)?s?|pounds?|lbs?|cm|centimet(?:er|re)s?|mm ?Hg|mmol|mg/dl|points?|units?|"
        r"degrees?)\b|"
        r"\b(?:doubl|tripl|halv)(?:e|es|ed|ing)\b|\b(?:twice|half) (?:as|the)\b|\b(?:hazard|odds|risk) ratio\b|"
        r"\bpercent\b",
        re.IGNORECASE,
    ),
    Topic.EVIDENCE: re.compile(
        r"\b(?:limit(?:ed|s)? (?:by|evidence)|limitations?|caution\w*|caveats?|preliminary|small (?:study|trial|"
        r"sample|number)|pilot|early[- ]stage|observational|"
        r"random(?:i[sz]ed|ly)|placebo|control(?:led)? (?:group|trial|study)|controls|double-blind\w*|blinded|"
        r"cannot (?:prove|show|establish)|"
        r"not (?:prove|show|establish|cause)|causal\w*|caus(?:e and|ation)|(?:more|further|larger|"
        r"additional) (?:research|stud(?:y|ies)|trials?|work|evidence)|"
        r"phase (?:1|2|3|4|i{1,3}|iv)[ab]?|meta-analys\w+|systematic review|cohort|retrospective\w*|prospective\w*|"
        r"case[- ]control|in (?:mice|rats|animals)|"
        r"mice|animal (?:model|stud)\w*|sample size|uncertain\w*|needs? to be (?:confirmed|replicated|tested)|"
        r"confirm\w* (?:in|by))\b",
        re.IGNORECASE,
    ),
    Topic.FUNDING: re.compile(
        r"\b(?:fund(?:ed|ing|s|er|ers)|grants?|sponsor\w*|financ(?:ed|ial|ing|ially)|support(?:ed)? (?:by|from|was|"
        r"for this)|paid (?:for )?by|conflicts? of interest|"
        r"competing interests?|disclos\w+|consult(?:ant|ants|ing) (?:for|to)|national institutes? of health|NIH|"
        r"foundation|royalt\w+|patent\w*)\b",
        re.IGNORECASE,
    ),
}


def speaks(text: str | None, topic: Topic) -> bool:
    """Whether any word of the text touches the topic."""
    return cues(text, topic) > 0


def cues(text: str | None, topic: Topic) -> int:
    """Count the words of a text that touch the topic."""
    return sum(1 for _ in _CUES[topic].finditer(fold(text or "").text))
