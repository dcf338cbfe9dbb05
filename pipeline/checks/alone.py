"""Words that readers meet without the others, held against the standard: a brief, what facts and a picture say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item, OwnPicture

_NONE: dict[str, Any] = dict.fromkeys(WORDS)


def alone(item: Item) -> Iterator[tuple[str, str]]:
    """Give the fields that stand alone and hold words, as "brief" and "facts.2.says", each with its words."""
    said = ((f"facts.{n}.says", fact.says) for n, fact in enumerate(item.facts))
    for field, words in (("brief", item.brief), *said):
        if words and words.strip():
            yield field, words
    yield from shown(item.picture)


def shown(picture: OwnPicture | None) -> Iterator[tuple[str, str]]:
    """Give the words of a picture, that of an item or that of the issue, each with its field."""
    for field, words in (("picture.alt", picture.alt), ("picture.caption", picture.caption)) if picture else ():
        if words and words.strip():
            yield field, words


def remarks_alone(item: Item, rules: Iterable[Rule], context: Context) -> Iterator[tuple[Rule, Remark]]:
    """Run the rules that bind an opening on each of these fields, as if it were all that the item says."""
    fields = [(field, replace(item, **(_NONE | {"summary": words}))) for field, words in alone(item)]
    for rule in rules if fields else ():
        if Bound.OPENING in rule.binds:
            for field, bare in fields:
                for remark in rule.check(bare, context):
                    if remark.field == "summary":
                        yield rule, replace(remark, field=field)
