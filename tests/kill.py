"""Look at, or end, a program at any call it makes to replace a file of the outbox.

    python kill.py MOMENTS WORDS...

runs a `hope` command once for each of the MOMENTS ("1,30,77"), each time in a child that kills itself (SIGKILL) at that
call, and says "killed N"; before each it waits for a line on its standard input.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

from pipeline.files import replace_file

_seen: Callable[[], None] | None = None


@contextmanager
def watched(seen: Callable[[], None]) -> Iterator[None]:
    """Call `seen` before every call of a C function by which a file of the outbox is replaced: write, fsync, chmod …"""
    global _seen  # noqa: PLW0603  an audit hook stays for good, so there is one of it
    _hook()
    _seen = seen
    try:
        yield
    finally:
        _seen = None
        sys.setprofile(None)


def _hook() -> None:
    if not getattr(sys, "_hope_hook", False):
        vars(sys)["_hope_hook"] = True
        sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    """Start to look closely when a file is opened to be replaced: a profile of the whole run would take minutes."""
    if _seen is not None and event == "open" and sys.getprofile() is None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code is not replace_file.__code__:  # pathlib lies between, in its own ways
            frame = frame.f_back
        if frame is not None and frame.f_locals.get("sync"):
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


def main() -> None:
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


if __name__ == "__main__":
    main()
