"""The field's nouns as parts of patterns: diseases, people who are ill, treatments, harms, studies."""

from __future__ import annotations

import re

from pipeline.language.harm_words import cancer, harms
from pipeline.language.noun import Keep, Noun, searching
from pipeline.language.numbers.in_patterns import NUMBERS
from pipeline.language.terms import named_in_prose, terms

_OF_THAT_KIND = (
    *(r"auto-?immun\w+", "immune", "rare", "chronic", "rheumatic", "severe", "incurable", "debilitating", "these"),
    *("this", "the", "her", "his", "their", "your", "my", "its", "all", "underlying"),
)
_KIND = (
    *(r"auto-?immun(?:e|ity)", "diseases?", "illness(?:es)?", "conditions?", "disorders?"),
    *(r"autoimmunkrankheit\w*", r"krankheit\w*", r"erkrankung\w*"),
)
_TREATMENTS = (
    *("treatments?", "therap(?:y|ies)", "drugs?", "medicines?", "infusions?", "injections?", "antibod(?:y|ies)"),
    r"CAR[- ]?(?:T|NK|Treg|M)(?:[- ]cells?)?(?:[- ](?:therap(?:y|ies)|treatments?|infusions?))?",
    *("(?:T|NK|immune|stem|engineered|CAR) cells?", "cells", "approach", "vaccines?", "cell therap(?:y|ies)"),
    *("immunotherap(?:y|ies)", r"\w+(?:mab|cel|leucel|nib|cept)", "products?", "it", "they", "this", "pills?"),
    *("therapie", "behandlung", "mittel"),
)
_PEOPLE = (
    *("people", "patients?", "persons?", "participants?", "adults?", "children", "women", "men", "volunteers?"),
    *("sufferers?", "those", "individuals?", "subjects?", "cases?", "everyone", "everybody", "patient(?:en|innen)"),
    *("menschen", "personen", r"teilnehmer\w*"),
)


def _either(keep: Keep, spellings: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(keep(spellings))})"


def _illness(keep: Keep) -> str:
    by_kind = f"(?:{_either(keep, _OF_THAT_KIND)} ){{0,3}}{_either(keep, _KIND)}"
    return f"(?:{named_in_prose(terms(), keep, short=True)}|{by_kind})"


def _named_illness(keep: Keep) -> str:
    by_name = named_in_prose(terms(), keep, short=True)
    return rf"(?:(?:severe |refractory |active |systemic |autoimmune )?(?:{by_name}))"


NOUNS = {
    # A disease of our field, or the word "disease" with what stands before it.
    "illness": Noun(_illness),
    # A disease by its name.
    "named-illness": Noun(_named_illness),
    # What people are treated with, and those who are.
    "treatment": Noun(lambda keep: _either(keep, _TREATMENTS)),
    "people": Noun(lambda keep: _either(keep, _PEOPLE)),
    # What nobody wants, so that a strong word before it promises nothing.
    "harm": Noun(lambda keep: harms("named", "death", "general", "relapse", "burden", "worry", keep=keep)),
    "harm-by-name": Noun(lambda keep: harms("named", "death", "cancer", keep=keep)),
    "harm-at-all": Noun(lambda keep: harms("general", keep=keep)),
    "harm-or-worry": Noun(lambda keep: harms("general", "worry", "signal", keep=keep)),
    "cancer": Noun(cancer),
    **NUMBERS,
}
"""The nouns by the names that a pattern calls them by, as in "{illness}"."""


def with_nouns(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Make a pattern in which "{name}" stands for the noun of that name."""
    return searching(pattern, NOUNS, flags)
