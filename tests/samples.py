"""A newsletter for the sample items to stand in, and ways to change and sign them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.checks.cases import samples
from pipeline.checks.engine import Choice, check, nowhere
from pipeline.checks.rule import Context, Place
from pipeline.model.evidence import Evidence
from pipeline.model.finding import Finding
from pipeline.model.issue import Word
from pipeline.model.item import Item, Queue, Signature
from pipeline.model.names import PersonRole, Role, Tier
from pipeline.model.settings import Config, Newsletter, Person
from pipeline.model.source import Source

TODAY = date(2026, 11, 22)
SAMPLES = tuple(samples().values())
STUDY, TRIAL, MICE, WITHDRAWN, DECISION = SAMPLES


def case(of: Item | None = None, /, **changes: Any) -> Item:
    """Change fields of a sample (the study, unless told otherwise); signatures are left as they stand."""
    return replace(of or STUDY, **changes)


def proven(of: Item | None = None, /, **changes: Any) -> Evidence:
    """Change the evidence of a sample."""
    return replace((of or STUDY).evidence, **changes)


def signed(item: Item, *by: tuple[str, PersonRole]) -> Item:
    """Sign the item's exact text."""
    return replace(item, signed=tuple(Signature(by=key, role=role, on=TODAY, text=item.text_hash) for key, role in by))


def _source(key: str, tier: Tier, role: Role) -> Source:
    return Source(key=key, kind="feed", name=key.title(), url=f"https://{key}.example/feed", tier=tier, role=role)


CONFIG = Config(
    newsletter=Newsletter(
        name="Measured Hope",
        about="CAR-T and emerging options in autoimmune disease",
        base_url="https://news.example.org/",
        sender="editors@news.example.org",
        unsubscribe="https://news.example.org/leave",
        people=(
            Person(key="anna", name="Anna Example", roles=(PersonRole.EDITOR, PersonRole.WRITER)),
            Person(key="dr-m", name="Dr M. Example", roles=(PersonRole.MEDICAL,)),
            Person(key="eve", name="Eve Example", roles=(PersonRole.EDITOR, PersonRole.MEDICAL)),
            Person(key="pat", name="Pat Example", roles=(PersonRole.PATIENT,)),
        ),
        deny=("cells-for-sale.example",),
    ),
    sources=(
        _source("jei", Tier.JOURNAL, Role.EVIDENCE),
        _source("prexiv", Tier.PREPRINT, Role.EVIDENCE),
        _source("agency", Tier.REGULATOR, Role.EVIDENCE),
        _source("registry", Tier.REGISTRY, Role.EVIDENCE),
        _source("withdrawals", Tier.INDEXER, Role.INTEGRITY),
        _source("hospital", Tier.ACADEMIC, Role.LEAD),
        _source("sciencepress", Tier.AGGREGATOR, Role.LEAD),
        _source("biotrade", Tier.NEWS, Role.EVIDENCE),
        _source("orbital", Tier.COMPANY, Role.EVIDENCE),
    ),
)

GLOSSARY = (
    Word(
        term="CAR-T cell therapy", aliases=("CAR T",), definition="Own immune cells, changed in a lab and given back."
    ),
    Word(term="Lupus nephritis", definition="Lupus that harms the kidneys."),
    Word(term="Systemic lupus erythematosus (SLE)", aliases=("lupus", "SLE"), definition="A disease of many organs."),
    Word(term="CIDP", definition="A disease in which the immune system harms the nerves of arms and legs."),
    Word(
        term="Cytokine release syndrome (CRS)",
        aliases=("CRS",),
        definition="A reaction with fever after some treatments.",
    ),
    Word(term="Rituximab", definition="An antibody that removes B cells."),
    Word(term="Randomized", aliases=("randomised",), definition="Chance decides who gets what."),
)
"""Some of the words that a newsroom's glossary explains."""

CONTEXT = Context(config=CONFIG, issue="2026-12", today=TODAY, glossary=GLOSSARY)


def checked(
    queue: Queue,
    place: Place = nowhere,
    *,
    rules: frozenset[str] | None = None,
    items: frozenset[str] | None = None,
    everything: bool = False,
    **known: Any,
) -> tuple[Finding, ...]:
    """Hold a queue against the standard on the samples' day; `known` changes the context: config, glossary, texts."""
    context = Context(**{"config": CONFIG, "today": TODAY, **known})
    return check(queue, context, place, Choice(rules=rules, items=items, everything=everything))
