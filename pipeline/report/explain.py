"""The reason of a rule, what it does, and what it was tried on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from pipeline.checks.cases import Settings, Templates, cases_of, samples
from pipeline.checks.rule import Rule
from pipeline.model.item import Item
from pipeline.model.names import Severity
from pipeline.model.strict import as_written
from pipeline.proof import MailRule
from pipeline.proof.cases import mail_cases
from pipeline.text import clip

_WIDTH = 80


def explain(rule: Rule) -> str:
    """Tell why a rule exists, what it does, and what it was tried on."""
    does = {Severity.BLOCK: "stops the build", Severity.WARN: "asks you to look", Severity.NOTE: "only tells"}[
        rule.severity
    ]
    waiving = "An editor can waive it for one item, with a reason." if rule.waivable else "It can't be waived."
    waiving += f" {final(rule)}" if final(rule) else ""
    speaks, silent = tried(rule)
    parts = [
        textwrap.fill(f"{rule.id} {rule.name}: {rule.severity}, {does}. {waiving}", _WIDTH),
        *(textwrap.fill(" ".join(part.split()), _WIDTH) for part in rule.reason.split("\n\n")),
        "It flags:\n" + _listed(speaks),
        "It leaves alone:\n" + _listed(silent),
    ]
    return "\n\n".join(parts)


def explain_mail(rule: MailRule) -> str:
    """Tell why a rule on a finished mail exists, what it does, and which changes to a good mail break it."""
    does = (
        f"not for an edition. {rule.elsewhere}"
        if rule.elsewhere
        else ("warn, asks you to look." if rule.warns else "block, stops the build.")
    )
    cases = [case.said() for case in mail_cases(rule.id)]
    parts = [
        textwrap.fill(f"{rule.id} {rule.name}, a rule on the finished e-mail: {does}", _WIDTH),
        textwrap.fill(rule.reason, _WIDTH),
        *([textwrap.fill(f"What to do: {rule.remedy}", _WIDTH)] if rule.remedy else []),
        *(["It flags a good e-mail that is changed like this:\n" + _listed(cases)] if cases else []),
    ]
    return "\n\n".join(parts)


def final(rule: Rule) -> str:
    """Say where a rule that can be waived can't be; empty for the others."""
    where = {"headline": "in a headline", "trial": "against a registry's phase"}
    places = [where[field] for field in sorted(rule.final_in) if field in where]
    return f"It can't be waived {' or '.join(places)}." if places else ""


def tried(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say of each case what it changes in its sample, each once: where the rule speaks, where it is silent."""
    cases = cases_of(rule)
    return (
        _each(cases.bad, cases.bad_issues, cases.bad_settings),
        _each(cases.good, cases.good_issues, cases.good_settings),
    )


def _each(items: Iterable[Item], issues: Iterable[Templates], heads: Iterable[Settings]) -> tuple[str, ...]:
    settings = [f"{name}: {value or '(empty)'}" for head in heads for name, value in head.items()]
    return tuple(dict.fromkeys([*map(_changed, items), *map(_changed_templates, issues), *settings]))


def _listed(cases: Iterable[str]) -> str:
    return "\n".join(textwrap.fill(line, _WIDTH, initial_indent="  - ", subsequent_indent="    ") for line in cases)


def _changed_templates(case: Templates) -> str:
    """Tell the template that differs from what most of the others say, or that there are none."""
    if not case:
        return "an issue whose templates nobody has checked"
    rarest = min(case, key=lambda name: list(case.values()).count(case[name]))
    odd = [n for n, text in case.items() if "CLINIC" not in text or "[]" in text]
    name = odd[0] if odd else rarest
    return clip(f"templates/{name}: {case[name] or '(empty)'}", 300)


def _changed(case: Item) -> str:
    """Show what a case changes in the sample it was made from; the headline tells which, unless it is the first."""
    known = tuple(samples().values())
    sample = min(known, key=lambda s: len(_changes(case, s)))
    changes = [f"{name}: {value}" for name, value in _changes(case, sample)]
    of = [f"“{sample.headline}”"] if sample is not known[0] or not changes else []
    return clip("; ".join(of + changes), 300)


def _changes(case: Item, sample: Item) -> list[tuple[str, str]]:
    names = [f.name for f in fields(Item) if f.name not in {"id", "signed"}]
    changed = [n for n in names if getattr(case, n) != getattr(sample, n)]
    changes = [(name, _compact(getattr(case, name), getattr(sample, name))) for name in changed]
    if case.signed != sample.signed:
        sign_offs = [f"{s.by} as {s.role}{'' if case.text_hash.holds(s.text) else ' (lapsed)'}" for s in case.signed]
        changes.append(("signed", ", ".join(sign_offs) or "nobody"))
    return changes


def _compact(value: object, beside: object = None) -> str:
    """Write a value in a few words: of a nested one, only what differs."""
    if value is None or value == () or (isinstance(value, str) and not value.strip()):
        return "(empty)"
    if isinstance(value, tuple):
        return ", ".join(_compact(v) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        own = zip(fields(value), as_written(value), strict=True)
        parts = [(name, each, getattr(beside, f.name, f.default)) for f, (name, each) in own]
        return ", ".join(f"{name} {_compact(v)}" for name, v, was in parts if v != was) or "(empty)"
    return str(value)
