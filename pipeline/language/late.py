"""Patterns that are compiled when they are first needed: a command pays for its own, not for all there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Late:
    """A pattern that compiles itself at its first use, and answers as `re.Pattern` does."""

    def __init__(self, pattern: str | Callable[[], str], flags: int = 0) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        pattern = self._pattern() if callable(self._pattern) else self._pattern
        compiled = re.compile(pattern, self._flags)
        # From now on these are found without coming by here.
        self.__dict__.update((each, getattr(compiled, each)) for each in _ASKED)
        return getattr(compiled, name)


def late(pattern: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """Make a pattern, written at once or when it is needed."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
