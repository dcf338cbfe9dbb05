"""A bar on stderr while sources are asked, or pages printed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click

ASKING, PRINTING = "Asking sources", "Printing pages"


@contextlib.contextmanager
def progress(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show how many of all are done, and which one last; nothing when nobody is watching."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, width=24, show_pos=True) as bar:

        def tick(name: str, done: int, total: int) -> None:
            bar.length = total
            bar.label = f"{label} ({name[:20]})"
            bar.update(done - bar.pos)

        yield tick
