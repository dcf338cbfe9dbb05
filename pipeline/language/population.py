"""Who was studied: people, animals, or cells in a laboratory."""

from __future__ import annotations

import re

from pipeline.language.counts import Counted
from pipeline.language.entry_words import Words
from pipeline.model.names import Population


def population_of(words: Words, people: Counted | None) -> tuple[Population | None, str]:
    """Tell people from animals and cells, by the title first; also return the words that told.

    A text that names animals counts as work in people only where it counts or treats people as well.
    """
    title, rest = words.title, words.rest
    animal, human = ANIMAL.search(title), _HUMAN.search(title)
    if animal and not (human and people):
        return Population.ANIMAL, animal.group()
    lab = LAB.search(title)
    if lab and not human:
        return Population.LAB, lab.group()
    trialled = _TRIALLED.search(words.text) is not None
    if not trialled and (animal := ANIMAL.search(rest)):
        return Population.ANIMAL, animal.group()
    if not trialled and (lab := LAB.search(rest)):
        return Population.LAB, lab.group()
    if human or people:
        return Population.HUMAN, human.group() if human else people.words if people else ""
    human = _HUMAN.search(rest)
    return (Population.HUMAN, human.group()) if human else (None, "")


# Patients give background, and cells, to work in animals and dishes; these words are of people who were treated.
_TRIALLED = re.compile(
    r"\bphase[ -]?(?:[1-4]|I{1,3}|IV)|\b(?:enrolled|participants?|adverse events?|cytokine release syndrome|CRS|follow-?up|case (?:report|series)|year-old|clinical trial registration|NCT\d{8}"
    r"|(?:patients?|adults|people|children|women|men|cohort) (?:\w+ )?(?:was|were|who) (?:\w+ )?(?:treated|infused|randomi[sz]ed|given)|one infusion|teilnehmende\w*|nachbeobachtet\w*)\b",
    re.IGNORECASE,
)
ANIMAL = re.compile(
    r"\b(?:mice|mouse|murine|(?-i:[Rr]ats|rat)|humani[sz]ed mouse|macaques?|monkeys?|non-?human primates?|canine|feline|porcine|zebrafish|animal (?:models?|study|studies|experiments?)|mäusen?|maus\w*|ratten|tiermodell\w*|tierversuch\w*)\b",
    re.IGNORECASE,
)
LAB = re.compile(
    r"\b(?:in[- ]vitro|cell lines?|patient-derived (?:T[- ])?cells|organoids?|pre-?clinical (?:stud\w+|model\w*|evidence|data|evaluation|development)|zellkultur\w*|im labor|in der petrischale|laboratory study|(?:systems? pharmacology|pharmacokinetic|mathematical|in silico) model\w*"
    r"|lentivir\w+ production|cytotoxicity assay|manufactur\w+)\b",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"\b(?:patients?(?!-derived)|participants?|adults?|people|persons?|children|women|woman|men|man|subjects|individuals|volunteers|clinical trial|phase [1-4I]|first-in-human|case (?:report|series)|cohort|patient(?:innen|en|in)|erwachsene\w*|betroffene\w*|personen|menschen|kinder)\b",
    re.IGNORECASE,
)
