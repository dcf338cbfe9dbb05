"""Medical jargon is put plainly, explained, or in the glossary, which links it.

"Doctor" says all that "physician" does. Which word to use is up to the editor: lists of plain words mislead when
swapped by machine, so this only suggests. Long words that no common dictionary has ask for a look too, once each.
Terms of the glossary, names, and words explained on the spot ("plasmapheresis, a washing of the blood") pass. For
newsletters in English only.

Source: CDC Everyday Words for Public Health Communication, which itself warns of plain swapping; own table of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.body import english, texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.glossary import uses
from pipeline.language.normalise import PlainText, normalise
from pipeline.language.reading.abbreviations import explained
from pipeline.language.reading.plain_words import clinic_words
from pipeline.language.reading.syllables import known, syllables
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

_LONG_WORD = re.compile(r"(?<![\w.@/-])[a-z]{10,}(?![\w@/]|-\w|\.\w)")
_SYLLABLES = 4
# Stems of international nonproprietary names (WHO): "blinatumomab", "autoleucel" are names.
_NAMES = re.compile(r"\w+(?:mab|cel|gene|cept|nib|imod|limus|engide|fenib|taxel)s?")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on words that few readers know, at their first use."""
    if not english(context.config):
        return
    met: set[str] = set()
    for name, words in texts(item, WORDS):
        plain = normalise(words)
        terms = [range(use.start, use.end) for use in uses(plain.text, context.glossary)]
        for start, end, why, suggestion in _hard(plain):
            word = plain.text[start:end].lower()
            if word in met or any(start in term or end - 1 in term for term in terms):
                continue
            met.add(word)
            first, last = plain.span(start, end)
            yield Remark(field=name, start=first, end=last, why=f"“{words[first:last]}” {why}", suggestion=suggestion)


def _hard(plain: PlainText) -> list[tuple[int, int, str, str]]:
    text = plain.text
    found = [
        (start, end, "is medical jargon, and the glossary doesn't explain it.", f"Try “{word}”.")
        for start, end, word in clinic_words(plain)
        if not explained(text, end)
    ]
    taken = {start for start, *_ in found}
    for match in _LONG_WORD.finditer(text):
        word = match.group()
        if match.start() in taken or _common(word) or explained(text, match.end()):
            continue
        found.append(
            (
                match.start(),
                match.end(),
                "is a word that few readers will know.",
                "Use everyday words, explain it on the spot, or add it to glossary.yml.",
            )
        )
    return sorted(found)


def _common(word: str) -> bool:
    return known(word) or syllables(word) < _SYLLABLES or _NAMES.fullmatch(word) is not None


RULE = Rule(
    id="P05",
    name="jargon",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
