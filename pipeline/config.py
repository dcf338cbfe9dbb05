"""`sources.yml` -> Config, or every fault in it with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from pipeline.errors import Fault, InputError, PipelineError
from pipeline.model.settings import Config, Newsletter
from pipeline.model.source import Source
from pipeline.text import has_slug, nearest, plain, safe_link
from pipeline.theme import accent_fault
from pipeline.theme.logo import LogoError, read_logo
from pipeline.yamltext import Document, parse, read, spell

Options = Mapping[str, type | None]
"""What each kind of source takes besides the common fields, as a frozen dataclass, or None for nothing."""

Beside = Callable[[str], bytes]
"""Reads a file that lies beside the settings; raises PipelineError when it can't be read."""

_NO_OPTIONS = "names that belong to a kind go beside the others, not under “options”"


def parse_config(
    text: str, name: str, kinds: Options, conditions: tuple[str, ...] = (), beside: Beside | None = None
) -> Config:
    """Read the sources file; raises InputError with all its faults.

    `kinds` are the kinds of source there are, with the type of their own fields; `conditions` the names of
    conditions that topics may be narrowed to (empty: any name goes); `beside` reads a file that lies beside this one
    (None: such files are not looked at).
    """
    document = parse(text, name)
    value = document.value
    if not isinstance(value, dict):
        raise InputError(
            [document.fault((), "this is not a sources file", "It has two parts: “newsletter:” and “sources:”.")]
        )
    for key in value:
        if key not in ("newsletter", "sources"):
            document.faults.append(_stray(document, key))
    newsletter = _newsletter(document, value.get("newsletter"), conditions, beside)
    listed = value.get("sources")
    if listed is not None and not isinstance(listed, list):
        document.faults.append(
            document.fault(("sources",), "this must be a list of sources", "Each starts with “- key: …”.")
        )
        listed = []
    sources = [_source(document, n, each, kinds) for n, each in enumerate(listed or [])]
    _unique(document, listed or [])
    if document.faults or newsletter is None:
        raise InputError(document.faults)
    return Config(newsletter=newsletter, sources=tuple(s for s in sources if s))


def _stray(document: Document, key: str) -> Fault:
    place = document.keys[(key,)]
    if key in {each.name for each in fields(Newsletter)}:
        hint = f"Move it below “newsletter:” and indent its lines by two more spaces: “  {key}:”."
        return Fault(document.name, place.line, place.column, key, f"“{key}” belongs inside “newsletter”", hint)
    hint = nearest(key, ["newsletter", "sources"])
    return Fault(document.name, place.line, place.column, key, f"“{key}” is not a name this file knows", hint)


def _newsletter(
    document: Document, value: Any, conditions: tuple[str, ...], beside: Beside | None
) -> Newsletter | None:
    if not isinstance(value, dict):
        hint = "It describes the newsletter and its people."
        document.faults.append(document.fault(("newsletter",), "the “newsletter:” part is missing", hint))
        return None
    topics = value.get("topics")
    if isinstance(topics, dict) and topics.get("conditions") in ("all", "All", ["all"]):
        value = value | {"topics": {k: v for k, v in topics.items() if k != "conditions"}}
        topics = value["topics"]
    made = read(document, Newsletter, value, ("newsletter",))
    named = topics.get("conditions") if isinstance(topics, dict) else None
    for n, condition in enumerate(named if conditions and isinstance(named, list) else []):
        if condition not in (*conditions, "all"):
            path = ("newsletter", "topics", "conditions", n)
            hint = nearest(str(condition), list(conditions))
            document.faults.append(document.fault(path, f"“{condition}” is not a condition we know", hint))
    _address(document, value)
    _accent(document, value.get("accent"))
    if beside and isinstance(logo := value.get("logo"), str) and logo:
        _logo(document, logo, beside)
    _people(document, value, made)
    return made


def _address(document: Document, value: dict[str, Any]) -> None:
    """The newsletter's own addresses must be addresses."""
    web, mail = value.get("base_url"), value.get("sender")
    if isinstance(web, str) and (safe_link(web) is None or not web.endswith("/")):
        hint = "For example https://news.example.org/"
        path = ("newsletter", "base_url")
        document.faults.append(document.fault(path, "this must be a web address that ends in “/”", hint))
    if isinstance(mail, str) and not re.search(r"[^\s@<>]+@[^\s@<>]+", mail):
        hint = "For example Measured Hope <editors@news.example.org>"
        document.faults.append(document.fault(("newsletter", "sender"), "this must hold an e-mail address", hint))
    join = value.get("subscribe")
    if isinstance(join, str) and join and not (safe_link(join) and join.startswith("https://")):
        hint = "For example https://news.example.org/join"
        path = ("newsletter", "subscribe")
        document.faults.append(document.fault(path, "this must be a web address that starts with https://", hint))
    _translations(document, value.get("translations"))
    _list(document, value)


def _translations(document: Document, listed: Any) -> None:
    """Each names a language once, by its code, and a web address."""
    seen = set[str]()
    for n, each in enumerate(listed if isinstance(listed, list) else []):
        known = each if isinstance(each, dict) else {}
        url, language = known.get("url"), known.get("language")
        path = ("newsletter", "translations", n)
        if isinstance(url, str) and safe_link(url) is None:
            hint = "For example https://news.example.org/de/"
            document.faults.append(document.fault((*path, "url"), "this must be a web address", hint))
        if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
            message, hint = f"“{language}” is not a language's code", "For example de, fr or pt-BR."
            document.faults.append(document.fault((*path, "language"), message, hint))
        if isinstance(language, str) and language in seen:
            message, hint = f"“{language}” stands here twice", "Name each language once."
            document.faults.append(document.fault((*path, "language"), message, hint))
        seen |= {language} if isinstance(language, str) else set()


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)


def _list(document: Document, value: dict[str, Any]) -> None:
    """A list has a name that mail programs know it by: in plain letters, and its own (RFC 2919)."""
    name, own = value.get("name"), value.get("list")
    if isinstance(own, str) and own and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", own):
        hint = "Small letters a to z, digits, hyphens between them, as in measured-hope."
        document.faults.append(document.fault(("newsletter", "list"), f"“{own}” can't name a mailing list", hint))
    if isinstance(name, str) and name.strip() and not own and not has_slug(name):
        message = f"mail programs know a list by a name of the letters a to z, and “{plain(name)}” has none"
        hint = "Add a line below “newsletter:”, with a name that no list of yours has: “  list: measured-hope”."
        document.faults.append(document.fault(("newsletter", "name"), message, hint))


def _accent(document: Document, written: Any) -> None:
    """The accent must be a colour, and readable wherever it stands."""
    path = ("newsletter", "accent")
    if isinstance(written, str) and written.strip():
        if wrong := accent_fault(written):
            document.faults.append(document.fault(path, *wrong))
    elif written is None and (key := document.keys.get(path)):
        line = document.text.splitlines()[key.line - 1]
        if bare := re.search(r":\s*(#(?:[0-9a-fA-F]{3}){1,2})(?:\s|$)", line[key.column - 1 :]):
            message = f"“{bare[1]}” without quotes is a comment, so no colour is set"
            hint = f'Write "{bare[1]}".'
            document.faults.append(Fault(document.name, key.line, key.column, spell(path), message, hint))


def _logo(document: Document, logo: str, beside: Beside) -> None:
    """The logo must be a file in this folder that can be printed."""
    path = ("newsletter", "logo")
    if re.search(r"[/\\]|^\.", logo):
        hint = "Put the file into the folder of this one, and write its name alone, as logo.png."
        document.faults.append(document.fault(path, f"“{logo}” is not the name of a file beside this one", hint))
        return
    try:
        read_logo(beside(logo))
    except LogoError as error:
        document.faults.append(document.fault(path, f"{logo}: {error.what}", error.hint))
    except PipelineError as error:
        hint = "Put the file beside this one, or leave “logo” empty."
        document.faults.append(document.fault(path, str(error), hint))


def _people(document: Document, value: dict[str, Any], made: Newsletter | None) -> None:
    """Keys are unique; each role that signs must be filled, and by different people."""
    people = value.get("people")
    seen: set[str] = set()
    for n, person in enumerate(people if isinstance(people, list) else []):
        key = person.get("key") if isinstance(person, dict) else None
        if key in seen:
            at = ("newsletter", "people", n, "key")
            document.faults.append(
                document.fault(at, f"“{key}” stands for two people", "Give one of them a different key.")
            )
        seen |= {key} if isinstance(key, str) else set()
    if made is None:
        return
    path = ("newsletter", "sign_off")
    if not made.sign_off:
        hint = "Nothing is printed unless a person has signed it."
        document.faults.append(document.fault(path, "at least one person must sign", hint))
    # Without any people a newsroom can still gather; nothing of it can be signed or built.
    elif made.people and not _filled(made):
        message = f"{', '.join(made.sign_off)} must sign, each a different person, and “people” doesn't list enough"
        document.faults.append(document.fault(path, message, "Add people with these roles, or require fewer roles."))


def _filled(made: Newsletter) -> bool:
    """Whether every role that signs can be given a person of its own (bipartite matching, Kuhn 1955)."""
    taken: dict[str, int] = {}

    def place(role: int, tried: set[str]) -> bool:
        for person in made.people:
            if made.sign_off[role] in person.roles and person.key not in tried:
                tried.add(person.key)
                if person.key not in taken or place(taken[person.key], tried):
                    taken[person.key] = role
                    return True
        return False

    return all(place(role, set()) for role in range(len(made.sign_off)))


def _source(document: Document, n: int, value: Any, kinds: Options) -> Source | None:
    path = ("sources", n)
    if not isinstance(value, dict):
        hint = "It starts with “- key: …”."
        document.faults.append(document.fault(path, "a source is a block of “name: value” lines", hint))
        return None
    before = len(document.faults)
    kind = value.get("kind")
    if isinstance(kind, str) and kind not in kinds:
        hint = nearest(kind, sorted(kinds))
        document.faults.append(document.fault((*path, "kind"), f"“{kind}” is not a kind of source", hint))
    own = kinds.get(str(kind))
    own_names = {f.name for f in fields(own)} if own else set()
    common = {k: v for k, v in value.items() if k not in own_names and k != "options"}
    common |= {"name": value.get("name") or value.get("key") or "?", "url": value.get("url") or ""}
    _days(document, n, common)
    if "options" in value:
        place = document.keys[(*path, "options")]
        fault = Fault(
            document.name, place.line, place.column, spell((*path, "options")), _NO_OPTIONS, "Put its settings here."
        )
        document.faults.append(fault)
    options = read(document, own, {k: value[k] for k in own_names if k in value}, path) if own else None
    made = read(document, Source, common, path)
    _sensible(document, n, value)
    if made is None or len(document.faults) > before:
        return None
    plain: dict[str, object] = {f.name: getattr(options, f.name) for f in fields(own)} if own and options else {}
    return Source(**{f.name: getattr(made, f.name) for f in fields(Source) if f.name != "options"}, options=plain)


def _days(document: Document, n: int, common: dict[str, Any]) -> None:
    """Turn “2 weeks” into 14."""
    every = common.get("every")
    if not isinstance(every, str):
        return
    match = re.fullmatch(r"\s*(\d{1,4})?\s*(day|week|month|year)s?\s*", every)
    days = int(match[1] or 1) * {"day": 1, "week": 7, "month": 30, "year": 365}[match[2]] if match else 0
    if not days and not (every.isdigit() and 0 < int(every[:6]) < 10_000):
        hint = "Write “7 days”, “2 weeks” or “3 months”."
        document.faults.append(document.fault(("sources", n, "every"), f"“{every}” is not a length of time", hint))
    common["every"] = days or (int(every[:6]) if every.isdigit() else 30)


def _sensible(document: Document, n: int, value: dict[str, Any]) -> None:
    """Faults between a source's values, reported whether or not the others are in order."""

    def fault(name: str, message: str, hint: str) -> None:
        document.faults.append(document.fault(("sources", n, name), message, hint))

    key, url, off = value.get("key"), value.get("url") or "", str(value.get("enabled") or "").lower() == "false"
    if isinstance(key, str) and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", key):
        fault("key", f"“{key}” can't be a key", "Letters, digits, hyphens: lancet-rheum")
    if not off and isinstance(url, str) and safe_link(url) is None:
        hint = "It must start with https:// (or set “enabled: false” and say why)."
        fault("url", f"“{url}” is not a web address", hint)
    if off and not value.get("because"):
        fault("enabled", "say why this source is off", "Add “because: …” so that the next editor knows.")


def _unique(document: Document, listed: list[Any]) -> None:
    seen: dict[str, int] = {}
    for n, value in enumerate(listed):
        key = value.get("key") if isinstance(value, dict) else None
        if isinstance(key, str) and key in seen:
            line = document.keys[("sources", seen[key], "key")].line
            document.faults.append(
                document.fault(
                    ("sources", n, "key"),
                    f"“{key}” is also the key of the source in line {line}",
                    "Give one of them a different key.",
                )
            )
        elif isinstance(key, str):
            seen[key] = n
