"""Say why the rules exist: those of the standard, and those of the proof of a finished mail."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.checks import Rule, find, rules
from pipeline.errors import UsageError
from pipeline.proof import MailRule, mail_rules
from pipeline.text import nearest


@dataclass(frozen=True, slots=True)
class ExplainedRules:
    """Rules to explain, in the order of their ids: of the standard, and of the proof; `whole` when they are all."""

    rules: tuple[Rule, ...]
    mail: tuple[MailRule, ...]
    whole: bool


def explain(rule: str | None = None) -> ExplainedRules:
    """Find a rule by its id or name, or all of them; raises UsageError with the nearest where there is none.

    An id that both have (H10), or that is short for one of the standard (H3 for H03), finds both.
    """
    if rule is None:
        return ExplainedRules(rules(), mail_rules(), whole=True)
    sought = rule.strip().lower()
    of_mail = tuple(each for each in mail_rules() if sought in {each.id.lower(), each.name})
    try:
        return ExplainedRules((find(rule),), of_mail, whole=False)
    except UsageError:
        family = [each.id for each in mail_rules() if each.id[:1].lower() == sought[:1]]
        if not of_mail and family and sought[:1] != "h":
            raise UsageError(f"There is no rule “{rule}”: {nearest(rule, family)}") from None
        if not of_mail:
            raise
        return ExplainedRules((), of_mail, whole=False)
