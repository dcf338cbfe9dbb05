"""The reason of a rule, what it does, and what it was tried on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from pipeline.checks.cases import SAMPLES
from pipeline.checks.rule import Context, Rule
from pipeline.model.item import Item
from pipeline.model.names import Severity
from pipeline.text import clip

_WIDTH = 80


def explain(rule: Rule) -> str:
    """Tell why a rule exists, what it does, and what it was tried on."""
    does = {Severity.BLOCK: "stops the build", Severity.WARN: "asks for a look", Severity.NOTE: "only tells"}[
        rule.severity
    ]
    waiving = "An editor can waive it for one item, with a reason." if rule.waivable else "It can't be waived."
    waiving += f" {final(rule)}" if final(rule) else ""
    parts = [
        textwrap.fill(f"{rule.id} {rule.name}: {rule.severity}, {does}. {waiving}", _WIDTH),
        *(textwrap.fill(" ".join(part.split()), _WIDTH) for part in rule.reason.split("\n\n")),
        "It speaks up at:\n" + _tried(rule.bad, rule.bad_issues),
        "It stays silent at:\n" + _tried(rule.good, rule.good_issues),
    ]
    return "\n\n".join(parts)


def final(rule: Rule) -> str:
    """Say where a rule that can be waived can't be; empty for the others."""
    where = {"headline": "in a headline", "trial": "against a registry's phase"}
    told_ = [where[field] for field in sorted(rule.final_in) if field in where]
    return f"It can't be {' or '.join(told_)}." if told_ else ""


def told(cases: Iterable[Item], issues: Iterable[Context]) -> tuple[str, ...]:
    """Say of each case what it changes in the sample it was made from, each once."""
    return tuple(dict.fromkeys([*map(_told, cases), *map(_told_of_issue, issues)]))


def _tried(cases: Iterable[Item], issues: Iterable[Context]) -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, initial_indent="  - ", subsequent_indent="    ") for line in told(cases, issues)
    )


def _told_of_issue(case: Context) -> str:
    """Tell the template that differs from what most of the others say, or that there are none."""
    if not case.templates:
        return "an issue whose templates nobody has looked at"
    rarest = min(case.templates, key=lambda name: list(case.templates.values()).count(case.templates[name]))
    odd = [n for n, text in case.templates.items() if "CLINIC" not in text or "[]" in text]
    name = odd[0] if odd else rarest
    return clip(f"templates/{name}: {case.templates[name] or '(empty)'}", 300)


def _told(case: Item) -> str:
    """Show what a case changes in the sample it was made from; the headline tells which, unless it is the first."""
    sample = min(SAMPLES, key=lambda s: len(_changes(case, s)))
    changes = [f"{name}: {value}" for name, value in _changes(case, sample)]
    of = [f"“{sample.headline}”"] if sample is not SAMPLES[0] or not changes else []
    return clip("; ".join(of + changes), 300)


def _changes(case: Item, sample: Item) -> list[tuple[str, str]]:
    names = [f.name for f in fields(Item) if f.name not in {"id", "signed"}]
    changed = [n for n in names if getattr(case, n) != getattr(sample, n)]
    told_ = [(name, _compact(getattr(case, name), getattr(sample, name))) for name in changed]
    if case.signed != sample.signed:
        signs = [f"{s.by} as {s.role}{'' if s.text == case.text_hash else ' (fallen)'}" for s in case.signed]
        told_.append(("signed", ", ".join(signs) or "nobody"))
    return told_


def _compact(value: object, beside: object = None) -> str:
    """Write a value in a few words: of a nested one, only what differs."""
    if value is None or value == () or (isinstance(value, str) and not value.strip()):
        return "(empty)"
    if isinstance(value, tuple):
        return ", ".join(_compact(v) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = [(f.name, getattr(value, f.name), getattr(beside, f.name, f.default)) for f in fields(value)]
        return ", ".join(f"{name} {_compact(v)}" for name, v, was in told if v != was) or "(empty)"
    return str(value)
