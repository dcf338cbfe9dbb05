"""Run a `hope` command again and again, each time in a child that kills itself (SIGKILL) at another moment.

    python kill.py MOMENTS PRISTINE WORK WORDS...

For each of MOMENTS moments, spread over all calls the program makes to the disk, WORK is made anew from PRISTINE, the
command runs in it until that moment, and the line "killed N" is printed; then the program waits for a line on its
standard input. A moment is one call of a C function out of pipeline/files.py: open, write, flush, fsync, chmod, replace.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from types import FrameType

from pipeline import flow  # noqa: F401  loaded once, before the forks
from pipeline.cli import main


def count_calls(stop_at: int, told: int) -> None:
    """Count the calls made out of files.py below WORK, and die at one of them; without one, tell how many there were."""
    calls = 0

    def look(frame: FrameType, event: str, called: object) -> None:
        nonlocal calls
        if event == "c_call" and frame.f_code.co_filename.endswith("pipeline/files.py") and writes(frame):
            calls += 1
            if calls == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)
    try:
        main()
    finally:
        sys.setprofile(None)
        os.write(told, f"{calls}".encode())


def writes(frame: FrameType) -> bool:
    """Whether the call is part of replacing a file of the outbox, not of the cache."""
    return frame.f_code.co_name == "replace_file" and bool(frame.f_locals.get("sync"))


def child(stop_at: int) -> int | None:
    """Run the command in a child; the number of calls when it lived to its end, None when it was killed."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(pristine, work, symlinks=True)
    heard, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        count_calls(stop_at, told)
    os.close(told)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(heard) as answer:
        calls = answer.read()
    return int(calls) if os.WIFEXITED(status) else None


moments, pristine, work, *words = sys.argv[1:]
sys.argv[1:] = words
total = child(0)
print("total", total, flush=True)
for n in range(int(moments)):
    at = 1 + n * (total - 1) // max(int(moments) - 1, 1)
    print("killed" if child(at) is None else "lived", at, flush=True)
    sys.stdin.readline()
