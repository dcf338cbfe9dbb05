"""The issue as a whole held against the standard: its opening words, and what each issue must carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.checks.alone import shown
from pipeline.checks.rule import Bound, Context, Place, Rule
from pipeline.model.finding import Finding, Remark
from pipeline.model.item import OPENING, WORDS, Item, SourceText
from pipeline.model.names import Section, Status
from pipeline.text import plain

_OWN = frozenset({*OPENING, "signed", "picture", "picture.file", "picture.consent"})
# A subject is all that many readers see, as a headline is.
_READ_AS = {"subject": "headline"}
COUNTED = ("items", "studies", "trials", "stories")
"""What an opening may count of its own issue."""


def of_issue(context: Context, chosen: tuple[Rule, ...], place: Place) -> tuple[Finding, ...]:
    """Check the opening and the issue; findings go by the issue's key, fields are those of the opening and `issue`."""
    with_items = replace(context, texts={**context.texts, context.issue: tuple(_source_texts(context))})
    found = [
        _finding(rule, remark, field, context, place)
        for field, words in (*context.opening, *shown(context.picture))
        for rule in chosen
        if Bound.OPENING in rule.binds
        for remark in rule.check(_as_item(field, words, context.issue), with_items)
        if remark.field == _READ_AS.get(field, "summary")
    ]
    found += [
        _finding(r, remark, remark.field if remark.field in _OWN else "issue", context, place)
        for r in chosen
        for remark in _whole(r, context)
    ]
    return tuple(sorted(found, key=lambda f: (f.field, f.start, f.rule, f.end)))


def printed(context: Context) -> tuple[Item, ...]:
    """The items that readers will get."""
    return tuple(item for item in context.items if item.status is Status.APPROVED)


def _source_texts(context: Context) -> Iterable[SourceText]:
    """What the opening may tell: the words of the approved items, and how many there are of each sort."""
    approved = printed(context)
    for item in approved:
        words = [text for name in WORDS if (text := getattr(item, name))]
        yield SourceText(source=item.source, title=item.headline or "", text="\n".join([*words, *_facts(item)]))
    counts = Counter(i.section for i in approved)
    for number in {len(approved), *counts.values()}:
        yield SourceText(source="", title="", text=", ".join(f"{number} {what}" for what in COUNTED))


def _facts(item: Item) -> Iterable[str]:
    """The facts that stand behind an item, and how many people it tells of."""
    yield from (fact.value for fact in item.facts)
    if item.evidence.participants is not None:
        yield f"{item.evidence.participants} people"


def _whole(rule: Rule, context: Context) -> Iterable[Remark]:
    return rule.whole(context) if rule.whole else ()


def _as_item(field: str, words: str, issue: str) -> Item:
    """Words of the opening as those of an item, so that rules can read them."""
    bare = Item(id=issue, status=Status.APPROVED, section=Section.RESEARCH, title="", source="")
    return replace(bare, **dict[str, Any]({_READ_AS.get(field, "summary"): words}))


def _finding(rule: Rule, remark: Remark, field: str, context: Context, place: Place) -> Finding:
    line, column = place("", field, remark.start)
    settings = bool(remark.setting and context.setting_at)
    if remark.setting and context.setting_at:
        line, column = context.setting_at(remark.setting)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=remark.severity or rule.severity,
        item=context.issue,
        field=field,
        start=remark.start,
        end=remark.end,
        line=line,
        column=column,
        message=plain(remark.why),
        suggestion=plain(remark.suggestion),
        file="sources.yml" if settings else "",
    )
