"""Where a finding points: the very character in the file, however the words were written, and for each reader's way to count."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from samples import STUDY, case, checked

from pipeline.model.item import Queue, Waiver
from pipeline.queue import QueueText, read_queue
from pipeline.report.exchange import as_rdjsonl, as_sarif

HEAD = "issue: 2026-07\nitems:\n- id: 2026-07/a\n  status: approved\n  section: research\n  title: t\n  source: x\n  summary: "


def queue(written: str) -> QueueText:
    return read_queue(HEAD + written + "\n", "queue.yml")


@pytest.mark.parametrize(
    "written",
    [
        "It cures lupus.",
        '"Six people.\\nIt cures lupus."',
        '"Six.\\n\\nIt\\tcures lupus."',
        '"Six\\u00a0people\\_x cures lupus."',
        '"It \\\n      cures lupus."',
        '"It\n    really cures lupus."',
        '"It\n\n    really cures lupus."',
        "'It''s said\n    that it cures lupus.'",
        '"\\ud83d\\ude00 It cures lupus"',
        '"gr\\u00f6\\x41 \\"q\\" cures lupus"',
        ">-\n    cures lupus\n    and more",
        "|\n    cures lupus",
        "|2\n      It cures lupus",
        ">+\n    It\n\n    cures lupus\n",
        '"first\u2028line cures lupus"',
    ],
)
def test_the_place_is_that_of_the_word_however_it_was_written(written):
    read = queue(written)
    summary = read.queue.items[0].summary or ""
    line, column = read.place("2026-07/a", "summary", summary.index("cures"))
    assert read.lines[line - 1][column - 1 :].startswith("cures")


def findings(read: QueueText):
    return checked(read.queue, read.place, rules=frozenset({"H01"}))


def test_reviewdog_counts_bytes_and_sarif_characters():
    read = queue('"Größe: 😀 It cures lupus."')
    found = findings(read)
    line = read.lines[7]
    (diagnostic,) = map(json.loads, as_rdjsonl(found, "q", read.place, read.lines).splitlines())
    start, end = diagnostic["location"]["range"]["start"]["column"], diagnostic["location"]["range"]["end"]["column"]
    assert line.encode()[start - 1 : end - 1].decode() == "cures"
    region = json.loads(as_sarif(found, "q", read.place))["runs"][0]["results"][0]["locations"][0]
    columns = region["physicalLocation"]["region"]
    assert line[columns["startColumn"] - 1 : columns["endColumn"] - 1] == "cures"


def test_the_same_word_twice_is_two_results():
    read = queue('"It cures lupus. It cures myositis."')
    results = json.loads(as_sarif(findings(read), "q", read.place))["runs"][0]["results"]
    assert len({r["partialFingerprints"]["finding/v1"] for r in results}) == len(results) == 2


@pytest.mark.parametrize(
    ("summary", "span", "waived"),
    [
        ("Große Straße, Maße: heißt, sie heilt Lupus. Neun Menschen.", "sie", False),
        ("Große Maße: außen heißt es, daß Spaß bloß Schweiß ließ. It cures lupus. Nine.", "cures", True),
        ("Nine people. It cu\u00adres lupus.", "cures", True),
        ("Nine people. Die Behandlung heilt die\u2003Mu\u0308digkeit bei Lupus.", "heilt die müdigkeit", True),
        ("Nine people. It\ncures  lupus.", "it cures lupus", True),
        ("Nine people. It cures lupus.", "cures myositis", False),
        ("Nine people. It cures lupus.", " ", False),
    ],
)
def test_a_waiver_covers_the_words_it_names_as_rules_read_them(summary, span, waived):
    waiver = Waiver(rule="H01", reason="other", span=span, note="the words of a song", by="anna")
    item = case(summary=summary, waive=(waiver,))
    found = checked(Queue(issue="2026-12", items=(item,)), rules=frozenset({"H01"}))
    assert [f.waived for f in found if f.field == "summary"] == [waived]


@pytest.mark.parametrize("by", [None, "", "bob"])
def test_a_waiver_that_nobody_stands_for_overrules_nothing(by):
    waiver = Waiver(rule="E05", reason="other", note="the whole issue is about access", by=by)
    for who, held in ((by, False), ("anna", True)):
        item = replace(STUDY, access=None, waive=(replace(waiver, by=who),))
        found = checked(Queue(issue="2026-12", items=(item,)))
        assert [f.waived for f in found if f.rule == "E05"] == [held]


def test_an_item_that_was_not_looked_at_is_no_clean_bill(at):
    room = at("gathered")
    pending = room.items[0]
    said = room.hope("check", "--item", pending.id)
    assert (said.code, f"{pending.id} is pending, so it was not checked" in said.err) == (0, True)


@pytest.mark.parametrize("told", ["E04", "e04", "E4", "e4", "harms"])
def test_a_rule_is_found_by_its_id_or_its_name(told):
    from newsrooms import hope

    assert hope("explain", told).out.startswith("E04")
