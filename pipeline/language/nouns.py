"""The field's nouns as parts of patterns: diseases, people who are ill, treatments, harms, studies."""

from __future__ import annotations

import re

from pipeline.language.harm_words import cancer, harms
from pipeline.language.noun import Keep, Noun, searching
from pipeline.language.numbers.in_patterns import NUMBERS
from pipeline.language.terms import named_in_prose, terms

_OF_THAT_KIND = (
    r"auto-?immun\w+|immune|rare|chronic|rheumatic|severe|incurable|debilitating|these|this|the|her|his|their|your|my|"
    r"its|all|underlying"
)
_KIND = (
    r"auto-?immun(?:e|ity)|diseases?|illness(?:es)?|conditions?|disorders?|autoimmunkrankheit\w*|krankheit\w*|"
    r"erkrankung\w*"
)
_BY_KIND = rf"(?:(?:{_OF_THAT_KIND}) ){{0,3}}(?:{_KIND})"
_CAR = (
    r"CAR[- ]?(?:T|NK|Treg|M)(?:[- ]cells?)?(?:[- ](?:therap(?:y|ies)|treatments?|infusions?))?|"
    r"(?:T|NK|immune|stem|engineered|CAR) cells?|cells"
)
_MEANS = r"treatments?|therap(?:y|ies)|drugs?|medicines?|infusions?|injections?|antibod(?:y|ies)"
_ANY_MEANS = (
    r"approach|vaccines?|cell therap(?:y|ies)|immunotherap(?:y|ies)|\w+(?:mab|cel|leucel|nib|cept)|products?|it|they|"
    r"this|pills?|therapie|behandlung|mittel"
)
TREATMENT = f"(?:{_MEANS}|{_CAR}|{_ANY_MEANS})"
"""What people are treated with."""

PEOPLE = (
    r"(?:people|patients?|persons?|participants?|adults?|children|women|men|volunteers?|sufferers?|those|"
    r"individuals?|subjects?|cases?|everyone|everybody|patient(?:en|innen)|menschen|personen|teilnehmer\w*)"
)
"""Those who are treated."""


def _illness(keep: Keep) -> str:
    return rf"(?:{named_in_prose(terms(), keep, short=True)}|{_BY_KIND})"


def _named_illness(keep: Keep) -> str:
    by_name = named_in_prose(terms(), keep, short=True)
    return rf"(?:(?:severe |refractory |active |systemic |autoimmune )?(?:{by_name}))"


NOUNS = {
    # A disease of our field, or the word "disease" with what stands before it.
    "illness": Noun(_illness),
    # A disease by its name.
    "named-illness": Noun(_named_illness),
    "treatment": Noun(lambda _: TREATMENT),
    "people": Noun(lambda _: PEOPLE),
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
