"""Find the Pythons of this machine that the program can run on: prints a command a line, one for each version.

The interpreter that runs this file comes first, under the name `python3` that `make` calls it by.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 20)
ASK = "import sys; print('%d.%d' % sys.version_info[:2])"


def version(python: str) -> str:
    """The version an interpreter says it has, as 3.13; empty when it doesn't run."""
    try:
        return subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):  # pyenv puts names on the path that lead nowhere
        return ""


def candidates() -> list[str]:
    """Names on the path, then what pyenv and uv have installed without putting it there."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1])]
    found = [path for name in names if (path := shutil.which(name))]
    for ask in (["pyenv", "root"], ["uv", "python", "dir"]):
        if shutil.which(ask[0]):
            folder = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
            below = "versions/3.*/bin/python3" if ask[0] == "pyenv" else "cpython-3.*/bin/python3"
            found += sorted(map(str, Path(folder).glob(below)))
    return found


def main() -> None:
    """Print one command for each version."""
    own = "{}.{}".format(*sys.version_info)
    by_version = {own: "python3"}
    for python in candidates():
        by_version.setdefault(version(python), python)
    for number, python in by_version.items():
        if number and OLDEST <= tuple(map(int, number.split("."))) < NEWEST:
            print(python)


if __name__ == "__main__":
    main()
