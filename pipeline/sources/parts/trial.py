"""One study of the registry's API v2, full or shortened, as plain facts in the registry's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.model.entry import Trial
from pipeline.model.registries import Registry
from pipeline.model.registry import TrialStatus
from pipeline.sources.parts.answer import at, items
from pipeline.sources.parts.clean import text
from pipeline.sources.parts.outcome import events_of, serious, whole
from pipeline.text import clip, digest


def make_trial(study: object, registry: Registry) -> Trial:
    """Make a trial of one study's JSON.

    What is missing or of another type is None or empty; enum values pass as they are. Raises ValueError where
    there is no NCT number or no title: such a study can't be told of.
    """
    protocol = at(study, "protocolSection")
    number, official = at(protocol, "identificationModule", "nctId"), _line(protocol, *_OFFICIAL_TITLE, limit=600)
    title = _line(protocol, "identificationModule", "briefTitle", limit=500) or official
    if not isinstance(number, str) or not registry.number.fullmatch(number):
        raise ValueError("no NCT number")
    if title is None:
        raise ValueError("no title")
    plain: dict[str, Any] = {
        **{field: _line(protocol, *path, limit=limit) for field, (path, limit) in _LINES.items()},
        **{field: _date(protocol, *path) for field, path in _DATES.items()},
        **{
            field: _lines((at(each, *within) for each in items(protocol, *path)), most, limit)
            for field, (path, within, most, limit) in _LISTS.items()
        },
    }
    facts = plain | _sites(protocol) | _of_results(study, registry)
    facts["former_ids"] = tuple(each for each in facts["former_ids"] if each != number)
    return Trial(number=number, title=title, official_title=official, link=registry.page_of(number) or "", **facts)


def _sites(protocol: object) -> dict[str, Any]:
    """Read where it runs, and what is joined or counted of its design."""
    places = items(protocol, "contactsLocationsModule", "locations")
    usual, arms = at(protocol, "statusModule", "overallStatus"), at(protocol, "armsInterventionsModule")
    groups = at(arms, "armGroups")
    return {
        "countries": _lines((at(p, "country") for p in places), 200, 80),
        "sites": _lines((_place(p) for p in places[:1_000]), 500, 250),
        "site_statuses": _lines((_place_status(p, usual) for p in places[:1_000]), 500, 300),
        "arms": len(groups) if isinstance(groups, list) else None,
        "enrollment": whole(at(protocol, "designModule", "enrollmentInfo", "count")),
        "intervention_text": _intervention_text(arms),
        "criteria": _criteria(at(protocol, "eligibilityModule", "eligibilityCriteria")),
        "expanded_access": _expanded(at(protocol, "statusModule", "expandedAccessInfo")),
        "retracted": _lines((_retracted(r) for r in items(protocol, "referencesModule", "references")), 40, 60),
    }


def _of_results(study: object, registry: Registry) -> dict[str, Any]:
    """Read what stands outside the protocol: results, notices, and how old the registry's data are."""
    affected, at_risk = serious(study, whole(at(study, "protocolSection", "designModule", "enrollmentInfo", "count")))
    misc = at(study, "derivedSection", "miscInfoModule")
    data_of = at(misc, "versionHolder")
    dated = isinstance(data_of, str) and _ISO.fullmatch(data_of)
    violations = items(study, "annotationSection", "violationAnnotation", "violationEvents")
    return {
        "has_results": at(study, "hasResults") is True,
        "serious_affected": affected,
        "serious_at_risk": at_risk,
        "arms_events": events_of(study),
        "events_time_frame": _line(study, "resultsSection", "adverseEventsModule", "timeFrame", limit=300),
        "violations": _lines((_violation(v) for v in violations), 20, 120),
        "removed_countries": _lines(items(misc, "removedCountries"), 100, 80),
        "read_from": f"{registry.key} {data_of}" if dated else registry.key,
    }


def strange_words(trial: Trial) -> tuple[str, ...]:
    """Name the words of a study that stand in no list of the registry's own; they are kept all the same."""
    said = {
        "status": (trial.status, trial.last_known_status),
        "phase": trial.phases,
        "study type": (trial.study_type,),
        "allocation": (trial.allocation,),
        "model": (trial.intervention_model,),
        "masking": (trial.masking,),
        "enrollment": (trial.enrollment_type,),
    }
    return tuple(
        f"{name} {word}" for name, words in said.items() for word in words if word and word not in _KNOWN[name]
    )


def plain_markup(raw: str, limit: int) -> str:
    r"""Make plain text of the registry's CommonMark: `\>` is ">", emphasis and list signs go; cut at `limit`."""
    if not _MARKUP.search(raw):
        return clip(raw.strip(), limit)  # nearly all lines of a record, which may list hundreds of sites
    raw = _LIST.sub(r"\n", _STRONG.sub(r"\2", raw))
    return clip(text(_ESCAPED.sub(r"\1", raw).replace("<", "&lt;"), cap=64 * 1024), limit)


_OFFICIAL_TITLE = ("identificationModule", "officialTitle")
_STATUS, _DESIGN, _ELIGIBLE = "statusModule", "designModule", "eligibilityModule"
_SPONSOR = ("sponsorCollaboratorsModule", "leadSponsor")
_LINES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "status": ((_STATUS, "overallStatus"), 60),
    "last_known_status": ((_STATUS, "lastKnownStatus"), 60),
    "why_stopped": ((_STATUS, "whyStopped"), 500),
    "study_type": ((_DESIGN, "studyType"), 60),
    "allocation": ((_DESIGN, "designInfo", "allocation"), 60),
    "intervention_model": ((_DESIGN, "designInfo", "interventionModel"), 60),
    "masking": ((_DESIGN, "designInfo", "maskingInfo", "masking"), 60),
    "enrollment_type": ((_DESIGN, "enrollmentInfo", "type"), 40),
    "summary": (("descriptionModule", "briefSummary"), 2_000),
    "sponsor": ((*_SPONSOR, "name"), 200),
    "sponsor_class": ((*_SPONSOR, "class"), 40),
    "minimum_age": ((_ELIGIBLE, "minimumAge"), 40),
    "maximum_age": ((_ELIGIBLE, "maximumAge"), 40),
    "sex": ((_ELIGIBLE, "sex"), 40),
    "start_type": ((_STATUS, "startDateStruct", "type"), 40),
    "primary_completion_type": ((_STATUS, "primaryCompletionDateStruct", "type"), 40),
    "completion_type": ((_STATUS, "completionDateStruct", "type"), 40),
}
"""Fields that are one line: where it stands in the protocol, and how many characters are kept."""
_DATES: Mapping[str, tuple[str, ...]] = {
    "start": (_STATUS, "startDateStruct"),
    "primary_completion": (_STATUS, "primaryCompletionDateStruct"),
    "completion": (_STATUS, "completionDateStruct"),
    "first_posted": (_STATUS, "studyFirstPostDateStruct"),
    "updated": (_STATUS, "lastUpdatePostDateStruct"),
    "results_posted": (_STATUS, "resultsFirstPostDateStruct"),
    "results_delayed": (_STATUS, "dispFirstPostDateStruct"),
}
_LISTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], int, int]] = {
    "phases": ((_DESIGN, "phases"), (), 6, 40),
    "conditions": (("conditionsModule", "conditions"), (), 60, 160),
    "keywords": (("conditionsModule", "keywords"), (), 60, 160),
    "interventions": (("armsInterventionsModule", "interventions"), ("name",), 40, 200),
    "primary_outcomes": (("outcomesModule", "primaryOutcomes"), ("measure",), 30, 300),
    "other_ids": (("identificationModule", "secondaryIdInfos"), ("id",), 20, 80),
    "former_ids": (("identificationModule", "nctIdAliases"), (), 10, 20),
}
"""Fields that are several lines: where the list stands, where in each element the line does, how many, how long."""
_MARKUP = re.compile(r"[^ -~]|[\\<>&*_#+]|  |- ")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_LIST = re.compile(r"(?:^|\n)[ \t]*(?:[*+-]|#{1,6})[ \t]+")
_KNOWN = {
    "status": frozenset(TrialStatus)
    - {TrialStatus.REVOKED, TrialStatus.CANCELLED, TrialStatus.ENDED},  # other registers'
    "phase": frozenset("NA EARLY_PHASE1 PHASE1 PHASE2 PHASE3 PHASE4".split()),
    "study type": frozenset({"INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"}),
    "allocation": frozenset({"RANDOMIZED", "NON_RANDOMIZED", "NA"}),
    "model": frozenset({"SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL"}),
    "masking": frozenset({"NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"}),
    "enrollment": frozenset({"ACTUAL", "ESTIMATED"}),
}
"""The registry's own words (clinicaltrials.gov/data-api, OpenAPI 2.0.3, June 2025)."""
_ISO = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def _line(value: object, *path: str, limit: int) -> str | None:
    """Take the text at a path as one plain line; None where there is none."""
    found = at(value, *path)
    return (plain_markup(found, limit) or None) if isinstance(found, str) else None


def _lines(values: Iterable[object], most: int, limit: int) -> tuple[str, ...]:
    """Take texts as plain lines, each once."""
    lines = (plain_markup(v, limit) for v in values if isinstance(v, str))
    return tuple(dict.fromkeys(line for line in lines if line))[:most]


def _date(value: object, *path: str) -> str | None:
    """Take a date as far as it is given: year, month or day."""
    found = at(value, *path, "date")
    return found if isinstance(found, str) and _ISO.fullmatch(found) else None


def _place(place: object) -> str:
    """Say where a site is: facility, city, country."""
    parts = (at(place, key) for key in ("facility", "city", "country"))
    return ", ".join(p.strip() for p in parts if isinstance(p, str) and p.strip())


def _intervention_text(arms: object) -> str | None:
    """Join what the sponsor says of the treatment: names, descriptions, arms; only there are code names explained."""
    said: list[object] = []
    for one in items(arms, "interventions"):
        said += [at(one, "name"), *items(one, "otherNames"), at(one, "description")]
    for group in items(arms, "armGroups"):
        said += [at(group, "label"), at(group, "description")]
    return clip(" · ".join(_lines(said, 100, 1_500)), 4_000) or None


def _criteria(text_: object) -> str | None:
    """Hash who may join, deaf to letter case, spacing and markup: whether it changed is told, not what of it."""
    if not isinstance(text_, str) or not text_.strip():
        return None
    return digest("".join(re.findall(r"\w+|[<>=≤≥]", _ESCAPED.sub(r"\1", text_).casefold())))


def _place_status(place: object, usual: object) -> str:
    """Say a site's own status behind the site, where it is another than the study's."""
    status = at(place, "status")
    return f"{_place(place)}: {status}" if isinstance(status, str) and status and status != usual else ""


def _expanded(given: object) -> str | None:
    """Name the programme that gives the treatment outside the study, where one is listed."""
    if at(given, "hasExpandedAccess") is not True:
        return None
    return _line(given, "nctId", limit=20) or "listed"


def _violation(event: object) -> str:
    """Say a notice of noncompliance: its type as it stands, and its date."""
    parts = (at(event, "type"), at(event, "issuedDate") or at(event, "postedDate"))
    return " ".join(p for p in parts if isinstance(p, str))


def _retracted(reference: object) -> str:
    """Name a linked paper that was retracted, by its PubMed number."""
    number = at(reference, "pmid")
    return number if isinstance(number, str) and items(reference, "retractions") else ""
