"""What end-to-end tests share: newsrooms at every step of two fictional months.

They are made once a run, also when several workers share it, and copied for each test.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from newsrooms import JUNE, MAY, Room, make_steps

At = Callable[[str], Room]


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
