"""One study of the registry's API v2, full or shortened, as plain facts in the registry's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.entry import Trial
from pipeline.sources.parts.clean import text
from pipeline.text import clip

PAGE = "https://clinicaltrials.gov/study/"


def make_trial(study: object) -> Trial:
    """Make a trial of one study's JSON.

    What is missing or of another type is None or empty; enum values pass as they are. Raises ValueError where
    there is no NCT number or no title: such a study can't be told of.
    """
    protocol = _at(study, "protocolSection")
    identity, status, design = (_at(protocol, f"{name}Module") for name in ("identification", "status", "design"))
    arms, eligibility = _at(protocol, "armsInterventionsModule"), _at(protocol, "eligibilityModule")
    nct = _at(identity, "nctId")
    if not isinstance(nct, str) or not re.fullmatch(r"NCT[0-9]{8}", nct):
        raise ValueError("no NCT number")
    official = _line(identity, "officialTitle", limit=600)
    title = _line(identity, "briefTitle", limit=500) or official
    if title is None:
        raise ValueError("no title")
    enrollment = _at(design, "enrollmentInfo", "count")
    places = _items(protocol, "contactsLocationsModule", "locations")
    affected, at_risk = _serious(study, enrollment)
    arm_groups = _at(arms, "armGroups")
    return Trial(
        nct=nct,
        title=title,
        official_title=official,
        status=_line(status, "overallStatus", limit=60),
        last_known_status=_line(status, "lastKnownStatus", limit=60),
        why_stopped=_line(status, "whyStopped", limit=500),
        study_type=_line(design, "studyType", limit=60),
        phases=_lines(_items(design, "phases"), 6, 40),
        allocation=_line(design, "designInfo", "allocation", limit=60),
        intervention_model=_line(design, "designInfo", "interventionModel", limit=60),
        masking=_line(design, "designInfo", "maskingInfo", "masking", limit=60),
        arms=len(arm_groups) if isinstance(arm_groups, list) else None,
        enrollment=_count(enrollment),
        enrollment_type=_line(design, "enrollmentInfo", "type", limit=40),
        conditions=_lines(_items(protocol, "conditionsModule", "conditions"), 60, 160),
        keywords=_lines(_items(protocol, "conditionsModule", "keywords"), 60, 160),
        interventions=_lines((_at(i, "name") for i in _items(arms, "interventions")), 40, 200),
        intervention_text=_intervention_text(arms),
        primary_outcomes=_lines(
            (_at(o, "measure") for o in _items(protocol, "outcomesModule", "primaryOutcomes")), 30, 300
        ),
        summary=_line(protocol, "descriptionModule", "briefSummary", limit=2_000),
        sponsor=_line(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name", limit=200),
        sponsor_class=_line(protocol, "sponsorCollaboratorsModule", "leadSponsor", "class", limit=40),
        countries=_lines((_at(p, "country") for p in places), 200, 80),
        sites=_lines((_place(p) for p in places), 500, 250),
        minimum_age=_line(eligibility, "minimumAge", limit=40),
        maximum_age=_line(eligibility, "maximumAge", limit=40),
        start=_date(status, "startDateStruct"),
        primary_completion=_date(status, "primaryCompletionDateStruct"),
        completion=_date(status, "completionDateStruct"),
        first_posted=_date(status, "studyFirstPostDateStruct"),
        updated=_date(status, "lastUpdatePostDateStruct"),
        has_results=_at(study, "hasResults") is True,
        serious_affected=affected,
        serious_at_risk=at_risk,
        other_ids=_lines((_at(i, "id") for i in _items(identity, "secondaryIdInfos")), 20, 80),
        link=PAGE + nct,
    )


def plain_markup(raw: str, limit: int) -> str:
    r"""Make plain text of the registry's CommonMark: `\>` is ">", emphasis and list signs go; at most `limit` characters."""
    raw = _LIST.sub(r"\n", _STRONG.sub(r"\2", raw))
    return clip(text(_ESCAPED.sub(r"\1", raw).replace("<", "&lt;"), cap=64 * 1024), limit)


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_LIST = re.compile(r"(?:^|\n)[ \t]*(?:[*+-]|#{1,6})[ \t]+")
_ISO = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def _at(value: object, *path: str) -> object:
    """Go down a path of keys; None where it ends."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _items(value: object, *path: str) -> list[object]:
    """Take the list at a path; an empty one where there is none."""
    found = _at(value, *path)
    return found if isinstance(found, list) else []


def _line(value: object, *path: str, limit: int) -> str | None:
    """Take the text at a path as one plain line; None where there is none."""
    found = _at(value, *path)
    return (plain_markup(found, limit) or None) if isinstance(found, str) else None


def _lines(values: Iterable[object], most: int, limit: int) -> tuple[str, ...]:
    """Take texts as plain lines, each once."""
    lines = (plain_markup(v, limit) for v in values if isinstance(v, str))
    return tuple(dict.fromkeys(line for line in lines if line))[:most]


def _date(status: object, name: str) -> str | None:
    """Take a date as far as it is given: year, month or day."""
    found = _at(status, name, "date")
    return found if isinstance(found, str) and _ISO.fullmatch(found) else None


def _count(value: object) -> int | None:
    """Take a number of people."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _place(place: object) -> str:
    """Say where a site is: facility, city, country."""
    parts = (_at(place, key) for key in ("facility", "city", "country"))
    return ", ".join(p.strip() for p in parts if isinstance(p, str) and p.strip())


def _intervention_text(arms: object) -> str | None:
    """Join what the sponsor says of the treatment: other names, descriptions, arms; code names are explained only there."""
    said: list[object] = []
    for one in _items(arms, "interventions"):
        said += [_at(one, "name"), *_items(one, "otherNames"), _at(one, "description")]
    for group in _items(arms, "armGroups"):
        said += [_at(group, "label"), _at(group, "description")]
    return clip(" · ".join(_lines(said, 100, 1_500)), 4_000) or None


def _serious(study: object, enrollment: object) -> tuple[int | None, int | None]:
    """Add up people with a serious adverse event, over groups.

    None where a group's number is missing, or where the groups together hold more people than took part: then
    groups overlap and a sum would count people twice.
    """
    groups = _items(study, "resultsSection", "adverseEventsModule", "eventGroups")
    affected = [_count(_at(g, "seriousNumAffected")) for g in groups]
    at_risk = [_count(_at(g, "seriousNumAtRisk")) for g in groups]
    known = [n for n in affected if n is not None], [n for n in at_risk if n is not None]
    people = _count(enrollment)
    if not groups or len(known[0]) < len(groups) or len(known[1]) < len(groups) or people is None:
        return None, None
    total = sum(known[1])
    return (sum(known[0]), total) if total <= people else (None, None)
