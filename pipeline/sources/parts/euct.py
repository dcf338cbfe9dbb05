"""One trial of the EU's register (CTIS), from its RSS or its search, as plain facts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.entry import Trial
from pipeline.model.registries import Registry
from pipeline.sources.parts.answer import items, line
from pipeline.sources.parts.clean import text
from pipeline.sources.parts.draft import Draft
from pipeline.sources.parts.elsewhere import ages_in, day_first, people_in, phases_in, status_word

CODES = {
    1: "Under evaluation",
    2: "Authorised, recruitment pending",
    3: "Authorised, recruiting",
    4: "Ongoing, recruiting",
    5: "Ongoing, recruitment ended",
    6: "Temporarily halted",
    7: "Suspended",
    8: "Ended",
    9: "Expired",
    10: "Revoked",
    11: "Not authorised",
    12: "Cancelled",
}
"""The public status of a trial and of each of its countries, as the register's own pages write the codes."""


def of_draft(draft: Draft, registry: Registry) -> Trial:
    """Make a trial of one item of the RSS; raises ValueError where there is no number or no title."""
    markup = max(draft.texts, key=len, default="")
    said = {_plain(name).casefold(): _plain(value) for name, value in _LABELLED.findall(markup)}
    places = (draft.link, draft.guid, said.get("trial number", ""))
    number = next((found[0] for place in places if (found := registry.number.search(place))), "")
    title = said.get("trial title") or text(draft.title, 500)
    return _trial(number, title, said, registry, "ctis rss")


def of_overview(found: object, registry: Registry) -> Trial:
    """Make a trial of one overview of the search; raises ValueError where there is no number or no title."""
    said = {name: text(line(found, key), 2_000) for name, key in _KEYS.items()}
    said["overall trial status"] = status_of(found)
    countries = (_country(c) for c in items(found, "trialCountries") if isinstance(c, str))
    said["status in each country"] = ", ".join(c for c in countries if c)
    number = line(found, "ctNumber")
    fits = registry.number.fullmatch(number)
    return _trial(number if fits else "", said["trial title"], said, registry, "ctis search")


def status_of(found: object) -> str:
    """Say the status behind a code; a code nobody knows stays a code."""
    code = found.get("ctStatus") if isinstance(found, dict) else None
    return CODES.get(code, f"code {code}") if isinstance(code, int) else ""


_LABELLED = re.compile(
    r"<b>([^<>]{2,60})</b>\s*:?(.*?)(?=<br\s*/?>|<b>[^<>]{2,60}</b>\s*:|\Z)", re.DOTALL | re.IGNORECASE
)
_COUNTRY = re.compile(r"(?:^|,)\s*([A-Z][^:,]{2,40}):\s*[A-Z]")
_KEYS = {
    "trial title": "ctTitle",
    "medical conditions": "conditions",
    "trial phase": "trialPhase",
    "primary end point": "primaryEndPoint",
    "age of participants": "ageGroup",
    "gender of participants": "gender",
    "planned number of participants": "totalNumberEnrolled",
    "sponsor": "sponsor",
    "trial product": "product",
    "results posted": "resultsFirstReceived",
    "overall decision date": "decisionDateOverall",
    "last updated date": "lastUpdated",
}


def _trial(number: str, title: str, said: Mapping[str, str], registry: Registry, read_from: str) -> Trial:
    if not number or not title:
        raise ValueError("no number or no title")
    youngest, oldest = ages_in(said.get("age of participants", ""))
    status = said.get("overall trial status", "")
    people = people_in(said.get("planned number of participants", ""))
    outcome, phase = said.get("primary end point", ""), said.get("trial phase", "")
    return Trial(
        number=number,
        registry=registry.key,
        title=title[:500],
        status=status_word(status),
        status_said=status or None,
        study_type="INTERVENTIONAL",
        phases=phases_in(phase) or ((phase,) if phase else ()),
        enrollment=people,
        enrollment_type="ESTIMATED" if people is not None else None,
        conditions=_parts(said.get("medical conditions", "")),
        interventions=_parts(said.get("trial product", "")),
        primary_outcomes=(outcome,) if outcome else (),
        sponsor=said.get("sponsor") or None,
        countries=tuple(dict.fromkeys(_COUNTRY.findall(said.get("status in each country", "")))),
        minimum_age=youngest,
        maximum_age=oldest,
        sex=said.get("gender of participants") or None,
        first_posted=day_first(said.get("overall decision date", "")),
        updated=day_first(said.get("last updated date", "")),
        has_results=said.get("results posted", "").casefold() == "yes",
        link=registry.page_of(number) or "",
        read_from=read_from,
    )


def _plain(markup: str) -> str:
    return text(markup, 2_000).strip(" :")


def _parts(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for part in said.split(",") if (p := part.strip()[:200])))[:40]


def _country(pair: str) -> str:
    """Write "Spain:4" as the RSS does."""
    name, _, code = pair.partition(":")
    return f"{text(name, 80)}:{CODES.get(int(code), f'Code {code}')}" if code.isdigit() and len(code) < 4 else ""
