"""Each command as an editor uses it: where it looks, what it decides, who signs, and what it tells."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from newsrooms import MAY, REPO, Room, hope

from pipeline.model.names import Status

# --- where and when --------------------------------------------------------------------------------------------------


def test_root_and_today_go_before_and_after_the_command(at):
    room = at("gathered")
    after = hope("queue", "--root", str(room.root), "--today", "2026-05-31")
    before = hope("--root", str(room.root), "--today", "2026-05-31", "queue")
    assert (before.code, before.out) == (after.code, after.out)
    assert after.code == 0
    assert "Issue 2026-05" in after.out


def test_the_folder_is_found_upward_and_its_absence_is_told(at, tmp_path):
    room = at("gathered")
    found = subprocess.run(
        [sys.executable, "-m", "pipeline", "--today", "2026-05-31", "sources"],
        cwd=room.outbox / MAY,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(REPO), "PATH": ""},
    )
    assert found.returncode == 0, found.stderr
    missing = hope("queue", "--root", str(tmp_path))
    assert missing.code == 2
    assert "no sources.yml" in missing.err
    assert "--root DIR" in missing.err


@pytest.mark.parametrize("word", ["2026-13-01", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_wrong_use(at, word):
    said = hope("queue", "--root", str(at("gathered").root), "--today", word)
    assert said.code == 2
    assert word in said.err
    assert "Traceback" not in said.err


def test_a_command_that_does_not_exist_and_no_command_at_all_are_wrong_use():
    assert hope("aprove").code == 2
    assert hope().code == 2
    assert hope("--help").code == 0
    assert hope("--version").out.startswith("hope")


# --- deciding --------------------------------------------------------------------------------------------------------


def test_every_decision_is_one_word_in_the_file_and_says_how_to_undo_it(at):
    room = at("gathered")
    item = room.items[0]
    old = room.queue_file.read_text()
    for word, status in (("approve", "approved"), ("hold", "hold"), ("pend", "pending")):
        was = room.items[0].status
        said = room.hope(word, item.id)
        assert (said.code, said.out) == (0, f"{item.id}: {was} -> {status}\n")
        assert "To undo: hope" in said.err
        assert room.queue_file.read_text() == old.replace("  status: pending", f"  status: {status}", 1)
    assert "(no change)" in room.hope("pend", item.slug).out


def test_a_rejection_needs_a_reason_and_keeps_it(at):
    room = at("gathered")
    item = room.items[0]
    before = room.files()
    assert room.hope("reject", item.id).code == 2
    assert room.hope("reject", item.id, "--reason", "  ").code == 2
    assert room.files() == before
    said = room.hope("reject", item.id, "--reason", "a: press \r\nrelease \x1b[31m# alone")
    assert said.code == 0
    assert room.items[0].status is Status.REJECTED
    assert room.items[0].reason == "a: press release [31m# alone"
    assert "release" in room.hope("queue", "--status", "rejected").out


def test_a_wrong_id_names_the_nearest_one_and_changes_nothing(at):
    room = at("gathered")
    right, before = room.items[0].id, room.files()
    for words in (("approve",), ("hold",), ("sign", "--as", "anna"), ("reject", "--reason", "no"), ("check", "--item")):
        said = room.hope(*words, right[:-1] + "x")
        assert said.code == 2, words
        assert f"“{right}”" in said.err, words
    assert room.hope("approve", right, "no/such-thing-at-all").code == 2
    assert room.files() == before


def test_an_unknown_word_in_the_file_is_told_with_all_others_and_nothing_is_written(at):
    room = at("written")
    text = room.queue_file.read_text()
    text = text.replace("status: approved", "status: aproved", 1).replace("section: research", "section: reserch", 1)
    text = text.replace("  headline: ", "  headlin: ", 1)
    room.write(text)
    before = room.files()
    for words in (("check",), ("build",), ("approve", "x"), ("queue",), ("sign", "x", "--as", "anna"), ("gather",)):
        said = room.hope(*words)
        assert said.code == 2, words
        assert said.err.count(f"outbox/{MAY}/queue.yml:") == 3, said.err
        assert "“approved”" in said.err
        assert "“research”" in said.err
        assert "“headline”" in said.err
    assert room.files() == before


@pytest.mark.parametrize(
    "broken",
    ["items: [", "\tissue: 2026-05\n", "issue: 2026-05\nitems:\n- id: a\n id: b\n", "", "just words", "- a\n- b\n", "\x00", "a: b: c"],
)  # fmt: skip
def test_a_file_that_is_no_queue_is_told_in_a_line_and_left_alone(at, broken):
    room = at("gathered")
    room.write(broken)
    for words in (("queue",), ("approve", "x"), ("gather",), ("build",)):
        said = room.hope(*words)
        assert said.code == 2, (words, said)
        assert f"outbox/{MAY}/queue.yml:" in said.err
    assert room.queue_file.read_bytes() == broken.encode()


def test_a_queue_that_names_another_issue_than_its_folder_is_a_fault(at):
    room = at("signed")
    for other in ("2026-04", "../../../tmp/x"):
        text = room.queue_file.read_text()
        room.write(text.replace("issue: 2026-05\n", f"issue: {other}\n"))
        said = room.hope("build", "--issue", MAY)
        assert said.code == 2
        assert "queue.yml:3:8: issue:" in said.err
        assert f"folder of {MAY}" in said.err
        room.write(text)
    assert not (room.outbox / "site").exists()


# --- signing ---------------------------------------------------------------------------------------------------------


def test_a_sign_off_falls_with_the_text_and_stands_again_with_the_old_words(at):
    room = at("signed")
    item = room.some(Status.APPROVED)
    assert room.hope("check").code == 0
    text = room.queue_file.read_text()
    room.write(text.replace(item.headline, item.headline + "!", 1))
    said = room.hope("check", "--item", item.id)
    assert said.code == 1
    assert "S01" in said.out
    assert "(lapsed)" in room.hope("queue").out
    assert room.hope("build").code == 1
    assert not (room.outbox / MAY / "issue.json").exists()
    room.write(text)
    assert room.hope("check").code == 0


def test_signing_twice_writes_once(at):
    room = at("signed")
    item, before = room.some(Status.APPROVED), room.files()
    said = room.hope("sign", item.id, "--as", "anna")
    assert said.code == 0
    assert "already signed by Anna Example" in said.out
    assert room.files() == before


def test_who_may_sign_is_told_with_the_nearest_name(at):
    room = at("written")
    item = room.some(Status.APPROVED)
    before = room.files()
    wrong = room.hope("sign", item.id, "--as", "ana")
    assert (wrong.code, "anna" in wrong.err) == (2, True)
    role = room.hope("sign", item.id, "--as", "anna", "--role", "medical")
    assert (role.code, "editor" in role.err) == (2, True)
    empty = next(i for i in Room(at("gathered").root).items if not i.headline)
    nothing = Room(room.root.with_name("gathered")).hope("sign", empty.id, "--as", "anna")
    assert (nothing.code, "nothing to sign" in nothing.err) == (2, True)
    assert room.files() == before


def test_one_person_in_two_roles_is_one_person(at):
    room = at("written")
    yml = room.root / "sources.yml"
    yml.write_text(yml.read_text().replace("roles: [editor]", "roles: [editor, medical, patient]", 1))
    item = room.some(Status.APPROVED)
    for role in ("editor", "medical", "patient"):
        assert room.hope("sign", item.id, "--as", "anna", "--role", role).code == 0
    said = room.hope("check", "--item", item.id)
    assert said.code == 1
    assert "S01" in said.out


# --- why, explain, sources, queue, deliver ---------------------------------------------------------------------------


def test_show_prints_the_whole_text_with_what_was_read_marked(at):
    room = at("gathered")
    kept, marked = json.loads((room.queue_file.parent / "texts.json").read_text(encoding="utf-8")), 0
    for item in room.items:
        said = room.hope("show", item.id)
        assert said.code == 0
        bare = said.out.replace("[[", "").replace("]]", "")
        assert kept[item.id]
        assert all(each["text"] in bare for each in kept[item.id])
        marked += "[[" in said.out
    assert marked >= 3
    nobody = room.hope("show", "2026-11/nobody")
    assert nobody.code == 2
    assert "hope queue" in nobody.err


def test_why_explains_by_id_doi_address_and_number_and_says_when_it_knows_nothing(at):
    room = at("gathered")
    item = next(i for i in room.items if i.ids.doi)
    for name in (item.id, item.slug, item.ids.doi, f"https://doi.org/{item.ids.doi.upper()}", item.link):
        said = room.hope("why", name)
        assert said.code == 0
        assert item.id in said.out, name
        assert "Kept" in said.out, name
    trial = next(i for i in room.items if i.ids.number)
    assert trial.id in room.hope("why", trial.ids.number.lower()).out
    assert "was not in anything" in room.hope("why", "https://nowhere.example/x").out


def test_sources_shows_each_state_and_what_to_do_as_text_and_json(at):
    room = at("next")
    text = room.hope("sources")
    assert text.code == 0
    assert "What to do" in text.out
    assert all(len(line) <= 80 for line in text.out.partition("\n\n")[0].splitlines())
    told = json.loads(room.hope("sources", "--format", "json").out)
    assert {s["state"] for s in told} >= {"moved", "gone", "page-instead-of-feed"}
    assert all(s["todo"] for s in told)


def test_queue_as_json_is_the_items(at):
    room = at("written")
    told = json.loads(room.hope("queue", "--format", "json", "--status", "approved").out)
    assert [i["id"] for i in told] == [i.id for i in room.items if i.status is Status.APPROVED]
    assert room.hope("queue", "--issue", "2027-01").code == 2


def test_explain_knows_every_rule_and_names_the_nearest():
    assert hope("explain", "e01").code == 0
    wrong = hope("explain", "E99")
    assert wrong.code == 2
    assert "E0" in wrong.err
    assert "Traceback" not in wrong.err


def test_deliver_goes_once_and_only_what_is_built(at, tmp_path):
    room = at("signed")
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 2
    room = at("built")
    first = room.hope("deliver", "--to", str(tmp_path / "www"))
    assert first.code == 0, first.text
    assert (tmp_path / "www" / "index.html").read_bytes() == (room.outbox / "site" / "index.html").read_bytes()
    assert "Already delivered" in room.hope("deliver", "--to", str(tmp_path / "www")).out
    wrong = room.hope("deliver", "--by", "foldr", "--to", "x")
    assert (wrong.code, "folder" in wrong.err) == (2, True)
