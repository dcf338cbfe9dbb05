"""Words of the clinic and the plain ones beside them, which stand in `plain_words.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.language.normalise import PlainText
from pipeline.language.phrase_list import PhraseList, pack, words

_ENDINGS = ("e", "es", "ed", "ing", "(at)?ion", r"\w+")


@cache
def plain_words() -> dict[str, str]:
    """Read the table: patterns of words, and what to say instead."""
    read = pack(__name__).lists
    verbs, table = read["verbs"], read["words"]
    assert isinstance(verbs, dict)
    assert isinstance(table, dict)
    return {key: str(plain) for key, plain in table.items()} | {
        f"{stem}{ending}": plain
        for stem, plains in verbs.items()
        for ending, plain in zip(_ENDINGS, str(plains).split(", "), strict=False)
    }


def clinic_words(plain: PlainText) -> Iterator[tuple[int, int, str]]:
    """Find words of the clinic in a plain text: start, end, and the plain words to try."""
    sayings = tuple(plain_words().values())
    for found in any_word().finditer(plain.text):
        yield found.start, found.end, sayings[found.number]


@cache
def any_word() -> PhraseList:
    """Make one list of all words of the clinic."""
    return words(*(rf"(?<!-)(?:{pattern})(?!-)" for pattern in plain_words()))
