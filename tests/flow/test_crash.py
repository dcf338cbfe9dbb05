"""Whatever moment a program is killed at, each file is the old one or the new one, and the next run is none the wiser."""

from __future__ import annotations

import json
import sys

import pytest
from kill import HEALTH, THOROUGH, assert_old_or_new, copy_of, killed, looked_at
from newsrooms import JUNE, MAY, Room

from pipeline.model.names import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


@pytest.mark.parametrize(
    ("step", "words", "kills"),
    [("gathered", ("approve", "ID"), 4), ("signed", ("build",), 2)],
    ids=["approve", "build"],
)
def test_a_killed_command_leaves_whole_files_and_can_be_run_again(at, step, words, kills):
    room = at(step)
    words = tuple(room.items[0].id if word == "ID" else word for word in words)
    whole, work = copy_of(room, "whole"), copy_of(room, "work")
    assert whole.hope(*words).code == 0
    old, new = room.files(), whole.files()
    assert new != old
    calls, half = looked_at(work, room, whole, *words)
    assert work.files() == new
    assert calls > half > 0

    spread = [1 + n * (calls - 1) // (kills - 1) for n in range(kills)]
    for left in killed(room, words, spread):
        assert_old_or_new(left.files(), old, new)
        assert left.queue.queue.items  # it parses
        again = left.hope(*words)
        assert again.code == 0, again.text
        assert left.files() == new


def test_a_build_again_that_was_killed_leaves_no_issue_that_looks_changed_by_hand(at):
    room = at("built")
    assert room.hope("deliver", "--to", str(room.root.with_name("www"))).code == 0
    settings = room.root / "sources.yml"
    settings.write_text(settings.read_text().replace("funding: ", "funding: Again, ", 1))
    whole, work = copy_of(room, "whole"), copy_of(room, "work")
    again = ("build", "--again")
    assert whole.hope(*again).code == 0
    new = whole.files()
    calls, _ = looked_at(work, room, None, *again)
    halfway = 0
    # The last calls write the issue and its manifest.
    for left in killed(room, again, range(calls - 12, calls + 1, 1 if THOROUGH else 4)):
        said = left.hope("check", "--archive")
        assert said.code == 0, said.text
        assert "no seal" not in said.err
        halfway += '"before"' in (left.outbox / MAY / "manifest.json").read_text()
        assert left.hope(*again).code == 0
        assert left.files() == new
    assert halfway


def test_a_build_again_that_was_killed_sends_nothing_before_it_is_whole(at):
    room = at("built")
    www = str(room.root.with_name("www"))
    manifest = room.outbox / MAY / "manifest.json"
    plain = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(plain | {"before": {"issue.json": {"sha256": "0" * 64, "bytes": 1}}}))
    said = room.hope("deliver", "--to", www)
    assert (said.code > 0, f"hope build --issue {MAY}" in said.err) == (True, True), said.text
    assert room.hope("build").code == 0
    assert room.hope("deliver", "--to", www).code == 0


def test_a_gather_that_was_killed_can_be_run_again(at):
    built = at("built")
    with built.served(JUNE):
        room = Room(built.root, JUNE)
        whole = copy_of(room, "whole")
        calls, _ = looked_at(whole, room, None, "gather")
        old, new = room.files(), whole.files()
        for left in killed(room, ("gather",), [calls // 2]):
            assert_old_or_new(left.files(), old, new)
            assert left.hope("sources").code == 0
            assert left.hope("gather").code == 0
            after = left.files()
            assert [path for path in after if after[path] != new.get(path)] in ([], [HEALTH])


def test_what_a_killed_program_left_is_swept_and_what_people_made_is_not(at):
    room = at("signed")
    left = [
        room.outbox / MAY / ".queue.yml.a1b2c3_x.new",
        room.outbox / "site" / MAY / ".index.html.abcdefgh.new",
        room.outbox / ".sources.json.00000000.new",
    ]
    own = [room.outbox / MAY / "notes.new", room.outbox / MAY / ".hidden", room.outbox / MAY / ".a.new"]
    for path in (*left, *own):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("issue: [half")
    assert room.hope("queue").code == 0
    assert room.hope("pend", room.some(Status.HOLD).id).code == 0
    assert [p for p in left if p.exists()] == []
    assert [p for p in own if not p.exists()] == []
