"""What ended a request early, as a value to report and not an error to raise."""

from __future__ import annotations

from pipeline.model.source import Outcome
from pipeline.text import plain


class Trouble(Exception):  # noqa: N818  never leaves this room: it becomes the Answer's outcome
    """An expected end of a request: its outcome, and one clause for an editor.

    `again` tells that asking once more in a moment may help. `retry_after` is in seconds.
    """

    def __init__(self, outcome: Outcome, note: str, *, again: bool = False, retry_after: float | None = None) -> None:
        self.outcome = outcome
        self.note = plain(note, 200)  # servers have their say in some of them
        self.again = again
        self.retry_after = retry_after
        super().__init__(note)
