"""Runs the rules over a queue: every remark becomes a finding with its place, waived or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from pipeline.checks.alone import remarks_alone
from pipeline.checks.load import all_rules, find
from pipeline.checks.opening import of_issue
from pipeline.checks.rule import Bound, Context, Place, Raised, Rule
from pipeline.checks.waivers import waived_by
from pipeline.errors import UsageError
from pipeline.language.normalise import normalise
from pipeline.language.noun import Noun
from pipeline.model.finding import Finding
from pipeline.model.item import WORDS, Item, Queue, Waiver
from pipeline.model.names import Severity, Status
from pipeline.text import nearest, plain

_FIELDS = {field.name: n for n, field in enumerate(fields(Item))}
_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to look at: rules and items by id (None: all), and, with `everything`, pending and held items too."""

    rules: frozenset[str] | None = None
    items: frozenset[str] | None = None
    everything: bool = False


ALL = Choice()


def nowhere(_item: str, _field: str, _start: int) -> tuple[int, int]:
    """Say that words stand in no file."""
    return 1, 1


def check(queue: Queue, context: Context, place: Place = nowhere, choice: Choice = ALL) -> tuple[Finding, ...]:
    """Hold the approved items and the opening against the standard, with what a newsroom gives in `context`.

    Findings come in the order of the queue, then of the fields, then by rule. With `everything`, pending and held
    items that have words are looked at too; nothing that isn't approved can block, so theirs are all notes.
    The opening is looked at once it is written. Raises UsageError for an id that doesn't exist.
    """
    ids = choice.rules
    chosen = all_rules() if ids is None else tuple(sorted({find(r) for r in ids}, key=lambda r: r.id))
    _known(queue, choice.items)
    context = replace(
        context,
        issue=queue.issue,
        items=queue.items,
        rules=all_rules(),
        opening=queue.opening,
        picture=queue.picture,
        intro_hash=queue.intro_hash,
        signed=queue.signed,
    )
    due = tuple(i for i in queue.items if _due(i, choice))
    opens = queue.opens or any(i.status is Status.APPROVED for i in due)
    Noun.prepare(normalise(text).lower for item in due for name in WORDS if (text := getattr(item, name)))
    head = of_issue(context, chosen, place) if choice.items is None and opens else ()
    return (*head, *(finding for item in due for finding in _findings(item, context, chosen, place)))


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the build."""
    return any(f.severity is Severity.BLOCK and not f.waived for f in findings)


def _known(queue: Queue, items: frozenset[str] | None) -> None:
    ids = [item.id for item in queue.items]
    unknown = sorted((items or frozenset()) - set(ids))
    if unknown:
        hint = nearest(unknown[0], ids)
        hint = "`hope queue` lists them." if hint.startswith("one of") and len(ids) > 5 else hint
        raise UsageError(f"There is no item “{unknown[0]}” in issue {queue.issue}: {hint}")


def _due(item: Item, choice: Choice) -> bool:
    if choice.items is not None and item.id not in choice.items:
        return False
    if item.status is Status.APPROVED:
        return True
    return choice.everything and item.status is not Status.REJECTED and any(getattr(item, name) for name in WORDS)


class _Weighed(NamedTuple):
    """What a rule raised on an item, how much it weighs there, and the waiver that overrules it."""

    raised: Raised
    severity: Severity
    waiver: Waiver | None

    @property
    def weight(self) -> tuple[bool, int, int, str]:
        """What is waived comes last; of the rest the weightiest comes first, then the longest."""
        remark = self.raised.remark
        return self.waiver is not None, _WEIGHT[self.severity], remark.start - remark.end, self.raised.rule.id


def _findings(item: Item, context: Context, chosen: tuple[Rule, ...], place: Place) -> list[Finding]:
    weighed = [_weigh(item, raised, context) for raised in _raise(item, context, chosen) if raised.rule in chosen]
    return sorted(
        (_finding(item, each, place) for each in _weightiest(weighed)),
        key=lambda f: (_FIELDS[f.field.partition(".")[0]], f.field, f.rule, f.start, f.end, f.message),
    )


def _raise(item: Item, context: Context, chosen: tuple[Rule, ...]) -> list[Raised]:
    """Run the rules; late ones see what the others said, so a rule that a waiver names runs for their sake too."""
    chosen = tuple(rule for rule in chosen if Bound.ITEM in rule.binds)
    late = [rule for rule in chosen if rule.late]
    named = {waiver.rule for waiver in item.waive} if late else set()
    first = [r for r in context.rules if not r.late and (r in chosen or (Bound.ITEM in r.binds and r.id in named))]
    raised = [Raised(rule, remark) for rule in first for remark in rule.check(item, context)]
    raised += [Raised(rule, remark) for rule, remark in remarks_alone(item, first, context)]
    if late:
        knowing = replace(context, raised=tuple(raised))
        raised += [Raised(rule, remark) for rule in late for remark in rule.check(item, knowing)]
    return raised


def _weigh(item: Item, raised: Raised, context: Context) -> _Weighed:
    severity = raised.remark.severity or raised.rule.severity if item.status is Status.APPROVED else Severity.NOTE
    return _Weighed(raised, severity, waived_by(item, raised, context.today, context.config.newsletter))


def _finding(item: Item, weighed: _Weighed, place: Place) -> Finding:
    (rule, remark), severity, waiver = weighed
    message = plain(remark.why)
    if item.status is not Status.APPROVED and (remark.severity or rule.severity) is Severity.BLOCK:
        message += " This will block once the item is approved."
    line, column = place(item.id, remark.field, remark.start)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity,
        item=item.id,
        field=remark.field,
        start=remark.start,
        end=remark.end,
        line=line,
        column=column,
        message=message,
        suggestion=plain(remark.suggestion),
        waived=waiver is not None,
        waiver=plain(": ".join(filter(None, (waiver.reason, waiver.note)))) if waiver else "",
        waiver_at=item.waive.index(waiver) if waiver else None,
    )


def _weightiest(weighed: list[_Weighed]) -> list[_Weighed]:
    """Keep one remark a span: the weightiest, then the longest. What is waived stays, and hides nothing."""
    taken: dict[str, set[int]] = {}
    kept: list[_Weighed] = []
    for each in sorted(weighed, key=lambda w: w.weight):
        remark = each.raised.remark
        span, spoken = range(remark.start, remark.end), taken.setdefault(remark.field, set())
        if each.waiver or spoken.isdisjoint(span):
            kept.append(each)
            spoken.update(() if each.waiver else span)
    return kept
