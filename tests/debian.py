"""Debian's packages for tests, where the system is Debian and the user may install them."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any


def install(*packages: str) -> None:
    """Try to install packages; nothing happens where that can't be done."""
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        quiet: dict[str, Any] = {
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet)
