"""The end of a command that ran to its end: at once, without taking apart piece by piece what goes with the process.

Python takes every value and module apart at the end, which takes a sixteenth of a check. Whoever has something to do at
the end (pools of processes, folders for a while) has done it by then.
"""

from __future__ import annotations

import os
import sys
from types import TracebackType


class Ending:
    """Notes with which code a command ends; with an error nobody expected, Python ends as ever."""

    def __init__(self) -> None:
        self._code: int | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if isinstance(error, SystemExit) and isinstance(error.code, int):
            self._code = error.code

    def now(self) -> None:
        """End the process, once all that was printed is out."""
        if self._code is None:
            return
        try:
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
        except (OSError, ValueError):  # Python has its own way to say that nobody reads any longer
            return
        os._exit(self._code)
