"""The `hope` command: options, one call, one report. The only reader of clock, environment and terminal."""

from __future__ import annotations

import sys
from typing import NoReturn

from pipeline.cli import building, checking, queueing, starting, trials
from pipeline.cli.group import hope
from pipeline.cli.letters import show_all_letters
from pipeline.cli.options import told

__all__ = ["building", "checking", "hope", "main", "queueing", "starting", "trials"]


def main() -> NoReturn:
    """Run the command and turn expected failures into one clear message and an exit code."""
    show_all_letters()
    with told():
        sys.exit(hope.main(standalone_mode=False, windows_expand_args=False) or 0)
