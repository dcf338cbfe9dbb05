"""The issue as a whole held against the standard: its opening words, and what each issue must carry."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._rule import Context, Place, Rule
from pipeline.model.finding import Finding, Remark
from pipeline.model.item import Item
from pipeline.model.names import Section, Status
from pipeline.text import plain

_LANGUAGE = ("H", "P")
"""Rules on wording bind the opening too: it is what most readers read."""


def of_issue(context: Context, chosen: tuple[Rule, ...], place: Place) -> tuple[Finding, ...]:
    """Check the opening and the issue; findings go by the issue's key, fields are `intro` and `issue`."""
    opening = _opening(context)
    found = [
        _finding(rule, remark, "intro", context, place)
        for rule in chosen
        if opening is not None and rule.id.startswith(_LANGUAGE)
        for remark in rule.check(opening, context)
        if remark.field == "summary"
    ]
    found += [_finding(r, remark, "issue", context, place) for r in chosen for remark in _whole(r, context)]
    return tuple(sorted(found, key=lambda f: (f.field, f.start, f.rule, f.end)))


def _whole(rule: Rule, context: Context) -> Iterable[Remark]:
    return rule.whole(context) if rule.whole else ()


def _opening(context: Context) -> Item | None:
    """The opening as words of an item, so that rules can read it."""
    if not context.intro.strip():
        return None
    return Item(
        id=context.issue,
        status=Status.APPROVED,
        section=Section.RESEARCH,
        title="",
        source="",
        summary=context.intro,
    )


def _finding(rule: Rule, remark: Remark, field: str, context: Context, place: Place) -> Finding:
    line, column = place("", field, remark.start)
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
    )
