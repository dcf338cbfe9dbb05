"""The tree of expected failures: each names its subject and says what to do about it.

PipelineError
 +- InputError      a file that people edit is wrong: file, line, column, path, nearest valid word
 +- UsageError      the command was asked for something it can't do
 +- BlockedError    an editor has to settle something before this can go on (exit 1)
 +- SourceError     one source could not be asked or read; it costs only itself
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file people edit.

    `line` and `column` count from 1, as editors do; 0 means "the file as a whole".
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        where = f" {self.path}:" if self.path else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{place}:{where} {self.message}{hint}"


class PipelineError(Exception):
    """An expected failure; its text is meant for the person at the terminal."""

    exit_code = 2


class InputError(PipelineError):
    """A file that people edit is wrong. Carries every fault found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.file, f.line, f.column)))
        super().__init__("\n".join(str(f) for f in self.faults))


class UsageError(PipelineError):
    """The command can't do what it was asked."""


class BlockedError(PipelineError):
    """Nothing is broken, but a person must look first."""

    exit_code = 1


class SourceError(PipelineError):
    """A source answered with something its kind can't read; `what` is one short clause."""

    def __init__(self, what: str, *, page: bool = False) -> None:
        self.what = what
        self.page = page
        super().__init__(what)

    def __reduce__(self) -> tuple[object, ...]:
        return (_source_error, (self.what, {"page": self.page}))


def _source_error(what: str, named: dict[str, bool]) -> SourceError:
    """Rebuild a SourceError on the other side of a process border."""
    return SourceError(what, **named)
