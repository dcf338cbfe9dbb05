"""Runs the rules over a queue: every remark becomes a finding with its place, waived or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date

from pipeline.checks.load import all_rules, find
from pipeline.checks.opening import of_issue
from pipeline.checks.rule import Context, Place, Raised, Rule
from pipeline.checks.waivers import waived_by
from pipeline.errors import UsageError
from pipeline.model.finding import Finding
from pipeline.model.issue import Word
from pipeline.model.item import WORDS, Item, Queue, SourceText
from pipeline.model.names import Severity, Status
from pipeline.model.settings import Config
from pipeline.text import nearest, plain

_FIELDS = {field.name: n for n, field in enumerate(fields(Item))}
_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


def check(
    queue: Queue,
    config: Config,
    today: date,
    place: Place,
    *,
    rules: frozenset[str] | None = None,
    items: frozenset[str] | None = None,
    everything: bool = False,
    glossary: tuple[Word, ...] = (),
    texts: Mapping[str, tuple[SourceText, ...]] | None = None,
    templates: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Hold the approved items against the standard.

    Findings come in the order of the queue, then of the fields, then by rule. With `everything`, pending and held
    items that have words are looked at too; nothing that isn't approved can block, so theirs are all notes.
    The issue's opening is looked at once it is written.
    `glossary` and `texts` are what rules may hold the words against. `rules` and `items` are ids to keep to. Raises UsageError for an id that doesn't exist.
    """
    chosen = all_rules() if rules is None else tuple(sorted({find(r) for r in rules}, key=lambda r: r.id))
    _known(queue, items)
    context = Context(
        config=config,
        issue=queue.issue,
        today=today,
        items=queue.items,
        rules=all_rules(),
        glossary=glossary,
        texts=texts or {},
        intro=queue.intro or "",
        intro_hash=queue.intro_hash,
        signed=queue.signed,
        templates=templates or {},
    )
    due = tuple(i for i in queue.items if (items is None or i.id in items) and _due(i, everything=everything))
    opens = bool(context.intro.strip()) or any(i.status is Status.APPROVED for i in due)
    head = of_issue(context, chosen, place) if items is None and opens else ()
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


def _due(item: Item, *, everything: bool) -> bool:
    if item.status is Status.APPROVED:
        return True
    return everything and item.status is not Status.REJECTED and any(getattr(item, name) for name in WORDS)


def _findings(item: Item, context: Context, chosen: tuple[Rule, ...], place: Place) -> list[Finding]:
    raised = _raise(item, context, chosen)
    found = [_finding(item, r, context, place) for r in raised if r.rule in chosen]
    return sorted(
        _weightiest(found),
        key=lambda f: (_FIELDS[f.field.partition(".")[0]], f.field, f.rule, f.start, f.end, f.message),
    )


def _raise(item: Item, context: Context, chosen: tuple[Rule, ...]) -> list[Raised]:
    """Run the rules; late ones see what the others said, so a rule that a waiver names runs for their sake too."""
    late = [rule for rule in chosen if rule.late]
    named = {waiver.rule for waiver in item.waive} if late else set()
    first = [r for r in context.rules if not r.late and (r in chosen or r.id in named)]
    raised = [Raised(rule, remark) for rule in first for remark in rule.check(item, context)]
    if late:
        knowing = replace(context, raised=tuple(raised))
        raised += [Raised(rule, remark) for rule in late for remark in rule.check(item, knowing)]
    return raised


def _finding(item: Item, raised: Raised, context: Context, place: Place) -> Finding:
    rule, remark = raised.rule, raised.remark
    severity = remark.severity or rule.severity
    message = plain(remark.why)
    if item.status is not Status.APPROVED:
        message += " Once the item is approved, this blocks." if severity is Severity.BLOCK else ""
        severity = Severity.NOTE
    waiver = waived_by(item, raised, context.today, context.config.newsletter)
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


def _weightiest(found: list[Finding]) -> list[Finding]:
    """Keep one finding a span: the weightiest, then the longest. What is waived stays, and hides nothing."""
    taken: dict[str, set[int]] = {}
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.waived, _WEIGHT[f.severity], f.start - f.end, f.rule)):
        span, spoken = range(finding.start, finding.end), taken.setdefault(finding.field, set())
        if finding.waived or spoken.isdisjoint(span):
            kept.append(finding)
            spoken.update(() if finding.waived else span)
    return kept
