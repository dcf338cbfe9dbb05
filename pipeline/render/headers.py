"""Header lines of a mail: words of any script as RFC 2047 has them, list headers in plain ASCII on one line.

Written by hand: Python's own writer loses the blank between two encoded words of a name before 3.13, and makes an
encoded word of any list header past some 77 characters, which no mail program reads.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.errors import MessageError
from email.header import decode_header, make_header

from pipeline.errors import UsageError
from pipeline.text import plain

LONGEST = 998
"""Octets of a line, its end apart (RFC 5322, 2.1.1)."""

_FOLD = 76
_WORD = 72
"""Characters of an encoded word (RFC 2047 allows 75): 45 bytes in base64, so that few names need two."""

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


def unstructured(name: str, text: str) -> str:
    """Write a header of free words, as Subject: folded at blanks, in encoded words where it isn't ASCII."""
    text = plain(text)
    return _checked(name, _folded(name, _encoded(name, text) if _needs_encoding(text) else text.split(" ")), text)


def mailbox(name: str, display: str, address: str) -> str:
    """Write a header of one address: From, To."""
    display = plain(display)
    if _needs_encoding(display):
        words = _encoded(name, display)
    elif _ATOMS.fullmatch(display):
        words = display.split(" ") if display else []
    else:
        words = ['"{}"'.format(display.replace("\\", r"\\").replace('"', r"\""))]
    return _checked(name, _folded(name, [*words, f"<{address}>"]), f"{display} <{address}>".strip())


def phrase(text: str) -> str:
    """Write words that may stand before something in angle brackets, on one line."""
    return mailbox("", text, "").removeprefix(":").replace("\r\n", "").removesuffix("<>").strip()


def plain_line(name: str, value: str) -> str:
    """Write a header that must stay as it is, on one line. Raises UsageError past 998 octets or off ASCII."""
    line = f"{name}: {value}"
    if len(line) > LONGEST or not (value.isascii() and value.isprintable()):
        raise UsageError(f"{name}: this can't be a header of a mail, at most {LONGEST} plain characters: {value[:80]}")
    return line


def _needs_encoding(text: str) -> bool:
    return not text.isascii() or "=?" in text or any(len(word) > LONGEST // 2 for word in text.split(" "))


def _encoded(name: str, text: str) -> list[str]:
    """Cut a text into encoded words, each whole characters: blanks stand inside them, as those between are lost."""
    words: list[str] = []
    rest = text
    while rest:
        room = _WORD if words else _FOLD - len(f"{name}: ")  # a header that begins with a fold reads with a blank
        size = next(n for n in range(len(rest[:room]), 0, -1) if len(_word(rest[:n])) <= room)
        words.append(_word(rest[:size]))
        rest = rest[size:]
    return words


def _word(text: str) -> str:
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


def _folded(name: str, words: list[str]) -> str:
    """Set words on lines of at most 76 characters, a longer word alone on its line."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _FOLD:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)


def _checked(name: str, line: str, meant: str) -> str:
    """Make sure that a reader that isn't ours gets the words back. Raises UsageError naming the header."""
    value = line.removeprefix(f"{name}:").replace("\r\n", "").strip()
    try:
        got = str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError) as error:
        raise UsageError(f"{name}: a mail program can't read “{meant}” back ({error})") from error
    if " ".join(_unquoted(got).split()) != " ".join(meant.split()):
        raise UsageError(f"{name}: a mail program reads “{got}” where “{meant}” was meant")
    return line


def _unquoted(text: str) -> str:
    return re.sub(r'^"((?:[^"\\]|\\.)*)"(?= <)', lambda found: re.sub(r"\\(.)", r"\1", found[1]), text)
