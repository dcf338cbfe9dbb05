"""The documentation's page of rules is what `hope explain --all --format markdown` prints. To write it anew: make docs."""

from __future__ import annotations

import pytest
from newsrooms import REPO, hope

from pipeline.checks import rules
from pipeline.proof import mail_rules
from pipeline.proof.cases import mail_cases
from pipeline.report.explain import explain, explain_mail
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
    assert [said.out.count(explain(rule)) for rule in rules()] == [1] * len(rules())
    assert [said.out.count(explain_mail(rule)) for rule in mail_rules()] == [1] * len(mail_rules())


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


@pytest.mark.parametrize("rule", mail_rules(), ids=lambda r: r.id)
def test_a_rule_on_the_finished_mail_is_told_with_its_source_and_what_breaks_it(rule):
    text = explain_mail(rule)
    assert text.startswith(f"{rule.id} {rule.name}, a rule on the finished e-mail: ")
    assert "Source:" in text
    assert text.count("\n  - ") == len(mail_cases(rule.id))
    of_an_issue = rule.id == "M8"  # the good mail has none; tests/proof/test_items.py tampers with real ones
    assert bool(mail_cases(rule.id)) != (bool(rule.elsewhere) or of_an_issue)
    assert max(map(len, text.splitlines())) <= 100  # an address is never cut
    assert f"#### {rule.id} {rule.name}\n" in rules_page()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("H03", ["H03"]),
        ("h3", ["H3", "H03"]),
        ("H10", ["H10", "H10"]),
        ("a-way-to-leave", ["H3"]),
        ("M5", ["M5"]),
        ("e4", ["E04"]),
    ],
)
def test_ids_that_could_be_of_either_set_are_told_of_both(typed, told):
    said = hope("explain", typed)
    assert said.code == 0
    assert [part.split()[0] for part in said.out.split("\n\n\n")] == told


@pytest.mark.parametrize(("typed", "meant"), [("M99", "M1"), ("E99", "E0"), ("H99", "H0"), ("X1", "E0")])
def test_a_rule_that_is_in_neither_set_is_told_with_the_nearest(typed, meant):
    said = hope("explain", typed)
    assert said.code == 2
    assert meant in said.err
