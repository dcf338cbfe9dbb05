"""Who was studied: people, animals, or cells in a laboratory."""

from __future__ import annotations

import re

from pipeline.language.counts import Counted
from pipeline.language.entry_words import Words
from pipeline.language.phrase_list import pack
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


_CUES = pack(__name__)
_TRIALLED = _CUES.late(r"\bphase[ -]?(?:[1-4]|I{1,3}|IV)|\b<trialled>\b", re.IGNORECASE)
ANIMAL = _CUES.late(r"\b(?:<animal>|(?-i:[Rr]ats|rat))\b", re.IGNORECASE)
LAB = _CUES.late(r"\b<lab>\b", re.IGNORECASE)
_HUMAN = _CUES.late(r"\b<human>\b", re.IGNORECASE)
