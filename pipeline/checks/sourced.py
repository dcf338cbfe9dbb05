"""What may bear out a number of an item: its sources' texts, its facts, and what gather read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.rule import Context
from pipeline.language.normalise import normalise
from pipeline.language.numbers.match import Fit, Stock, fit, natural, stock
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.model.evidence import Stage
from pipeline.model.item import WORDS, Item, SourceText

TRACED = ("headline", "summary", "harms", "not_known", "who", "access")
"""The fields whose every number has a source."""

LARGEST = 12
"""The largest number that counts as small: it stands in nearly every text by chance."""

_BESIDE = re.compile(r"(?: of [\w ]{1,20})?[ ,(:]*(?:(?:or|that is|which is|i\.e\.),?)?[ (:]*", re.IGNORECASE)
_SPACES = re.compile(r" {2,}")


class Mention(NamedTuple):
    """A number in an editor's field."""

    field: str
    number: Number


def mentions(item: Item, names: tuple[str, ...] = TRACED) -> tuple[Mention, ...]:
    """List the numbers of the fields that claim something; pronouns and "the second visit" are none."""
    return tuple(
        Mention(name, number)
        for name in names
        for number in read(getattr(item, name) or "")
        if not number.implied and (number.kind is not Sort.ORDINAL or number.unit == "grade")
    )


def texts(item: Item, context: Context) -> tuple[SourceText, ...]:
    """What the item's sources said when they were gathered; empty when that wasn't kept."""
    return tuple(context.texts.get(item.id, ()))


def sources(item: Item, context: Context) -> Stock:
    """Every number of the item's sources, of its title and its excerpt."""
    said = [each.text for each in texts(item, context)]
    return stock(*dict.fromkeys((*said, item.title, item.excerpt or "")))


def given(item: Item, context: Context) -> Stock:
    """The numbers that gather wrote into the item, and its dates; they came from the source or the registry."""
    evidence, trial = item.evidence, item.trial
    said: list[object] = [item.published, context.issue[:4], context.today, evidence.follow_up]
    who = "animals" if evidence.stage is Stage.PRECLINICAL else "people"
    said += [f"{evidence.participants} {who}" if evidence.participants is not None else None]
    if trial is not None:
        said += [trial.ages, trial.phase, trial.updated, trial.reason, trial.comparison]
        said += [f"{trial.enrollment} people" if trial.enrollment is not None else None]
        said += [f"{trial.sites} sites" if trial.sites is not None else None]
        said += [f"{len(trial.countries)} countries" if trial.countries else None]
    for change in item.change:
        said += [change.before, change.after, change.date, change.reason]
    for notice in item.notices:
        said += [notice.on, notice.text]
    return stock(*dict.fromkeys(str(each) for each in said if each is not None))


def quoted(item: Item) -> Stock:
    """The numbers of the facts that have a quote, and of the quotes."""
    return stock(*(text for fact in item.facts if fact.quote for text in (fact.value, fact.quote)))


def proven(item: Item) -> Stock:
    """The numbers that facts with a quote are there for."""
    return stock(*(fact.value for fact in item.facts if fact.quote))


def vouched(item: Item) -> Stock:
    """The numbers an editor worked out or answers for: those of facts with a formula or a reason."""
    return stock(*(f.value for f in item.facts if _filled(f.derived) or _filled(f.reason)))


def borne_out(number: Number, *stocks: Stock) -> bool:
    """Whether any of the stocks holds the number itself."""
    return any(each.find(number)[0] is Fit.EXACT for each in stocks)


def worked_out(mention: Mention, item: Item, held: Stock) -> bool:
    """Whether a number shows its sum: "two thirds (six of nine)", or the 100 of "36 of 100" beside "21 of 58"."""
    number, text = mention.number, getattr(item, mention.field) or ""
    if number.whole and number.value in (10, 100, 1000):
        part = next((n for n in read(text) if n.of == number.value and 0 < number.start - n.end < 12), None)
        return part is not None and any(
            n.share is not None and n.of != number.value and natural(part.value, number.value, n.share)
            for these, stocked in ((written(item), False), (held, True))
            for n in these.formed
            if n.kind is Sort.PERCENT or not stocked
        )
    if number.share is None or number.of is not None:
        return False
    proofs = proven(item)
    return any(
        borne_out(n, proofs) and fit(number, n) is Fit.EXACT and _BESIDE.fullmatch(_gap(text, number, n))
        for n in _parts(text)
    )


def stands(quote: str, text: str) -> bool:
    """Whether a quote stands word for word in a text, typography, spaces, case and outer marks aside."""
    return _flat(quote).strip(" .,;:\"'…") in _flat(text)


def written(item: Item) -> Stock:
    """Every number of the editors' words, implied ones too."""
    return stock(*(text for name in WORDS if (text := getattr(item, name))))


def around(text: str, number: Number, width: int = 60) -> str:
    """Quote a number with a few words on both sides."""
    start, end = max(0, number.start - width), min(len(text), number.end + width)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if end < len(text) and text.find(" ", end) >= 0 else len(text)
    return f"{'… ' if start else ''}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"


def where(number: Number, item: Item, context: Context) -> tuple[str, str] | None:
    """Find the source and the words in which one of its numbers stands."""
    for each in texts(item, context):
        if number in read(each.text):
            return each.source, around(each.text, number)
    return None


def listed(mentioned: Iterator[Mention] | tuple[Mention, ...] | list[Mention], most: int = 5) -> str:
    """Name a few numbers: “14”, “6 months” and 2 more."""
    raws = list(dict.fromkeys(m.number.raw for m in mentioned))
    more = f" and {len(raws) - most} more" if len(raws) > most else ""
    return ", ".join(f"“{raw}”" for raw in raws[:most]) + more


@lru_cache(maxsize=64)
def _parts(text: str) -> tuple[Number, ...]:
    """The numbers of a text that say what they are part of; kept, as each number of the text asks for them."""
    return tuple(n for n in read(text) if n.of)


def _gap(text: str, one: Number, other: Number) -> str:
    first, last = sorted((one, other), key=lambda n: n.start)
    return text[first.end : last.start]


def _flat(text: str) -> str:
    return _SPACES.sub(" ", normalise(text).text).strip().casefold()


def _filled(text: str | None) -> bool:
    return bool((text or "").strip())
