"""JSON as an interface answers it, or a clause on what came instead."""

from __future__ import annotations

import json

from pipeline.errors import SourceError
from pipeline.text import plain


def read_object(body: bytes, who: str) -> dict[str, object]:
    """Read a JSON object; `who` names the index in what is said.

    Raises SourceError for anything else, with `page` set for a web page and the index's own words for plain text.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        raise SourceError("the answer was empty")
    if text.startswith("<"):
        raise SourceError(f"a web page came instead of {who}’s answer", page=True)
    if not text.startswith(("{", "[")):
        raise SourceError(said(who, text))
    try:
        found = json.loads(text)
    except RecursionError as broken:
        raise SourceError(f"{who}’s answer is nested too deeply") from broken
    except ValueError as broken:
        raise SourceError(f"{who}’s answer is cut off or is not JSON") from broken
    if not isinstance(found, dict):
        raise SourceError(f"{who} answered in another format")
    return found


def said(who: str, text: str) -> str:
    """Tell what an index said in place of an answer, in its own words."""
    words = plain(text[:1_000], 200)
    return f"{who} answered: {words}" if words else f"{who} answered with something that is not text"


def at(value: object, *path: str) -> object:
    """Go down a path of keys; None where it ends."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items(value: object, *path: str) -> list[object]:
    """Take the list at a path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def line(value: object, *path: str) -> str:
    """Take the text at a path, without halves of characters that JSON escapes can hold; empty where there is none."""
    found = at(value, *path)
    return found.encode("utf-8", "replace").decode("utf-8").strip() if isinstance(found, str) else ""
