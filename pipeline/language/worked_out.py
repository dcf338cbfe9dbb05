"""What is read off the shipped phrases, worked out when the program is installed, as that takes long at every start.

`hatch_build.py` writes the file. It says for each list of a pack how its lines split into phrases and what their first
look is, under a digest of all this was read off, and which letters the spellings of a noun need. What has changed, or
all when there is no file, is worked out anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from pipeline.language.first_look import FirstLook, Group, Groups, letters_of

FILE = "worked_out.json"
"""The file beside this module."""

# What is worked out depends on these, too.
_CODE = ("first_look.py", "phrase_list.py", "worked_out.py")

Phrases = tuple[tuple[str, ...], FirstLook]
"""The phrases of a list, and which to try on a text."""


def digest(read: Iterable[str]) -> str:
    """Make the digest of what a pack's phrases and looks are read off: its lists, its nouns, and our code."""
    return sha256("\0".join((_code(), *read)).encode()).hexdigest()


def recall(pack: str, name: str) -> Phrases | None:
    """Find what was worked out for a list of the pack of a digest."""
    lists = _file()["packs"].get(pack, {})
    if name not in lists:
        return None
    lines, by_key, needed = json.loads(lists[name])
    return tuple(lines), FirstLook(by_key, lambda n: tuple(map(_group, needed[n])))


def letters(spelling: str) -> Groups:
    """Find or work out the groups of letters that a spelling needs."""
    found = _file().get("letters", {}).get(_code(), {}).get(spelling)
    return letters_of(spelling) if found is None else tuple(map(_group, found))


def written(packs: Mapping[str, Mapping[str, Phrases]], spellings: Iterable[str]) -> str:
    """Write the file: by the digest of its pack, and by its name, what was worked out for each list."""
    numbers: dict[Group, int] = {}

    def line(lines: tuple[str, ...], first: FirstLook) -> str:
        needed = [[numbers.setdefault(group, len(numbers)) for group in first.needed(n)] for n in range(len(lines))]
        return _json([lines, first.by_key, needed])

    kept = {pack: {name: line(*each) for name, each in lists.items()} for pack, lists in packs.items()}
    needed = {each: [numbers.setdefault(group, len(numbers)) for group in letters_of(each)] for each in spellings}
    groups = ["\n".join(sorted(group)) for group in numbers]
    return _json({"packs": kept, "letters": {_code(): needed}, "groups": groups})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@cache
def _group(number: int) -> Group:
    return frozenset(_file()["groups"][number].split("\n"))


@cache
def _file() -> dict[str, Any]:
    file = files(__package__) / FILE
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"packs": {}}
    return kept


@cache
def _code() -> str:
    code = b"\0".join((files(__package__) / name).read_bytes() for name in _CODE)
    return sha256(code).hexdigest()
