"""Whatever moment a program is killed at, each file is the old one or the new one, and the next run is none the wiser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import pytest
from newsrooms import MAY, REPO, Room

from pipeline.files import replace_file
from pipeline.model.names import Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


def is_leftover(path: str) -> bool:
    """Whether a file's name says that it is nobody's: hidden, and marked as new."""
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(".new")


def assert_old_or_new(now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    for path, content in now.items():
        if not is_leftover(path):
            assert content in (old.get(path), new.get(path)), f"half of something: {path}"
    assert [path for path in old if path not in now and path in new] == []


def moments(room: Room, words: tuple[str, ...], check) -> int:
    """Run a command in this process and look at the disk at every call it makes to it; returns how many there were."""
    seen = 0

    def look(frame: FrameType, event: str, called: object) -> None:
        nonlocal seen
        if event == "c_call" and frame.f_code is replace_file.__code__ and frame.f_locals.get("sync"):
            seen += 1
            check()

    sys.setprofile(look)
    try:
        assert room.hope(*words).code == 0
    finally:
        sys.setprofile(None)
    return seen


@pytest.mark.parametrize(
    ("step", "words"),
    [("gathered", ("approve",)), ("signed", ("build",)), ("both", ("build", "--draft", "--issue", "2026-06"))],
    ids=["approve", "build", "draft"],
)
def test_at_every_call_to_the_disk_each_file_is_whole(at, step, words):
    room = at(step)
    words = (*words, room.items[0].id) if words == ("approve",) else words
    old = room.files()
    states: list[dict[str, bytes]] = []
    assert moments(room, words, lambda: states.append(room.files())) >= 8
    new = room.files()
    assert new != old
    for state in states:
        assert_old_or_new(state, old, new)
    assert not any(is_leftover(path) for path in new)


def killed(room: Room, words: tuple[str, ...], count: int):
    """Kill the command at some moments; yields at each, with the folder as it was left."""
    work = Room(room.root.with_name("killed"), room.month)
    command = [sys.executable, str(Path(__file__).with_name("kill.py")), str(count), str(room.root), str(work.root)]
    common = ["--root", str(work.root), "--today", "2026-05-31"]
    with subprocess.Popen(
        [*command, *words, *common],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPO), "HOPELINE_CACHE": str(work.root / ".cache")},
    ) as program:
        head = program.stdout.readline().split()
        assert head[0] == "total", head
        assert int(head[1]) >= count
        for line in program.stdout:
            assert line.startswith("killed"), line
            yield work
            program.stdin.write("\n")
            program.stdin.flush()
    assert program.returncode == 0


def run_to_its_end(room: Room, words: tuple[str, ...]) -> dict[str, bytes]:
    copy = Room(room.root.with_name("whole"), room.month)
    subprocess.run(["cp", "-a", str(room.root), str(copy.root)], check=True)
    assert copy.hope(*words).code == 0
    return copy.files()


@pytest.mark.parametrize(("words", "count"), [(("approve",), 8), (("build",), 6)], ids=["approve", "build"])
def test_a_killed_command_leaves_whole_files_and_can_be_run_again(at, words, count):
    room = at("gathered" if words == ("approve",) else "signed")
    words = (*words, room.items[0].id) if words == ("approve",) else words
    old, new = room.files(), run_to_its_end(room, words)
    seen = set()
    for left in killed(room, words, count):
        now = left.files()
        seen.add(tuple(sorted(now)))
        assert_old_or_new(now, old, new)
        assert left.queue.queue.items  # it parses
        again = left.hope(*words)
        assert again.code == 0, again.text
        assert left.files() == new
    assert len(seen) > 1  # some were killed with a new file half written beside the old one


def test_a_gather_that_was_killed_can_be_run_again(at):
    room = at("built")
    with room.served("2026-06"):
        june = Room(room.root, "2026-06")
        old, new = room.files(), run_to_its_end(room, ("gather", "--issue", "2026-06"))
        for left in killed(room, ("gather", "--issue", "2026-06"), 3):
            now = left.files()
            health = "outbox/sources.json"
            assert_old_or_new({p: c for p, c in now.items() if p != health}, old, new)
            assert Room(left.root).hope("sources").code == 0  # sources.json has times of its own; it must read
            assert left.hope("gather", "--issue", "2026-06").code == 0
            after = left.files()
            assert {p for p in after if after[p] != new.get(p)} <= {health}
        assert june.queue_file.exists() is False


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
    assert room.hope("hold", room.some(Status.PENDING if False else Status.HOLD).id).code == 0
    assert [p for p in left if p.exists()] == []
    assert [p for p in own if not p.exists()] == []
    assert room.hope("build").code == 0
    manifest = (room.outbox / MAY / "manifest.json").read_text()
    assert ".new" not in manifest
