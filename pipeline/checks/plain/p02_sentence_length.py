"""Sentences are short enough to be read once.

No sentence has more than 30 words, and no more than one in ten has over 25. A long sentence is two thoughts; somebody
with brain fog loses the first one. A term of the glossary counts as one word, and a decimal point ends no sentence.

Source: GOV.UK and EU Clinical Trials Expert Group guidance on plain summaries (sentences of 15 to 25 words); our own
house-style text has 13.5 words a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.body import texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.reading.measure import Length, measure
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_LONG, _LONGISH = 30, 25
_FEW = 2


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on each sentence that is far too long, and on many that are somewhat long."""
    found = [(name, each) for name, words in texts(item) for each in measure(words, context.glossary).lengths]
    longish = [(name, each) for name, each in found if _LONGISH < each.words <= _LONG]
    for name, each in found:
        if each.words > _LONG:
            yield _remark(name, each, f"This sentence has {each.words} words.")
    if len(longish) >= _FEW and len(longish) * 10 > len(found):
        name, each = max(longish, key=lambda pair: pair[1].words)
        yield _remark(name, each, f"{len(longish)} of {len(found)} sentences have more than {_LONGISH} words.")


def _remark(name: str, each: Length, why: str) -> Remark:
    return Remark(
        field=name,
        start=each.start,
        end=each.start,  # a point, not a span: it must not hide what else is wrong in the sentence
        why=why,
        suggestion="Split long sentences at “and”, “which”, “while” or a semicolon: one thought each.",
    )


RULE = Rule(
    id="P02",
    name="sentence-length",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
