"""A copy of the package, to change it as somebody would who adds to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from newsrooms import REPO


def copy_package(folder: Path) -> None:
    """Copy the package and what editors own into a folder."""
    for name in ("pipeline", "templates"):
        shutil.copytree(REPO / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("glossary.yml", "sources.yml"):
        shutil.copy(REPO / name, folder / name)


def run_in(folder: Path, code: str) -> str:
    """Run Python code on the package of a folder; what it prints."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(REPO / "tests")])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
