"""What tells one entry's story from another's: its own ids, the ids it mentions, and its telling facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model.entry import Entry
from pipeline.model.evidence import Flag
from pipeline.model.names import Population, Role, Tier
from pipeline.model.source import Source
from pipeline.model.story import Judged
from pipeline.text import canonical_link
from pipeline.triage.counts import number_of
from pipeline.triage.products import product_in
from pipeline.triage.titles import Title, title_of
from pipeline.triage.wording import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The identities an entry can only share with the same thing told elsewhere.

    `preprint` says that doi and pmid are those of a preprint; `trial` that a registry speaks of a study, not
    a paper or an outlet; `retracts` is the paper a notice is about.
    """

    doi: str | None
    pmid: str | None
    nct: str | None
    preprint: bool
    trial: bool
    retracts: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What must agree, as far as both tell it, before two entries without a shared id are one story.

    `phases` and `spans` (in months) stand in the title, `ages` are those of single patients, `groups` numbers of
    people, `shares` the "7 of 9"s, `notice` what kind of reply or correction the title says it is.
    """

    ncts: frozenset[str]
    phases: frozenset[str]
    conditions: frozenset[str]
    therapies: frozenset[str]
    population: Population | None
    ages: frozenset[int]
    groups: frozenset[int]
    shares: frozenset[tuple[int, int]]
    spans: frozenset[float]
    products: frozenset[str]
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """One judged entry with all that merging looks at.

    `dois` are the papers it is about: its own, else those it mentions; `evidence` tells what may carry a story
    alone.
    """

    judged: Judged
    tier: Tier
    role: Role
    own: Own
    facts: Facts
    title: Title
    dois: frozenset[str]
    link: str | None
    evidence: bool

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.judged.entry


_EVIDENCE = frozenset({Tier.REGISTRY, Tier.REGULATOR, Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT})
_LIMIT = 6000
_I = re.IGNORECASE

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>,;)\]}]+", _I)
_NCT = re.compile(r"\bNCT\d{8}\b", _I)
# Servers whose DOIs name preprints; 10.1101 with a digit behind it is not Cold Spring Harbor's journals.
_PREPRINT = re.compile(r"10\.(?:1101/\d|64898/|21203/rs|20944/preprints|2139/ssrn)")
_PHASE = re.compile(r"\bphase[- ]?((?:[1-4]|i{1,3}|iv)[ab]?(?: ?[/–-] ?(?:[1-4]|i{1,3}|iv)[ab]?)?)\b", _I)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NUMBER = r"(\d{1,4}|[a-zäöüß]{3,12}(?:-[a-z]{3,5})?)"
_AGE = re.compile(
    r"\b(\d{1,2})[- ]?(?:years?[- ]olds?|jährige\w*|year-old)\b|\baged? (\d{1,2})\b(?! ?(?:to|and|or|-))", _I
)
_GROUP = re.compile(
    rf"\b{_NUMBER}[ -](?:[a-zäöüß][\w'-]* ){{0,3}}?"
    r"(?:adults?|patients?|participants?|people|persons?|children|women|men|subjects|individuals|volunteers"
    r"|erwachsene\w*|patient(?:innen|en)|personen|betroffene\w*|kinder|menschen)\b",
    _I,
)
_SHARE = re.compile(
    rf"\b{_NUMBER} (?:\(\d+%\) )?(?:of|out of|von)(?: the| all)? {_NUMBER}\b(?!%)|\b(\d{{1,3}})/(\d{{1,3}})\b", _I
)
_SPAN = re.compile(rf"\b{_NUMBER}[ -](week|month|year|woche|monat|jahr)(?!s?[- ]old)", _I)
_MONTHS = {"week": 12 / 52, "woche": 12 / 52, "month": 1.0, "monat": 1.0, "year": 12.0, "jahr": 12.0}
_NAME = re.compile(
    r"\b(?:[a-z]{3,9}-cel\b|[a-z]{4,}(?:tagene|lecleucel|mab)\b|[a-z]{2,5}-?\d{2,5}[a-z]?\d{0,2}\b|[a-z]{2,5}-[a-z0-9]{2,5}-\d{2,5}\b)",
    _I,
)
# Targets, scores, viruses and registries that look like a product's code.
_NOT_NAME = re.compile(
    r"(?:cd|il|das|sri|acr|nct|covid|sars|pd|h|ifn|tnf|igg|hla|sledai|asas|eular|week|phase|euct|drks|isrctn|grade|day|ash|asgct)-?\d|[a-z]+-?(?:19|20)\d\d$",
    _I,
)
_NOTICE = re.compile(
    r"^\W*(?:[\w-]+ ){0,6}?(retract)|^\W*(?:\w+ )?(withdraw|correct|corrigend|errat|addend|expression of concern|reply|response to|comment"
    r"|letter|editorial|author'?s'? re)", _I
)  # fmt: skip


def marks(judged: Judged, source: Source | None) -> Marks:
    """Read off an entry what merging looks at. A source nobody knows is trusted least."""
    entry, tier = judged.entry, source.tier if source else Tier.COMPANY
    role = source.role if source else Role.LEAD
    title = fold(entry.title)
    text = f"{title}. {fold(entry.summary[:_LIMIT])}"
    own = _own(judged, tier)
    mentioned = {d.rstrip(".").lower() for d in _DOI.findall(text)}
    return Marks(
        judged=judged,
        tier=tier,
        role=role,
        own=own,
        facts=_facts(judged, title, text),
        title=title_of(title),
        dois=frozenset(filter(None, (own.doi, own.retracts))) or frozenset(mentioned),
        link=entry.ids.link or (canonical_link(entry.link) if entry.link else None),
        evidence=role is Role.EVIDENCE and tier in _EVIDENCE,
    )


def same_product(one: str, other: str) -> bool:
    """Whether two product names are one: equal, or a short form beside its full name (luma-cel, lumaricabtagene)."""
    short, long = sorted((one, other), key=len)
    return one == other or (short.endswith("-cel") and not long.endswith("-cel") and long.startswith(short[:-4]))


def _own(judged: Judged, tier: Tier) -> Own:
    entry = judged.entry
    trial = entry.trial is not None or tier is Tier.REGISTRY
    doi = entry.ids.doi.lower() if entry.ids.doi else None
    preprint = (
        tier is Tier.PREPRINT
        or Flag.PREPRINT in judged.verdict.evidence.flags
        or any(t.lower() == "preprint" for t in entry.types)
        or (doi is not None and _PREPRINT.match(doi) is not None)
    )
    if doi and preprint:
        doi = re.sub(r"v\d{1,2}$", "", doi)
    # Elsewhere an NCT number is only mentioned: two papers of one trial are two papers.
    nct = (entry.ids.nct or (entry.trial.nct if entry.trial else None)) if trial else None
    return Own(doi=doi, pmid=entry.ids.pmid, nct=nct, preprint=preprint, trial=trial, retracts=entry.retracts)


def _facts(judged: Judged, title: str, text: str) -> Facts:
    entry, about = judged.entry, judged.verdict.about
    said = _NOTICE.search(title)
    shares = frozenset(_shares(text))
    return Facts(
        ncts=frozenset(n.upper() for n in (*entry.ncts, *filter(None, (entry.ids.nct,)), *_NCT.findall(text))),
        phases=frozenset(_phase(p) for p in _PHASE.findall(title)),
        conditions=frozenset(about.conditions),
        therapies=frozenset(about.therapies),
        population=about.population,
        ages=frozenset(int(a or b) for a, b in _AGE.findall(text)),
        groups=frozenset(n for word in _GROUP.findall(text) if (n := number_of(word))) | {whole for _, whole in shares},
        shares=shares,
        spans=frozenset(
            round(n * _MONTHS[unit.lower()], 1) for word, unit in _SPAN.findall(title) if (n := number_of(word))
        ),
        products=frozenset(_product(n) for n in _NAME.findall(text) if not _NOT_NAME.match(n)),
        notice="retract" if entry.retracts else (said[1] or said[2]).lower() if said else "",
    )


def _shares(text: str) -> list[tuple[int, int]]:
    found = []
    for part, whole, upper, lower in _SHARE.findall(text):
        one, all_ = number_of(part or upper), number_of(whole or lower)
        if one is not None and all_ is not None and one <= all_:
            found.append((one, all_))
    return found


def _phase(words: str) -> str:
    """Write a phase in one way: "IIb/III" is "2/3"."""
    parts = re.findall(r"[1-4]|i{1,3}v?|iv", words.lower())
    return "/".join(_ROMAN.get(p, p) for p in parts)


def _product(name: str) -> str:
    """Write a product's name in one way: the first of the names it is known by, else without hyphen and case."""
    known = product_in(name, surely=True)
    if known is not None:
        return known[0].names[0]
    lower = name.lower()
    return lower if lower.endswith("-cel") else lower.replace("-", "")
