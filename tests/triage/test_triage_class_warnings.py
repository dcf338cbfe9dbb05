"""Warnings on a whole class of therapies reach the queue, whoever tells of the regulator's act."""

from __future__ import annotations

import pytest

from pipeline.model.entry import Entry, Ids
from pipeline.model.names import Role, Section, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Verdict
from pipeline.triage.verdict import judge


def verdict(title: str, tier: Tier) -> Verdict:
    source = Source(key="s", kind="feed", name="A source", url="https://s.example/feed", tier=tier, role=Role.LEAD)
    return judge(Entry(source="s", title=title, ids=Ids()), source, Topics())


@pytest.mark.parametrize("tier", [Tier.REGULATOR, Tier.SOCIETY, Tier.NEWS, Tier.PATIENT_ORG])
@pytest.mark.parametrize(
    "title",
    [
        "Medicines agency opens a review of bowel harm after CAR-T",
        "Boxed warning on CAR-T labels is lifted",
        "Health authorities count late infections after CAR-T anew: 61 reports",
        "Regulators warn of new blood cancers after CAR-T",
        "Neuer Arztbrief zu CAR-T-Zellen: späte Infektionen",
        "Behörde prüft Meldungen über Nervenschäden nach CAR-T",
    ],
)
def test_a_warning_on_the_class_is_kept_as_safety(title: str, tier: Tier) -> None:
    found = verdict(title, tier)
    assert found.kept, found.steps
    assert found.section is Section.SAFETY, found.steps
    assert any("holds for all" in step for step in found.steps)


@pytest.mark.parametrize(
    "title",
    [
        "Regulators review deaths in a CAR-T study for lymphoma",
        "FDA warns of shortage of CAR-T for patients with myeloma",
        "A hospital opens its CAR-T unit",
    ],
)
def test_what_is_about_a_cancer_or_no_warning_stays_out(title: str) -> None:
    assert not verdict(title, Tier.NEWS).kept


@pytest.mark.parametrize("tier", [Tier.JOURNAL, Tier.INDEXER, Tier.PREPRINT])
def test_a_paper_on_reports_is_no_act_of_a_regulator(tier: Tier) -> None:
    assert not verdict("Deaths after CAR-T: an analysis of reports to the FDA", tier).kept
