"""Texts -> YAML scalars that read back as the same texts."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_./+() -]*(?<! )|[0-9][0-9A-Za-z_/-]*|sha256:[0-9a-f]+|10\.[0-9]{4,9}/[A-Za-z0-9._/-]+"
)
_NOT_PLAIN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_NUMBERISH = re.compile(r"0[xob][0-9a-fA-F]+|[0-9_]+[eE][0-9]+")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_UNFOLDABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(value: str) -> str:
    """Write a text as one YAML scalar on one line, plain where that is beyond doubt, else double-quoted."""
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN and not _NUMBERISH.fullmatch(value):
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """Write a text as one double-quoted YAML scalar; anything unprintable is escaped."""
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def folded(value: str, indent: int, width: int = 110) -> str:
    """Write one paragraph as a `>-` block whose lines stand at `indent`; raises ValueError if it can't be."""
    words = value.split(" ")
    if not value or "" in words or _UNFOLDABLE.search(value):
        raise ValueError("not one plain paragraph")
    lines, line = [], words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > width - indent:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    return ">-\n" + "\n".join(f"{' ' * indent}{each}" for each in [*lines, line])


def literal(value: str, indent: int) -> str:
    """Write paragraphs as a `|-` block whose lines stand at `indent`; raises ValueError if they can't be."""
    lines = value.split("\n")
    if not lines[0] or any(_UNFOLDABLE.search(line) or line != line.strip() for line in lines) or not lines[-1]:
        raise ValueError("not plain paragraphs")
    return "|-\n" + "\n".join(f"{' ' * indent}{line}" if line else "" for line in lines)
