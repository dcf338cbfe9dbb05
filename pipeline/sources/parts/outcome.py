"""What a study's posted results say of harms: people with a serious adverse event and deaths, group by group."""

from __future__ import annotations

from pipeline.model.entry import ArmEvents
from pipeline.sources.parts.answer import at, items
from pipeline.sources.parts.clean import text


def events_of(study: object) -> tuple[ArmEvents, ...]:
    """List the groups with their counts, as posted; a group without any count tells nothing and is left out."""
    found = []
    for group in _groups(study)[:40]:
        names = ("seriousNumAffected", "seriousNumAtRisk", "deathsNumAffected", "deathsNumAtRisk")
        counts = [whole(at(group, name)) for name in names]
        title = at(group, "title")
        if any(n is not None for n in counts):
            name = text(title, 200) if isinstance(title, str) else ""
            found.append(_events(name, counts))
    return tuple(found)


def serious(study: object, people: int | None) -> tuple[int | None, int | None]:
    """Add up people with a serious adverse event, over groups.

    None where a group's number is missing, or where the groups together hold more people than took part: then
    groups overlap and a sum would count people twice.
    """
    groups = _groups(study)
    affected = [whole(at(g, "seriousNumAffected")) for g in groups]
    at_risk = [whole(at(g, "seriousNumAtRisk")) for g in groups]
    known = [n for n in affected if n is not None], [n for n in at_risk if n is not None]
    if not groups or len(known[0]) < len(groups) or len(known[1]) < len(groups) or people is None:
        return None, None
    total = sum(known[1])
    return (sum(known[0]), total) if total <= people else (None, None)


def whole(value: object) -> int | None:
    """Take a number of people."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _groups(study: object) -> list[object]:
    return items(study, "resultsSection", "adverseEventsModule", "eventGroups")


def _events(name: str, counts: list[int | None]) -> ArmEvents:
    return ArmEvents(
        group=name or "a group without a name",
        serious=counts[0],
        serious_at_risk=counts[1],
        deaths=counts[2],
        deaths_at_risk=counts[3],
    )
