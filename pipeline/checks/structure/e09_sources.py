"""Every item has a date, a link, and a source that can carry it.

A link is https, so that nobody on the way learns or changes what is read. A press release, a company or a news site
leads to the primary source; alone it carries nothing (40 of 100 university press releases gave more direct advice than
their paper did, Sumner 2014). A registry carries what it lists itself. What a regulator decides or warns of comes from
the regulator; results that a registry posts carry its number. A withdrawal may come from a source kept for integrity.

Source: HealthNewsReview.org criterion 10; Sumner et al., BMJ 2014; Science Media Centre, ten best practices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.evidence import Flag, Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Role, Section, Severity, Tier
from pipeline.model.source import Source
from pipeline.text import safe_link

_NEVER = frozenset({Tier.COMPANY, Tier.AGGREGATOR, Tier.NEWS})
_RELEASES = frozenset({Flag.PRESS_RELEASE, Flag.COMPANY})
_RELEASING = frozenset({Tier.ACADEMIC, Tier.SOCIETY, Tier.PATIENT_ORG})
_OFFICIAL = frozenset({Stage.REGULATORY_DECISION, Stage.SAFETY_NOTICE})
_LISTED = frozenset({Stage.REGISTRATION, Stage.STOPPED})
_RESULTS = frozenset({Section.RESEARCH, Section.EMERGING})
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a missing link or date, and on sources that can't carry the item."""
    if safe_link(item.link) is None:
        yield Remark(
            field="link",
            why="There is no web address, so readers can't check for themselves."
            if not item.link
            else "The link isn't a plain http or https address.",
            suggestion="Link the primary source: the paper, the registry's page or the regulator's notice.",
        )
    elif (item.link or "").lower().startswith("http://"):
        yield Remark(
            field="link",
            end=len(item.link or ""),
            severity=Severity.WARN,
            why=f"{item.link} is not https: anyone on the way can see and change what is read there. An e-mail that "
            "links it is not built (M6).",
            suggestion=f"Try https{(item.link or '')[4:]} in a browser; if it opens, write that.",
        )
    if not _dated(item):
        yield Remark(
            field="published",
            why="The source has no date. A reader who finds this in a year's time can't see how old it is.",
            suggestion="Look it up at the source and set published, as precisely as it is given: "
            "2026-05-11, 2026-05 or 2026.",
        )
    elif _ahead(item.published or "", context):
        yield Remark(
            field="published",
            end=len(item.published or ""),
            why=f"“{item.published}” is in the future; today is {context.today}. Nobody can have read it yet.",
            suggestion="Set the day it came out. If the journal issue is dated ahead, use the day it went online.",
        )
    yield from _carried(item, context)


def _ahead(published: str, context: Context) -> bool:
    """Whether a date as far as it was given lies ahead; a day is allowed for, as it is tomorrow already elsewhere."""
    if not _ISO.fullmatch(published):
        return False
    return published > (context.today + timedelta(days=1)).isoformat()[: len(published)]


def _dated(item: Item) -> bool:
    return bool(item.published or (item.trial and item.trial.updated) or any(c.date for c in item.change))


def _carried(item: Item, context: Context) -> Iterable[Remark]:
    keys = tuple(dict.fromkeys((item.source, *(other.source for other in item.also))))
    known = tuple(s for s in map(context.config.source, keys) if s is not None)
    if any(_carries(source, item) for source in known):
        return
    unknown = [key for key in keys if context.config.source(key) is None]
    if unknown and not _official(item) and (item.ids.doi or item.ids.pmid or item.ids.number):
        yield Remark(
            field="source",
            severity=Severity.WARN,
            why=f"“{unknown[0]}” isn't in sources.yml, so nobody has said what it may be used for. The "
            "item has a DOI, PMID or NCT number.",
            suggestion="Check that the link leads to the paper or registry page itself, or add the source "
            "to sources.yml.",
        )
        return
    yield Remark(field="source", why=_why(item, known, unknown), suggestion=_way_out(item))


def _carries(source: Source, item: Item) -> bool:
    """Whether this source can carry this item by itself."""
    stage = item.evidence.stage
    if stage is Stage.RETRACTION:
        return source.role is Role.INTEGRITY or (source.role is Role.EVIDENCE and source.tier not in _NEVER)
    if source.tier is Tier.REGISTRY and (stage in _LISTED or not _official(item)):
        return not _unnumbered(item)
    if _official(item):
        return source.tier is Tier.REGULATOR
    released = source.key == item.source and source.tier in _RELEASING and bool(_RELEASES & set(item.evidence.flags))
    return source.role is Role.EVIDENCE and source.tier not in _NEVER and not released


def _unnumbered(item: Item) -> bool:
    """Whether these are results that no number ties to a study."""
    numbers = (item.ids.doi, item.ids.pmid, item.ids.number, *(other.id for other in item.also))
    return item.section in _RESULTS and item.evidence.stage not in _LISTED and not any(numbers)


def _official(item: Item) -> bool:
    """Whether only a regulator can say this; a study of harms in the safety section is still a study."""
    stage = item.evidence.stage
    if stage is Stage.RETRACTION:
        return False
    if stage in _OFFICIAL or item.section is Section.REGULATION:
        return True
    return item.section is Section.SAFETY and stage.rank is None


def _why(item: Item, known: tuple[Source, ...], unknown: list[str]) -> str:
    named = ", ".join(
        [f"{s.name} ({s.tier}, {s.role})" for s in known] + [f"{key} (not in sources.yml)" for key in unknown]
    )
    if _official(item):
        return f"This reports a regulator's decision or warning, but no regulator is among its sources: {named}."
    if _unnumbered(item) and any(s.tier is Tier.REGISTRY for s in known):
        return f"These are results, but no DOI, PMID or study number says which study they come from: {named}."
    return f"These sources can lead us to the news, but can't support it alone: {named}."


def _way_out(item: Item) -> str:
    if _official(item):
        return "Find the regulator's own notice and add it (`hope add URL`), or hold the item until there is one."
    return (
        "Find the paper, preprint or registry record and add it (`hope add DOI or NCT`), or hold the "
        "item until it is out."
    )


RULE = Rule(
    id="E09",
    name="sources",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    waivable=False,
)
