"""A build asks nobody: nothing is connected to or looked up and no other program started."""

from __future__ import annotations

import json
import subprocess
import sys

from newsrooms import JUNE, REPO

# urllib3, which premailer loads and never uses, binds a socket when it is loaded, to see whether there is IPv6.
WATCHED = """
import json, sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(("socket.", "subprocess.", "os.")) else None)
from pipeline.cli import hope
code = hope.main(sys.argv[1:], standalone_mode=False)
doors = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
ours = [event for event in seen if event.startswith(doors) and event not in ("socket.__new__", "socket.bind")]
print("\\n" + json.dumps([code or 0, ours, len(seen)]))
"""


def watched(*words: str) -> tuple[int, list[str], int]:
    """Run a command; its exit, the doors that Python saw it open, and how much Python saw at all."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], cwd=REPO, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    code, doors, events = json.loads(done.stdout.splitlines()[-1])
    return code, doors, events


def test_acceptance_11_a_build_connects_to_nothing_and_starts_nothing(at):
    room = at("both")
    code, doors, events = watched(
        "build", "--draft", "--issue", JUNE, "--root", str(room.root), "--today", "2026-06-30"
    )
    assert (code, doors) == (0, [])
    assert events  # files were opened, listed and replaced


def test_the_same_watch_sees_a_gather_ask(at):
    room = at("gathered")
    with room.served():
        _, doors, _ = watched("gather", "--root", str(room.root), "--today", "2026-05-29")
    assert "socket.connect" in doors
