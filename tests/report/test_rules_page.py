"""The documentation's page of rules is what the rules say. To write it anew: make docs (HOPELINE_WRITE=1)."""

from __future__ import annotations

import os

from newsrooms import REPO

from pipeline.checks import rules
from pipeline.report.rules_page import rules_page

PAGE = REPO / "docs" / "rules.md"


def test_the_page_of_rules_is_made_from_the_rules():
    if os.environ.get("HOPELINE_WRITE"):
        PAGE.write_text(rules_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "The rules have changed: run `make docs`."


def test_the_page_tells_each_rule_with_its_source():
    text = rules_page()
    for rule in rules():
        section = text.partition(f"### {rule.id} {rule.name}\n")[2].partition("\n### ")[0]
        assert "ource" in section
        assert "It speaks up at:\n\n- " in section
        assert "It stays silent at:\n\n- " in section
        assert f"(#{rule.id.lower()}-{rule.name})" in text
