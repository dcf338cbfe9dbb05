"""How strong an entry's evidence is: the step, the people, the follow-up and the comparison, never higher than told."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.language.counts import follow_up, participants
from pipeline.model.entry import Entry, Ids
from pipeline.model.evidence import Comparison, Evidence, Flag, Stage
from pipeline.model.names import Population, Role, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Verdict
from pipeline.triage.verdict import judge


def weighed(
    title: str,
    summary: str = "",
    *types: str,
    tier: Tier = Tier.JOURNAL,
    role: Role = Role.EVIDENCE,
    retracts: str | None = None,
) -> Verdict:
    source = Source(key="s", kind="feed", name="A source", url="https://s.example/feed", tier=tier, role=role)
    return judge(
        Entry(source="s", title=title, summary=summary, ids=Ids(), types=types, retracts=retracts), source, Topics()
    )


def evidence(title: str, summary: str = "", *types: str, **more: Any) -> Evidence:
    return weighed(title, summary, *types, **more).evidence


COUNTS = [
    ("Nine adults received one infusion.", 9),
    ("62 adults were randomised 1:1.", 62),
    ("In total n = 12 were analysed.", 12),
    ("11 patients were treated.", 11),
    ("Data for five of fourteen participants could not be verified.", 14),
    ("Four participants have reached week 12.", 4),
    ("All seven evaluable patients in the nine-patient phase 1 study reached remission.", 9),
    ("Based on one single-arm study of 28 people.", 28),
    ("Three reports, including one death, across two studies with 41 treated participants.", 41),
    ("Twenty-four patients received CAR-T; two patients died.", 24),
    ("We enrolled 18 patients; 3 patients relapsed.", 18),
    ("At week 24, 7 of 9 met the remission definition.", 9),
    ("7 (78%) of 9 patients responded.", 9),
    ("1,200 participants were randomised.", 1200),
    ("Of 40 screened patients, 31 were treated.", 31),
    ("Twelve women and 3 men were infused.", 15),
    ("10 healthy volunteers and 5 patients were treated.", 5),
    ("in 12 people with stiff-person syndrome", 12),
    ("Im Register wurden sechs Erwachsene nachbeobachtet; bei einer Person trat eine Infektion auf.", 6),
    ("Zwölf Patienten erhielten die Infusion.", 12),
    ("Records of 418,965 patients were searched.", 418965),
    ("Of 1,204,310 insured persons, 994,496 were included.", 994496),
    ("Eine Studie mit 20 Patientinnen und Patienten.", 20),
    ("12 weeks after infusion", None),
    ("CD19 patients and IL-6 patients", None),
    ("phase 1 patients, grade 3 patients", None),
    ("Lupus affects 5 million people worldwide.", None),
    ("About 200 people live with this rare disease.", None),
    ("One participant relapsed at month 8.", None),
    ("A 44-year-old patient", None),
    ("In 2024 patients were told.", None),
    ("One in 12 people has fatigue; most are over 65 people say.", None),
]


@pytest.mark.parametrize(("text", "number"), COUNTS)
def test_people_are_counted_only_where_the_text_says_so(text: str, number: int | None) -> None:
    counted = participants("", text)
    assert (counted.number if counted else None) == number


def test_a_step_read_from_a_title_alone_says_so() -> None:
    alone = evidence("CAR-T in lupus: a phase 1 trial").because
    assert alone is not None
    assert "the title alone" in alone
    assert "the title alone" not in (
        evidence("CAR-T in lupus: a phase 1 trial", "9 patients were treated.").because or ""
    )


TIMES = [
    ("Median follow-up was 9 months (range 4-14).", "median 9 months (range 4-14)"),
    ("with a median follow up of 15 months (4-29)", "median 15 months (range 4-29)"),
    ("at a median of 15 months (range, 4 to 29) after infusion", "median 15 months (range 4-29)"),
    ("median follow-up, 12.5 months", "median 12.5 months"),
    ("wurden nachbeobachtet (Median 13 Monate)", "median 13 months"),
    ("At 6 months 22 of 31 had improved.", "6 months"),
    ("Protein fell by week 8 and at week 12.", "12 weeks"),
    ("a 24-week study", "24 weeks"),
    ("has needed no medicine for ten months after one infusion", "10 months"),
    ("followed for 18 months", "18 months"),
    ("mean follow-up of 102 days", "mean 102 days"),
    ("at month 3 and month 12", "12 months"),
    ("Participants were followed for up to 29 months.", "up to 29 months"),
    ("All were followed for at least 2 years.", "at least 2 years"),
    ("Die Nachbeobachtung betrug bis zu 24 Monate.", "up to 24 months"),
    ("were followed up to a mean of 28.6±4 months (18-48 months)", "mean 28.6 months (range 18-48)"),
    ("with a mean (SD) follow-up of 6.2 (3.0) years", "mean 6.2 years"),
    ("The median time to relapse was 9 months.", None),
    ("Counts recovered after a median of 4 months.", None),
    ("The median time to relapse was 9 months. Median follow-up was 20 months.", "median 20 months"),
    ("Fever resolved within 2 weeks.", None),
    ("Visits took place every 3 to 6 months.", None),
    ("long-term follow-up of 15 years is planned", None),
    ("a woman aged 30 years", None),
    ("disease for 12 years before infusion", None),
    ("A confirmatory study is due by 2030.", None),
]


@pytest.mark.parametrize(("text", "told"), TIMES)
def test_follow_up_is_what_was_lived_through_not_what_is_planned(text: str, told: str | None) -> None:
    assert follow_up(text) == told


STEPS = [
    ("CAR T cells in lupus-prone mice", "Lupus affects many people.", (), Stage.PRECLINICAL, Population.ANIMAL),
    (
        "CAR-T cells kill B cells of patients with lupus",
        "T cells of six patients were cultured in vitro.",
        (),
        Stage.PRECLINICAL,
        Population.LAB,
    ),
    (
        "BCMA CAR T cells for lupus",
        "We tested them in mice; cells of 5 patients were compared.",
        (),
        Stage.PRECLINICAL,
        Population.ANIMAL,
    ),
    (
        "CAR T cells in lupus: a phase I study",
        "12 patients were enrolled after work in mice.",
        (),
        Stage.PHASE_1,
        Population.HUMAN,
    ),
    ("CAR-T in myositis: a phase 1/2 trial", "24 patients received CAR-T.", (), Stage.PHASE_1_2, Population.HUMAN),
    (
        "CAR-T in lupus: a phase 2 trial",
        "30 patients were treated. A randomised phase 3 trial is planned.",
        (),
        Stage.PHASE_2,
        Population.HUMAN,
    ),
    (
        "Phase II study of CAR-T in lupus",
        "30 adults were treated. Randomized trials are needed.",
        (),
        Stage.PHASE_2,
        Population.HUMAN,
    ),
    ("CAR-T versus standard care in lupus: randomised phase 3 trial", "", (), Stage.PHASE_3_RCT, Population.HUMAN),
    (
        "CAR-T in lupus",
        "Results of phase 1 and of a later phase 2 trial in 10 patients.",
        (),
        Stage.PHASE_1,
        Population.HUMAN,
    ),
    (
        "CAR-T in lupus: a phase 1 trial",
        "Two cohorts were treated; the dose cohort of 12 patients is followed.",
        (),
        Stage.PHASE_1,
        Population.HUMAN,
    ),
    (
        "CAR-T in lupus",
        "A cohort of 12 patients was treated.",
        ("Clinical Trial, Phase I",),
        Stage.PHASE_1,
        Population.HUMAN,
    ),
    (
        "CAR-T in lupus: a retrospective cohort",
        "12 patients of a phase 2 trial were looked at again.",
        (),
        Stage.OBSERVATIONAL,
        Population.HUMAN,
    ),
    (
        "CAR-T in lupus",
        "In this ongoing phase 1 trial 9 patients were treated.",
        (),
        Stage.PHASE_1,
        Population.HUMAN,
    ),
    ("CAR-T in lupus", "44 patients were treated; 30 improved.", (), Stage.OBSERVATIONAL, Population.HUMAN),
    ("CAR-T in lupus", "Nine patients were treated; six improved.", (), Stage.CASE_SERIES, Population.HUMAN),
    ("CAR-T in lupus", "A woman, 34, received one infusion.", (), Stage.CASE_REPORT, Population.HUMAN),
    ("CAR-T in lupus", "In this review we discuss what is known.", (), Stage.COMMENTARY, None),
    ("CAR-T in a patient with lupus", "", ("Case Reports",), Stage.CASE_REPORT, Population.HUMAN),
    ("CAR-T in lupus", "Three patients were treated.", ("Case Reports",), Stage.CASE_SERIES, Population.HUMAN),
    ("CAR-T in lupus", "We look back at two women.", ("Journal Article", "Review"), Stage.COMMENTARY, Population.HUMAN),
    ("Hopes and concerns of CAR-T in lupus", "", (), Stage.COMMENTARY, None),
    ("CAR-T in lupus: a systematic review", "", (), Stage.SYSTEMATIC_REVIEW, None),
    (
        "Reactions after CAR-T in lupus: a retrospective cohort",
        "39 patients were followed up.",
        (),
        Stage.OBSERVATIONAL,
        Population.HUMAN,
    ),
    ("CAR-T in lupus: a phase 2 trial", "9 patients.", ("Clinical Trial, Phase I",), Stage.PHASE_1, Population.HUMAN),
    (
        "CAR-NK in lupus",
        "62 adults took part.",
        ("Clinical Trial, Phase II", "Randomized Controlled Trial"),
        Stage.PHASE_2_RCT,
        Population.HUMAN,
    ),
    ("Compassionate use of CAR-T in ITP", "Five patients received it.", (), Stage.CASE_SERIES, Population.HUMAN),
    ("Protocol for a randomised trial of CAR-T in lupus", "", (), Stage.COMMENTARY, None),
    ("CAR-T therapy for lupus", "", (), Stage.UNCLEAR, None),
    ("CAR-T-Zellen heilen Mäuse mit Lupus", "", (), Stage.PRECLINICAL, Population.ANIMAL),
]


@pytest.mark.parametrize(("title", "summary", "types", "stage", "population"), STEPS)
def test_the_step_is_read_from_types_and_words(
    title: str, summary: str, types: tuple[str, ...], stage: Stage, population: Population | None
) -> None:
    found = weighed(title, summary, *types)
    assert (found.evidence.stage, found.about.population) == (stage, population)


def test_on_conflict_the_lower_step_holds_and_both_reasons_are_told() -> None:
    found = evidence("CAR-T in lupus: a phase 2 trial", "9 patients.", "Clinical Trial, Phase I")
    assert found.stage is Stage.PHASE_1
    assert "phase i" in (found.because or "")
    assert "phase 2" in (found.because or "")


def test_a_reviews_patients_are_not_counted_as_its_own() -> None:
    assert evidence("CAR-T in lupus: a review", "Two women were treated in 2021.").participants is None


def test_comparison_is_randomised_controlled_or_none() -> None:
    assert evidence("CAR-NK in lupus: a randomised phase 2 trial", "62 adults.").comparison is Comparison.RANDOMISED
    assert (
        evidence("CAR-T in lupus-prone mice", "24 mice were treated, compared with 12 untreated mice.").comparison
        is Comparison.CONTROLLED
    )
    assert evidence("CAR-T in lupus: phase 1", "Nine adults were treated.").comparison is Comparison.NONE
    assert (
        evidence("CAR-T bei Myositis: sechs Betroffene", "Eine Vergleichsgruppe gab es nicht.").comparison
        is Comparison.NONE
    )
    assert evidence("CAR-T for lupus").comparison is None


def test_animals_are_counted_as_animals() -> None:
    found = evidence("CAR T cells in lupus", "24 lupus-prone mice were treated and compared with 12 untreated mice.")
    assert (found.stage, found.participants) == (Stage.PRECLINICAL, 24)


def test_notices_about_papers_are_told_from_papers() -> None:
    notice = evidence(
        "Retraction: CAR-T in lupus",
        "The editors retract it because data for five of fourteen participants are missing.",
    )
    assert (notice.stage, notice.participants) == (Stage.RETRACTION, 14)
    assert evidence("CAR-T in lupus", "", "Retraction Notice").stage is Stage.RETRACTION
    assert evidence("CAR-T in lupus", "", retracts="10.5555/x").stage is Stage.RETRACTION
    paper = evidence("RETRACTED: CAR-T in lupus, a phase 1 study", "Nine adults.")
    assert (paper.stage, Flag.RETRACTED in paper.flags) == (Stage.PHASE_1, True)
    assert Flag.CORRECTED in evidence("Correction to: CAR-T in lupus").flags
    assert Flag.CONCERN in evidence("Expression of concern: CAR-T in lupus").flags


def test_who_speaks_and_how_early_is_flagged() -> None:
    assert Flag.PREPRINT in evidence("CAR-T in lupus", tier=Tier.PREPRINT).flags
    assert Flag.PREPRINT in evidence("CAR-T in lupus", "This article is a preprint.").flags
    assert Flag.CONFERENCE in evidence("CAR-T in lupus presented at ACR Convergence").flags
    assert Flag.INTERIM in evidence("Interim results of CAR-T in lupus").flags
    assert Flag.PRESS_RELEASE in evidence("CAR-T in lupus", tier=Tier.ACADEMIC, role=Role.LEAD).flags
    assert Flag.PRESS_RELEASE not in evidence("CAR-T in lupus", tier=Tier.ACADEMIC).flags
    assert evidence("CAR-T in lupus").flags == ()
