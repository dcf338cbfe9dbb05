"""Findings as text for people and as JSON for scripts."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby

from pipeline.model.finding import Finding
from pipeline.model.names import Severity
from pipeline.text import count, plain

_WIDTH = 80
_MARGIN = " " * 9
_COLOURS = {Severity.BLOCK: "1;31", Severity.WARN: "33", Severity.NOTE: "36"}
_QUIET, _STRONG = "2", "1"


def as_text(findings: Iterable[Finding], lines: Sequence[str], *, colour: bool, file: str = "queue.yml") -> str:
    """Show findings by item, each with its line of the queue and the span underlined.

    `lines` are those of the queue file, the first one at 0. Fits 80 columns, a long file name or id aside.
    """
    found = tuple(findings)
    paint = _Paint(on=colour)
    blocks_of_text = [
        "\n\n".join([paint(plain(item), _STRONG), *(_one(f, lines, paint, file) for f in group)])
        for item, group in groupby(found, key=lambda f: f.item)
    ]
    return "\n\n\n".join([*blocks_of_text, _total(found)])


def as_json(findings: Iterable[Finding]) -> str:
    """Give findings as a JSON array of objects, in their order; all keys are always there."""
    return json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2)


class _Paint:
    """Wraps text in terminal colours, or leaves it."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


def _one(finding: Finding, lines: Sequence[str], paint: _Paint, file: str) -> str:
    severity = "waived" if finding.waived else str(finding.severity)
    label = f"{severity:<6} {finding.rule} {finding.name}"
    place = ":".join([finding.file or file, *(f"{n}" for n in (finding.line, finding.column) if n)])
    gap = " " * max(2, _WIDTH - 2 - len(label) - len(place))
    rows = [f"  {paint(label, _QUIET if finding.waived else _COLOURS[finding.severity])}{gap}{paint(place, _QUIET)}"]
    rows += _quoted(finding, lines, paint)
    rows += _wrapped(finding.message)
    if finding.waived:
        rows += _wrapped(f"Waived: {finding.waiver}")
    elif finding.suggestion:
        advice, then, command = finding.suggestion.partition(" then: hope ")
        rows += _wrapped(f"Try: {advice}{then[:6]}")
        rows += [f"{_MARGIN}hope {plain(command)}"] * bool(then)  # on a line of its own, to be copied
    return "\n".join(rows)


@lru_cache(maxsize=256)
def _wrapped(text: str) -> tuple[str, ...]:
    """Fold to the width; an id or an address is never cut, as it has to be copied whole. Advice is often the same."""
    return tuple(
        textwrap.wrap(
            plain(text),
            _WIDTH,
            initial_indent=_MARGIN,
            subsequent_indent=_MARGIN,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _quoted(finding: Finding, lines: Sequence[str], paint: _Paint) -> list[str]:
    """Quote the line with the span underlined; nothing when the place isn't in the queue."""
    if finding.file or not 0 < finding.line <= len(lines):
        return []
    line = lines[finding.line - 1].rstrip("\r\n")
    if not line.isprintable():
        line = "".join(c if c.isprintable() else " " for c in line)
    start = min(max(finding.column - 1, 0), len(line))
    rest = len(line[start:].rstrip())
    length = max(1, min(finding.end - finding.start, rest) if finding.end > finding.start else rest)
    margin = f"{finding.line:>6} | "
    line, start = _window(line, start, length, _WIDTH - len(margin))
    carets = "^" * max(1, min(length, len(line) - start))
    return [
        f"{paint(margin, _QUIET)}{line}".rstrip(),
        f"{paint(' ' * 7 + '| ', _QUIET)}{' ' * start}{paint(carets, _COLOURS[finding.severity])}",
    ]


def _window(line: str, start: int, length: int, width: int) -> tuple[str, int]:
    """Cut a long line to what surrounds the span; return it with the span's place in it."""
    if len(line) <= width:
        return line, start
    first = max(0, min(start - max(4, (width - length) // 2), len(line) - width))
    first = min(first, max(0, start - 2))
    cut = line[first : first + width]
    if first:
        cut = "…" + cut[1:]
    if first + width < len(line):
        cut = cut[:-1] + "…"
    return cut, start - first


def _total(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "Nothing to fix."
    open_ = [f for f in findings if not f.waived]
    counts = {severity: sum(f.severity is severity for f in open_) for severity in Severity}
    parts = [
        f"{counts[Severity.BLOCK]} to settle before printing",
        f"{counts[Severity.WARN]} worth a look",
        count(counts[Severity.NOTE], "note"),
        f"{len(findings) - len(open_)} waived",
    ]
    shown = [part for part in parts if not part.startswith("0 ")]
    return count(len(findings), "finding") + ": " + ", ".join(shown) + "."
