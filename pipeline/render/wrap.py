"""Plain text wrapped for mail tools that don't wrap it themselves."""

from __future__ import annotations

import re

from pipeline.text import columns, folded

_LEAD = re.compile(r"(?:[-*] |\d+\. )?")
_ADDRESS = re.compile(r"\W*(?:https?://|mailto:|[^\s@]+@[^\s@]+\.)")


def wrap(text: str, width: int = 72) -> str:
    """Wrap lines at `width` columns, hanging under a bullet; blanks and blank lines are single.

    Addresses stay whole. Another word that is wider than a line goes on in the next.
    """
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        lead = _LEAD.match(line)
        start = lead.group() if lead else ""
        words = line[len(start) :].split()
        if words:
            found = _lines(words, width - len(start))
            lines += [(" " * len(start) if n else start) + each for n, each in enumerate(found)]
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).strip("\n") + "\n"


def _lines(words: list[str], width: int) -> list[str]:
    lines = [""]
    for word in words:
        first, *rest = [word] if _ADDRESS.match(word) else folded(word, width)
        if lines[-1] and columns(lines[-1]) + 1 + columns(first) > width:
            lines.append("")
        lines[-1] += f" {first}" if lines[-1] else first
        lines += rest
    return lines
