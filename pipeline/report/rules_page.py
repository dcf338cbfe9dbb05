"""The documentation's page of rules, made from the rules themselves, so that the two can't part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipeline.checks.load import all_rules
from pipeline.checks.rule import Rule
from pipeline.flow.explain import ExplainedRules
from pipeline.model.names import Format, Severity
from pipeline.report.explain import explain, final, tried

_HEAD = """\
# The rules

This page is made from the rules by `make docs`; don't edit it. `hope explain RULE` prints the same for one rule, and
`hope check --stats` shows how often each one is triggered and waived.

`block` stops the build, `warn` asks you to look, `note` informs. Each rule argues its case, and was tried on the
cases below; they run as tests.
"""
_FAMILIES = {
    "structure": "Structure: what an item must carry",
    "hype": "Language: hope without hype",
    "numbers": "Numbers: each has a source",
    "plain": "Plain language",
    "people": "Sources, people, sign-offs and waivers",
}
_DOES = {Severity.BLOCK: "block", Severity.WARN: "warn", Severity.NOTE: "note"}


def rules_page() -> str:
    """Write all rules as Markdown: a table, then each rule with its reason and its cases."""
    rules = all_rules()
    parts = [_HEAD, _table(rules)]
    for family in dict.fromkeys(rule.family for rule in rules):
        parts.append(f"## {_FAMILIES.get(family, family)}\n")
        parts += [section(rule) for rule in rules if rule.family == family]
    return "\n".join(parts)


def _table(rules: Iterable[Rule]) -> str:
    rows = [f"| [{r.id}](#{r.id.lower()}-{r.name}) | {r.name} | {_DOES[r.severity]} | {_waivable(r)} |" for r in rules]
    return "\n".join(["| rule | name | severity | can be waived |", "|---|---|---|---|", *rows, ""])


def section(rule: Rule) -> str:
    """Write one rule as Markdown, with its reason and its cases."""
    speaks, silent = tried(rule)
    reason = "\n\n".join(" ".join(part.split()) for part in rule.reason.split("\n\n"))
    return "\n".join(
        [
            f"### {rule.id} {rule.name}",
            "",
            f"*{_DOES[rule.severity]}*{_unless(rule)}",
            "",
            reason,
            "",
            "It flags:",
            "",
            *_listed(speaks),
            "",
            "It leaves alone:",
            "",
            *_listed(silent),
            "",
        ]
    )


def _listed(cases: Iterable[str]) -> list[str]:
    return [f"- {_quoted(' '.join(case.split()))}" for case in cases]


def _quoted(case: str) -> str:
    """Keep what a case says from being read as Markdown."""
    for sign in "\\`*_<>[]{}#|":
        case = case.replace(sign, f"\\{sign}")
    return case


def _waivable(rule: Rule) -> str:
    return "no" if not rule.waivable else "not everywhere" if final(rule) else "yes"


def _unless(rule: Rule) -> str:
    """Say where a rule can't be waived."""
    if not rule.waivable:
        return ", can’t be waived"
    return f". {final(rule)}" if final(rule) else ""


RULES: Mapping[Format, Callable[[ExplainedRules], str]] = {
    Format.TEXT: lambda of: "\n\n\n".join(map(explain, of.rules)),
    Format.MARKDOWN: lambda of: rules_page() if of.whole else "\n".join(map(section, of.rules)),
}
