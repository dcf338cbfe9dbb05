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

EVERY = 0.05
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


def measure(
    command: Sequence[str | Path], *, env: Mapping[str, str], folder: Path, codes: tuple[int, ...] = (0,)
) -> Measured:
    """Run a command to its end; raises FailedError with its last words when it ends with another code."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as remarks:
        start = time.perf_counter()
        child = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=remarks)
        peak = _Peak(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
        if child.returncode not in codes:
            remarks.seek(0)
            raise FailedError(f"{' '.join(map(str, command))}\n{remarks.read().decode(errors='replace')[-2000:]}")
        printed.seek(0)
        text = printed.read().decode()
    return Measured(wall, used.ru_utime + used.ru_stime, peak.shared / 1e6, peak.resident / 1e6, text)


def cpu_of(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    folder: Path,
    times: int = 7,
    codes: tuple[int, ...] = (0,),
) -> float:
    """Tell the least CPU seconds a short command takes."""
    return min(measure(command, env=env, folder=folder, codes=codes).cpu for _ in range(times))


class _Peak(threading.Thread):
    """Looks at the memory of a process and all it started, again and again, and remembers the most.

    Resident sizes cost nothing to read; the rest takes milliseconds that would be missing to what is measured. So who
    there is is asked now and then, and proportional shares only when the resident sizes have grown.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.shared = 0
        self.resident = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        there = [self._process]
        ticks = 0
        while not self._over.wait(EVERY):
            ticks += 1
            try:
                there = [self._process, *self._process.children(recursive=True)] if ticks % 10 == 1 else there
            except psutil.NoSuchProcess:
                continue
            resident = sum(_resident(each) for each in there)
            if resident > 1.02 * self.resident:
                self.resident = resident
                self.shared = max(self.shared, sum(_shared(each) for each in there))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _resident(process: psutil.Process) -> int:
    """Give a process's resident bytes; none for one that has gone."""
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _shared(process: psutil.Process) -> int:
    """Give a process's proportional bytes where the system tells them, else the resident ones."""
    try:
        return int(process.memory_full_info().pss if sys.platform == "linux" else process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
