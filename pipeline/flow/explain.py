"""Say why the rules exist."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.checks import Rule, find, rules


@dataclass(frozen=True, slots=True)
class ExplainedRules:
    """Rules to explain, in the order of their ids; `whole` when they are all of the standard."""

    rules: tuple[Rule, ...]
    whole: bool


def explain(rule: str | None = None) -> ExplainedRules:
    """Find a rule by its id or name, or all of them; raises UsageError with the nearest where there is none."""
    return ExplainedRules(rules(), whole=True) if rule is None else ExplainedRules((find(rule),), whole=False)
