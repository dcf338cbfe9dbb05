"""Plain text wrapped for mail tools that don't wrap it themselves."""

from __future__ import annotations

import re
import textwrap

_LEAD = re.compile(r"\s*(?:[-*] |\d+\. |#+ )?")


def wrap(text: str, width: int = 72) -> str:
    """Wrap lines at `width` columns, hanging under bullet or heading; addresses stay whole, blank lines single."""
    lines: list[str] = []
    for line in text.splitlines():
        lead = _LEAD.match(line)
        start = lead.group() if lead else ""
        rest = line[len(start) :].strip()
        if not rest:
            lines += [""] if lines and lines[-1] else []
            continue
        lines += textwrap.wrap(
            rest,
            width,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines).strip("\n") + "\n"
