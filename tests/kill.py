"""Look at, or end, a program at any call it makes to replace a file of the outbox.

    python kill.py MOMENTS WORDS...

runs a `hope` command once for each of the MOMENTS ("1,30,77"), each time in a child that kills itself (SIGKILL) at that
call, and says "killed N"; before each it waits for a line on its standard input.

    python kill.py look MONTH WORK OLD NEW WORDS...

runs a command in the newsroom WORK and looks at every call: each file is that of OLD or of NEW (if one is named). Says as
JSON how many calls there were, and at how many of them something lay half-written beside.

`killed` and `looked_at` start it. Both are programs of their own, as an audit hook stays for good: in a process with threads that are traced it now and
then makes `sys.settrace` fail.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from newsrooms import JUNE, MAY, REPO, Room

from pipeline.files import replace_file

KILLS = int(os.environ.get("KILLS", "3"))
"""At how many moments a command is killed; `make long` asks for more, and has every call looked at."""

THOROUGH = KILLS > 3
_EVERY = 1 if THOROUGH else 5
"""One call in how many is looked at: to compare all files takes longer than to write one."""

HEALTH = "outbox/sources.json"  # has the moments of its own run in it

_seen: Callable[[], None] | None = None


def is_leftover(path: str) -> bool:
    """Whether a file's name says that it is nobody's: hidden, and marked as new."""
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(".new")


def assert_old_or_new(now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    for path, content in now.items():
        if not is_leftover(path) and path != HEALTH:
            assert content in (old.get(path), new.get(path)), f"half of something: {path}"
    assert [path for path in old if path not in now and path in new] == []


@contextmanager
def watched(seen: Callable[[], None]) -> Iterator[None]:
    """Call `seen` before every call of a C function by which a file of the outbox is replaced: write, fsync, chmod …"""
    global _seen  # noqa: PLW0603  an audit hook can't be taken away, so it is told when to stop
    sys.addaudithook(_heard)
    _seen = seen
    try:
        yield
    finally:
        _seen = None
        sys.setprofile(None)


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    """Start to look closely when a file is opened to be replaced: a profile of the whole run would take minutes."""
    if _seen is not None and event == "open" and sys.getprofile() is None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code is not replace_file.__code__:  # pathlib lies between, in its own ways
            frame = frame.f_back
        if frame is not None and "outbox" in frame.f_locals["path"].parts:
            sys.setprofile(_look)


def _look(frame: FrameType, event: str, called: object) -> None:
    if frame.f_code is not replace_file.__code__ or _seen is None:
        return
    if event == "c_call":
        sys.setprofile(None)  # what the onlooker does is no part of the program
        _seen()
        sys.setprofile(_look)
    elif event == "return":
        sys.setprofile(None)


def _count_down(left: Iterator[int]) -> None:
    if not next(left):
        os.kill(os.getpid(), signal.SIGKILL)


def look(month: str, work: str, old: str, new: str, *words: str) -> None:
    room, before = Room(Path(work), month), Room(Path(old), month).files()
    after = Room(Path(new), month).files() if new else None
    calls = half = 0

    def seen() -> None:
        nonlocal calls, half
        calls += 1
        if after is not None and calls % _EVERY == 0:
            now = room.files()
            half += any(is_leftover(path) for path in now)
            assert_old_or_new(now, before, after)

    with watched(seen):
        said = room.hope(*words)
    assert said.code == 0, said.text
    print(json.dumps([calls, half]))


def copy_of(room: Room, name: str) -> Room:
    """A copy of a newsroom, in the place of an earlier one."""
    copy = Room(room.root.with_name(name), room.month)
    shutil.rmtree(copy.root, ignore_errors=True)
    shutil.copytree(room.root, copy.root, symlinks=True)
    return copy


def killed(room: Room, words: Sequence[str], moments: Sequence[int]) -> Iterator[Room]:
    """Kill the command at some moments, each time in a new copy of the newsroom; yields what it left."""
    work = room.root.with_name("killed")
    day = {MAY: "2026-05-31", JUNE: "2026-06-30"}[room.month]
    with subprocess.Popen(
        [
            sys.executable,
            __file__,
            ",".join(map(str, moments)),
            *words,
            "--root",
            str(work),
            "--today",
            day,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPO), "HOPELINE_CACHE": str(work / ".cache")},
    ) as program:
        for moment in moments:
            left = copy_of(room, "killed")
            program.stdin.write("\n")
            program.stdin.flush()
            assert program.stdout.readline() == f"killed {moment}\n"
            yield left
    assert program.returncode == 0


def looked_at(work: Room, old: Room, new: Room | None, *words: str) -> tuple[int, int]:
    """Run a command and look at each call: how many there were, and at how many a file lay half-written beside."""
    asked = [work.month, str(work.root), str(old.root), str(new.root) if new else "", *words]
    done = subprocess.run(
        [sys.executable, __file__, "look", *asked],
        env={**os.environ, "PYTHONPATH": str(REPO)}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    calls, half = json.loads(done.stdout)
    return calls, half


def main() -> None:
    if sys.argv[1] == "look":
        return look(*sys.argv[2:])
    from pipeline.cli import main as hope
    from pipeline.flow import gather as flow  # noqa: F401  loaded once, before the forks

    moments, *sys.argv[1:] = sys.argv[1:]
    for moment in map(int, moments.split(",")):
        sys.stdin.readline()
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            with watched(partial(_count_down, iter(range(moment - 1, -1, -1)))):
                hope()
        _, status = os.waitpid(pid, 0)
        print("killed" if os.WIFSIGNALED(status) else "lived", moment, flush=True)
    return None


if __name__ == "__main__":
    main()
