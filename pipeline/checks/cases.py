"""Fictional items that the rules are tried on, and a newsletter for them to stand in.

`case(...)` is the valid sample with some fields changed; a rule's `bad` and `good` are made of such cases.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.checks.rule import Context
from pipeline.model.entry import Ids
from pipeline.model.evidence import Comparison, Evidence, Stage
from pipeline.model.issue import Word
from pipeline.model.item import Item, Signature, TrialFacts
from pipeline.model.names import PersonRole, Population, Role, Section, Status, Therapy, Tier
from pipeline.model.settings import Config, Newsletter, Person
from pipeline.model.source import Source
from pipeline.model.story import About

TODAY = date(2026, 11, 22)


def case(of: Item | None = None, /, **changes: Any) -> Item:
    """Change fields of a sample (the study, unless told otherwise); signatures are left as they stand."""
    return replace(of or STUDY, **changes)


def said(field: str, *texts: str | None, of: Item | None = None) -> tuple[Item, ...]:
    """Make one case a text, with the text as the words of a field."""
    return tuple(case(of, **{field: text}) for text in texts)


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

STUDY = signed(
    Item(
        id="2026-12/luma-cel-lupus-phase-1",
        status=Status.APPROVED,
        section=Section.RESEARCH,
        title="Lumaricabtagene autoleucel in refractory systemic lupus erythematosus: a phase 1 study",
        link="https://jei.example/doi/10.5555/demo.2026.0507",
        source="jei",
        published="2026-05-11",
        ids=Ids(doi="10.5555/demo.2026.0507", nct="NCT99990003"),
        about=About(therapies=(Therapy.CAR_T,), conditions=("lupus",), population=Population.HUMAN),
        evidence=Evidence(
            stage=Stage.PHASE_1,
            participants=9,
            comparison=Comparison.NONE,
            follow_up="median 9 months",
            because="registry phase; “nine adults”",
        ),
        excerpt="Nine adults received one infusion. Median follow-up was 9 months (range 4-14). At week 24, 7 of 9 met the "
        "remission definition. Cytokine release syndrome occurred in 6 (all grade 1-2), neurotoxicity grade 3 in 1, serious "
        "infection in 2. One participant relapsed at month 8.",
        headline="Early lupus study: 7 of 9 people had few signs of disease half a year after CAR-T",
        summary="Nine people with lupus that medicines had not held got CAR-T cells once, after a short course of "
        "chemotherapy. At week 24, 7 of 9 met the study's definition of remission. In one it came back at month 8.",
        harms="Six of nine had a fever reaction, one a serious brain reaction, and two had serious infections.",
        not_known="How long it lasts, who is helped, and whether there are late risks.",
        who="Adults with lupus for whom several medicines had not worked.",
        access="Only inside studies. What it would cost was not reported.",
        funding="Paid for by the maker, Orbital Cell Sciences.",
        you_can="Ask your specialist whether a study fits you. Please don't stop a medicine on your own.",
    ),
    ("anna", PersonRole.EDITOR),
    ("dr-m", PersonRole.MEDICAL),
)

TRIAL = case(
    id="2026-12/abx-9-cidp",
    section=Section.TRIALS,
    title="ABX-9 in CIDP",
    link="https://registry.example/study/NCT99990001",
    source="registry",
    ids=Ids(nct="NCT99990001"),
    evidence=Evidence(stage=Stage.REGISTRATION),
    trial=TrialFacts(status="RECRUITING", enrollment=18, sponsor="Example University"),
    headline="A study of an antibody in CIDP now looks for people in Germany",
    summary="The registry lists a first study of ABX-9. A listing is not a recommendation.",
    harms="No results yet, so harms are not known.",
    not_known="Whether it works, and how safe it is.",
    access="Only inside this study.",
    funding="Sponsor: Example University.",
)

MICE = case(
    id="2026-12/in-body-car-mice",
    title="In-body generation of CD19 CAR T cells reverses nephritis",
    about=About(therapies=(Therapy.IN_VIVO_CAR,), conditions=("lupus nephritis",), population=Population.ANIMAL),
    evidence=Evidence(stage=Stage.PRECLINICAL, participants=24),
    headline="In mice, CAR-T cells made inside the body lowered signs of kidney disease",
    summary="The work was done in 24 mice. Nobody knows whether it would work in people.",
    harms="Harms in people are not known; nobody has been treated.",
    access="Not available: it has only been tried in mice.",
)

WITHDRAWN = case(
    id="2026-12/selonib-retraction",
    section=Section.SAFETY,
    title="Retraction: Selonib bispecific antibody in severe rheumatoid arthritis",
    evidence=Evidence(stage=Stage.RETRACTION),
    headline="A paper we told you about has been withdrawn",
    summary="The journal withdrew it because some outcome numbers could not be verified.",
    harms="The notice does not report harms.",
    not_known="Whether the antibody helps. What the paper said can't be relied on.",
    access=None,
    funding=None,
)

DECISION = case(
    id="2026-12/examplia-approval",
    section=Section.REGULATION,
    title="Examplia approves veltacabtagene autoleucel for stiff-person syndrome",
    link="https://agency.example/news/219",
    source="agency",
    ids=Ids(),
    evidence=Evidence(stage=Stage.REGULATORY_DECISION, participants=28),
    headline="Examplia approves a CAR-T for stiff-person syndrome, on one study of 28 people",
    summary="The approval is conditional and holds in Examplia only. It rests on one study without comparison group.",
    harms="The label warns of fever reactions, brain reactions and later cancers.",
    access="Approved in Examplia only. The price is not known.",
    funding="The maker paid for the study.",
)

SAMPLES = (STUDY, TRIAL, MICE, WITHDRAWN, DECISION)
"""Items that no rule has anything to say about, sign-off aside."""
