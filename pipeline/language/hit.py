"""A word or phrase found in a field, with the sentence it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.heads import Heads, heads, search
from pipeline.language.normalise import Folded, fold
from pipeline.language.sentences import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Hit:
    """A span of a folded text within one sentence; offsets are those of the folded text."""

    folded: Folded
    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words found."""
        return self.folded.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The sentence up to the words found."""
        return self.folded.text[self.sentence.start : self.start]

    @property
    def after(self) -> str:
        """The sentence from the words found on."""
        return self.folded.text[self.end : self.sentence.end]

    @property
    def following(self) -> str:
        """The next sentence, empty at the end."""
        among = sentences(self.folded)
        n = bisect_left(among, self.sentence.end, key=lambda s: s.start)
        return among[n].text if n < len(among) else ""

    @property
    def preceding(self) -> str:
        """The sentence before, empty at the beginning."""
        among = sentences(self.folded)
        n = bisect_left(among, self.sentence.start, key=lambda s: s.start)
        return among[n - 1].text if n else ""

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand in the raw field."""
        return self.folded.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and constructions to look for, in small letters; matched on the small text, which is three times faster.

    `heads` are the first letters of all there is to find, so that most words of a text are never tried. Where any word
    may begin a match they are None; then `cue` may say what any text with a match holds.
    """

    pattern: re.Pattern[str]
    heads: Heads | None = None
    cue: re.Pattern[str] | None = None

    def finditer(self, folded: Folded) -> Iterator[re.Match[str]]:
        """Find every match in a folded text."""
        if self.cue is not None and not self.cue.search(folded.lower):
            return iter(())
        if self.heads is None:
            return self.pattern.finditer(folded.lower)
        starts = self.heads.starts(folded.lower)
        return search(self.pattern, starts, folded.lower) if starts else iter(())


def words(*parts: str, cue: str | None = None) -> Lexicon:
    """Make a lexicon of whole words from several alternatives; letters may be written in either case."""
    pattern = _LETTER.sub(lambda m: m.group().lower(), rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
    return Lexicon(re.compile(pattern), heads(pattern), re.compile(cue) if cue else None)


# A capital that is not the name of a class such as \W.
_LETTER = re.compile(r"(?<!\\)[A-ZÄÖÜ]")


def phrases(pattern: str) -> Lexicon:
    """Make a lexicon of a pattern that sees to its own edges; letters may be written in either case."""
    small = _LETTER.sub(lambda m: m.group().lower(), pattern)
    return Lexicon(re.compile(small), heads(small))


def find(pattern: re.Pattern[str] | Lexicon, raw: str | None) -> Iterator[Hit]:
    """Find a pattern in a raw field, each hit with its sentence; a hit that crosses sentences belongs to its first."""
    if not raw:
        return
    folded = fold(raw)
    hits = list(pattern.finditer(folded) if isinstance(pattern, Lexicon) else pattern.finditer(folded.text))
    if not hits:
        return
    among = sentences(folded)
    n = 0
    for found in hits:
        while n < len(among) - 1 and among[n].end <= found.start():
            n += 1
        yield Hit(folded, among[n], found.start(), found.end())
