"""Trials of ISRCTN's XML (isrctn.com/page/api) as plain facts; addresses and people of its entries are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.errors import SourceError
from pipeline.model.entry import Trial
from pipeline.model.registries import Registry
from pipeline.model.registry import TrialStatus, stopped
from pipeline.sources.parts.answer import said
from pipeline.sources.parts.clean import text
from pipeline.sources.parts.elsewhere import people_in, phases_in, status_word
from pipeline.sources.parts.sniff import decode
from pipeline.text import clip, digest, plain


@dataclass(frozen=True, slots=True)
class FoundTrials:
    """The trials of a document, how many it held, and how many the register knows; None where it doesn't say."""

    trials: tuple[Trial, ...]
    parsed: int
    total: int | None


def read_trials(body: bytes, registry: Registry, today: date) -> FoundTrials:
    """Read a list of trials, or one; raises SourceError for what is not the register's XML."""
    root = _root(body)
    found = [root] if _tag(root) == "fullTrial" else [each for each in root if _tag(each) == "fullTrial"]
    trials = []
    for each in found:
        try:
            trials.append(_trial(each, registry, today))
        except ValueError:
            continue
    total = people_in(root.get("totalCount") or "")
    return FoundTrials(tuple(trials), len(found), total)


_TITLE = "ISRCTN"
_NATIONS = frozenset({"England", "Scotland", "Wales", "Northern Ireland"})
_NOTHING = re.compile(r"\W*(?:nil known|n/?a|not applicable|none|not (?:provided|known|available).*)\W*", re.IGNORECASE)


def _root(body: bytes) -> ET.Element:
    """Parse the document; entities are refused before the parser sees one."""
    content, _ = decode(body, {})
    content = content.lstrip("\ufeff \t\r\n")
    if not content:
        raise SourceError("the answer was empty")
    if "<!ENTITY" in content:
        raise SourceError("not read: the document declares XML entities")
    if re.match(r"(?:<!doctype\s+html|<html)\b", content, re.IGNORECASE):
        raise SourceError("a web page came instead of the register’s answer", page=True)
    if not content.startswith("<"):
        raise SourceError(said(_TITLE, content))
    try:
        root = ET.fromstring(content)  # noqa: S314  entities are refused above, and expat never loads a DTD
    except (ET.ParseError, ValueError) as broken:
        raise SourceError("the register’s answer is cut off or is not XML") from broken
    if _tag(root) not in ("allTrials", "fullTrial"):
        raise SourceError(f"not the register’s XML: <{plain(_tag(root), 40)}>")
    return root


_LINES: Mapping[str, tuple[str, int]] = {
    "official_title": ("trialDescription/scientificTitle", 600),
    "intervention_text": ("interventions/intervention/description", 4_000),
    "summary": ("trialDescription/plainEnglishSummary", 2_000),
    "minimum_age": ("participants/lowerAgeLimit", 40),
    "maximum_age": ("participants/upperAgeLimit", 40),
}
"""Fields that are one line: where it stands in the trial, and how many characters are kept."""


def _trial(full: ET.Element, registry: Registry, today: date) -> Trial:
    """Make one trial; raises ValueError where there is no number or no title."""
    trial = full.find("{*}trial")
    if trial is None:
        raise ValueError("no trial")
    lines: dict[str, Any] = {field: _line(trial, path, limit) for field, (path, limit) in _LINES.items()}
    number, title = _number(trial, registry), _line(trial, "trialDescription/title", 500) or lines["official_title"]
    if number is None or not title:
        raise ValueError("no number or no title")
    return Trial(
        number=number,
        title=title,
        registry=registry.key,
        link=registry.page_of(number) or "",
        read_from=registry.key,
        sponsor=next(iter(_lines(full, "sponsor/organisation", 200)), None),
        interventions=_interventions(trial, lines["intervention_text"]),
        **lines,
        **_progress_of(trial, today),
        **_plan_of(trial),
    )


def _interventions(trial: ET.Element, treatment: str | None) -> tuple[str, ...]:
    drugs = _split(_line(trial, "interventions/intervention/drugNames", 1_000))
    return drugs or ((clip(treatment, 200),) if treatment else ())


def _progress_of(trial: ET.Element, today: date) -> dict[str, Any]:
    """Read how far the trial has come: status, dates, people, results."""
    status, words = _status(trial, today)
    joined, planned = (
        people_in(_line(trial, f"participants/{n}Enrolment", 20) or "") for n in ("totalFinal", "target")
    )
    return {
        "status": status,
        "status_said": words,
        "why_stopped": _line(trial, "trialDesign/reasonAbandoned", 500) if stopped(status) else None,
        "enrollment": joined or planned,
        "enrollment_type": "ACTUAL" if joined else "ESTIMATED" if planned is not None else None,
        "start": _day(_raw(trial, "participants/recruitmentStart")),
        "completion": _day(_raw(trial, "trialDesign/overallEndDate")),
        "first_posted": _day(_attribute(trial, "isrctn", "dateAssigned") or trial.get("publicIdentifierDateAssigned")),
        "updated": _day(trial.get("lastUpdated")),
        "has_results": _line(trial, "results/publicationStage", 40) == "Results",
    }


def _plan_of(trial: ET.Element) -> dict[str, Any]:
    """Read what is planned: design, who may join, where."""
    return {
        "study_type": status_word(_line(trial, "trialDesign/primaryStudyDesign", 60) or ""),
        "phases": phases_in(_line(trial, "interventions/intervention/phase", 60) or ""),
        "allocation": _allocation(trial),
        "conditions": _lines(trial, "conditions/condition/description", 160),
        "primary_outcomes": _outcomes(trial),
        "countries": _countries(trial),
        "sites": _sites(trial),
        "sex": (_line(trial, "participants/gender", 40) or "").upper() or None,
        "criteria": _criteria(trial),
        "other_ids": _other_ids(trial),
    }


def _status(trial: ET.Element, today: date) -> tuple[str | None, str | None]:
    """Work out the status as the register's own pages do: its word where it set one, else by its dates.

    Dates are plans, so a trial whose end has passed is "ENDED", never completed.
    """
    for path in (
        "trialDesign/overallStatusOverride",
        "participants/recruitmentStatusOverride",
        "recruitmentStatusOverride",
    ):
        if word := _line(trial, path, 60):
            return status_word(word), word
    start, stop = (_day(_raw(trial, f"participants/recruitment{n}")) for n in ("Start", "End"))
    end = _day(_raw(trial, "trialDesign/overallEndDate"))
    dates = f"by its dates: recruitment {start or '?'} to {stop or '?'}, end {end or '?'}"
    now = today.isoformat()
    if end and end < now:
        return TrialStatus.ENDED.value, dates
    if stop and stop < now:
        return TrialStatus.ACTIVE_NOT_RECRUITING.value, dates
    if start:
        return (TrialStatus.NOT_YET_RECRUITING if start > now else TrialStatus.RECRUITING).value, dates
    return None, None


def _number(trial: ET.Element, registry: Registry) -> str | None:
    """Find the number: in the trial's own attribute, else its element, which holds the digits alone."""
    given = trial.get("publicIdentifierCanonical") or trial.findtext("{*}isrctn") or ""
    number = f"ISRCTN{given.strip().upper().removeprefix('ISRCTN')}"
    return number if registry.number.fullmatch(number) and " " not in number else None


def _allocation(trial: ET.Element) -> str | None:
    """Read whether chance decides, in the common words; None where the entry does not say."""
    paths = ("trialDesign/interventionalTrialDesign/allocation", "trialDesign/secondaryStudyDesign")
    design = " ".join(line for path in paths if (line := _line(trial, path, 100))).casefold()
    if re.search(r"non[- ]?randomi[sz]ed", design):
        return "NON_RANDOMIZED"
    if re.search(r"randomi[sz]ed", design):
        return "RANDOMIZED"
    return "NA" if "single" in design else None


def _outcomes(trial: ET.Element) -> tuple[str, ...]:
    paths = ("trialDescription/primaryOutcome", "primaryOutcome", "primaryOutcomes/outcomeVariable/variable")
    return tuple(dict.fromkeys(line for path in paths for line in _lines(trial, path, 300)))


def _countries(trial: ET.Element) -> tuple[str, ...]:
    """List countries; the nations of the United Kingdom are one."""
    listed = _lines(trial, "participants/recruitmentCountries/country", 80)
    return tuple(dict.fromkeys("United Kingdom" if c in _NATIONS else c for c in listed))


def _sites(trial: ET.Element) -> tuple[str, ...]:
    places = trial.iterfind("{*}participants/{*}trialCentres/{*}trialCentre")
    named = (", ".join(p for n in ("name", "city", "country") if (p := _line(place, n, 120))) for place in places)
    return tuple(dict.fromkeys(place for place in named if place))[:500]


def _criteria(trial: ET.Element) -> str | None:
    """Hash who may join, deaf to letter case and spacing."""
    said_ = " ".join(_raw(trial, f"participants/{name}") for name in ("inclusion", "exclusion"))
    return digest("".join(re.findall(r"\w+|[<>=≤≥]", said_.casefold()))) if said_.strip() else None


def _other_ids(trial: ET.Element) -> tuple[str, ...]:
    names = ("clinicalTrialsGovNumber", "eudraCTNumber", "irasNumber", "secondaryNumbers/secondaryNumber")
    listed = (line for name in names for line in _lines(trial, f"externalRefs/{name}", 80))
    return tuple(dict.fromkeys(i for i in listed if not _NOTHING.fullmatch(i)))[:20]


def _day(stamp: str | None) -> str | None:
    """Cut a time stamp to its day."""
    found = re.match(r"\s*([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?:T|\s*$)", stamp or "")
    return found[1] if found else None


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for part in re.split(r"[,;]", names or "") if (n := part.strip()[:200])))[:40]


def _raw(place: ET.Element, path: str) -> str:
    return place.findtext(_anywhere(path)) or ""


def _attribute(place: ET.Element, path: str, name: str) -> str | None:
    found = place.find(_anywhere(path))
    return found.get(name) if found is not None else None


def _line(place: ET.Element, path: str, limit: int) -> str | None:
    """Take the first text at a path as one plain line; None where there is none."""
    return text(_raw(place, path), limit) or None


def _lines(place: ET.Element, path: str, limit: int) -> tuple[str, ...]:
    """Take every text at a path as plain lines, each once."""
    return _distinct(text(e.text or "", limit) for e in place.iterfind(_anywhere(path)))


def _distinct(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in lines if line))[:60]


def _anywhere(path: str) -> str:
    """Write a path for whatever namespace the register uses."""
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def _tag(place: ET.Element) -> str:
    return place.tag.rpartition("}")[2]
