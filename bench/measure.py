"""Run a command and measure it from outside: wall time, CPU and peak memory of it and all it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY = 0.1
"""Seconds between two looks at the memory."""


class FailedError(Exception):
    """A command ended otherwise than it should; the text says how."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took: seconds of wall and CPU (user and system), peak memory in MB, and what it printed.

    `memory` sums the proportional shares (PSS) of all its processes where the system tells them, else equals
    `resident`, the sum of their resident sizes, which counts shared pages once a process.
    """

    wall: float
    cpu: float
    memory: float
    resident: float
    printed: str


def measure(command: Sequence[str | Path], *, env: Mapping[str, str], folder: Path) -> Measured:
    """Run a command to its end; raises FailedError with its last words when it fails."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as remarks:
        start = time.perf_counter()
        child = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=remarks)
        peak = _Peak(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
        if child.returncode:
            remarks.seek(0)
            raise FailedError(f"{' '.join(map(str, command))}\n{remarks.read().decode(errors='replace')[-2000:]}")
        printed.seek(0)
        text = printed.read().decode()
    return Measured(wall, used.ru_utime + used.ru_stime, peak.shared / 1e6, peak.resident / 1e6, text)


def cpu_of(command: Sequence[str | Path], *, env: Mapping[str, str], folder: Path, times: int = 7) -> float:
    """Tell the least CPU seconds a short command takes."""
    return min(measure(command, env=env, folder=folder).cpu for _ in range(times))


class _Peak(threading.Thread):
    """Looks at the memory of a process and all it started, again and again, and remembers the most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.shared = 0
        self.resident = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            try:
                looks = [_look(each) for each in (self._process, *self._process.children(recursive=True))]
            except psutil.NoSuchProcess:
                continue
            self.shared = max(self.shared, sum(shared for shared, _ in looks))
            self.resident = max(self.resident, sum(resident for _, resident in looks))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _look(process: psutil.Process) -> tuple[int, int]:
    """Give a process's proportional and resident bytes; nothing for one that has just gone."""
    try:
        told = process.memory_full_info() if sys.platform == "linux" else process.memory_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0, 0
    return getattr(told, "pss", told.rss), told.rss
