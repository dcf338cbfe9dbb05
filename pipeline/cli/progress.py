"""A bar on stderr while sources are asked."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model.source import Source


@contextlib.contextmanager
def progress() -> Iterator[Callable[[Source, int, int], None]]:
    """Show how many sources were asked, and which one last; nothing when nobody is watching."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=1, label="Asking sources", file=sys.stderr, width=24, show_pos=True) as bar:

        def tick(source: Source, done: int, total: int) -> None:
            bar.length = total
            bar.label = f"Asking sources ({source.key[:20]})"
            bar.update(done - bar.pos)

        yield tick
