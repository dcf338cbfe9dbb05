"""An abbreviation is given in full where it first appears, or is in the glossary.

"MG-ADL" and "DAS28" shut a reader out in one word, and the same letters mean other things elsewhere. Abbreviations tell
an abstract from a plain summary better than any grade (AUC 0.83 on 411 Cochrane pairs). Saying what sort of thing it is
will do: "their joint score, DAS28", "the antibody ABX-9". Who paid is given by name, and "GFX" or
"BXM GmbH" is a name. Many of them, even explained, are a burden: that gets a warning.

Source: Cochrane standards for plain-language summaries, 2021 (avoid or introduce abbreviations).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pipeline.checks.body import texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.glossary import uses
from pipeline.language.normalise import normalise
from pipeline.language.reading.abbreviations import abbreviations
from pipeline.language.reading.measure import measure
from pipeline.language.shipped import word_list
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_MANY, _PER_WORDS = 3, 100
_BESIDE_NAMES = word_list(__package__, "p03_abbreviation.yml", "beside names")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on each abbreviation at its first use in the body, or in the headline when the body doesn't tell it."""
    explained: dict[str, str] = {}
    open_: dict[str, tuple[str, int, int]] = {}
    named = _names(item, context)
    for name, words in (*texts(item), *texts(item, ("headline",))):
        plain = normalise(words)
        terms = [range(use.start, use.end) for use in uses(plain.text, context.glossary)]
        for found in abbreviations(plain):
            short = found.text
            if short in named or short in explained or short in open_ or (name == "funding" and _payer(short)):
                continue
            if any(found.start in term or found.end - 1 in term for term in terms):
                continue
            if found.explained:
                explained[short] = name
            else:
                open_[short] = (name, *plain.span(found.start, found.end))
    for short, place in open_.items():
        yield _remark(short, *place)
    yield from _load(item, tuple(explained), context)


def _remark(short: str, name: str, start: int, end: int) -> Remark:
    return Remark(
        field=name,
        start=start,
        end=end,
        why=f"“{short}” isn't explained where it first appears.",
        suggestion=f"Give it in full first, “… ({short})”, or say what sort of thing it is; or add it to glossary.yml.",
    )


def _names(item: Item, context: Context) -> frozenset[str]:
    """What is a name and no short form: products as the source's title writes them, and our sources."""
    products = (short for short in _short_forms(item.title) if any(c.isdigit() for c in short))
    return _short_forms(" ".join(source.name for source in context.config.sources)).union(products)


@lru_cache(maxsize=64)
def _short_forms(text: str) -> frozenset[str]:
    return frozenset(each.text for each in abbreviations(normalise(text)))


def _payer(short: str) -> bool:
    """Whether an abbreviation among those who paid is a body's name, as far as its letters tell."""
    return len(short) > 2 and short.isalpha() and short.isupper() and short not in _BESIDE_NAMES


def _load(item: Item, explained: tuple[str, ...], context: Context) -> Iterable[Remark]:
    words = sum(measure(words, context.glossary).words for _, words in texts(item))
    if len(explained) >= _MANY and len(explained) * _PER_WORDS > words:
        yield Remark(
            field="summary",
            severity=Severity.WARN,
            why=f"{len(explained)} abbreviations in {words} words are a lot to remember, even when each is "
            f"explained: {', '.join(explained)}.",
            suggestion="Keep those that readers will meet elsewhere, and put the others in plain words.",
        )


RULE = Rule(
    id="P03",
    name="abbreviation",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
