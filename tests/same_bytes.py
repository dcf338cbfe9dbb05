"""The demo's two months have the same bytes on every Python: prints a line each, and exits with 1 where a file differs.

Takes interpreters that have the program installed; without any, those of the environments that `make test` made here.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pythons import version

REPO = Path(__file__).resolve().parents[1]
TODAY = "2026-06-30"
MEASURED = {".lock", "sources.json", "site.json"}
"""What is no part of an edition: how long each source took to answer, and of what settings the pages were made.

Those name the port of the demo's server, another one in each run.
"""


def hashes(python: str) -> dict[str, str]:
    """Run both months in a folder of their own; SHA-256 of every file of the outbox."""
    with TemporaryDirectory() as folder:
        root, env = Path(folder) / "room", {**os.environ, "HOPELINE_CACHE": f"{folder}/cache"}
        words = [python, "-m", "pipeline", "--root", str(root), "--today", TODAY, "demo", "--no-browser"]
        subprocess.run(words, cwd=REPO, env=env, check=True, stdout=subprocess.DEVNULL, timeout=600)
        files = sorted(path for path in (root / "outbox").rglob("*") if path.is_file() and path.name not in MEASURED)
        return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(pythons: list[str]) -> int:
    """Compare every Python with the first one."""
    first: dict[str, str] = {}
    different = 0
    for python in pythons:
        found = hashes(python)
        first = first or found
        all_ = hashlib.sha256("".join(f"{name} {each}\n" for name, each in found.items()).encode()).hexdigest()
        print(f"Python {version(python)}: {len(found)} files, {all_}")
        for name in sorted(first.keys() | found.keys()):
            if first.get(name) != found.get(name):
                print(f"  not the same: {name}")
                different += 1
    return min(different, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sorted(map(str, REPO.glob(".venv*/bin/python")))))
