"""The documentation's page of rules is what `hope explain --all --format markdown` prints. To write it anew: make docs."""

from __future__ import annotations

import pytest
from newsrooms import REPO, hope

from pipeline.checks import rules
from pipeline.report.rules_page import rules_page

PAGE = REPO / "docs" / "rules.md"


def test_the_page_of_rules_is_what_the_command_prints():
    said = hope("explain", "--all", "--format", "markdown")
    assert said.code == 0
    assert PAGE.read_text(encoding="utf-8") == said.out, "The rules have changed: run `make docs`."


def test_one_rule_is_told_as_its_part_of_the_page():
    said = hope("explain", "H01", "--format", "markdown")
    assert said.out.startswith("### H01 ")
    assert said.out in rules_page()


def test_all_rules_are_told_as_text_one_after_the_other():
    said = hope("explain", "--all")
    assert [said.out.count(hope("explain", rule.id).out.strip()) for rule in rules()] == [1] * len(rules())


@pytest.mark.parametrize("words", [(), ("H01", "--all")])
def test_either_one_rule_or_all_are_asked_for(words):
    said = hope("explain", *words)
    assert said.code == 2
    assert "--all" in said.err


def test_the_page_tells_each_rule_with_its_source():
    text = rules_page()
    for rule in rules():
        section = text.partition(f"### {rule.id} {rule.name}\n")[2].partition("\n### ")[0]
        assert "ource" in section
        assert "It flags:\n\n- " in section
        assert "It leaves alone:\n\n- " in section
        assert f"(#{rule.id.lower()}-{rule.name})" in text
