"""Findings as people and scripts read them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pipeline.checks import blocks, rules
from pipeline.model.finding import Finding
from pipeline.model.names import Severity
from pipeline.report.explain import explain
from pipeline.report.findings import as_json, as_text

LINES = [
    "# issue\n",
    "items:\n",
    "- id: 2026-12/one\n",
    "  headline: Seven of nine in drug‑free remission\n",
    "  harms:\n",
]


def finding(**changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "rule": "E03",
        "name": "follow-up",
        "severity": Severity.BLOCK,
        "item": "2026-12/one",
        "field": "headline",
        "start": 17,
        "end": 36,
        "line": 4,
        "column": 30,
        "message": "“drug‑free remission” without a time reads as for ever.",
        "suggestion": "Say how long it was watched.",
    }
    return Finding(**fields | changes)


def test_the_line_is_quoted_and_exactly_the_span_underlined():
    rows = as_text([finding()], LINES, colour=False).splitlines()
    at = next(n for n, row in enumerate(rows) if row.startswith("     4 | "))
    marks = rows[at + 1]
    assert rows[at][marks.index("^") : marks.rindex("^") + 1] == "drug‑free remission"


def test_what_why_and_try_are_all_told_with_file_line_and_column():
    text = as_text([finding()], LINES, colour=False, file="outbox/2026-12/queue.yml")
    for part in ("block", "E03 follow-up", "outbox/2026-12/queue.yml:4:30", "reads as for ever", "Try: Say how long"):
        assert part in text


def test_findings_are_grouped_by_item():
    text = as_text([finding(), finding(rule="E04"), finding(item="2026-12/two")], LINES, colour=False)
    assert (text.count("2026-12/one"), text.count("2026-12/two")) == (1, 1)


@pytest.mark.parametrize("at", [0, 10, 150, 280])
def test_long_lines_are_cut_around_the_span_and_fit_80_columns(at):
    line = "x" * at + "SPAN" + "y" * (290 - at)
    text = as_text([finding(line=1, column=at + 1, start=0, end=4, message="word " * 60)], [line], colour=False)
    rows = text.splitlines()
    assert max(map(len, rows)) <= 80
    marks = next(row for row in rows if "^" in row)
    quoted = rows[rows.index(marks) - 1]
    assert quoted[marks.index("^") : marks.rindex("^") + 1] == "SPAN"


def test_a_span_longer_than_its_line_is_underlined_to_the_end_of_the_line():
    rows = as_text([finding(line=5, column=3, start=0, end=400)], LINES, colour=False).splitlines()
    assert next(row for row in rows if "^" in row).count("^") == len("harms:")


@pytest.mark.parametrize(("line", "column"), [(0, 0), (99, 1), (1, 500), (5, 9)])
def test_a_place_outside_the_file_breaks_nothing(line, column):
    assert "reads as for ever" in as_text([finding(line=line, column=column)], LINES, colour=False)


def test_colour_only_adds_colour():
    found = [finding(), finding(waived=True, waiver="other: known"), finding(severity=Severity.WARN)]
    plain, coloured = (as_text(found, LINES, colour=c) for c in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain != coloured


def test_escape_codes_in_the_queue_never_reach_the_terminal():
    assert "\x1b" not in as_text([finding(line=1, column=1)], ["evil \x1b[2J text"], colour=False)


def test_a_waived_finding_is_shown_with_its_reason_and_counted_apart():
    text = as_text([finding(waived=True, waiver="outcome-term: as defined"), finding()], LINES, colour=False)
    assert "Waived: outcome-term: as defined" in text
    assert text.splitlines()[-1] == "2 findings: 1 to settle before printing, 1 waived."


def test_ten_of_a_sort_are_not_dropped_from_the_total():
    assert as_text([finding()] * 10, LINES, colour=False).endswith("10 findings: 10 to settle before printing.")


def test_no_findings_is_said_in_words():
    assert as_text([], LINES, colour=True) == "Nothing to fix."


def test_json_has_every_key_for_every_finding_in_order():
    found = [finding(), finding(rule="E04", waived=True, waiver="other: ü")]
    told = json.loads(as_json(found))
    keys = {
        "rule",
        "name",
        "severity",
        "item",
        "field",
        "start",
        "end",
        "line",
        "column",
        "message",
        "suggestion",
        "waived",
    }
    assert all(keys <= set(one) for one in told)
    assert [(one["rule"], one["severity"], one["waived"]) for one in told] == [
        ("E03", "block", False),
        ("E04", "block", True),
    ]
    assert json.loads(as_json([])) == []


def test_only_an_open_block_stops_the_build():
    assert blocks([finding()])
    assert not blocks([finding(waived=True), finding(severity=Severity.WARN), finding(severity=Severity.NOTE)])
    assert not blocks([])


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_explaining_a_rule_gives_reason_source_and_cases_within_80_columns(rule):
    text = explain(rule)
    assert text.startswith(f"{rule.id} {rule.name}: {rule.severity}")
    assert re.search(r"^Source", text, re.MULTILINE)
    assert "  - " in text.partition("It flags:")[2].partition("It leaves alone:")[0]
    assert max(map(len, text.splitlines())) <= 80
