"""What end-to-end tests share: the command as a user runs it, and newsrooms at every step of two fictional months.

The steps are made once for a whole run, also when several workers share it, and copied for each test.
"""

from __future__ import annotations

import fcntl
import json
import os
import pickle
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from newsrooms import hope

from pipeline.demo.content import MONTHS, TODAY
from pipeline.demo.newsroom import PEOPLE, sources_yml
from pipeline.demo.server import DemoServer
from pipeline.demo.words import decision_for, decisions, intro, word
from pipeline.model.names import Status
from pipeline.queue import Written, fill, fill_head, read_queue, reorder

STEPS = ("gathered", "written", "signed", "built", "next", "both")
"""May gathered; written by its editors; signed; built; June gathered; June built."""


@pytest.fixture(scope="session")
def _steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every step once and return the folder that holds them, a folder each."""
    top = tmp_path_factory.getbasetemp()
    top = top.parent if "PYTEST_XDIST_WORKER" in os.environ else top
    with (top / "steps.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = top / "steps"
        if not (made / "done").exists():
            _make(made)
            (made / "done").touch()
    return made
