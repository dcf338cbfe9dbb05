"""What a template sees of one item: its words in reading order, its evidence in words, its links made safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pipeline.language.catalog import Catalog, in_language
from pipeline.model.evidence import (
    FLAG_SENTENCES,
    LABELS,
    SENTENCES,
    SHORT,
    SHORT_FLAGS,
    Comparison,
    Evidence,
    Flag,
    Stage,
)
from pipeline.model.issue import Issue, SourceNote
from pipeline.model.item import Fact, Item
from pipeline.model.names import CorrectionKind, Group, Population
from pipeline.render.archive import Archive, Corrected, PrintedItem
from pipeline.render.panel import Panel, panel_of
from pipeline.render.pictures import Counts, Picture, drawable
from pipeline.render.regions import region_of
from pipeline.render.trials.drafts import caveats, short_caveats
from pipeline.sources import registries
from pipeline.text import safe_link, untracked
from pipeline.theme.photo import Photo
from pipeline.trials.change_types import group_of

# A regulator's decision tells what is allowed where, not how strong a study was: it takes no step.
STEPS = tuple(s for s in Stage if s.rank is not None and s is not Stage.REGULATORY_DECISION)
# The fixed sentence of these steps tells the comparison already.
_SAID = frozenset(
    {
        (Stage.CASE_SERIES, Comparison.NONE),
        (Stage.PHASE_2, Comparison.NONE),
        (Stage.PHASE_2_RCT, Comparison.RANDOMISED),
        (Stage.PHASE_3, Comparison.NONE),
        (Stage.PHASE_3_RCT, Comparison.RANDOMISED),
    }
)
# Nor does a notice of withdrawal need to say twice that the paper was withdrawn.
_SAID_FLAGS = frozenset({(Stage.RETRACTION, Flag.RETRACTED)})

_PICTURE = 12
"""The words that would take the room of a picture on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """The evidence in words. `step` counts from 1 to `steps`; None for what is no study.

    `comparison` is one of none, randomised, controlled, unknown, or empty when there is nothing left to say of it.
    `short` and `short_flags` are what the e-mail says where `sentence` and `flags` would be said again.
    `kind` says what the number of participants counts: people, planned, intended (the plan of a study that stopped),
    joined, animals or samples.
    """

    stage: str
    label: str
    sentence: str
    short: str
    step: int | None
    steps: int
    flags: tuple[str, ...]
    short_flags: tuple[str, ...]
    number: int | None
    kind: str
    comparison: str
    follow_up: str | None
    treats: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a story comes from: outlet, what sort of outlet, the title there, a link that is http(s) or None."""

    name: str
    tier: str
    title: str
    link: str | None
    same_language: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One item, ready for a template. `rows` are (field, words) from "who" to "you can", in reading order.

    `numbers` are the facts, those that are drawn with their picture; `counts` those of them that say what they count.
    `notices` are all corrections of it, newest first; those by later items alone are `corrected`. Of a withdrawn one
    nothing is drawn and no benefit counted.
    `group` and `region` say among which news of trials it stands; `caveats` are the fixed sentences of its changes,
    `short_caveats` those of the e-mail.
    """

    item: Item
    printed: PrintedItem
    rung: Rung
    rows: tuple[tuple[str, str | None], ...]
    primary: Origin
    also: tuple[Origin, ...]
    registry: str | None
    numbers: Counts
    counts: Counts
    notices: tuple[Corrected, ...]
    corrected: tuple[PrintedItem, ...]
    corrects: tuple[PrintedItem, ...]
    later: tuple[PrintedItem, ...]
    caveats: tuple[str, ...]
    short_caveats: tuple[str, ...]
    group: Group | None
    region: str
    photo: Photo | None

    @property
    def panel(self) -> Panel[Picture]:
        """What got better beside the harms, with the pictures of the web."""
        return panel_of(self.item, self.counts)

    @property
    def withdrawal(self) -> Corrected | None:
        """What says last that its source was withdrawn, or that its editors took it back; None where nothing does."""
        return _withdrawal(self.notices)

    @property
    def withdrawn(self) -> bool:
        """Whether it was withdrawn since: lists tell that in place of its result, and nothing is drawn."""
        return self.withdrawal is not None

    @property
    def quoted(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """The facts by the words they came from: a quote that carries several stands once."""
        groups = groupby((fact for fact, _ in self.numbers), key=lambda fact: fact.quote or "")
        return tuple((quote, tuple(facts)) for quote, facts in groups)

    @property
    def length(self) -> int:
        """How long it is on paper, in words; a picture takes the room of some. A long one leaves out more there."""
        item = self.item
        texts = (self.printed.headline, item.summary, item.harms, item.funding, *(words for _, words in self.rows))
        drawn = sum(picture is not None for _, picture in self.counts)
        return sum(len((text or "").split()) for text in texts) + _PICTURE * drawn


def make_card(printed: PrintedItem, issue: Issue, archive: Archive) -> Card:
    """Gather all that a page tells of an item."""
    item = printed.item
    sources = {s.key: s for s in issue.colophon.sources}
    catalog = in_language(issue.masthead.language)
    notices = archive.notices(printed)
    numbers = drawable(item.facts, withdrawn=_withdrawal(notices) is not None)
    return Card(
        item=item,
        printed=printed,
        rung=_rung(item, catalog),
        rows=(
            ("who", item.who),
            ("not_known", item.not_known),
            ("access", item.access),
            ("you_can", item.you_can),
        ),
        primary=_origin(item.source, item.title, item.link, sources, same=item.language == issue.masthead.language),
        also=_others(item, sources),
        registry=_registry(item, fictional=bool(issue.masthead.fictional)),
        numbers=numbers,
        counts=tuple((fact, picture) for fact, picture in numbers if fact.shows and fact.says),
        notices=notices,
        corrected=archive.corrected(printed),
        corrects=archive.corrects(printed),
        later=archive.later(printed),
        caveats=caveats(item.change, item.trial.status if item.trial else None, catalog),
        short_caveats=short_caveats(item.change, item.trial.status if item.trial else None, catalog),
        group=group_of(item),
        region=region_of(item.trial.countries) if item.trial else "",
        photo=archive.photo(item.picture),
    )


def _withdrawal(notices: Iterable[Corrected]) -> Corrected | None:
    return next((each for each in notices if each.kind is CorrectionKind.RETRACTION), None)


def _others(item: Item, sources: dict[str, SourceNote]) -> tuple[Origin, ...]:
    """The other outlets that told the story, each once."""
    others = {
        a.source: _origin(a.source, a.title, a.link, sources) for a in reversed(item.also) if a.source != item.source
    }
    return tuple(reversed(others.values()))


def _rung(item: Item, catalog: Catalog) -> Rung:
    evidence = item.evidence
    stage = evidence.stage
    flags = [flag for flag in dict.fromkeys(evidence.flags) if (stage, flag) not in _SAID_FLAGS]
    return Rung(
        stage=stage.value,
        label=catalog.said(LABELS[stage]),
        sentence=catalog.said(SENTENCES[stage]),
        short=catalog.said(SHORT[stage]),
        step=STEPS.index(stage) + 1 if stage in STEPS else None,
        steps=len(STEPS),
        flags=tuple(catalog.said(FLAG_SENTENCES[flag]) for flag in flags),
        short_flags=tuple(catalog.said(SHORT_FLAGS[flag]) for flag in flags),
        number=_number(item),
        kind=_kind(item, evidence),
        comparison=_comparison(evidence),
        follow_up=evidence.follow_up,
        treats=stage.treats_people,
    )


def _comparison(evidence: Evidence) -> str:
    if evidence.stage is Stage.STOPPED and evidence.participants == 0:
        return ""  # a study that nobody joined compared nothing
    if evidence.comparison is None:
        return "unknown" if evidence.stage.treats_people else ""
    return "" if (evidence.stage, evidence.comparison) in _SAID else evidence.comparison.value


def _number(item: Item) -> int | None:
    """How many: what the evidence says; for a plan, and a study that stopped, else what the registry says."""
    plan = item.evidence.stage in (Stage.REGISTRATION, Stage.STOPPED)
    if item.evidence.participants is None and plan and item.trial:
        return item.trial.enrollment
    return item.evidence.participants


def _kind(item: Item, evidence: Evidence) -> str:
    if item.about.population is Population.LAB:
        return "samples"
    if evidence.stage is Stage.PRECLINICAL or item.about.population is Population.ANIMAL:
        return "animals"
    actual = item.trial is not None and (item.trial.enrollment_type or "").upper() == "ACTUAL"
    if evidence.stage is Stage.REGISTRATION:
        return "joined" if actual else "planned"
    if evidence.stage is Stage.STOPPED and item.trial is not None and not actual:
        return "intended"  # the registry still gives the plan: how many joined is not known
    return "people"


def _origin(key: str, title: str, link: str | None, sources: dict[str, SourceNote], *, same: bool = True) -> Origin:
    note = sources.get(key)
    return Origin(
        name=note.name if note else key,
        tier=note.tier if note else "",
        title=title,
        link=untracked(safe_link(link) or "") or None,
        same_language=same,
    )


def _registry(item: Item, *, fictional: bool) -> str | None:
    """Where the trial's entry in its registry can be read; invented trials have none but their own link."""
    number = item.ids.number or ""
    link = untracked(safe_link(item.link) or "") or None
    if link and number and number.lower() in link.lower():
        return link
    page = None if fictional else registries().page_of(number)
    return page or (link if item.trial else None)
