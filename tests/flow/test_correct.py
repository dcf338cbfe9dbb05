"""An editor corrects what was printed: by the command, through the standard and sign-offs, into the next issue."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from newsrooms import JUNE, MAY, Room, Said, sign_all, write_words

from pipeline.demo.newsroom import PEOPLE

At = Callable[[str], Room]
JULY = date(2026, 7, 3)
OWN = {"outbox/corrections.yml", "outbox/site.json"}
"""What corrections stand in, and the archive's note of all that it was made of."""
NOTE = "We did not say who took part: adults with the form of the disease that is not only in the eyes."
MG = f"{MAY}/donor-derived-cd19-car-nk-cells-versus-continued"
ID = f"correction-{JULY}-{MG.partition('/')[2]}"


def correct(room: Room, item: str = MG, *more: str, kind: str = "clarification", note: str = NOTE) -> Said:
    return room.hope("correct", item, "--kind", kind, "--note", note, *more, today=JULY)


def file(room: Room) -> Path:
    return room.outbox / "corrections.yml"


def signed(room: Room, correction: str = ID) -> None:
    for person in PEOPLE:
        said = room.hope("sign", correction, "--as", person.key, today=JULY)
        assert said.code == 0, said.text


@pytest.mark.parametrize(
    "name",
    [MG, MG.partition("/")[2], f"https://news.example.org/{MG}/", f"https://news.example.org/{MG}/index.html?utm_source=x",
     f"https://news.example.org/{MAY}/#{MG.partition('/')[2]}"],
)  # fmt: skip
def test_an_item_goes_by_its_id_its_slug_or_its_address(at: At, name: str) -> None:
    room = at("built")
    assert correct(room, name, note="Usual care was what each person took before.").code == 0
    assert f"of: {MG}\n" in file(room).read_text()


def test_unsigned_it_is_printed_nowhere_and_the_check_says_that_it_waits(at: At) -> None:
    room = at("both")
    before = room.files()
    said = correct(room, note="Usual care was what each person took before.")
    assert said.code == 0, said.text
    assert f"hope sign {ID}" in said.out
    checked = room.hope("check", today=JULY)
    assert checked.code == 0
    assert "It waits" in checked.out
    assert "outbox/corrections.yml:" in checked.out
    assert room.hope("build", "--issue", JUNE, today=JULY).code == 0
    after = room.files()
    assert after.keys() == before.keys()
    assert {path for path, content in before.items() if after[path] != content} - OWN == set()
    assert "waits to be signed" in room.hope("correct", "--list", today=JULY).out


def test_signed_it_stands_in_the_next_issue_and_everywhere_and_no_frozen_issue_changes(at: At) -> None:
    room = at("next")  # June is gathered, and not built
    assert correct(room, MG, "--field", "who", "--now", "Grown-ups with generalised myasthenia gravis.").code == 0
    signed(room)
    frozen = (room.outbox / MAY / "issue.json").read_bytes()
    write_words(room)
    sign_all(room)
    built = room.hope("build", today=JULY)
    assert built.code == 0, built.text
    assert (room.outbox / MAY / "issue.json").read_bytes() == frozen
    kept = json.loads((room.outbox / JUNE / "issue.json").read_bytes())["corrections"]
    assert [each["id"] for each in kept] == [ID]
    assert NOTE in (room.outbox / JUNE / "email.html").read_text()
    page = (room.outbox / "site" / MG / "index.html").read_text()
    assert "Clarified on 3 July 2026" in page
    assert "Grown-ups with" in page
    assert f"told in {JUNE}" in room.hope("correct", "--list", today=JULY).out

    # The archive doesn't drift: without the file, or with a person gone, all stays.
    once = room.files()
    file(room).unlink()
    assert room.hope("build", "--issue", JUNE, today=JULY).code == 0
    now = room.files()
    assert {p: c for p, c in once.items() if p not in OWN} == {p: c for p, c in now.items() if p not in OWN}


def test_an_issue_that_went_out_is_not_told_anew_but_the_archive_is(at: At, tmp_path: Path) -> None:
    room = at("both")
    assert room.hope("deliver", "--issue", JUNE, "--to", str(tmp_path / "web"), today=JULY).code == 0
    assert correct(room).code == 0
    signed(room)
    mail = (room.outbox / JUNE / "email.html").read_bytes()
    assert room.hope("build", "--issue", JUNE, today=JULY).code == 0
    assert (room.outbox / JUNE / "email.html").read_bytes() == mail
    assert NOTE in (room.outbox / "site" / MG / "index.html").read_text()
    assert "the next issue tells it" in room.hope("correct", "--list", today=JULY).out


def test_an_issue_that_is_built_tells_what_was_corrected_since_only_when_it_is_built_again(at: At) -> None:
    room = at("both")  # no receipt says whether June's mail is on its way by another tool
    assert correct(room, kind="retraction").code == 0
    signed(room)
    frozen = (room.outbox / JUNE / "issue.json").read_bytes()
    assert room.hope("build", "--issue", JUNE, today=JULY).code == 0
    assert (room.outbox / JUNE / "issue.json").read_bytes() == frozen
    assert "the next issue tells it" in room.hope("correct", "--list", today=JULY).out
    assert NOTE in (room.outbox / "site" / MG / "index.html").read_text()
    for more in (("--again",), ()):  # what it told once, it tells for good
        assert room.hope("build", "--issue", JUNE, *more, today=JULY).code == 0
        assert f"told in {JUNE}" in room.hope("correct", "--list", today=JULY).out


def test_words_that_break_a_rule_are_not_written(at: At) -> None:
    room = at("built")
    said = correct(room, note="This miracle cure works for everyone.")
    assert said.code == 1
    assert "H01" in said.out
    assert "Nothing was written" in said.err
    said = correct(room, MG, "--field", "headline", "--now", "A breakthrough: 99 of 99 people were cured")
    assert said.code == 1
    assert "N01" in said.out
    assert not file(room).exists()


def test_a_right_number_that_no_kept_text_has_is_waived_by_name(at: At) -> None:
    room = at("built")
    note = "We gave no number of hospitals: 481 adults took part in 97 hospitals."
    refused = correct(room, note=note)
    assert refused.code == 1
    said = " ".join(refused.out.split())
    assert "intro" not in said
    assert "facts" not in said
    assert said.count("“481") == 1
    rules = sorted(rule for rule in ("N01", "N07") if rule in refused.out)
    why = "The paper's second table gives both numbers."
    waived = [word for rule in rules for word in ("--waive", rule, "--reason", why)]
    for more, wrong in [
        (waived, "who says so"),
        ((*waived, "--as", "nobody"), "who says so"),
        (("--waive", "N01", "--as", PEOPLE[0].key), "Each --waive needs its --reason"),
        (("--waive", "S01", "--reason", why, "--as", PEOPLE[0].key), "can't be waived"),
    ]:
        again = correct(room, MG, *more, note=note)
        assert again.code == 2, again.text
        assert wrong in again.err
    assert correct(room, MG, *waived, "--as", PEOPLE[0].key, note=note).code == 0
    assert f"by: {PEOPLE[0].key}" in file(room).read_text()
    signed(room)
    assert room.hope("check", today=JULY).code == 0


def test_words_changed_by_hand_after_the_sign_off_wait_again_and_a_broken_rule_holds_up_the_build(at: At) -> None:
    room = at("both")
    assert correct(room).code == 0
    signed(room)
    assert "It waits" not in room.hope("check", today=JULY).out
    text = file(room).read_text()
    file(room).write_text(text.replace("We did not say", "This is a miracle cure. We did not say"))
    checked = room.hope("check", today=JULY)
    assert checked.code == 0
    assert "will block once the correction is signed" in " ".join(checked.out.split())
    for person in PEOPLE:
        room.hope("sign", ID, "--as", person.key, today=JULY)
    assert room.hope("check", today=JULY).code == 1
    assert room.hope("build", "--issue", JUNE, today=JULY).code == 1


def test_several_corrections_of_one_item_and_what_is_refused(at: At) -> None:
    room = at("built")
    who = ("--field", "who", "--now", "Adults with generalised myasthenia gravis.")
    assert correct(room, MG, *who).code == 0
    for again, why in [
        (correct(room, MG, *who), "says just that already"),
        (correct(room, MG, "--field", "who", "--now", "Adults with the disease."), "waits to be signed"),
        (
            correct(room, MG, "--field", "hu", "--now", "Adults with the disease."),
            "has no field “hu”.\nOne of: headline",
        ),
        (correct(room, MG, "--field", "who"), "Each --field needs its --now"),
        (correct(room, MG, *who, *who), "is there twice"),
        (correct(room, MG, *who, kind="retraction"), "not worded anew"),
        (correct(room, note=" "), "Say in a sentence or two what was wrong"),
        (
            correct(room, MG, "--field", "evidence.participants", "--now", "many"),
            "can't stand in evidence.participants: it has to be a number in digits",
        ),
        (correct(room, MG, "--field", "evidence.stage", "--now", "phase 9"), "it has to be one of: "),
        (correct(room, kind="slip"), "'slip' is not one of"),
    ]:
        assert again.code == 2, again.text
        assert why in again.err, again.err
    assert correct(room).code == 0
    assert f"{ID}-2" in file(room).read_text()
    signed(room)
    assert correct(room, MG, *who, note="Once more.").code == 2
    assert "stand in who already" in correct(room, MG, *who, note="Once more.").err
    assert correct(room, MG, "--field", "who", "--now", "Adults with the disease.").code == 0
    undone = room.hope("correct", "--undo", ID, today=JULY)
    assert undone.code == 2
    assert "is signed by" in undone.err
    assert room.hope("correct", "--undo", f"{ID}-3", today=JULY).code == 0
    assert f"{ID}-3" not in file(room).read_text()
    assert "Did you mean" in room.hope("correct", "--undo", f"{ID}-4", today=JULY).err


def test_what_was_never_printed_can_not_be_corrected(at: At) -> None:
    room = at("next")
    draft = room.items[0].id
    for name, why in [
        (MG.replace("donor", "doner"), f"Did you mean “{MG}”?"),
        (MG.partition("/")[2].replace("donor", "doner"), f"Did you mean “{MG.partition('/')[2]}”?"),
        (MAY, "not the opening of an issue yet"),
        ("nonsense", "No issue printed “nonsense”"),
        (draft, "is not built yet, so change its words in the queue"),
    ]:
        said = correct(room, name)
        assert said.code == 2
        assert why in said.err
    assert not file(room).exists()
    for words in ((), (MG, "--list"), ("--list", "--note", "x"), ("--undo", ID, "--kind", "update")):
        assert room.hope("correct", *words).code == 2
    assert room.hope("correct", "--list").out == "Nothing was corrected so far.\n"


def test_a_broken_file_stops_every_command_that_prints_with_its_line(at: At) -> None:
    room = at("built")
    file(room).write_text("format: 1\ncorrections:\n- id: a\n  of: 2026-05/gone\n  kind: slip\n")
    for words in (("check",), ("build",), ("correct", "--list"), ("sign", "intro", "--as", "anna")):
        said = room.hope(*words, *(("--issue", MAY) if words[0] != "correct" else ()))
        assert said.code == 2, said.text
        assert "outbox/corrections.yml:5:9: corrections[1].kind: “slip” is not one of the words allowed" in said.err
        assert "“note” is missing" in said.err
