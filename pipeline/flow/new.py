"""Make a newsroom: a folder whose `sources.yml` holds the newsletter's settings and the sources that came along."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace

from pipeline.config import Options, parse_config
from pipeline.errors import InputError, UsageError
from pipeline.files import Folder, shipped
from pipeline.model.names import PersonRole
from pipeline.model.settings import Config, Fetching, MailBounds, Newsletter, Person
from pipeline.text import slug
from pipeline.yamltext import quoted, scalar

INTERESTS = "Placeholder. Say who employs and who pays this person, or say “none”."
"""Stands for a person's interests until somebody writes them; `hope build` reminds of it."""

_PERSON = re.compile(r"([^=\s]+)\s*=\s*(\S.*?)\s*:([^:]+)")
_HEADING = re.compile(r"(?m)^(?=- key:|# [─═])")
_OFF = re.compile(r"(?m)^  enabled: false\b")
_LANGUAGE = re.compile(r"(?m)^  language: (\S+)")


def new(
    folder: Folder, letter: Newsletter, kinds: Options, conditions: tuple[str, ...], listed: str | None = None
) -> Config:
    """Write `sources.yml` into a folder that has none; returns what was written, read back.

    `listed` is the list of sources to take along, as text; else those that came with the program and are switched on,
    in English or in the newsletter's language. Raises UsageError when the folder is a newsroom already, and InputError
    with every fault of the settings; then nothing is written.
    """
    if folder.read_if_there("sources.yml") is not None:
        raise UsageError(f"{folder.root} already has a sources.yml, so nothing was written. Choose another folder.")
    bundled = (shipped() / "sources.yml").read_text(encoding="utf-8")
    head = bundled.partition("\nnewsletter:\n")[0]
    listed = _switched_on(listed_in(bundled), {"en", letter.language}) if listed is None else listed
    text = f"{head}\n{settings(letter)}\n\nsources:\n{listed}"
    try:
        config = parse_config(text, "sources.yml", kinds, conditions)
    except InputError as error:  # there is no such file yet, so a line of it would lead nowhere
        raise InputError(replace(fault, line=0, column=0) for fault in error.faults) from None
    folder.write("sources.yml", text)
    return config


def person(written: str) -> Person:
    """Read a person written as `key=Name:role,role`; raises UsageError when it is not."""
    found = _PERSON.fullmatch(written.strip())
    named = {str(role): role for role in PersonRole}
    roles = tuple(role for each in found[3].split(",") if (role := named.get(each.strip()))) if found else ()
    if not found or len(roles) <= found[3].count(","):
        message = f"“{written}” is not a person as key=Name:role,role. For example: anna=Anna Example:editor"
        raise UsageError(f"{message}\nThe roles are {', '.join(named)}.")
    return Person(key=found[1], name=found[2], roles=roles, interests=INTERESTS)


def signing(names: Iterable[tuple[PersonRole, str]]) -> tuple[Person, ...]:
    """Make people of the names given for each role; a name given for two roles is one person."""
    roles: dict[str, list[PersonRole]] = {}
    for role, name in names:
        roles.setdefault(name, []).append(role)
    return tuple(
        Person(key=slug(name, 3), name=name, roles=tuple(some), interests=INTERESTS) for name, some in roles.items()
    )


def listed_in(text: str) -> str:
    """The list of sources of a `sources.yml`, as it is written there."""
    return re.split(r"(?m)^sources:[^\n]*\n", text, maxsplit=1)[1]


def settings(letter: Newsletter) -> str:
    """Write the settings as the head of a `sources.yml`, each line with what it is for."""
    topics = letter.topics
    lines = [
        "newsletter:",
        *(_line(name, getattr(letter, name), why) for name, why in Newsletter.lines()),
        *([_line("fictional", letter.fictional, "a banner on every page")] if letter.fictional else []),
        "  topics:",
        f"    therapies: [{', '.join(topics.therapies)}]",
        f"    conditions: {_list(topics.conditions) if topics.conditions else 'all # or a list, as [lupus, myositis]'}",
        "",
        "  # Everyone who may sign. Interests are printed beside the name in every issue.",
        "  people:" if letter.people else "  people: []",
        *(line for each in letter.people for line in _person(each)),
        "",
        "  # Who must sign each item before it prints, each a different person.",
        f"  sign_off: [{', '.join(letter.sign_off)}]",
        *_fetching(letter.fetching),
        "",
        "  # Domains, with their subdomains, that no issue may link to, such as sellers of unproven treatments.",
        f"  deny: {_list(letter.deny)}",
    ]
    return "\n".join(lines)


def _line(name: str, value: str | MailBounds, why: str) -> str:
    written = scalar(value) if isinstance(value, str) else f"{{words: {value.words}, bytes: {value.bytes}}}"
    return f"  {name}:" + (f" {written}" if value else "") + (f" # {why}" if why else "")


def _person(each: Person) -> list[str]:
    return [
        f"  - key: {scalar(each.key)}",
        f"    name: {scalar(each.name)}",
        f"    roles: [{', '.join(each.roles)}]",
        f"    interests: {quoted(each.interests)}",
    ]


def _fetching(fetching: Fetching) -> list[str]:
    """Write what differs from the program's own values."""
    own = Fetching()
    own_values = {f.name: str(getattr(fetching, f.name)) for f in fields(Fetching)}
    moved = [f"{name}: {scalar(value)}" for name, value in own_values.items() if value != str(getattr(own, name))]
    return [f"  fetching: {{{', '.join(moved)}}}"] if moved else []


def _list(words: Iterable[str]) -> str:
    """Write a list in one line; a comma within a word would end it, so such a word is quoted."""
    return f"[{', '.join(quoted(each) if ',' in each else scalar(each) for each in words)}]"


def _switched_on(listed: str, languages: set[str]) -> str:
    """Keep the sources that are switched on, in these languages, and the headings that still have some."""
    kept: list[str] = []
    headings: list[str] = []
    for part in _HEADING.split(listed):
        if part.startswith("# ═"):
            headings = []  # its own heading says that all below is switched on, or off
        elif part.startswith("# ─"):
            headings = [part]
        elif part.startswith("- key:") and not _OFF.search(part) and set(_LANGUAGE.findall(part)) <= languages:
            kept += [*headings, part]
            headings = []
    return "\n" + "".join(kept).rstrip() + "\n"
