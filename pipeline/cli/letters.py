"""Letters that the terminal, or the file output goes to, can't hold: written otherwise, never a traceback."""

from __future__ import annotations

import codecs
import io
import sys

_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": "->", "×": "x", "≥": ">=",
    "≤": "<=", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "−": "-", "✓": "ok", "✗": "x",
})  # fmt: skip


def show_all_letters() -> None:
    """Let standard output and error take any text, whatever their code page is."""
    codecs.register_error("hopeline", _otherwise)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="hopeline")


def _otherwise(error: UnicodeError) -> tuple[str, int]:
    """Write a letter as plain signs that look like it, else by its number; in JSON always by its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    if error.object.lstrip()[:1] not in ("{", "["):
        letters = letters.translate(_PLAIN)
    return "".join(each if each.isascii() else _by_number(each) for each in letters), error.end


def _by_number(letter: str) -> str:
    """Write a letter by its number of four digits, as JSON does, and beyond those in two halves."""
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
