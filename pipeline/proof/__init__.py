"""The proof: rules on the finished bytes of a mail, whoever made them. Pure: files in, rulings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.issue import Issue
from pipeline.model.settings import Newsletter
from pipeline.proof import access, clients, headers, items, parts
from pipeline.proof.finished import FILES, read
from pipeline.proof.found import findings
from pipeline.proof.rules import Held, MailRule, Ruling, mail_rules

__all__ = ["FILES", "Held", "MailRule", "Ruling", "blocks", "findings", "mail_rules", "prove"]


def prove(
    files: Mapping[str, bytes], newsletter: Newsletter | None = None, issue: Issue | None = None
) -> tuple[Ruling, ...]:
    """Hold `email.html`, `email.txt` and `message.eml` to every rule, in their order.

    With the newsletter's settings its archive is known as its own, with the issue what it has to tell.
    Raises UsageError for a file that is missing.
    """
    mail = read(files, newsletter, issue)
    logic = {name: each for family in (headers, parts, items, access, clients) for name, each in vars(family).items()}
    return tuple(rule.ruling(mail, logic.get(rule.id.lower(), lambda _: ())(mail)) for rule in mail_rules())


def blocks(rulings: Sequence[Ruling]) -> bool:
    """Whether a mail must not go out."""
    return any(each.held is Held.NOT_OK and not each.warns for each in rulings)
