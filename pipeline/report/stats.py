"""Hits and waivers of each rule over all issues: a rule that is mostly overruled should be mended or retired."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from pipeline.checks.load import all_rules
from pipeline.checks.rule import Rule
from pipeline.model.finding import Finding
from pipeline.text import count

_MANY, _HALF = 5, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one rule did: findings in all, how many were waived, and in how many issues and items."""

    rule: str
    name: str
    hits: int = 0
    waived: int = 0
    items: int = 0
    issues: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether editors overrule it more often than not: with 5 hits or more, over half of them waived."""
        return self.hits >= _MANY and self.waived > self.hits * _HALF


def tally(findings: Mapping[str, Iterable[Finding]]) -> tuple[Tally, ...]:
    """Count by rule, in the order of the ids; `findings` goes by issue. Rules that never spoke are there, with 0."""
    by_rule: dict[str, list[tuple[str, Finding]]] = {}
    for issue, each in findings.items():
        for finding in each:
            by_rule.setdefault(finding.rule, []).append((issue, finding))
    return tuple(_counted(rule, by_rule.get(rule.id, [])) for rule in all_rules())


def _counted(rule: Rule, found: list[tuple[str, Finding]]) -> Tally:
    return Tally(
        rule=rule.id,
        name=rule.name,
        hits=len(found),
        waived=sum(f.waived for _, f in found),
        items=len({f.item for _, f in found}),
        issues=len({issue for issue, _ in found}),
    )


def as_table(tallies: Iterable[Tally], issues: int) -> str:
    """Show the counts, and which rules to look at again."""
    counted = tuple(tallies)
    rows = [f"{t.rule:<5}{t.name:<24}{t.hits:>7}{t.waived:>8}{t.items:>7}{t.issues:>8}" for t in counted if t.hits]
    silent = [t.rule for t in counted if not t.hits]
    doubtful = [f"{t.rule} {t.name}" for t in counted if t.doubtful]
    parts = [
        f"Over {count(issues, 'issue')}:",
        "\n".join([f"{'rule':<29}{'hits':>7}{'waived':>8}{'items':>7}{'issues':>8}", *rows])
        if rows
        else "No findings.",
    ]
    if silent:
        parts.append(f"Never triggered: {', '.join(silent)}.")
    if doubtful:
        parts.append(f"Waived more often than not, so revise or retire: {', '.join(doubtful)}.")
    return "\n\n".join(parts)


def as_json(tallies: Iterable[Tally]) -> str:
    """Give the counts as a JSON array, one object a rule."""
    return json.dumps([asdict(t) | {"doubtful": t.doubtful} for t in tallies], ensure_ascii=False, indent=2)
