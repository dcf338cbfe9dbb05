"""A word or phrase found in a field, with the sentence it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.language.normalise import PlainText, normalise
from pipeline.language.phrase_list import PhraseList
from pipeline.language.sentences import Sentence, sentences


class Hit(NamedTuple):
    """A span of a plain text within one sentence; offsets are those of the plain text."""

    plain: PlainText
    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words found."""
        return self.plain.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The sentence up to the words found."""
        return self.plain.text[self.sentence.start : self.start]

    @property
    def after(self) -> str:
        """The sentence from the words found on."""
        return self.plain.text[self.end : self.sentence.end]

    @property
    def marked(self) -> str:
        """The sentence in small letters, the words found between marks: "not a ‹cure› yet"."""
        small, within = self.plain.lower, self.sentence
        return f"{small[within.start : self.start]}‹{small[self.start : self.end]}›{small[self.end : within.end]}"

    @property
    def following(self) -> str:
        """The next sentence, empty at the end."""
        among = sentences(self.plain)
        n = bisect_left(among, self.sentence.end, key=lambda s: s.start)
        return among[n].text if n < len(among) else ""

    @property
    def preceding(self) -> str:
        """The sentence before, empty at the beginning."""
        among = sentences(self.plain)
        n = bisect_left(among, self.sentence.start, key=lambda s: s.start)
        return among[n - 1].text if n else ""

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand in the raw field."""
        return self.plain.span(self.start, self.end)


def find(pattern: re.Pattern[str] | PhraseList, raw: str | None, likely: Sequence[int] | None = None) -> Iterable[Hit]:
    """Find a pattern in a raw field, each hit with its sentence; a hit that crosses sentences belongs to its first.

    `likely` are the numbers of the phrases that may stand there.
    """
    if not raw:
        return ()
    plain = normalise(raw)
    found = pattern.finditer(plain.text, 0, likely) if isinstance(pattern, PhraseList) else pattern.finditer(plain.text)
    spans = [each.span() for each in found]
    return _placed(plain, spans) if spans else ()


def _placed(plain: PlainText, spans: list[tuple[int, int]]) -> Iterator[Hit]:
    among = sentences(plain)
    n = 0
    for start, end in spans:
        while n < len(among) - 1 and among[n].end <= start:
            n += 1
        yield Hit(plain, among[n], start, end)
