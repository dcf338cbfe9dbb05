"""The issue's opening, this month in three sentences: held against the standard, and signed as items are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from newsrooms import JUNE, Room
from package_copy import copy_package, run_in
from samples import DECISION, STUDY, TODAY, TRIAL, checked

from pipeline.model.item import Queue, Signature
from pipeline.model.names import PersonRole, Severity, Status

EDITOR, MEDICAL = PersonRole.EDITOR, PersonRole.MEDICAL
FINE = "Of 9 people with lupus, 7 had few signs of it at week 24. One study opened. Examplia decided on a CAR-T."


def told(intro: str, *, signed=(("anna", EDITOR), ("dr-m", MEDICAL)), items=(STUDY, TRIAL, DECISION)):
    bare = Queue(issue="2026-12", intro=intro, items=items)
    signatures = tuple(Signature(by=by, role=role, on=TODAY, text=bare.intro_hash) for by, role in signed)
    queue = Queue(issue="2026-12", intro=intro, signed=signatures, items=items)
    found = checked(queue)
    return [(f.rule, f.field, f.severity) for f in found if f.item == "2026-12"]


def test_an_opening_that_tells_what_its_items_tell_and_is_signed_has_no_finding():
    assert told(FINE) == []


@pytest.mark.parametrize(
    ("rule", "intro"),
    [
        ("N01", "Of 999 people with lupus, 444 were well at week 24."),
        ("S02", "The FDA has approved veltacabtagene for lupus in the United States."),
        ("S04", "“This is the greatest step that I have ever seen in my life,” an expert told us about 9 people."),
        ("S03", "Book your free consultation now. Of 9 people, 7 had few signs of lupus at week 24."),
        ("H01", "CAR-T cures lupus: 7 of 9 people had few signs of it at week 24."),
        ("E03", "People with lupus stay in drug-free remission."),
    ],
)
def test_what_no_item_tells_stops_the_opening(rule, intro):
    assert rule in {found for found, field, _ in told(intro) if field == "intro"}


def test_it_may_count_the_items_of_the_issue():
    assert told("This month we tell of 3 items, among them 1 study in lupus of 9 people.") == []


def test_each_role_signs_the_opening_and_a_changed_word_asks_again():
    blocks = [("S01", "signed", Severity.BLOCK)]
    assert told(FINE, signed=()) == blocks * 2
    assert told(FINE, signed=(("anna", EDITOR),)) == blocks
    stale = Signature(by="dr-m", role=MEDICAL, on=TODAY, text=Queue(issue="2026-12", intro="Else.").intro_hash)
    good = Signature(by="anna", role=EDITOR, on=TODAY, text=Queue(issue="2026-12", intro=FINE).intro_hash)
    queue = Queue(issue="2026-12", intro=FINE, signed=(good, stale), items=(STUDY,))
    (found,) = (f for f in checked(queue) if f.rule == "S01")
    assert "changed since" in found.message


def test_without_an_opening_nobody_signs_one():
    assert told("", signed=()) == []


def test_it_is_looked_at_as_soon_as_it_is_written_also_in_a_quiet_month():
    assert {rule for rule, *_ in told("CAR-T cures lupus.", signed=(), items=())} == {"H01", "S01"}


def test_the_opening_of_another_issue_lends_no_signature():
    assert Queue(issue="2026-11", intro=FINE).intro_hash != Queue(issue="2026-12", intro=FINE).intro_hash


def test_a_person_signs_it_on_the_command_line_and_the_list_shows_who_did(at):
    room: Room = at("written")
    assert "signed: nobody; missing: editor, medical, patient" in room.hope("queue").out
    said = room.hope("sign", "intro", "--as", "anna")
    assert (said.code, "intro: signed by Anna Example as editor" in said.out) == (0, True)
    assert room.queue.queue.signed[0].text == room.queue.queue.intro_hash
    assert "already signed by" in room.hope("sign", "intro", "--as", "anna").out
    assert "signed: editor; missing: medical, patient" in room.hope("queue").out


def test_an_older_file_without_the_name_takes_the_signatures_at_its_end(at):
    room: Room = at("written")
    room.edit("signed: []                   # of the intro; written by `hope sign intro`\n", "")
    assert room.hope("sign", "intro", "--as", "anna").code == 0
    assert [s.by for s in room.queue.queue.signed] == ["anna"]


def test_an_empty_opening_can_not_be_signed(at):
    said = at("gathered").hope("sign", "intro", "--as", "anna")
    assert (said.code, "the intro of 2026-05 is empty" in said.err) == (2, True)


def test_a_quiet_month_prints_no_opening_that_nobody_signed(at):
    room = Room(at("next").root, JUNE)
    room.edit("intro:                       # this month in three sentences", 'intro: "A quiet month: we looked."')
    said = room.hope("build", "--quiet-month")
    assert (said.code, "Nobody has signed the intro" in said.text) == (1, True)
    for key in ("anna", "dr-m", "sam"):
        assert room.hope("sign", "intro", "--as", key).code == 0
    assert room.hope("build", "--quiet-month").code == 0


@pytest.mark.parametrize("file", ["e99_some_thing", "n99_some_thing"])
def test_a_rule_of_any_family_checks_the_opening_when_it_says_that_it_binds_it(tmp_path, file):
    """On a copy of the package: one new file, and nothing else changed."""
    copy_package(tmp_path)
    (tmp_path / f"pipeline/checks/structure/{file}.py").write_text(NEW_RULE.format(id=file[:3].upper()), "utf-8")
    assert run_in(tmp_path, ASK) == "intro summary"


NEW_RULE = """\
'''No opening says xylophone.

Source: this test.
'''
from pipeline.checks.rule import Bound, Rule
from pipeline.model.finding import Remark
from pipeline.model.names import Severity


def check(item, context):
    if "xylophone" in (item.summary or ""):
        yield Remark(field="summary", why="It says so.", suggestion="Leave it out.")


RULE = Rule(
    id="{id}", name="some-thing", severity=Severity.NOTE, binds=(Bound.ITEM, Bound.OPENING), check=check
)
"""
ASK = """\
from samples import STUDY, case, checked
from pipeline.model.item import Queue
queue = Queue(issue="2026-12", intro="A xylophone.", items=(case(summary="A xylophone."),))
print(*(f.field for f in checked(queue) if f.name == "some-thing"))
"""


def counted(**opening: str):
    """What N07 says of an opening's numbers, beside three items and one that nobody approved."""
    hidden = replace(STUDY, id="2026-12/hidden", status=Status.HOLD, summary="12 of 13 people went into remission.")
    queue = replace(Queue(issue="2026-12", items=(STUDY, TRIAL, DECISION, hidden)), **dict[str, Any](opening))
    found = checked(queue, rules=frozenset({"N07"}))
    assert all(f.severity is Severity.BLOCK for f in found)
    return [(f.field, dict(queue.opening)[f.field][f.start : f.end]) for f in found if f.item == "2026-12"]


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("One in five people with lupus develops kidney disease.", Severity.WARN),
        ("1 in 5 people with lupus develops kidney disease.", Severity.WARN),
        ("Two out of three studies this month treated fewer than ten people.", Severity.WARN),
        ("Two out of three studies this month are small.", None),
        ("Five out of six people went into remission.", Severity.BLOCK),
        ("Two out of three studies went well: 12 of 13 people felt better.", Severity.BLOCK),
    ],
)
def test_a_rate_and_the_people_of_counted_studies_are_warned_of(words, severity):
    found = checked(Queue(issue="2026-12", items=(STUDY, TRIAL), intro=words), rules=frozenset({"N07"}))
    assert {f.severity for f in found if f.item == "2026-12"} == ({severity} if severity else set())


@pytest.mark.parametrize("field", ["subject", "preheader", "intro", "ask"])
def test_a_count_of_people_that_no_printed_item_gives_stops_the_opening(field):
    assert counted(**{field: "Lupus: 12 of 13 people went into remission"}) == [(field, "12 of 13")]
    assert counted(**{field: "Lupus: all 13 are well"}) == [(field, "all 13")]
    assert counted(**{field: "Seven of the eight had few signs of lupus"}) == [(field, "Seven of the eight")]
    assert counted(**{field: "Lupus: 13 people felt better"}) == [(field, "13")]
    assert counted(**{field: "Lupus: better in 92%"}) == [(field, "92%")]


@pytest.mark.parametrize(
    "words",
    [
        FINE,
        "Lupus: 7 of 9 people had few signs of it (78%)",
        "Lupus: seven of the nine were better, 1 of 9 relapsed",
        "Nine people with lupus, and 2 of the 3 stories of this month",
        "Two of the three studies opened; 3 of 5 countries take part",
    ],
)
def test_counts_of_its_items_and_of_what_is_no_person_pass(words):
    assert counted(subject=words, intro=words) == []


def test_a_question_that_nobody_keeps_in_mind_is_remarked_on():
    def said(ask: str) -> list[Severity]:
        found = checked(Queue(issue="2026-12", ask=ask, items=(STUDY,)), rules=frozenset({"E16"}))
        return [f.severity for f in found if f.field == "ask"]

    assert said("Does the study have a comparison group, and if not, why?") == []
    assert said("Does " + "anybody " * 35 + "know?") == [Severity.WARN]


def test_what_is_said_of_a_setting_names_its_line(at):
    room: Room = at("signed")
    file = room.root / "sources.yml"
    was = file.read_text("utf-8")
    (n,) = (n for n, line in enumerate(was.splitlines(), 1) if line.strip().startswith("unsubscribe:"))
    line = was.splitlines()[n - 1]
    file.write_text(was.replace(line, line.replace("https://", "http://")), "utf-8")
    assert f"sources.yml:{n}:" in room.hope("check").text
    file.write_text(was.replace(line + "\n", ""), "utf-8")
    (head,) = (n for n, line in enumerate(was.splitlines(), 1) if line.startswith("newsletter:"))
    said = room.hope("check")
    assert (said.code, f"sources.yml:{head}:" in said.text) == (1, True)
