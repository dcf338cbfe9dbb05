"""The documentation's page of rules, made from the rules themselves, so that the two can't part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.checks.load import all_rules
from pipeline.checks.rule import Rule
from pipeline.flow.explain import ExplainedRules
from pipeline.model.names import Format, Severity
from pipeline.proof import MailRule, mail_rules
from pipeline.proof.cases import good_mail, mail_cases
from pipeline.report.explain import explain, explain_mail, final, tried

_HEAD = """\
# The rules

This page is made from the rules by `make docs`; don't edit it. `hope explain RULE` prints the same for one rule, and
`hope check --stats` shows how often each one is triggered and waived.

`block` stops the build, `warn` asks you to look, `note` informs. Each rule argues its case, and was tried on the
cases below; they run as tests.

There are two sets. The standard holds words, in `hope check`; its ids have two digits (H03). The
[proof](#the-proof-rules-on-a-finished-e-mail) holds the finished e-mail, in `hope build` and `hope proof`; its ids have
no zero (H3). H10 is in both, and `hope explain H10` explains both.
"""
_MAIL = """\
## The proof: rules on a finished e-mail

Each is tried on a good e-mail, which stands at the end of this page, and on changes to it that break the rule.
"""
_MAIL_FAMILIES = {
    "H": "Headers",
    "M": "Parts, links and pictures",
    "A": "Access",
    "G": "Privacy",
    "B": "Length",
    "C": "Mail programs (clients)",
}
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
    return "\n".join([*parts, *_mail_page()])


def _mail_page() -> Iterator[str]:
    """Write the rules on a finished mail: a table, each rule, and the mail that its cases change."""
    rules, good = mail_rules(), good_mail()
    yield _MAIL
    yield "| rule | name | severity |\n|---|---|---|"
    yield from (f"| [{r.id}](#{r.id.lower()}-{r.name}) | {r.name} | {_does(r)} |" for r in rules)
    for family, name in _MAIL_FAMILIES.items():
        yield f"\n### {name}\n"
        yield from (mail_section(rule) for rule in rules if rule.id[0] == family)
    yield "### The good e-mail\n"
    head = "".join(f"{name}: {value}\n" for name, value in good.headers.items())
    yield from (f"```\n{text}```\n" for text in (head, good.text, good.html))


def mail_section(rule: MailRule) -> str:
    """Write one rule on a finished mail as Markdown, with its reason and what breaks it."""
    cases = [case.said() for case in mail_cases(rule.id)]
    flags = ["It flags the good e-mail when it is changed like this:", "", *_listed(cases), ""] if cases else []
    remedy = [f"What to do: {rule.remedy}", ""] if rule.remedy else []
    elsewhere = [rule.elsewhere, ""] if rule.elsewhere else []
    head = [f"#### {rule.id} {rule.name}", "", f"*{_does(rule)}*", "", rule.reason, ""]
    return "\n".join([*head, *elsewhere, *remedy, *flags])


def _does(rule: MailRule) -> str:
    return "not for an edition" if rule.elsewhere else "warn" if rule.warns else "block"


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
    Format.TEXT: lambda of: "\n\n\n".join([*map(explain_mail, of.mail), *map(explain, of.rules)]),
    Format.MARKDOWN: lambda of: (
        rules_page() if of.whole else "\n".join([*map(mail_section, of.mail), *map(section, of.rules)])
    ),
}
