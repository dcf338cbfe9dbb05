"""What end-to-end tests share: newsrooms at every step of two fictional months, and a browser.

Newsrooms are made once a run, also when several workers share it, and copied for each test.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import FLAGS, chromium
from hypothesis import settings
from newsrooms import JUNE, MAY, Room, make_steps

At = Callable[[str], Room]

# No test holds the program to seconds: on a busy machine an example takes longer than Hypothesis allows.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script; commands would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds a newsroom for each step; nobody may write in it."""
    top = tmp_path_factory.getbasetemp()
    top = top.parent if "PYTEST_XDIST_WORKER" in os.environ else top
    with (top / "steps.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (top / "steps.done").exists():
            shutil.rmtree(top / "steps", ignore_errors=True)
            make_steps(top / "steps")
            (top / "steps.done").touch()
    return top / "steps"


@pytest.fixture
def at(steps: Path, tmp_path: Path) -> At:
    """A newsroom of one's own at a step: gathered, written, signed, built, next (June gathered) or both (June built)."""

    def copy(step: str) -> Room:
        shutil.copytree(steps / step, tmp_path / step, symlinks=True)
        return Room(tmp_path / step, JUNE if step in ("next", "both") else MAY)

    return copy


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """Start Chromium for the tests of a file."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: `make browser` installs it")
        pytest.skip("no Chromium here; `make browser` says what it tried")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
