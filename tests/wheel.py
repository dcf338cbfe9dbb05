"""Build the wheel, install it into an empty environment outside the checkout, and use it there: what readers of the README get.

    python wheel.py

says what it does; the exit code is 1 when something of it fails. It asks the package index, as `pip install .` does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
COMMANDS = (
    ("--version",),
    ("demo", "--no-browser", "--folder", "demo"),
    ("check", "--root", "demo", "--issue", "2026-06"),
    ("explain", "H01"),
    ("new", "newsroom", "--like", "demo"),
    ("sources", "--root", "newsroom"),
    ("new", "own", "--like", "demo"),
    ("sources", "--root", "own"),
)
"""What is run from the installed wheel, one after the other, in one empty folder."""


def built(folder: Path) -> Path:
    """Build the wheel into a folder with the backend that is installed already; returns its path."""
    words = ("wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder))
    _run(sys.executable, "-m", "pip", *words, str(REPO), at=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def main() -> None:
    """Do all of it in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="hopeline-wheel-") as name:
        top = Path(name)
        wheel = built(top)
        print(f"{wheel.name}, {wheel.stat().st_size // 1024} KB; installing it into an empty environment", flush=True)
        venv.create(top / "venv", with_pip=True)
        bin_ = top / "venv" / ("Scripts" if os.name == "nt" else "bin")
        constraints = str(REPO / "constraints.txt")
        _run(str(bin_ / "python"), "-m", "pip", "install", "--quiet", "-c", constraints, str(wheel), at=top)
        hope = str(bin_ / "hope")
        for words in COMMANDS:
            print("hope", *words, flush=True)
            _run(hope, *words, at=top)


def _run(*words: str, at: Path) -> str:
    """Run a program outside the checkout; what it said is shown when it fails."""
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(words, cwd=at, env=clean, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}\nexit {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
