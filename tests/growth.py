"""How the time of a piece of work grows with its size: both sizes in one run, side by side, never held to seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")

LINEAR = 8
"""Four times the size may take four times as long, and twice that on a crowded machine; a square takes sixteen times."""


def growth(made: Callable[[int], Given], work: Callable[[Given], object], size: int) -> float:
    """How many times the CPU of work of `size` four times as much takes; the least of three each.

    No two runs get the same, so that nothing kept from one helps another.
    """

    def took(size: int) -> float:
        given = made(size)
        start = time.process_time()
        work(given)
        return time.process_time() - start

    took(size // 2)
    return min(took(4 * size + n) for n in range(3)) / min(took(size + n) for n in range(3))
