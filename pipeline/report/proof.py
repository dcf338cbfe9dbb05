"""The rulings of a proof as text for people and as JSON for scripts."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

from pipeline.errors import Fault
from pipeline.model.names import Format
from pipeline.proof import Held, Ruling
from pipeline.text import count, plain

_MOST = 5
"""Faults shown of one rule: a template's mistake is often made a hundred times."""


def _as_text(rulings: Sequence[Ruling]) -> str:
    counts = {held: sum(each.held is held for each in rulings) for held in Held}
    total = ", ".join(f"{n} {held}" for held, n in counts.items())
    return "\n".join(
        [*(line for each in rulings for line in _lines(each)), "", f"{count(len(rulings), 'rule')}: {total}."]
    )


def _lines(ruling: Ruling) -> Iterator[str]:
    held = "worth a look" if ruling.warns and ruling.held is Held.NOT_OK else str(ruling.held)
    yield f"{held:<21}{ruling.rule:<4}{ruling.name}"
    if ruling.held is Held.NOT_OK:
        yield from _wrapped(ruling.reason)
    for fault in ruling.faults[:_MOST]:
        yield from _wrapped(f"{_place(fault)}: {fault.message}")
    if len(ruling.faults) > _MOST:
        yield from _wrapped(f"and {len(ruling.faults) - _MOST} more like that")
    if ruling.remedy and ruling.held is Held.NOT_OK:
        yield from _wrapped(f"What to do: {ruling.remedy}")
    if ruling.why:
        yield from _wrapped(ruling.why)


def _place(fault: Fault) -> str:
    return plain(f"{fault.file}:{fault.line} {fault.path}" if fault.line else f"{fault.file} {fault.path}")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(plain(text), 100, initial_indent=" " * 25, subsequent_indent=" " * 25, break_long_words=False)


PROOFS: Mapping[Format, Callable[[Sequence[Ruling]], str]] = {
    Format.TEXT: _as_text,
    Format.JSON: lambda rulings: json.dumps([asdict(each) for each in rulings], ensure_ascii=False, indent=2),
}
