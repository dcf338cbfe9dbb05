"""YAML of terms -> values, or every fault in it with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import InputError
from pipeline.language.shipped import ShippedFileError, Value, quick
from pipeline.language.terms.kinds import (
    Asked,
    Country,
    Disease,
    Harm,
    Means,
    NumberWord,
    Product,
    SignPart,
    Terms,
    Unit,
)
from pipeline.model.names import Therapy
from pipeline.text import nearest
from pipeline.yamltext import Document, Path, parse

Trouble = tuple[Path, str, str]
"""Where something is wrong, what, and what to do."""

FILES = ("diseases.yml", "therapies.yml", "products.yml", "places.yml", "harms.yml", "number_words.yml", "units.yml")
_ENTRIES: dict[str, type] = {
    "diseases": Disease,
    "asked": Asked,
    "therapies": Means,
    "pieces": SignPart,
    "products": Product,
    "places": Country,
    "harms": Harm,
    "numbers": NumberWord,
    "units": Unit,
}
_REGISTERS = ("pubmed", "ctis", "clinicaltrials")
_BESIDE = ("statistics", "stated", "lasting", "every")
_WORDS = ("in passing", "generic", "specialities", "cancers", "cancer words", "regions", *_BESIDE)
_PATTERNS = frozenset({"en", "de", "capitals", "company", "loose", "forms", "signs", *_WORDS})
_CHOICES = {"follow": ("always", "named"), "therapy": tuple(Therapy), "donor": ("true", "false"), "case": ("any",)}
_SENSES = ("named", "death", "cancer", "general", "relapse", "course", "burden", "worry", "signal", "safety")
_CHOICES |= {"sense": _SENSES, "sort": ("scale", "crowd", "change", "dose", "thing", "share", "month")}


@cache
def terms() -> Terms:
    """The terms that come with the code; raises ShippedFileError with the faults of all files."""
    found, faults = Terms(), []
    for name in FILES:
        text = (files(__package__) / name).read_text(encoding="utf-8")
        made, troubles = _made(quick(text, f"terms/{name}"))
        faults += [str(_fault(f"terms/{name}", text, each)) for each in troubles]
        found = found.plus(made)
    if faults:
        raise ShippedFileError("\n".join(faults))
    return found


def parse_terms(text: str, name: str, to: Terms) -> Terms:
    """Read a newsroom's own terms and put them behind those there are; raises InputError with all faults."""
    document = parse(text, name)
    value = document.value if document.value is not None else {}
    made, troubles = (
        _made(value) if isinstance(value, dict) else (Terms(), [((), "this is not a file of terms", _SHAPE)])
    )
    troubles += [*_not_ones_own(value), *_misspelt(value), *_twice(value, to)] if isinstance(value, dict) else []
    if faults := document.faults + [document.fault(*each) for each in troubles]:
        raise InputError(faults)
    return to.plus(made)


def troubles(text: str) -> list[Trouble]:
    """Tell all that is wrong in one of the files that come with the code, its patterns included."""
    value = quick(text, "terms")
    return [*_made(value)[1], *_misspelt(value)]


_SHAPE = "It has parts such as “diseases:” and “products:”, each a list of entries that begin with “- key: …”."


def _fault(name: str, text: str, trouble: Trouble) -> object:
    document: Document = parse(text, name)
    return document.fault(*trouble)


def _made(value: Mapping[str, Any]) -> tuple[Terms, list[Trouble]]:
    troubles: list[Trouble] = []
    made: dict[str, Any] = {}
    for part, inside in value.items():
        kind = _ENTRIES.get(part)
        if kind is None and part not in _WORDS:
            troubles.append(((part,), f"“{part}” is not a part of this file", nearest(part, [*_ENTRIES, *_WORDS])))
        elif not isinstance(inside, list):
            troubles.append(((part,), "this must be a list", "Each line below begins with “- ”."))
        elif kind is None:
            made[part.replace(" ", "_")] = tuple(map(str, inside))
        else:
            entries = [_entry(kind, each, (part, n), troubles) for n, each in enumerate(inside)]
            made[part] = tuple(each for each in entries if each is not None)
            troubles += _repeated(part, inside)
    return Terms(**made), troubles


def _entry(kind: type, value: Value, path: Path, troubles: list[Trouble]) -> Any:
    """Make one entry; None when it has faults, which are added."""
    if not isinstance(value, dict):
        troubles.append((path, "an entry is a block of “name: value” lines", "It begins with “- key: …”."))
        return None
    known = {f.name: f for f in fields(kind)}
    before = len(troubles)
    strange = [name for name in value if name not in known]
    troubles += [((*path, s), f"“{s}” is not a field of an entry", nearest(s, list(known))) for s in strange]
    for name, field in known.items():
        if field.default is MISSING and not value.get(name):
            troubles.append((path, f"“{name}” is missing", ""))
    plain: dict[str, Any] = {"clinicaltrials": "", "pubmed": "", "ctis": ""} if kind is Disease else {}
    for name, given in value.items():
        if name in known:
            plain[name] = _field(str(known[name].type), given, (*path, name), troubles)
    if len(troubles) > before:
        return None
    for register in _REGISTERS:
        if plain.get(register) == "":  # not written: the register is asked for the disease by its name
            plain[register] = (str(value["key"]),)
    return kind(**plain)


def _field(sort: str, given: Value, path: Path, troubles: list[Trouble]) -> Any:
    name = str(path[-1])
    if sort in ("Spellings", "tuple[str, ...]"):
        if isinstance(given, list) and all(isinstance(each, str) and each for each in given):
            return tuple(map(str, given))
        troubles.append((path, "this must be a list of texts", f"Write {name}: [one, another]."))
        return ()
    if not isinstance(given, str):
        troubles.append((path, "this must be one text", ""))
        return ""
    if name in _CHOICES and given not in _CHOICES[name]:
        troubles.append((path, f"“{given}” is not one of the words allowed here", nearest(given, list(_CHOICES[name]))))
        return ""
    if sort == "Decimal":
        if not re.fullmatch(r"\d+(?:\.\d+)?", given):
            troubles.append((path, f"“{given}” is not a number", "Write it in digits, as 12 or 1.5."))
            return Decimal(0)
        return Decimal(given)
    return Therapy(given) if sort == "Therapy" else given == "true" if sort == "bool" else given


def _repeated(part: str, entries: list[Value]) -> Iterator[Trouble]:
    seen: set[str] = set()
    for n, each in enumerate(entries):
        key = each.get("key") if isinstance(each, dict) else None
        if isinstance(key, str):
            if key in seen:
                yield (part, n, "key"), f"“{key}” is the key of two entries", "Merge them, or rename one."
            seen.add(key)


def _not_ones_own(value: Mapping[str, Any]) -> Iterator[Trouble]:
    """Words for and beside numbers are read before a newsroom is open: those of its own would be sought by nothing."""
    for part in ("numbers", "units", *_BESIDE):
        if part in value:
            what = "number words" if part == "numbers" else "words beside numbers"
            hint = "Remove this part; a new word goes into the program, see CONTRIBUTING.md."
            yield (part,), f"a newsroom can't add {what}", hint


def _twice(value: Mapping[str, Any], there: Terms) -> Iterator[Trouble]:
    for part in _ENTRIES:
        keys = {each.key for each in getattr(there, part)}
        inside = value.get(part)
        for n, each in enumerate(inside if isinstance(inside, list) else ()):
            if isinstance(each, dict) and each.get("key") in keys:
                why = f"“{each['key']}” already comes with the program"
                yield (part, n, "key"), why, "Remove the entry, or give yours another key."


def _misspelt(value: Mapping[str, Any]) -> Iterator[Trouble]:
    """Patterns that can't be read, or that no text can fit because they are looked for in small letters."""
    for part, inside in value.items():
        for n, each in enumerate(inside if isinstance(inside, list) else ()):
            lists = each.items() if isinstance(each, dict) else [(part, each)]
            for name, given in lists:
                at: Path = (part, n, name) if isinstance(each, dict) else (part, n)
                for text in (given if isinstance(given, list) else [given]) if name in _PATTERNS else ():
                    if why := _unreadable(str(text), small=name in ("en", "de", "generic", "cancers", "cancer words")):
                        yield at, f"“{text}” {why}", "Write diseases and harms in lower case."


def _unreadable(pattern: str, *, small: bool) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"can't be read as a pattern: {error}"
    return (
        "has a capital, but is searched for in lower case" if small and re.search(r"(?<!\\)[A-ZÄÖÜ]", pattern) else ""
    )
