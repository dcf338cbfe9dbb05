"""The fictional newsroom: its people, what each of them looked at when signing, and its `sources.yml`. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from pipeline.demo.content import FeedPlan, Publisher, world
from pipeline.model.names import PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A fictional person of the newsroom: the one role they sign in, and what they looked at."""

    key: str
    name: str
    role: PersonRole
    interests: str
    checked: str


PEOPLE = (
    Colleague(
        key="anna",
        name="Anna Example",
        role=PersonRole.EDITOR,
        interests="No money from any company.",
        checked="every number against its source",
    ),
    Colleague(
        key="dr-m",
        name="Dr M. Example",
        role=PersonRole.MEDICAL,
        interests="Treats people with lupus. Takes part in no study reported here.",
        checked="harms, numbers, evidence step",
    ),
    Colleague(
        key="sam",
        name="Sam Sample",
        role=PersonRole.PATIENT,
        interests="Lives with myositis. Takes part in no study.",
        checked="clear, fair, no false hope",
    ),
)
"""In the order in which they sign."""


LOGO = "logo.png"


def logo() -> bytes:
    """Read the picture that `sources_yml` names."""
    return files(__package__).joinpath(LOGO).read_bytes()


def sources_yml(base_url: str) -> str:
    """Write the demo's `sources.yml`; `base_url` is where its sources are served, as http://127.0.0.1:1234."""
    fiction = world()
    base = base_url.rstrip("/")
    people = "".join(
        f"  - {{key: {p.key}, name: {_quoted(p.name)}, roles: [{p.role}], interests: {_quoted(p.interests)}}}\n"
        for p in PEOPLE
    )
    feeds = "".join(_feed(p, fiction.plans[p.id], base) for p in fiction.publishers)
    roles = ", ".join(p.role for p in PEOPLE)
    return (
        f"# {fiction.banner}. Made by `hope demo`; the sources run on this machine while the demo runs.\n"
        "newsletter:\n"
        "  name: Measured Hope\n"
        "  about: CAR-T and emerging options in autoimmune disease\n"
        "  language: en\n"
        "  base_url: https://news.example.org/\n"
        "  sender: Measured Hope <editors@news.example.org>\n"
        "  publisher: Measured Hope, a fictional charity\n"
        "  address: 1 Sample Street, Beispielstadt, Examplia\n"
        "  funding: Paid for by its fictional members. It takes no money from companies.\n"
        "  contact: editors@news.example.org\n"
        "  unsubscribe: https://news.example.org/leave/{reader}\n"
        f"  logo: {LOGO}\n"
        f"  fictional: {_quoted(fiction.banner)}\n"
        "  topics:\n"
        "    therapies: [car-t, car-nk, bispecific, in-vivo-car, caar-t, car-treg, b-cell-depletion]\n"
        "    conditions: all\n"
        f"  people:\n{people}"
        f"  sign_off: [{roles}]\n"
        f"sources:\n{feeds}{_registry(base)}"
    )


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
