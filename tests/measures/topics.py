"""Whether a text speaks of a topic at all: cost, harms, the size of a benefit, the quality of the evidence, money.

A word being there proves little ("safety" is named and not counted), but its absence says much: of 480 press releases
rated by experts, those without any cue were nearly always unsatisfactory on that topic (`docs/measured.md`).
"""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.language.harm_words import harms
from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import pack


class Topic(StrEnum):
    """What a report owes its readers, after the criteria of HealthNewsReview.org."""

    COST = "cost"
    HARMS = "harms"
    BENEFIT = "benefit numbers"
    EVIDENCE = "evidence quality"
    FUNDING = "funding"


def speaks(text: str, topic: Topic) -> bool:
    """Whether any word of the text touches the topic."""
    plain = normalise(text).text
    if topic is Topic.HARMS:
        words = harms("named", "death", "general", "worry", "safety")
        return re.search(rf"\b{words}\b", plain, re.IGNORECASE) is not None
    return pack(__name__)[topic].stands(plain)
