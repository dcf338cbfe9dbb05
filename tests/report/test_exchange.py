"""Findings for other tools: SARIF for code hosts, reviewdog's lines, and counts over all issues."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from newsrooms import MAY
from samples import case, checked

from pipeline.checks import rules
from pipeline.model.item import Queue, Waiver
from pipeline.report.exchange import as_rdjsonl, as_sarif
from pipeline.report.stats import as_json, as_table, tally

WAIVE = Waiver(rule="E04", reason="other", note="the harms stand in the summary", by="anna")
BAD = case(harms="none", access=None, waive=(WAIVE,), summary="Nine people were well (p = 0.03).")


def place(_item, field, start):
    return {"summary": 20, "harms": 21}.get(field, 30), 14 + start


def findings(*items):
    return checked(Queue(issue="2026-12", items=items or (BAD,)), place)


def run(found):
    log = json.loads(as_sarif(found, "outbox/2026-12/queue.yml", place))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    return log["runs"][0]


def test_sarif_names_every_rule_with_its_reason_and_level():
    told = run(())["tool"]["driver"]["rules"]
    assert [r["id"] for r in told] == [r.id for r in rules()]
    assert all(r["shortDescription"]["text"] and "ource:" in r["fullDescription"]["text"] for r in told)
    assert {r["defaultConfiguration"]["level"] for r in told} == {"error", "warning", "note"}


def test_sarif_points_at_the_span_from_its_first_to_past_its_last_character():
    found = findings()
    (result,) = [r for r in run(found)["results"] if r["ruleId"] == "P04"]
    at = BAD.summary.index("p =")
    (where,) = result["locations"]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == "outbox/2026-12/queue.yml"
    assert where["physicalLocation"]["region"] == {
        "startLine": 20, "startColumn": 14 + at, "endLine": 20, "endColumn": 14 + at + len("p = 0.03"),
    }  # fmt: skip
    assert where["logicalLocations"] == [{"fullyQualifiedName": f"{BAD.id}#summary"}]


def test_sarif_keeps_what_is_waived_as_suppressed_with_its_reason():
    results = run(findings())["results"]
    assert len(results) == len(findings())
    suppressed = {r["ruleId"]: r["suppressions"] for r in results if "suppressions" in r}
    note = "other: the harms stand in the summary"
    assert suppressed == {"E04": [{"kind": "inSource", "status": "accepted", "justification": note}]}


def test_every_result_points_at_a_rule_of_its_log_and_is_known_again_after_lines_moved():
    found = findings()
    one = run(found)
    ids = [r["id"] for r in one["tool"]["driver"]["rules"]]
    assert all(ids[r["ruleIndex"]] == r["ruleId"] for r in one["results"])
    moved = run(tuple(replace(f, line=f.line + 7) for f in found))
    prints = [[r["partialFingerprints"] for r in each["results"]] for each in (one, moved)]
    assert prints[0] == prints[1]
    assert len({json.dumps(p) for p in prints[0]}) == len(found)


def test_reviewdog_gets_one_line_for_each_open_finding():
    found = findings()
    lines = [json.loads(line) for line in as_rdjsonl(found, "q.yml", place).splitlines()]
    assert [d["code"]["value"] for d in lines] == [f.rule for f in found if not f.waived]
    assert {d["severity"] for d in lines} <= {"ERROR", "WARNING", "INFO"}
    (symbol,) = [d for d in lines if d["code"]["value"] == "P04"]
    at = BAD.summary.index("p =")
    assert symbol["location"] == {
        "path": "q.yml",
        "range": {"start": {"line": 20, "column": 14 + at}, "end": {"line": 20, "column": 14 + at + 8}},
    }
    assert as_rdjsonl((), "q.yml", place) == ""


def test_formats_are_the_same_each_time():
    assert as_sarif(findings(), "q.yml", place) == as_sarif(findings(), "q.yml", place)
    assert as_rdjsonl(findings(), "q.yml", place) == as_rdjsonl(findings(), "q.yml", place)


def test_counts_by_rule_show_hits_and_waivers_and_which_rule_to_mend():
    waived = [replace(BAD, id=f"2026-12/{n}") for n in range(4)]
    counted = {t.rule: t for t in tally({"2026-12": findings(*waived), "2026-11": findings(case(harms="none"), BAD)})}
    assert list(counted) == [r.id for r in rules()]
    harms = counted["E04"]
    assert (harms.hits, harms.waived, harms.issues, harms.doubtful) == (6, 5, 2, True)
    assert (counted["E12"].hits, counted["E12"].doubtful) == (0, False)
    assert not counted["P04"].doubtful
    table = as_table(counted.values(), 2)
    assert "E04 harms" in table.splitlines()[-1]
    assert "E12" in table
    assert next(t for t in json.loads(as_json(counted.values())) if t["rule"] == "E04")["doubtful"] is True
    assert "No findings." in as_table(tally({}), 0)


@pytest.mark.parametrize("form", ["sarif", "rdjsonl", "json"])
def test_the_command_writes_each_format_and_keeps_its_exit_code(at, form):
    room = at("written")
    said = room.hope("check", "--format", form)
    assert said.code == room.hope("check").code == 1
    told = [json.loads(line) for line in said.out.splitlines()] if form == "rdjsonl" else json.loads(said.out)
    assert told


def test_the_command_keeps_to_the_rules_it_is_given(at):
    room = at("written")
    told = json.loads(room.hope("check", "--rule", "s01", "--rule", "E04", "--format", "json").out)
    assert {f["rule"] for f in told} == {"S01"}
    assert room.hope("check", "--rule", "E04").code == 0
    assert room.hope("check", "--rule", "E99").code == 2


def test_places_in_sarif_are_those_of_the_file(at):
    room = at("written")
    text = room.queue_file.read_text()
    first = next(i for i in room.items if i.summary and i.status.value == "approved")
    word = first.summary.split(".")[0].split()[-1]
    room.write(text.replace(f"{word}.", f"{word} (p = 0.03).", 1))
    results = json.loads(room.hope("check", "--rule", "P04", "--format", "sarif").out)["runs"][0]["results"]
    (region,) = [r["locations"][0]["physicalLocation"]["region"] for r in results]
    line = room.queue_file.read_text().splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "p = 0.03"


def test_stats_count_over_queues_and_built_issues_and_block_nothing(at):
    room = at("both")
    said = room.hope("check", "--stats")
    assert said.code == 0
    assert said.out.startswith("Over 2 issues:")
    told = json.loads(room.hope("check", "--stats", "--format", "json").out)
    assert [t["rule"] for t in told] == [r.id for r in rules()]
    assert room.hope("check", "--stats", "--issue", MAY).code == 2
