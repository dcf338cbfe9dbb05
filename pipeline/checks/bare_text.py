"""The standard run on a bare text: for measuring it, and for texts that are no item."""

from __future__ import annotations

from datetime import date

from pipeline.checks.engine import Choice, check
from pipeline.checks.load import all_rules
from pipeline.checks.rule import Bound, Context
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.finding import Finding
from pipeline.model.item import WORDS, Item, Queue
from pipeline.model.names import Section, Status
from pipeline.model.settings import Config, Newsletter

_NOBODY = Newsletter(name="", about="", base_url="https://example.org/", sender="nobody@example.org", people=())
_CONTEXT = Context(config=Config(newsletter=_NOBODY, sources=()), today=date.min)


def prose_findings(
    text: str, scope: str = "summary", *, stage: Stage = Stage.UNCLEAR, participants: int | None = None
) -> tuple[Finding, ...]:
    """Check a text, with the rules that bind one, as if it stood in a field of an approved item.

    `scope` is a field's name. At most one finding a span comes back, the weightiest, in the order of the text.
    """
    if scope not in WORDS:
        raise ValueError(f"{scope} is none of {', '.join(WORDS)}")
    item = Item(
        id="text/text",
        status=Status.APPROVED,
        section=Section.RESEARCH,
        title="",
        source="",
        evidence=Evidence(stage=stage, participants=participants),
        **{scope: text},  # type: ignore[arg-type]  # a name of WORDS
    )
    bound = frozenset(rule.id for rule in all_rules() if Bound.TEXT in rule.binds)
    found = check(Queue(issue="text", items=(item,)), _CONTEXT, choice=Choice(rules=bound))
    return tuple(sorted((f for f in found if f.field == scope and f.end > f.start), key=lambda f: (f.start, f.rule)))
