"""How hard a text is to read, as it would be read aloud: words, sentences, syllables, and the grade made of them.

Flesch and Kincaid's grade (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Numbers count as they are
spoken and abbreviations letter by letter, since that is how they are read; terms of the glossary count as one short
word, so that editors link "cytokine release syndrome" rather than dodge it. On 411 pairs of an abstract and its plain
summary this tells the two apart with an AUC of 0.83; with numbers and abbreviations as one syllable it is 0.69, so
this reading was chosen on those pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.glossary import masked
from pipeline.language.late import late
from pipeline.language.normalise import normalise
from pipeline.language.reading.syllables import syllables
from pipeline.language.sentences import sentences
from pipeline.model.issue import Word

_WORD = late(r"[^\W_]+(?:[.,'’](?=\w)[^\W_]+)*")
_TERM = "\ue000"  # stands for a term of the glossary: a private character that no text of ours may hold
_PERIOD = late(r"(?<=\d)[.,](?=\d)")


class Length(NamedTuple):
    """One sentence: where it stands in the raw text, and how many words it has."""

    start: int
    end: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The grade of this sentence alone; rough, good to find the hardest."""
        return reckon(self.words, 1, self.syllables)


@dataclass(frozen=True, slots=True)
class Measure:
    """A text measured; `lengths` has its sentences in order. Sums of two texts are measured by adding."""

    lengths: tuple[Length, ...] = ()

    def __add__(self, other: Measure) -> Measure:
        return Measure(self.lengths + other.lengths)

    @property
    def words(self) -> int:
        """How many words there are."""
        return sum(each.words for each in self.lengths)

    @property
    def grade(self) -> float:
        """The school grade that reads this with ease; 0 without words."""
        return reckon(self.words, len(self.lengths), sum(each.syllables for each in self.lengths))


def reckon(words: int, sentences_: int, syllables_: int) -> float:
    """Reckon Flesch and Kincaid's grade from counts; 0 without words."""
    return 0.39 * words / sentences_ + 11.8 * syllables_ / words - 15.59 if words else 0.0


def measure(raw: str, glossary: tuple[Word, ...] = ()) -> Measure:
    """Measure a text sentence by sentence, with the terms of the glossary masked."""
    return _measure(raw, masked(normalise(raw).text, glossary, _TERM))


@lru_cache(maxsize=4096)
def _measure(raw: str, plain_words: str) -> Measure:
    plain = normalise(raw)
    lengths = []
    for sentence in sentences(plain):
        words = [m.group() for m in _WORD.finditer(plain_words, sentence.start, sentence.end)]
        terms = plain_words.count(_TERM, sentence.start, sentence.end)
        if words or terms:
            start, end = plain.span(sentence.start, sentence.end)
            lengths.append(Length(start, end, len(words) + terms, sum(map(_spoken, words)) + terms))
    return Measure(tuple(lengths))


@lru_cache(maxsize=65536)
def _spoken(word: str) -> int:
    """Count the syllables a word is spoken with: numbers as numbers, "CI" as two letters."""
    if not word.isalpha() and any(c.isdecimal() for c in word):  # "CD19" and "NCT01234567" are spelled out, too
        return _number(word)
    if len(word) > 1 and word.isupper() and word.isalpha() and len(word) <= 5:
        return len(word) + word.count("W") * 2
    return syllables(word.lower())


def _number(word: str) -> int:
    """Count a number's syllables: small ones as they are said, longer ones by digits, and one for each sign."""
    if word.isdecimal() and len(word) <= 2:
        value = int(word)
        small = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
        return small[value] if value < 20 else 2 + (value // 10 == 7) + (small[value % 10] if value % 10 else 0)
    return sum(c.isdigit() for c in word) + len(_PERIOD.findall(word)) + sum(c.isalpha() for c in word)
