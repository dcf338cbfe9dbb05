"""Whether an entry is about our topics: what stays out, what comes in, and that the verdict says why."""

from __future__ import annotations

from typing import Any

import pytest
from growth import LINEAR, growth

from pipeline.language.terms import terms
from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.evidence import Flag, Stage
from pipeline.model.names import Role, Section, Therapy, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Verdict
from pipeline.triage.verdict import judge


def verdict(
    title: str, summary: str = "", tier: Tier = Tier.JOURNAL, topics: Topics | None = None, **more: Any
) -> Verdict:
    source = Source(key="s", kind="feed", name="A source", url="https://s.example/feed", tier=tier, role=Role.EVIDENCE)
    entry = Entry(source="s", title=title, summary=summary, ids=Ids(), **more)
    return judge(entry, source, topics or Topics())


COLLISIONS = [
    (
        "Constitutive androstane receptor (CAR) activation worsens autoimmune hepatitis",
        "CAR and PXR regulate bile acids.",
    ),
    ("CAR/PXR ligands in rheumatoid arthritis", ""),
    (
        "Car T-bones bus on Lupus Street; driver treated for shock",
        "The car, a T-series, left the road. The driver has lupus.",
    ),
    ("CAR T-BONES BUS ON LUPUS STREET", "The driver has lupus."),
    ("Coronary artery risk (CAR) scores in rheumatoid arthritis", "CAR was higher in patients."),
    ("Cars and CARs: what drivers with multiple sclerosis should know", "Cars with hand controls."),
    ("Myasthenia gravis care in the Central African Republic (CAR)", "CAR hospitals lack neurologists."),
    ("Conditional autoregressive (CAR) models of lupus mortality", "CAR priors were used."),
    ("Canadian Association of Radiologists (CAR) guidance on imaging in rheumatoid arthritis", ""),
    ("The cortisol awakening response (CAR) in multiple sclerosis", ""),
    ("Coxsackievirus and adenovirus receptor (CAR) in autoimmune myocarditis", ""),
]

NO_THERAPY = [
    ("Aurora kinase B inhibition in lupus nephritis", "The AURORA 2 study."),
    ("CARTESIAN study of vascular ageing in rheumatoid arthritis", ""),
    ("The RESET trial of diet in psoriasis", "People were RESET to a new diet."),
    ("CASTLE and BREAKFREE: smoking in lupus", ""),
    ("VEGF/PD-1 bispecific antibody in a patient with lupus", "A bispecific antibody against VEGF and PD-1."),
    ("Telitacicept, a BAFF/APRIL fusion protein, in systemic lupus erythematosus", "A bispecific fusion protein."),
    ("Obexelimab in IgG4-related disease", "A bispecific antibody to CD19 and FcγRIIb."),
    ("Ianalumab in Sjögren's disease", "An antibody to the BAFF receptor."),
    ("Rituximab in myasthenia gravis: a cohort study", ""),
    ("Inebilizumab in IgG4-related disease", ""),
    ("B-cell depletion and COVID-19 vaccination in multiple sclerosis", ""),
    ("Regulatory T cells in systemic sclerosis", ""),
    ("Natural killer cells in multiple sclerosis", ""),
    ("Mesenchymal stem cell injection in lupus", ""),
    ("S103 phosphorylation in lupus T cells", ""),
    ("F01 mutation and autoimmune disease", ""),
    ("IM19 grant for myositis research", ""),
    ("Engagement with care in lupus", "Engaging people is hard."),
    ("Frog bites and bitemporal symptoms in Behçet's disease", ""),
    ("Cardiac CARE in systemic sclerosis", "SCAR tissue and CARdiac strain."),
    ("Autoimmune disease: new insights into T cells and B cells", ""),
    ("Lupus patients asked about prior CAR-T therapy", ""),
]

ONCOLOGY = [
    (
        "CD19 CAR-T moves to second line in large B-cell lymphoma",
        "Autoimmune work at the company is at an early stage.",
    ),
    ("CAR-T cells for B-cell lymphoma", "Patients with a history of autoimmune disease were excluded."),
    ("CAR-T in myeloma", "Eligible people had no active autoimmune disease."),
    ("Teclistamab in multiple myeloma", "One patient also had rheumatoid arthritis."),
    ("Autoimmune complications of CAR-T in lymphoma", ""),
    ("CAR T cell therapy-related stiff person syndrome in a patient with leukemia", ""),
    ("Haemophagocytic lymphohistiocytosis after CAR-T for leukaemia", ""),
    ("CAR-T-Zellen bei Leukämie", "Ein Kind wurde behandelt."),
    ("Blinatumomab for B-ALL", "Leukaemia of children."),
]

SPAM = [
    ("Example Law Firm encourages CellCo investors to act", "A class action concerns its CAR-T lupus trial."),
    ("SHAREHOLDER ALERT: CellCo (CAR-T, lupus)", "Example LLP investigates claims on behalf of investors."),
    ("Lead plaintiff deadline for CellCo, maker of a CAR-T for lupus", ""),
    ("Securities fraud suit names maker of lupus CAR-T", ""),
    ("CellCo price target raised after CAR-T lupus results", ""),
    ("CellCo to hold earnings call on CAR-T in lupus", ""),
    ("CellCo to take part in fireside chat on CAR-T for lupus", ""),
]

EXCLUDED = [
    ("CAR-T cells in chronic graft-versus-host disease", "An immune-mediated disease."),
    ("CAR-Treg cells in type 1 diabetes", "Autoimmune diabetes."),
    ("CD7 CAR-T in aplastic anaemia", ""),
    ("CAR macrophages in rheumatoid arthritis", ""),
    ("Chimeric antigen receptor mesenchymal stem cells in lupus", ""),
]

OURS = [
    ("CD19 CAR T cells in lupus", "Patients with a history of malignancy were excluded.", Therapy.CAR_T, "lupus"),
    ("CAR\u2011T\u00a0cells for Sjögren\u2019s disease", "", Therapy.CAR_T, "Sjögren’s disease"),
    ("Chi\u00admeric antigen re\u00adceptor T cells in pemphigus", "", Therapy.CAR_T, "pemphigus"),
    ("CD19 CAR\u2013T in ANCA-associated vasculitis", "", Therapy.CAR_T, "ANCA vasculitis"),
    ("KYV101 in stiff person syndrome", "", Therapy.CAR_T, "stiff-person syndrome"),
    ("F01 CAR-T infusion in autoimmune diseases", "", Therapy.CAR_T, "autoimmune disease"),
    ("CAR-T-Zellen bei Multipler Sklerose", "", Therapy.CAR_T, "multiple sclerosis"),
    ("Genetisch veränderte Immunzellen gegen Rheuma", "", Therapy.CAR_T, "autoimmune disease"),
    ("Reprogrammed cells wipe out lupus in stunning trial", "", Therapy.CAR_T, "lupus"),
    ("Bispecific CD19/BCMA CAR-T cells in lupus", "", Therapy.CAR_T, "lupus"),
    ("Donor CAR-NK cells in myositis", "", Therapy.CAR_NK, "myositis"),
    ("Chimeric antigen receptor natural killer cells in lupus nephritis", "", Therapy.CAR_NK, "lupus"),
    ("Teclistamab for refractory rheumatoid arthritis", "", Therapy.BISPECIFIC, "rheumatoid arthritis"),
    ("CD20xCD3 antibody in Graves' disease", "", Therapy.BISPECIFIC, "Graves’ disease"),
    ("A T-cell engager in Crohn's disease", "", Therapy.BISPECIFIC, "Crohn’s disease"),
    ("Bispezifische Antikörper bei Myasthenie", "", Therapy.BISPECIFIC, "myasthenia gravis"),
    ("In vivo CAR T cells made by mRNA in lupus", "", Therapy.IN_VIVO_CAR, "lupus"),
    ("CAR-T-Zellen im Körper erzeugt: Lupus", "", Therapy.IN_VIVO_CAR, "lupus"),
    ("DSG3-CAART in mucosal pemphigus vulgaris", "", Therapy.CAAR_T, "pemphigus"),
    ("Chimeric autoantibody receptor T cells in MuSK myasthenia gravis", "", Therapy.CAAR_T, "myasthenia gravis"),
    ("CAR-Tregs for multiple sclerosis", "", Therapy.CAR_TREG, "multiple sclerosis"),
    ("Deep B-cell depletion in systemic sclerosis", "", Therapy.B_CELL_DEPLETION, "systemic sclerosis"),
    ("CAR-T in lymphoma and in lupus compared", "", Therapy.CAR_T, "lupus"),
    (
        "Beyond cancer: CAR-T comes to new wards",
        "Lupus, myositis and systemic sclerosis are studied.",
        Therapy.CAR_T,
        "lupus",
    ),
]


@pytest.mark.parametrize(("title", "summary"), COLLISIONS)
def test_other_things_called_car_stay_out(title: str, summary: str) -> None:
    assert verdict(title, summary).reason == "keyword-collision"


@pytest.mark.parametrize(("title", "summary"), NO_THERAPY)
def test_neighbours_without_our_therapies_stay_out(title: str, summary: str) -> None:
    assert verdict(title, summary).reason == "no-therapy"


@pytest.mark.parametrize(("title", "summary"), ONCOLOGY)
def test_cancer_with_a_passing_mention_of_autoimmunity_stays_out(title: str, summary: str) -> None:
    assert verdict(title, summary).reason == "oncology-only"


@pytest.mark.parametrize(("title", "summary"), SPAM)
def test_what_is_written_for_shareholders_stays_out(title: str, summary: str) -> None:
    assert verdict(title, summary, Tier.NEWS).reason == "investor-spam"


@pytest.mark.parametrize(("title", "summary"), EXCLUDED)
def test_neighbouring_fields_are_off_unless_named(title: str, summary: str) -> None:
    assert verdict(title, summary).reason == "excluded-topic"


@pytest.mark.parametrize(("title", "summary", "therapy", "condition"), OURS)
def test_our_topics_come_in_under_their_plain_names(title: str, summary: str, therapy: Therapy, condition: str) -> None:
    found = verdict(title, summary)
    assert found.kept
    assert found.about.therapies[0] is therapy
    assert found.about.conditions[0] == condition


def test_a_review_that_names_no_disease_stays_out() -> None:
    assert verdict("CAR-T cells: a review of vectors").reason == "no-condition"


def test_every_condition_found_is_one_a_settings_file_may_name() -> None:
    known = set(terms().conditions)
    assert all(set(verdict(title, summary).about.conditions) <= known for title, summary, _, _ in OURS)


def test_company_news_of_a_trial_stays_in_and_says_so() -> None:
    found = verdict("CellCo doses first patient in phase 1 trial of CAR-T in lupus", "Shares rose 4%.", Tier.COMPANY)
    assert found.kept
    assert {Flag.COMPANY, Flag.PRESS_RELEASE} <= set(found.evidence.flags)


def test_a_maker_that_names_only_its_code_is_understood_by_what_it_makes() -> None:
    source = Source(
        key="c", kind="feed", name="Example Cell Sciences", url="https://c.example", tier=Tier.COMPANY, role=Role.LEAD
    )
    entry = Entry(
        source="c", title="100% responses with EXC-31", summary="The end of lupus, says the chief.", ids=Ids()
    )
    assert judge(entry, source, Topics()).kept
    assert (
        judge(
            entry,
            Source(key="n", kind="feed", name="Daily", url="https://n.example", tier=Tier.NEWS, role=Role.LEAD),
            Topics(),
        ).reason
        == "no-therapy"
    )


def test_editors_switch_topics_off_and_on() -> None:
    only_nk = Topics(therapies=(Therapy.CAR_NK,))
    assert verdict("CAR-T in lupus", topics=only_nk).reason == "excluded-topic"
    assert verdict("CAR-NK in lupus", topics=only_nk).kept
    assert verdict("CAR-T in lupus", topics=Topics(conditions=("pemphigus",))).reason == "excluded-topic"
    assert verdict("CAR-T in autoimmune diseases", topics=Topics(conditions=("pemphigus",))).kept
    diabetes = Topics(conditions=("all", "type 1 diabetes"))
    assert verdict("CAR-Treg cells in type 1 diabetes", topics=diabetes).kept
    assert verdict("CAR-T in lupus", topics=diabetes).kept


def test_a_regulators_warning_on_the_therapy_comes_in_whatever_the_disease() -> None:
    found = verdict("Safety communication: boxed warning for CAR-T", "Secondary cancers were reported.", Tier.REGULATOR)
    assert (found.kept, found.section, found.evidence.stage) == (True, Section.SAFETY, Stage.SAFETY_NOTICE)
    assert verdict("Approval of a CAR-T for follicular lymphoma", "", Tier.REGULATOR).reason == "oncology-only"


def trial_verdict(**fields: Any) -> Verdict:
    trial = Trial(number="NCT99990001", title="A study of a cell product", **fields)
    return verdict(trial.title, tier=Tier.REGISTRY, trial=trial)


def test_a_registry_entry_is_judged_by_its_fields() -> None:
    found = trial_verdict(
        conditions=("Lupus Nephritis",),
        interventions=("CD19 CAR T-cells",),
        status="RECRUITING",
        phases=("PHASE1",),
        enrollment=18,
    )
    assert (found.section, found.evidence.stage, found.evidence.participants) == (
        Section.TRIALS,
        Stage.REGISTRATION,
        18,
    )
    assert "RECRUITING" in (found.evidence.because or "")
    assert (
        trial_verdict(
            conditions=("B-Cell Lymphoma",), interventions=("CD19 CAR T-cells",), summary="Not for autoimmune disease."
        ).reason
        == "oncology-only"
    )
    assert trial_verdict(conditions=("Lymphoma", "Lupus"), interventions=("CD19 CAR T-cells",)).kept


def test_a_code_with_conditioning_is_a_cell_product_but_a_transplant_is_not() -> None:
    assert trial_verdict(
        conditions=("Lupus",), interventions=("XY-123", "Fludarabine", "Cyclophosphamide")
    ).about.therapies == (Therapy.CAR_T,)
    assert (
        trial_verdict(conditions=("Lupus",), interventions=("Stem cell transplantation", "Fludarabine")).reason
        == "no-therapy"
    )


@pytest.mark.parametrize("status", ["TERMINATED", "WITHDRAWN", "SUSPENDED"])
def test_a_stopped_trial_is_told_as_stopped(status: str) -> None:
    found = trial_verdict(
        conditions=("Pemphigus",), interventions=("DSG3-CAART",), status=status, phases=("PHASE1",), enrollment=0
    )
    assert (found.section, found.evidence.stage, found.evidence.participants) == (Section.STOPPED, Stage.STOPPED, 0)


def test_a_trial_with_results_stands_on_its_registry_phase() -> None:
    found = trial_verdict(
        conditions=("Lupus",),
        interventions=("CAR-T",),
        status="COMPLETED",
        phases=("PHASE2",),
        allocation="RANDOMIZED",
        has_results=True,
    )
    assert found.evidence.stage is Stage.PHASE_2_RCT


def test_exclusion_lists_name_no_topic() -> None:
    text = (
        "A diet is tested in lupus. Exclusion criteria: prior CAR-T or chimeric antigen receptor therapy, CAR-T cells."
    )
    assert verdict("A diet study", text).reason == "no-therapy"


SECTIONS = [
    ("Allogeneic CAR-T in lupus", "", Tier.JOURNAL, Section.EMERGING),
    ("CAR-T in lupus", "", Tier.JOURNAL, Section.RESEARCH),
    ("CAR T cells in lupus-prone mice", "", Tier.JOURNAL, Section.RESEARCH),
    (
        "CellCo sharpens its focus",
        "It will not advance its CAR-T in systemic sclerosis.",
        Tier.COMPANY,
        Section.STOPPED,
    ),
    ("Firma stellt Entwicklung der CAR-T bei Lupus ein", "", Tier.NEWS, Section.STOPPED),
    ("Teclistamab in lupus fails to meet its primary endpoint", "", Tier.NEWS, Section.STOPPED),
    (
        "B-cell counts drop in lupus CAR-T trial",
        "All stopped immunosuppressive therapy in the study.",
        Tier.NEWS,
        Section.RESEARCH,
    ),
    ("CellCo ends enrolment of phase 1 CAR-T study in lupus", "", Tier.COMPANY, Section.RESEARCH),
    ("FDA grants RMAT designation to KYV-101 in stiff-person syndrome", "", Tier.NEWS, Section.REGULATION),
    ("FDA places clinical hold on CAR-T trial in lupus", "", Tier.NEWS, Section.SAFETY),
    ("Agency approves CAR-T for lupus", "The label carries a boxed warning.", Tier.REGULATOR, Section.REGULATION),
    ("Review started of CAR-T in autoimmune disease", "", Tier.REGULATOR, Section.SAFETY),
]


@pytest.mark.parametrize(("title", "summary", "tier", "section"), SECTIONS)
def test_each_entry_goes_to_its_section(title: str, summary: str, tier: Tier, section: Section) -> None:
    assert verdict(title, summary, tier).section is section


def test_a_designation_is_not_called_a_decision() -> None:
    assert verdict("FDA grants RMAT designation to CAR-T in lupus", "", Tier.NEWS).evidence.stage is Stage.UNCLEAR


def test_the_steps_are_sentences_that_quote_the_words() -> None:
    steps = verdict("CAR T cells in lupus", "Nine adults were treated in a phase 1 study.").steps
    assert steps[0] == "Therapy: CAR-T, because of “CAR T cells” in the title."
    assert steps[1] == "Condition: lupus, because of “lupus” in the title."
    assert all(step.endswith(".") for step in steps)
    assert any("“Nine adults”" in step for step in steps)
    out = verdict("CAR-T for B-cell lymphoma").steps
    assert "“lymphoma” in the title" in out[-1]
    assert out[-1].startswith("Kept out:")


def test_the_same_entry_has_the_same_verdict() -> None:
    assert verdict("CAR-T in lupus", "Nine adults.") == verdict("CAR-T in lupus", "Nine adults.")


@pytest.mark.parametrize(
    "text",
    [
        "CAR " * 1500,
        "lupus CAR-T median follow-up of was time " + "follow-up of " * 450,
        "lupus CAR-T stellt " + "x " * 2900,
        "CAR-T lupus " + "9 a a a " * 740,
        "CD19," * 1200 + " lupus CAR-T",
        "lupus CAR-T " + "(" * 3000,
        "CAR-T lupus " + "in vivo CAR-T and the of " * 240,
    ],
)
def test_no_text_stalls_the_judge(text: str) -> None:
    assert growth(lambda n: text[:n], lambda part: verdict("CAR-T in lupus", part), len(text) // 4 - 1) < LINEAR
