"""The fictional registry: each study in the shape of ClinicalTrials.gov's API v2, as it stands in a month. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.demo.content import Event, Study, Value, world
from pipeline.model.registry import TrialStatus

Json = dict[str, object]
_COUNTRIES = {"NL": "Netherlands", "DE": "Germany"}
_STAMPS = {"2026-05": "2026-05-29T09:00:05", "2026-06": "2026-06-30T09:00:05"}


def version(month: str) -> Json:
    """Say what the registry's version call answers: the day its content is of."""
    return {"apiVersion": "2.0.5", "dataTimestamp": _STAMPS[month]}


def studies(month: str) -> tuple[Json, ...]:
    """Write every study that is listed by the end of a month, in the order of its number."""
    last = f"{month}-31"
    return tuple(_study(s, month) for s in world().studies if s.first_posted.isoformat() <= last)


def study(nct: str, month: str) -> Json | None:
    """Write one study as it stands in a month; None where the registry does not know it yet."""
    return next((s for s in studies(month) if number(s) == nct.upper()), None)


def number(found: Json) -> str:
    """Read a study's NCT number."""
    match found:
        case {"protocolSection": {"identificationModule": {"nctId": str(nct)}}}:
            return nct
    raise AssertionError(found)


def _study(study: Study, month: str) -> Json:
    events = [e for e in world().events if e.nct == study.nct]
    past = [e for e in events if e.month <= month]
    now = _fields(study, past, [e for e in events if e.month > month])
    updated = max([study.updated, *(e.date for e in past)])
    found: Json = {
        "protocolSection": {
            "identificationModule": _identification(study, now),
            "statusModule": _status(study, now, updated, past),
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": study.sponsor, "class": study.sponsor_class}},
            "descriptionModule": {"briefSummary": _summary(study, past)},
            "conditionsModule": {"conditions": list(study.conditions)},
            "designModule": _design(study, now),
            "armsInterventionsModule": _arms(study, now),
            "outcomesModule": {
                "primaryOutcomes": [{"measure": study.outcome.measure, "timeFrame": study.outcome.frame}]
            },
            "eligibilityModule": {
                "sex": "ALL",
                "minimumAge": "18 Years",
                "maximumAge": now["eligibilityModule.maximumAge"],
                "stdAges": ["ADULT", "OLDER_ADULT"],
                "healthyVolunteers": False,
            },
            "contactsLocationsModule": _places(now),
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": _STAMPS[month][:10]}},
        "hasResults": now["hasResults"],
    }
    if now["hasResults"]:
        found["resultsSection"] = {"adverseEventsModule": _adverse(study, now)}
    return found


def _fields(study: Study, past: list[Event], future: list[Event]) -> dict[str, Value]:
    """Lay the events over a study: what the future will change stands as `before`, what happened as `after`."""
    now: dict[str, Value] = {
        "briefTitle": study.title,
        "statusModule.overallStatus": study.status,
        "statusModule.whyStopped": None,
        "designModule.phases": study.phases,
        "enrollmentInfo.count": study.enrollment,
        "enrollmentInfo.type": study.enrollment_type,
        "designInfo.allocation": study.allocation,
        "designInfo.maskingInfo.masking": study.masking,
        "armGroups": len(study.arms),
        "eligibilityModule.maximumAge": study.maximum_age,
        "locations": study.locations,
        "hasResults": False,
    }
    for event in reversed(future):
        now.update(_flat(event.before or {}, study.ellipsis.get("before", "")))
    for event in past:
        now.update(_flat(event.after, study.ellipsis.get("after", "")))
    if now["statusModule.overallStatus"] == TrialStatus.WITHDRAWN:
        now["enrollmentInfo.type"] = "ACTUAL"
    return now


def _flat(fields: Mapping[str, Value], stem: str) -> dict[str, Value]:
    """Spread nested fields into paths, and put the study's name where a title was cut short with dots."""
    flat: dict[str, Value] = {}
    for path, value in fields.items():
        if isinstance(value, dict):
            flat.update({f"{path}.{name}": inner for name, inner in value.items()})
        else:
            flat[path] = value.replace("...", stem) if isinstance(value, str) else value
    return flat


def _identification(study: Study, now: Mapping[str, Value]) -> Json:
    return {
        "nctId": study.nct,
        "orgStudyIdInfo": {"id": f"DEMO-{study.nct[-4:]}"},
        "organization": {"fullName": study.sponsor, "class": study.sponsor_class},
        "briefTitle": now["briefTitle"],
        "officialTitle": study.official,
    }


def _status(study: Study, now: Mapping[str, Value], updated: date, past: list[Event]) -> Json:
    start, main, end = study.dates
    why = now["statusModule.whyStopped"]
    posted = next((e.date for e in past if e.after.get("hasResults") is True), None)
    return {
        "statusVerifiedDate": f"{updated:%Y-%m}",
        "overallStatus": now["statusModule.overallStatus"],
        **({"whyStopped": why} if why else {}),
        "expandedAccessInfo": {"hasExpandedAccess": False},
        "startDateStruct": _dated(start, updated),
        "primaryCompletionDateStruct": _dated(main, updated),
        "completionDateStruct": _dated(end, updated),
        "studyFirstSubmitDate": study.first_posted.isoformat(),
        "studyFirstPostDateStruct": {"date": study.first_posted.isoformat(), "type": "ACTUAL"},
        **({"resultsFirstPostDateStruct": {"date": posted.isoformat(), "type": "ACTUAL"}} if posted else {}),
        "lastUpdateSubmitDate": updated.isoformat(),
        "lastUpdatePostDateStruct": {"date": updated.isoformat(), "type": "ACTUAL"},
    }


def _dated(day: str, updated: date) -> Json:
    return {"date": day, "type": "ACTUAL" if day <= updated.isoformat()[: len(day)] else "ESTIMATED"}


def _summary(study: Study, past: list[Event]) -> str:
    summaries = [study.summaries[e.event_id] for e in past if e.event_id in study.summaries]
    return summaries[-1] if summaries else study.summary


def _design(study: Study, now: Mapping[str, Value]) -> Json:
    phases = now["designModule.phases"]
    single = now["designInfo.allocation"] == "NA"
    return {
        "studyType": "INTERVENTIONAL",
        "phases": list(phases) if isinstance(phases, tuple) else [],
        "designInfo": {
            "allocation": now["designInfo.allocation"],
            "interventionModel": "SINGLE_GROUP" if single else study.model,
            "primaryPurpose": "TREATMENT",
            "maskingInfo": {"masking": now["designInfo.maskingInfo.masking"]},
        },
        "enrollmentInfo": {"count": now["enrollmentInfo.count"], "type": now["enrollmentInfo.type"]},
    }


def _arms(study: Study, now: Mapping[str, Value]) -> Json:
    count = now["armGroups"]
    labels = study.arms[:count] if isinstance(count, int) else study.arms
    return {
        "armGroups": [
            {"label": a, "type": "ACTIVE_COMPARATOR" if a == "Standard of care" else "EXPERIMENTAL"} for a in labels
        ],
        "interventions": [dict(i) for i in study.interventions],
    }


def _places(now: Mapping[str, Value]) -> Json:
    places = now["locations"]
    contacts = now.get("contactsLocationsModule.centralContacts")
    found: Json = {}
    if isinstance(contacts, tuple):
        pairs = [c.partition(", ") for c in contacts]
        found["centralContacts"] = [{"name": name, "role": "CONTACT", "phone": phone} for name, _, phone in pairs]
    if isinstance(places, tuple):
        found["locations"] = [_place(p) for p in places]
    return found


def _place(place: str) -> Json:
    city, _, code = place.removesuffix(")").partition(" (")
    return {"facility": f"Example study site {city}", "city": city, "country": _COUNTRIES[code], "countryCode": code}


def _adverse(study: Study, now: Mapping[str, Value]) -> Json:
    group = {
        "id": "EG000",
        "title": study.arms[0],
        "seriousNumAffected": now["adverseEventsModule.seriousNumAffected"],
        "seriousNumAtRisk": now["adverseEventsModule.seriousNumAtRisk"],
    }
    return {"timeFrame": study.outcome.frame, "eventGroups": [group], "seriousEvents": [], "otherEvents": []}
