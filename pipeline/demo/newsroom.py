"""The fictional newsroom: its people, what each of them looked at when signing, and its `sources.yml`. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from pipeline.demo.content import FeedPlan, Publisher, world
from pipeline.language.catalog import SOURCE, base
from pipeline.language.shipped import shipped
from pipeline.model.names import PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A fictional person of the newsroom: the one role they sign in, and what they looked at."""

    key: str
    name: str
    role: PersonRole
    checked: str


PEOPLE = (
    Colleague(
        key="anna",
        name="Anna Example",
        role=PersonRole.EDITOR,
        checked="every number against its source",
    ),
    Colleague(
        key="dr-m",
        name="Dr M. Example",
        role=PersonRole.MEDICAL,
        checked="harms, numbers, evidence step",
    ),
    Colleague(
        key="sam",
        name="Sam Sample",
        role=PersonRole.PATIENT,
        checked="clear, fair, no false hope",
    ),
)
"""In the order in which they sign."""


LOGO = "logo.png"


def logo() -> bytes:
    """Read the picture that `sources_yml` names."""
    return files(__package__).joinpath(LOGO).read_bytes()


def sources_yml(base_url: str, language: str = SOURCE) -> str:
    """Write the demo's `sources.yml`; `base_url` is where its sources are served, as http://127.0.0.1:1234.

    In a language that the newsletter has no words for it speaks of itself in English.
    """
    fiction, own = world(), _own_words(language)
    base = base_url.rstrip("/")
    people = "".join(
        f"  - {{key: {p.key}, name: {_quoted(p.name)}, roles: [{p.role}], interests: {_quoted(said)}}}\n"
        for p in PEOPLE
        for said in [own.interests[p.key]]
    )
    feeds = "".join(_feed(p, fiction.plans[p.id], base) for p in fiction.publishers)
    roles = ", ".join(p.role for p in PEOPLE)
    return (
        f"# {fiction.banner}. Made by `hope demo`; the sources run on this machine while the demo runs.\n"
        "newsletter:\n"
        "  name: Measured Hope\n"
        f"  about: {own.about}\n"
        f"  language: {language}\n"
        "  base_url: https://news.example.org/\n"
        "  sender: Measured Hope <editors@news.example.org>\n"
        f"  publisher: {own.publisher}\n"
        "  address: 1 Sample Street, Beispielstadt, Examplia\n"
        f"  funding: {own.funding}\n"
        "  contact: editors@news.example.org\n"
        "  unsubscribe: https://news.example.org/leave/{reader}\n"
        f"  logo: {LOGO}\n"
        f"  fictional: {_quoted(own.banner)}\n"
        "  topics:\n"
        "    therapies: [car-t, car-nk, bispecific, in-vivo-car, caar-t, car-treg, b-cell-depletion]\n"
        "    conditions: all\n"
        f"  people:\n{people}"
        f"  sign_off: [{roles}]\n"
        f"sources:\n{feeds}{_registry(base)}"
    )


class _OwnWords(NamedTuple):
    """What the newsletter says of itself, and its people of theirs."""

    banner: str
    about: str
    publisher: str
    funding: str
    interests: dict[str, str]


def _own_words(language: str) -> _OwnWords:
    known: dict[str, Any] = shipped(__package__, "newsletter.yml")
    return _OwnWords(**known.get(base(language), known[SOURCE]))


def _feed(publisher: Publisher, plan: FeedPlan, base: str) -> str:
    return (
        f"- key: {publisher.id}\n"
        "  kind: feed\n"
        f"  name: {_quoted(publisher.name)}\n"
        f"  url: {base}{plan.path}\n"
        f"  tier: {publisher.tier}\n"
        f"  role: {plan.role}\n"
        f"  language: {publisher.language}\n"
        f"  every: {plan.every}\n"
        f"  excerpt: {plan.excerpt}\n"
    )


def _registry(base: str) -> str:
    return (
        "- key: registry\n"
        "  kind: clinicaltrials\n"
        "  name: Fictional trial registry\n"
        "  tier: registry\n"
        "  role: evidence\n"
        f"  url: {base}/api/v2\n"
        "  pages: https://registry.example/study/\n"
        "  language: en\n"
        "  every: 2 weeks\n"
        "  excerpt: full\n"
    )


def _quoted(text: str) -> str:
    """Quote a text so that YAML reads it back as it is: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
