"""`sources.yml` -> Config, or every fault in it with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from itertools import permutations
from typing import Any

from pipeline.errors import Fault, InputError
from pipeline.marked import Marked, parse, read
from pipeline.model.settings import Config, Newsletter
from pipeline.model.source import Source
from pipeline.text import canonical_link, nearest

Options = Mapping[str, type | None]
"""What each kind of source takes besides the common fields, as a frozen dataclass, or None for nothing."""


def parse_config(text: str, name: str, kinds: Options, conditions: tuple[str, ...] = ()) -> Config:
    """Read the sources file; raises InputError with all its faults.

    `kinds` are the kinds of source there are, with the type of their own fields; `conditions` the names of
    conditions that topics may be narrowed to (empty: any name goes).
    """
    marked = parse(text, name)
    value = marked.value
    if not isinstance(value, dict):
        raise InputError(
            [marked.fault((), "this is not a sources file", "It has two parts: “newsletter:” and “sources:”.")]
        )
    for key in value:
        if key not in ("newsletter", "sources"):
            marked.faults.append(_stray(marked, key))
    newsletter = _newsletter(marked, value.get("newsletter"), conditions)
    listed = value.get("sources")
    if listed is not None and not isinstance(listed, list):
        marked.faults.append(
            marked.fault(("sources",), "a list of sources belongs here", "Each starts with “- key: …”.")
        )
        listed = []
    sources = [_source(marked, n, each, kinds) for n, each in enumerate(listed or [])]
    _unique(marked, listed or [])
    if marked.faults or newsletter is None:
        raise InputError(marked.faults)
    return Config(newsletter=newsletter, sources=tuple(s for s in sources if s))


def _stray(marked: Marked, key: str) -> Fault:
    place = marked.keys[(key,)]
    hint = nearest(key, ["newsletter", "sources"])
    return Fault(marked.name, place.line, place.column, key, f"“{key}” is not a name this file knows", hint)


def _newsletter(marked: Marked, value: Any, conditions: tuple[str, ...]) -> Newsletter | None:
    if not isinstance(value, dict):
        marked.faults.append(
            marked.fault(
                ("newsletter",), "the “newsletter:” part is missing", "It names the newsletter and its people."
            )
        )
        return None
    topics = value.get("topics")
    if isinstance(topics, dict) and topics.get("conditions") == "all":
        value = value | {"topics": {k: v for k, v in topics.items() if k != "conditions"}}
    made = read(marked, Newsletter, value, ("newsletter",))
    if made is None:
        return None
    for n, condition in enumerate(made.topics.conditions if conditions else ()):
        if condition not in conditions:
            path = ("newsletter", "topics", "conditions", n)
            marked.faults.append(
                marked.fault(path, f"“{condition}” is not a condition we know", nearest(condition, list(conditions)))
            )
    if canonical_link(made.base_url) is None or not made.base_url.endswith("/"):
        marked.faults.append(
            marked.fault(
                ("newsletter", "base_url"),
                "this must be a web address that ends in “/”",
                "For example https://news.example.org/",
            )
        )
    if "@" not in made.sender:
        marked.faults.append(
            marked.fault(
                ("newsletter", "sender"),
                "this must hold an e-mail address",
                "For example Measured Hope <editors@news.example.org>",
            )
        )
    _people(marked, made)
    return made


def _people(marked: Marked, made: Newsletter) -> None:
    """Each role that signs must be filled, and by different people."""
    seen: set[str] = set()
    for n, person in enumerate(made.people):
        if person.key in seen:
            marked.faults.append(
                marked.fault(
                    ("newsletter", "people", n, "key"),
                    f"“{person.key}” stands for two people",
                    "Give one of them another key.",
                )
            )
        seen.add(person.key)
    if not made.sign_off:
        marked.faults.append(
            marked.fault(
                ("newsletter", "sign_off"),
                "at least one person must sign",
                "Nothing prints that a person did not sign.",
            )
        )
    holders = [[p.key for p in made.people if role in p.roles] for role in made.sign_off]
    everyone = [p.key for p in made.people]
    enough = len(made.sign_off) <= len(everyone) <= 40 and any(
        all(who in can for who, can in zip(chosen, holders, strict=True))
        for chosen in permutations(everyone, len(made.sign_off))
    )
    if made.people and made.sign_off and not enough:
        roles = ", ".join(made.sign_off)
        marked.faults.append(
            marked.fault(
                ("newsletter", "sign_off"),
                f"{roles} must sign, each a different person, and people doesn't name enough",
                "Add people with these roles, or ask for fewer roles.",
            )
        )


def _source(marked: Marked, n: int, value: Any, kinds: Options) -> Source | None:
    path = ("sources", n)
    if not isinstance(value, dict):
        marked.faults.append(
            marked.fault(path, "a source is a block of “name: value” lines", "It starts with “- key: …”.")
        )
        return None
    kind = value.get("kind")
    if isinstance(kind, str) and kind not in kinds:
        marked.faults.append(
            marked.fault((*path, "kind"), f"“{kind}” is not a kind of source", nearest(kind, sorted(kinds)))
        )
        return None
    own = kinds.get(str(kind))
    own_names = {f.name for f in fields(own)} if own else set()
    common = {k: v for k, v in value.items() if k not in own_names}
    common = {"name": value.get("key"), "url": "", **common}
    before = len(marked.faults)
    _days(marked, n, common)
    options = read(marked, own, {k: value[k] for k in own_names if k in value}, path) if own else None
    made = read(marked, Source, common, path)
    if made is None or len(marked.faults) > before:
        return None
    _sensible(marked, n, made)
    plain: dict[str, object] = (
        {f.name: getattr(options, f.name) for f in fields(own)} if own and options is not None else {}
    )
    return Source(**{f.name: getattr(made, f.name) for f in fields(Source) if f.name != "options"}, options=plain)


def _days(marked: Marked, n: int, common: dict[str, Any]) -> None:
    """Turn “2 weeks” into 14."""
    every = common.get("every")
    if not isinstance(every, str):
        return
    match = re.fullmatch(r"\s*(\d+)?\s*(day|week|month|year)s?\s*", every)
    if match:
        common["every"] = int(match[1] or 1) * {"day": 1, "week": 7, "month": 30, "year": 365}[match[2]]
    elif not every.isdigit():
        marked.faults.append(
            marked.fault(
                ("sources", n, "every"),
                f"“{every}” is not a length of time",
                "Write “7 days”, “2 weeks” or “3 months”.",
            )
        )
        common["every"] = 30


def _sensible(marked: Marked, n: int, source: Source) -> None:
    """Faults between a source's fields."""
    path = ("sources", n)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", source.key):
        marked.faults.append(
            marked.fault((*path, "key"), f"“{source.key}” can't be a key", "Letters, digits, hyphens: lancet-rheum")
        )
    if source.enabled and canonical_link(source.url) is None:
        marked.faults.append(
            marked.fault(
                (*path, "url"),
                f"“{source.url}” is not a web address",
                "It starts with https:// (or set “enabled: false” and say why).",
            )
        )
    if not source.enabled and not source.because:
        marked.faults.append(
            marked.fault(
                (*path, "enabled"), "say why this source is off", "Add “because: …” so that the next editor knows."
            )
        )
    if source.every < 1:
        marked.faults.append(
            marked.fault((*path, "every"), "a source yields something every day at most", "Write “1 day”.")
        )


def _unique(marked: Marked, listed: list[Any]) -> None:
    seen: dict[str, int] = {}
    for n, value in enumerate(listed):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and key in seen:
            line = marked.keys[("sources", seen[key], "key")].line
            marked.faults.append(
                marked.fault(
                    ("sources", n, "key"),
                    f"“{key}” is the key of the source in line {line} too",
                    "Give one of them another key.",
                )
            )
        elif isinstance(key, str):
            seen[key] = n
