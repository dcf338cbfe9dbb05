"""A rule is one file: one that is only phrases is a YAML file, and needs no line of Python or of another list."""

from __future__ import annotations

from difflib import ndiff

from newsrooms import REPO
from package_copy import copy_package, run_in

RULE = """\
id: H99
name: xylophone
severity: warn
binds: [item, opening]
reason: |
  No music is played.

  Whoever plays has no hand free for a pen.

  Source: house rule.
looks:
- for: music
  why: |
    “{}” is heard, not read.
  try: |
    Write it down.
  headline: block
  excused: [denied]
  despite: nearly
  unless:
    beside: taught
phrases:
  music:
  - xylophones?
  nearly:
  - not only an? ‹
  taught:
  - › lessons?
cases:
  bad:
  - summary: "A xylophone for {people}."
  - headline: "Not only a xylophone"
  good:
  - summary: "No xylophone."
  - summary: "Nine people had xylophone lessons."
"""

ASK = """
from samples import STUDY, case, checked
from pipeline.checks import rules, find
from pipeline.checks.cases import cases_of
from pipeline.model.item import Queue
from pipeline.report.explain import explain
from pipeline.report.rules_page import rules_page
item = case(summary=f"{STUDY.summary} A xylophone was played.", headline="Xylophones: not only a xylophone")
found = checked(Queue(issue="2026-12", items=(item,), intro="A xylophone. No xylophone."))
print([(f.field, str(f.severity), f.message) for f in found if f.rule == "H99"])
print([[len(checked(Queue(issue="2026-12", items=(i,)), rules=frozenset({"H99"}))) for i in side]
       for side in (cases_of(find("h99")).bad, cases_of(find("h99")).good)])
print("Whoever plays" in explain(find("xylophone")), "xylophone lessons" in explain(find("H99")))
print(rules_page())
"""


def test_a_rule_for_items_and_opening_alike_is_one_file(tmp_path):
    copy_package(tmp_path)
    (tmp_path / "pipeline/checks/hype/h99_xylophone.yml").write_text(RULE, "utf-8")
    found, cases, explained, page = run_in(tmp_path, ASK).split("\n", 3)
    assert found == str(
        [
            ("intro", "warn", "“xylophone” is heard, not read."),
            ("headline", "block", "“Xylophones” is heard, not read."),
            ("headline", "block", "“xylophone” is heard, not read."),
            ("summary", "warn", "“xylophone” is heard, not read."),
        ]
    )
    assert cases == "[[1, 1], [0, 0]]"
    assert explained == "True True"
    was = (REPO / "docs" / "rules.md").read_text(encoding="utf-8")
    differs = [line for line in ndiff(was.strip().splitlines(), page.strip().splitlines()) if line[0] in "+-"]
    assert {line[0] for line in differs} == {"+"}
    assert sum(line.startswith("+ ### ") for line in differs) == 1


BROKEN = {
    "h91_no_source": (RULE.replace("Source:", "As"), "no reason"),
    "h92_no_cases": (RULE.partition("cases:")[0], "no cases"),
    "h93_other_word": (RULE.replace("despite:", "although:"), "“although” is no word for this"),
    "h94_no_look": (RULE.replace("  why: |\n    “{}” is heard, not read.\n", ""), "“why” is missing"),
    "h95_weight": (RULE.replace("severity: warn", "severity: heavy"), "heavy"),
    "h96_other_name": (RULE, "h96_xylophone.yml"),
}


def test_a_rule_in_yaml_does_not_load_without_reason_source_and_cases(tmp_path):
    copy_package(tmp_path)
    for stem, (text, _) in BROKEN.items():
        own = text.replace("H99", stem[:3].upper())
        if stem != "h96_other_name":
            own = own.replace("name: xylophone", f"name: {stem[4:].replace('_', '-')}")
        (tmp_path / f"pipeline/checks/hype/{stem}.yml").write_text(own, "utf-8")
    ask = """
from pipeline.checks import RuleError, rules
try:
    rules()
except RuleError as error:
    print(error)
"""
    faults = run_in(tmp_path, ask).splitlines()
    assert len(faults) == len(BROKEN)
    for (stem, (_, says)), fault in zip(BROKEN.items(), faults, strict=True):
        assert fault.startswith(f"{stem}.yml: ")
        assert says in fault
