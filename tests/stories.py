"""Invented items for the issues of tests, one for each part of an issue. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.model.entry import Ids
from pipeline.model.evidence import Comparison, Evidence, Flag, Stage
from pipeline.model.item import Also, Fact, Item, Notice, Signature, TrialFacts
from pipeline.model.names import PersonRole, Population, Section, Shows, Status, Therapy
from pipeline.model.story import About, Change

WITHDRAWN = "10.5555/demo.2026.0901"
"""The paper that November tells of and December withdraws."""


def item(slug: str, section: Section, **words: Any) -> Item:
    """Make an approved item of December 2026 with every reader's field filled."""
    fields: dict[str, Any] = {
        "id": f"2026-12/{slug}",
        "status": Status.APPROVED,
        "section": section,
        "title": f"An invented paper on {slug.replace('-', ' ')}",
        "link": f"https://jei.example/{slug}",
        "source": "jei",
        "published": "2026-11-12",
        "headline": f"What {slug.replace('-', ' ')} showed",
        "summary": "Nine adults got one infusion. Half a year later, 7 of the 9 had few or no signs of lupus.",
        "harms": "6 of 9 had a fever reaction, none of them severe; 2 of 9 had a serious infection.",
        "who": "Adults with lupus whom two or more medicines had not helped enough.",
        "not_known": "Whether it lasts beyond 9 months, and what would have happened without it.",
        "access": "Not available outside studies.",
        "funding": "Northgate University; two authors own shares of the maker.",
        "you_can": "Ask your team what a study of this kind would ask of you.",
        "signed": (
            Signature(by="anna", role=PersonRole.EDITOR, on=date(2026, 11, 17), text="sha256:0"),
            Signature(by="dr-m", role=PersonRole.MEDICAL, on=date(2026, 11, 18), text="sha256:0"),
        ),
    }
    return Item(**(fields | words))


def stories() -> tuple[Item, ...]:
    """Nine items of December 2026: two in research, one in each other part, and a withdrawn paper."""
    return (
        item(
            "antibody-pair-withdrawn",
            Section.RESEARCH,
            title="Retraction: A bispecific antibody in rheumatoid arthritis: first 14 participants",
            link="https://jei.example/doi/10.5555/demo.2026.1150",
            headline="The paper on a pair of antibodies in rheumatoid arthritis was withdrawn",
            summary="The journal withdrew the paper because scans of four people had been counted twice.",
            evidence=Evidence(Stage.RETRACTION),
            notices=(Notice(kind="retracts", on="2026-11-10", text=f"Retraction of doi:{WITHDRAWN}."),),
            harms="The harms in the paper can't be relied on either.",
            who="14 people, as the paper said.",
            not_known="What the study would show when each person is counted once.",
            access="Not available outside studies.",
            you_can="If you spoke with your team about this paper, tell them that it was withdrawn.",
        ),
        item(
            "luma-cel-lupus-phase-1",
            Section.RESEARCH,
            title="Lumaricabtagene autoleucel in refractory systemic lupus erythematosus: a phase 1 study",
            headline="Nine people with lupus had one CAR-T infusion; signs were few or gone in 7 of 9 after half a year",
            summary=(
                "Nine adults got their own immune cells back, changed in a laboratory, after a short course of "
                "chemotherapy. After 24 weeks 7 of the 9 had few or no signs of lupus.\n\n"
                "In one person it came back at month 8."
            ),
            harms=(
                "6 of 9 had a fever reaction, none of them severe. 1 of 9 had a serious effect on the brain that needed "
                "treatment. 2 of 9 had a serious infection."
            ),
            ids=Ids(doi="10.5555/demo.2026.0507", number="NCT99990003"),
            also=(
                Also(source="biotrade", title="Maker reports lupus results", link="https://biotrade.example/luma"),
                Also(source="sciencepress", title="Cells tested in lupus", link="https://sciencepress.example/luma"),
            ),
            about=About((Therapy.CAR_T,), ("lupus",), Population.HUMAN),
            evidence=Evidence(Stage.PHASE_1, 9, Comparison.NONE, "median 9 months (4 to 14)"),
            facts=(
                Fact(
                    value="7 of 9",
                    quote="At week 24, 7 of 9 met the remission definition",
                    shows=Shows.BENEFIT,
                    says="had few or no signs of lupus at week 24",
                ),
                Fact(
                    value="6 of 9",
                    quote="Cytokine release syndrome occurred in 6 (all grade 1-2)",
                    shows=Shows.HARM,
                    says="had a fever reaction",
                ),
                Fact(value="month 8", quote="One participant relapsed at month 8"),
            ),
        ),
        item(
            "antibodies-after-car-t",
            Section.RESEARCH,
            title="Vaccine antibodies after CD19 CAR-T: a preprint",
            source="prexiv",
            link="https://prexiv.example/vaccine-antibodies",
            who="11 adults treated with CAR-T for four different autoimmune diseases.",
            not_known="Whether fewer antibodies mean more infections.",
            headline="Vaccine protection was measured in 11 people after CAR-T",
            summary="Blood tests a year later still showed protection against measles in 10 of 11 people.",
            harms="The report does not tell of harms.",
            evidence=Evidence(Stage.CASE_SERIES, 11, Comparison.NONE, "12 months", (Flag.PREPRINT,)),
        ),
        item(
            "donor-nk-myasthenia",
            Section.EMERGING,
            title="Donor-derived CAR-NK cells or continued care in myasthenia gravis: a randomised phase 2 trial",
            headline="Donor cells and usual care were compared in 62 people with myasthenia",
            summary="After 6 months, 22 of 31 who had the cells could do clearly more in daily life; so could 13 of 31 with usual care.",
            who="Adults with myasthenia in five hospitals. All knew which treatment they got.",
            not_known="Whether it lasts beyond 6 months. With so few people, the true difference may be much smaller or larger.",
            harms="Serious infections: 4 of 31 with the cells, 1 of 31 with usual care.",
            evidence=Evidence(Stage.PHASE_2_RCT, 62, Comparison.RANDOMISED, "6 months"),
            facts=(
                Fact(value="22 of 31", quote="22 of 31 (71%)", shows=Shows.BENEFIT, says="could do clearly more"),
                Fact(value="13 of 31", quote="13 of 31 (42%)"),
            ),
        ),
        item(
            "orion-sclerosis-closed",
            Section.TRIALS,
            title="A Study of ORB-11 in Systemic Sclerosis",
            source="registry",
            link="https://registry.example/study/NCT99990011",
            headline="A scleroderma study of CAR-T closed to new people with 9 instead of 12",
            summary="The study in Examplia and Fictonia takes no more people. Those in it are still followed.",
            harms=None,
            who="Adults from 18 to 65 with scleroderma of the skin and lungs.",
            not_known="What the study will show.",
            access="Closed to new people.",
            funding="Orbital Cell Sciences, the maker.",
            you_can="Nothing is asked of you. People in the study can ask its team what the smaller number means.",
            ids=Ids(number="NCT99990011"),
            evidence=Evidence(Stage.REGISTRATION, None, Comparison.NONE),
            trial=TrialFacts(
                status="ACTIVE_NOT_RECRUITING",
                phase="Phase 1",
                enrollment=9,
                enrollment_type="ACTUAL",
                sponsor="Orbital Cell Sciences",
                countries=("Examplia", "Fictonia"),
                sites=3,
                ages="18 to 65 years",
                updated="2026-11-09",
            ),
            change=(
                Change("status", "RECRUITING", "ACTIVE_NOT_RECRUITING", "2026-11-09"),
                Change("enrollment", "12", "9", "2026-11-09", "Slower enrolment than planned"),
            ),
        ),
        item(
            "new-lupus-study",
            Section.TRIALS,
            title="In-body CAR-T in Lupus Nephritis",
            source="registry",
            link="https://registry.example/study/NCT99990014",
            headline="A first study in people of CAR-T made inside the body is planned",
            summary="The registry lists a new study in one hospital in Fictonia. It is not open yet.",
            harms=None,
            who="Adults with lupus of the kidneys.",
            not_known="Everything: no person has had this treatment yet.",
            access="Not open yet.",
            funding="Fictonia University Hospital.",
            ids=Ids(number="NCT99990014"),
            evidence=Evidence(Stage.REGISTRATION, None, Comparison.NONE),
            trial=TrialFacts(
                status="NOT_YET_RECRUITING",
                phase="Phase 1",
                enrollment=18,
                enrollment_type="ESTIMATED",
                sponsor="Fictonia University Hospital",
                countries=("Fictonia",),
                sites=1,
                updated="2026-11-02",
            ),
        ),
        item(
            "orb-22-stopped",
            Section.STOPPED,
            title="ORB-22 in systemic sclerosis: terminated",
            source="registry",
            link="https://registry.example/study/NCT99990022",
            headline="A study of donor CAR-T in scleroderma was stopped",
            summary="The company ended the study after 5 of 24 planned people.",
            who="Adults with scleroderma.",
            not_known="How the five people are. No results are out.",
            access="Not available.",
            funding="Orbital Cell Sciences, the maker.",
            you_can="If you were on a waiting list for it, the study team can tell you what happens next.",
            harms="The registry gives no results, and so no harms, yet.",
            ids=Ids(number="NCT99990022"),
            evidence=Evidence(Stage.STOPPED, 5, Comparison.NONE, flags=(Flag.COMPANY,)),
            trial=TrialFacts(
                status="TERMINATED",
                enrollment=5,
                enrollment_type="ACTUAL",
                sponsor="Orbital Cell Sciences",
                countries=("Examplia",),
                updated="2026-11-05",
                reason="Manufacturing did not meet specifications",
            ),
        ),
        item(
            "second-cancers-review",
            Section.SAFETY,
            title="Review of second cancers after CAR-T opened",
            source="eema",
            link="https://medicines-agency.example/news/second-cancers",
            who="About 900 people treated in Examplia since 2019.",
            not_known="Whether the treatment caused them.",
            access="Does not change who can get it.",
            funding=None,
            you_can="If you had CAR-T, keep your check-ups, and ask your team what they look for.",
            headline="A regulator looks into cancers that came after CAR-T",
            summary="The agency of Examplia counts 3 reports among about 900 people treated, most of them for blood cancer.",
            harms="3 reports of a new blood cancer among about 900 people.",
            evidence=Evidence(Stage.SAFETY_NOTICE),
        ),
        item(
            "selonib-approved",
            Section.REGULATION,
            title="Selonib conditionally authorised",
            source="eema",
            link="https://medicines-agency.example/news/selonib",
            published="2026-11",
            who="48 adults with one rare muscle disease.",
            not_known="How it compares with other treatments.",
            access="Examplia only; the price is not public.",
            you_can="Ask your team whether it concerns you at all.",
            headline="Examplia allows an antibody for one rare muscle disease, on conditions",
            summary="The permission is for adults in Examplia alone and ends unless a larger study confirms the effect.",
            harms="Serious infections in 5 of 48 people in the study behind it.",
            evidence=Evidence(Stage.REGULATORY_DECISION, 48),
        ),
    )
