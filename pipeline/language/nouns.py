"""The field's nouns as parts of patterns: diseases, people who are ill, treatments, harms, studies."""

from __future__ import annotations

from pipeline.language.harm_words import cancer, harms
from pipeline.language.numbers.in_patterns import COUNT, FEW, SHARE, SPELLED
from pipeline.language.terms import named_in_prose, terms

_BY_NAME = named_in_prose(terms(), short=True)
_OF_THAT_KIND = (
    r"auto-?immun\w+|immune|rare|chronic|rheumatic|severe|incurable|debilitating|these|this|the|her|his|their|your|my|"
    r"its|all|underlying"
)
_KIND = (
    r"auto-?immun(?:e|ity)|diseases?|illness(?:es)?|conditions?|disorders?|autoimmunkrankheit\w*|krankheit\w*|"
    r"erkrankung\w*"
)
_BY_KIND = rf"(?:(?:{_OF_THAT_KIND}) ){{0,3}}(?:{_KIND})"
ILLNESS = rf"(?:{_BY_NAME}|{_BY_KIND})"
"""A disease of our field, or the word "disease" with what stands before it."""

NAMED_ILLNESS = rf"(?:(?:severe |refractory |active |systemic |autoimmune )?(?:{_BY_NAME}))"
"""A disease by its name."""

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

HARM = harms("named", "death", "general", "relapse", "burden", "worry")
"""What nobody wants, so that a strong word before it promises nothing."""

TIME = (
    rf"(?:{COUNT}|an?|half an?|several)[- ](?:and a half |full |more )?(?:day|week|month|year|tag|woche|monat|jahr)\w*"
)
"""A length of time."""

SLOTS = {
    "illness": ILLNESS,
    "named-illness": NAMED_ILLNESS,
    "treatment": TREATMENT,
    "people": PEOPLE,
    "harm": HARM,
    "harm-by-name": harms("named", "death", "cancer"),
    "harm-at-all": harms("general"),
    "harm-or-worry": harms("general", "worry", "signal"),
    "cancer": cancer(),
    "count": COUNT,
    "few": FEW,
    "share": SHARE,
    "spelled": SPELLED,
    "time": TIME,
}
"""The nouns by the names that a pack of phrases calls them by, as in "{illness}"."""
