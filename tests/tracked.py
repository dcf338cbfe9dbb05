"""Invented records of trials for three issues, for tests of the pages that tell of them. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import lxml.html
from issues import earlier_issue, quiet_issue, sample_issue, templates

from pipeline.model.entry import ArmEvents, Trial
from pipeline.model.issue import Edition
from pipeline.model.track import FollowedTrials
from pipeline.render import render
from pipeline.trials.history import follow

TEMPLATES = templates()
ARCHIVE = (earlier_issue(), sample_issue(), quiet_issue())

ONE, TWO, THREE = "2026-11", "2026-12", "2027-01"

LUPUS = Trial(
    number="NCT99990003", title="Luma CAR-T in lupus", status="NOT_YET_RECRUITING", phases=("PHASE1",), enrollment=24,
    enrollment_type="ESTIMATED", conditions=("Systemic Lupus Erythematosus",), interventions=("Luma CAR-T",),
    countries=("Germany",), sites=("Klinikum, Beispielstadt, Germany",), sponsor="Example University", arms=1,
    minimum_age="18 Years", start="2026-12", start_type="ESTIMATED", primary_completion="2028-06",
    primary_completion_type="ESTIMATED", completion="2029", completion_type="ESTIMATED", updated="2026-10-20",
    link="https://registry.example/study/NCT99990003", checked="2026-11-02",
)  # fmt: skip
DONE = Trial(
    number="NCT99990010", title="Orb-22 in myasthenia", status="COMPLETED", phases=("PHASE1", "PHASE2"), enrollment=12,
    enrollment_type="ACTUAL", conditions=("Myasthenia Gravis",), countries=("Italy", "Germany"), allocation="RANDOMIZED",
    masking="DOUBLE", start="2024-01-15", start_type="ACTUAL", primary_completion="2025-06", has_results=True,
    primary_completion_type="ACTUAL", completion="2025-12-01", completion_type="ACTUAL", results_posted="2026-10-01",
    arms_events=(ArmEvents(group="Orb-22", serious=3, serious_at_risk=12, deaths=0, deaths_at_risk=12),),
    updated="2026-10-02", checked="2026-11-02",
)  # fmt: skip
SILENT = Trial(
    number="NCT99990020", title="Velta in sclerosis", status="UNKNOWN", last_known_status="RECRUITING",
    conditions=("Systemic Sclerosis",), countries=("Italy",), start="2022-03", start_type="ACTUAL",
    completion="2025-03", completion_type="ESTIMATED", updated="2023-05-04", checked="2026-11-02",
)  # fmt: skip


def records() -> dict[str, tuple[Trial, ...]]:
    """Three records: one trial opens and then leaves Germany, one is new, one is read no more, one gets another number."""
    opened = replace(
        LUPUS, status="RECRUITING", start="2026-11-20", start_type="ACTUAL", updated="2026-11-21", checked="2026-11-28"
    )
    moved = replace(
        opened,
        countries=("Italy",),
        sites=("Ospedale, Esempio, Italy",),
        status="SUSPENDED",
        why_stopped="A review of doses",
        updated="2026-12-20",
        checked="2026-12-30",
    )
    new = replace(LUPUS, number="NCT99990030", title="A new one", updated="2026-11-25", checked="2026-11-28")
    number = replace(new, number="NCT99990031", former_ids=("NCT99990030",), checked="2026-12-30")
    return {
        ONE: (LUPUS, DONE, SILENT),
        TWO: (opened, replace(DONE, checked="2026-11-28"), SILENT, new),
        THREE: (moved, replace(DONE, checked="2026-12-30"), SILENT, number),
    }


def tracks(until: str = THREE) -> FollowedTrials:
    """The records up to an issue, joined."""
    return follow({key: trials for key, trials in records().items() if key <= until})


def built(until: str = THREE) -> Edition:
    """The edition of an issue, with the records up to it."""
    issues = tuple(i for i in ARCHIVE if i.key <= until)
    return render(issues[-1], issues, TEMPLATES, tracks(until))


def tree(content: bytes) -> lxml.html.HtmlElement:
    """A page, parsed."""
    return lxml.html.document_fromstring(content.decode())


def text(content: bytes) -> str:
    """What stands on a page between its head and its foot, in a line."""
    return " ".join(tree(content).xpath("//main")[0].text_content().split())


def page(site: Mapping[str, bytes], nct: str) -> str:
    """What stands on a trial's page."""
    return text(site[f"trials/{nct}/index.html"])
