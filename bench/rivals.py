"""Other people's programs that ours is measured beside, each in an environment of its own: they need other versions."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path


def rival(name: str, *wanted: str) -> Path | None:
    """Make a program's environment, once, inside ours, and give its Python; None, and a word why, where it can't be had."""
    folder = Path(sys.prefix if sys.prefix != sys.base_prefix else tempfile.gettempdir()) / f"bench-{name}"
    python, ready = folder / "bin" / "python", folder / "ready"
    try:
        if not ready.exists() or ready.read_text() != " ".join(wanted):
            print(f"Making an environment for {name} …", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            quiet = ["--quiet", "--quiet", "--disable-pip-version-check"]
            subprocess.run([python, "-m", "pip", "install", *quiet, *wanted], check=True)
            ready.write_text(" ".join(wanted))
    except (subprocess.CalledProcessError, OSError) as fault:
        print(f"{name} can't be had, so it is left out: {fault}", file=sys.stderr)
        return None
    return python
