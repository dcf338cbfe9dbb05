"""The editorial standard, one rule a file: what is missing from an item, told calmly and with a way out.

A rule's file is named by its id and name (`e04_harms.py`), argues its case in its docstring, and ends in
`RULE`. What it was tried on stands in the pack of the same name beside it.
"""

from __future__ import annotations

from pipeline.checks.bare_text import prose_findings
from pipeline.checks.engine import Choice, blocks, check
from pipeline.checks.load import RuleError, find
from pipeline.checks.load import all_rules as rules
from pipeline.checks.rule import Bound, Context, Rule

__all__ = [
    "Bound",
    "Choice",
    "Context",
    "Rule",
    "RuleError",
    "blocks",
    "check",
    "find",
    "prose_findings",
    "rules",
]
