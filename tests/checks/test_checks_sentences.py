"""The rules on what editors write: what must be told, and what only looks bad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from measures.traced_numbers import spell
from samples import CONFIG, DECISION, MICE, STUDY, TRIAL, WITHDRAWN, case, checked, proven

from pipeline.checks.wording import duration, says_people
from pipeline.language.normalise import plain_punctuation
from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence, Flag, Stage
from pipeline.model.item import Also, Item, Notice, Queue, SourceText, TrialFacts
from pipeline.model.names import PersonRole, Role, Section, Severity, Status
from pipeline.model.story import Change

ONE = case(evidence=proven(stage=Stage.CASE_REPORT, participants=1), headline="After CAR-T")
MANY = case(evidence=proven(participants=62), headline="A study in myasthenia")
SILENT = case(excerpt="Nine adults received one infusion. At week 24, 7 of 9 met the remission definition.")
PREPRINT = case(source="prexiv", evidence=proven(flags=(Flag.PREPRINT,)))

TOLD = {
    ("E02", "summary", ONE): [
        "Ten months after one infusion, she takes no medicine.",
        "CAR-T worked for patients.",
        "She is well.",
    ],
    ("E02", "summary", MANY): [
        "Adults were put in two groups by chance: 22 of 31 against 13 of 31.",
        "After 62 weeks all were well.",
        "62 adults took part; 71% got better.",
        "62 adults; 71 percent against 42 percent got better.",
    ],
    ("E02", "harms", STUDY): [
        "CRS in 87%, mostly mild.",
        "Serious infection in about 8 %.",
        "100 % had fever for a median of 9 days.",
        "Ninety per cent had fever.",
        "One hundred percent had low blood counts.",
    ],
    ("E03", "headline", STUDY): [
        "Lupus patients stay in remission",
        "Durable relief in myositis after CAR‑T",
        "Woman, 47, in medicine-free remission",
        "Remission for months: 9 people with lupus",
        "Lupus gone in 7 of 9 people",
        "CAR-T holds myositis in check",
        "No more flares in 7 of 9 people",
        "One woman needs no treatment after CAR-T",
        "Seven of nine live without medicines",
    ],
    ("E04", "harms", STUDY): [
        "no side-effects were seen",
        "It was safe.",
        "see paper",
        "None were reported.",
        "Nobody had side effects.",
        "No new safety signals.",
        "The treatment was well‑tolerated.",
        "All side effects were mild.",
        "Not one person died.",
        "Luckily, nobody was hurt.",
        "No fever. No infections.",
        "They had no problems.",
        "All nine tolerated it well.",
        "It was safe. Late effects are not known.",
        "Not reported.",
        "No information on harms is given.",
    ],
    ("E04", "harms", TRIAL): ["None", "It is safe.", "…"],
    ("E05", "access", STUDY): [
        "TBC",
        "Approved in Japan for lupus.",
        "It is licensed for adults in two countries.",
        "Any hospital can order it.",
        "On prescription in Japan.",
        "In Germany and the Netherlands.",
    ],
    ("E06", "funding", STUDY): ["None", "n.a.", "?", "Sponsor: tbd", "funding to follow", "TBC by Anna"],
    ("E07", "access", STUDY): [
        "About 400,000 euros.",
        "Talk to your specialist.",
        "The cost has not been reported.",
        "Available now.",
        "Available in selected hospitals.",
    ],
    ("E08", "not_known", STUDY): [
        "None known.",
        "Unknown.",
        "Nothing is unknown",
        "TBD",
        "We need more data.",
        "Only time will tell!",
        "Several questions remain open.",
        "It remains to be seen.",
    ],
    ("E10", "headline", MICE): [
        "A rational design for lupus",
        "In CAR-T cells, a new switch",
        "Animated debate on CAR-T",
        "New approach with B cells calms lupus",
    ],
    ("E11", "summary", PREPRINT): [
        "Nine people; a peer‑reviewed paper shows this.",
        "Nine; checked by other experts.",
        "Nine; it was reviewed by independent scientists.",
        "Nine people. It appeared in the Lancet.",
        "Nine. The paper was accepted by a journal.",
        "Nine; independent scientists have checked it.",
    ],
    ("E11", "title", STUDY): [
        "Luma-cel at the EULAR congress 2026: nine adults",
        "Poster presentation: nine people with lupus",
        "Early results from an ongoing phase 1 trial",
    ],
    ("E12", "title", STUDY): [
        "Luma-cel in lupus [RETRACTED]",
        "Retraction notice to “Luma-cel in lupus”",
        "Removed: luma-cel in lupus",
        "Author Correction: Luma-cel in lupus",
    ],
    ("E12", "excerpt", STUDY): [
        "The authors retract this article.",
        "Retraction note: the data could not be verified.",
    ],
    ("E13", "you_can", STUDY): ["Never give up.", "Stay strong.", "There is hope.", "Good luck!"],
    ("E15", "harms", STUDY): [
        "Six had fever. We saw no cancers.",
        "Six had fever. CAR-T did not cause cancer.",
        "Six had fever. Not one of the nine developed lymphoma.",
        "Six had fever. The risk of cancer is tiny.",
        "Six had fever. There is no increased risk of cancer.",
        "Six had fever. All were free of new cancers.",
    ],
}

FINE = {
    ("E02", "summary", ONE): [
        "A 35-year-old man with ITP got CAR‑T.",
        "Doctors treated a young mother.",
        "The patient, a teacher, was treated.",
    ],
    ("E02", "summary", MANY): [
        "62 adults were put in two groups by chance.",
        "Sixty‑two people took part.",
        "Of 62 people, 31 got the cells; 22 of 31 (71%) felt better, against 13 of 31 (42%).",
    ],
    ("E02", "harms", STUDY): [
        "Fever was seen in 77% of the 39 people.",
        "Infections: 8% (n = 47).",
        "The dose was lowered by 50%.",
        "Platelets fell 60% in two.",
        "Fever in 5/8 (63%).",
        "Platelets fell to 40% of normal in two.",
        "They got 50% of the usual dose; two had fever.",
    ],
    ("E03", "headline", STUDY): [
        "After 15 months, 8 people in remission",
        "CAR-T did not bring lasting remission in MS",
        "People ask whether remission holds",
        "Long‑lasting low antibodies in lupus study",
        "7 of 9 in remission at week 24",
        "Does lupus stay away? Nine people are too few to tell",
        "Study asks who can come off medicines",
        "Permanent harm in one of nine people",
        "What “remission” means",
    ],
    ("E04", "harms", SILENT): [
        "Not reported.",
        "The abstract doesn’t mention harms.",
        "The registry gives no harms.",
        "Not part of this report.",
        "Nothing on harms is said in the abstract.",
        "Nobody has looked at harms yet.",
    ],
    ("E04", "harms", STUDY): [
        "None of the nine had severe reactions in nine months.",
        "Two of 9 had serious infections; the treatment was otherwise well tolerated.",
        "It was well tolerated in nine people over 9 months.",
        "Nine people were too few to show whether it is safe.",
        "The study looks for a safe dose in nine people.",
    ],
    ("E04", "harms", TRIAL): [
        "Nobody has been treated yet.",
        "No results yet, so harms are not known.",
        "The registry says nothing about harms.",
    ],
    ("E05", "access", STUDY): [
        "Only in the study in Leiden.",
        "It isn’t approved for lupus.",
        "Approved in Examplia; the price is not public.",
        "Approved nowhere.",
        "Nobody can get it outside a study.",
    ],
    ("E06", "funding", STUDY): ["Not stated", "None declared by the authors; paid by the state.", "Orbital."],
    ("E07", "access", STUDY): [
        "You can't get it outside a study.",
        "Approved for blood cancers, not for lupus.",
        "Only at two hospitals.",
        "Available on prescription in Japan.",
        "It cannot be had outside the study.",
    ],
    ("E08", "not_known", STUDY): [
        "Nobody knows how long it lasts.",
        "Unknown: who is helped.",
        "Not known: how long it lasts.",
        "A lot: how long it lasts.",
        "Time will tell whether the lupus returns.",
        "More research is needed in children.",
    ],
    ("E10", "headline", MICE): [
        "CAR-T made in the body: first in monkeys",
        "In cells from people with lupus, a switch",
        "Lab study: a switch in CAR-T cells",
    ],
    ("E11", "summary", PREPRINT): [
        "Nine people; this has not yet been peer reviewed.",
        "Nine. It awaits being peer-reviewed.",
        "Nine. Without having been checked by other experts.",
        "Nine. It may be published in a journal later.",
        "Nine people. It has not appeared in a journal.",
    ],
    ("E11", "title", STUDY): ["Final results after an interim analysis in lupus", "Abstract thinking in lupus"],
    ("E12", "title", STUDY): [
        "Withdrawal of steroids after CAR-T",
        "Correction of anaemia in lupus",
        "Removal of B cells",
    ],
    ("E12", "excerpt", STUDY): ["In nine adults steroids were withdrawn.", "The paper counts retracted articles."],
    ("E13", "you_can", STUDY): ["Keep taking your medicines.", "Stay in touch with your team.", "Nothing yet."],
    ("E15", "harms", STUDY): [
        "Six had fever. No one knows whether cancers will come.",
        "Six had fever. Nobody with cancer could join.",
        "Six had fever. The product is approved for lymphoma, not for lupus.",
        "Six had fever. One person got lymphoma.",
    ],
}


def spread(table):
    return [
        pytest.param(rule, replace(item, **{field: text}), id=f"{rule}-{text[:40]}")
        for (rule, field, item), texts in table.items()
        for text in texts
    ]


def findings(item: Item, rule: str, config=CONFIG, beside=(), texts=()):
    queue = Queue(issue="2026-12", items=(item, *beside))
    found = checked(queue, config=config, rules=frozenset({rule}), texts={item.id: texts})
    return tuple(f for f in found if f.item == item.id)


@pytest.mark.parametrize(("rule", "item"), spread(TOLD))
def test_what_an_editor_must_be_told_is_told(rule, item):
    assert findings(item, rule)


@pytest.mark.parametrize(("rule", "item"), spread(FINE))
def test_what_only_looks_bad_passes(rule, item):
    assert findings(item, rule) == ()


def test_a_claim_that_lasts_blocks_in_a_headline_and_warns_in_a_summary():
    (head,) = findings(case(headline="Nine people in drug‑free remission"), "E03")
    (body,) = findings(case(summary="Nine people are in remission."), "E03")
    assert (head.severity, body.severity) == (Severity.BLOCK, Severity.WARN)
    assert "Nine people in drug‑free remission"[head.start : head.end] == "drug‑free remission"


def test_harms_without_counts_only_ask_for_a_look():
    (found,) = findings(case(harms="Fever and infections were seen."), "E04")
    assert found.severity is Severity.WARN


@pytest.mark.parametrize(
    "told",
    [
        "Serious infections: 4 versus 1.",
        "Three patients died.",
        "The most common adverse events were fever and cytopenia.",
        "No neurotoxicity was seen.",
        "Es traten zwei schwere Infektionen auf.",
    ],
)
def test_not_reported_is_held_against_what_the_source_says(told):
    kept = SourceText(source="jei", title="A study", text=f"A study\n62 adults took part. {told}")
    (found,) = findings(replace(SILENT, harms="Not reported."), "E04", texts=(kept,))
    assert (found.severity, told in found.message) == (Severity.BLOCK, True)
    assert findings(replace(SILENT, harms="Four had serious infections."), "E04", texts=(kept,)) == ()


@pytest.mark.parametrize(
    "beside",
    [
        "Adverse events were recorded for a year.",
        "People with active infection were excluded.",
        "Infections are a leading cause of death in lupus.",
        "The primary outcome is the number of participants with adverse events.",
        "Cytokine release is a known risk of CAR-T.",
    ],
)
def test_what_a_source_plans_or_knows_from_elsewhere_is_no_harm_of_this_treatment(beside):
    kept = SourceText(source="jei", title="A study", text=f"A study\n62 adults took part. {beside}")
    assert findings(replace(SILENT, harms="Not reported."), "E04", texts=(kept,)) == ()


def test_a_registry_tells_of_harms_in_its_posted_events_alone():
    planned = "ABX-9 in CIDP\nprimary outcomes: 18 participants with serious infections"
    posted = f"{planned}\narms events: ABX-9: serious 3 of 18, deaths 1 of 18"
    listed = case(TRIAL, harms="Harms are not reported.")
    for text, count in ((planned, 0), (posted, 1)):
        kept = SourceText(source="registry", title="ABX-9 in CIDP", text=text)
        assert len(findings(listed, "E04", texts=(kept,))) == count


def test_a_trial_that_moved_owes_no_outcomes_but_still_its_harms():
    moved = case(
        TRIAL,
        evidence=Evidence(stage=Stage.PHASE_1),
        harms=None,
        change=(Change("status", "RECRUITING", "TERMINATED"),),
    )
    assert findings(moved, "E02") == findings(moved, "E03") == ()
    assert [f.severity for f in findings(moved, "E04")] == [Severity.BLOCK]


def test_a_registry_names_its_sponsor_in_what_to_try():
    (found,) = findings(case(TRIAL, funding=None), "E06")
    assert "Example University" in found.suggestion


@pytest.mark.parametrize("source", ["orbital", "sciencepress", "biotrade", "hospital"])
def test_a_company_release_news_site_or_lead_never_carries_an_item_but_may_stand_beside_a_paper(source):
    alone = case(source=source)
    assert [f.severity for f in findings(alone, "E09")] == [Severity.BLOCK]
    assert findings(replace(alone, also=(Also(source="jei", title="The paper"),)), "E09") == ()
    assert findings(case(also=(Also(source=source, title="The release"),)), "E09") == ()


def test_two_weak_sources_do_not_make_a_strong_one():
    assert findings(
        case(
            source="orbital", also=(Also(source="biotrade", title="News"), Also(source="sciencepress", title="Release"))
        ),
        "E09",
    )


def test_a_press_release_of_a_trusted_centre_does_not_carry_an_item():
    sources = tuple(replace(s, role=Role.EVIDENCE) if s.key == "hospital" else s for s in CONFIG.sources)
    config = replace(CONFIG, sources=sources)
    release = case(source="hospital", evidence=proven(flags=(Flag.PRESS_RELEASE,)))
    assert findings(release, "E09", config)
    assert findings(replace(release, evidence=proven()), "E09", config) == ()


def test_what_a_regulator_decided_comes_from_a_regulator():
    assert findings(case(DECISION, source="jei"), "E09")
    assert findings(case(DECISION, source="registry"), "E09")
    assert findings(case(DECISION, source="jei", also=(Also(source="agency", title="Notice"),)), "E09") == ()


def test_a_study_of_harms_in_the_safety_section_is_carried_by_its_journal():
    assert findings(case(section=Section.SAFETY), "E09") == ()
    assert findings(case(section=Section.SAFETY, evidence=Evidence(stage=Stage.COMMENTARY)), "E09")


def test_a_source_outside_the_settings_is_told_and_blocks_only_without_an_identity():
    assert [f.severity for f in findings(case(source="by-hand"), "E09")] == [Severity.WARN]
    assert [f.severity for f in findings(case(source="by-hand", ids=Ids()), "E09")] == [Severity.BLOCK]


def test_a_registry_date_counts_when_the_listing_was_never_published():
    listed = case(TRIAL, published=None)
    assert findings(listed, "E09")
    assert findings(replace(listed, trial=TrialFacts(updated="2026-11-02")), "E09") == ()


@pytest.mark.parametrize(
    "link", [None, "", "ftp://jei.example/1", "jei.example/1", "https://jei.example/a b", "data:text/html,hi"]
)
def test_only_a_plain_web_address_is_a_link(link):
    assert [f.field for f in findings(case(link=link), "E09")] == ["link"]


@pytest.mark.parametrize("day", ["2026-11-24", "2026-12", "2027"])
def test_a_source_from_the_future_blocks_and_one_of_tomorrow_elsewhere_does_not(day):
    assert [(f.severity, f.field) for f in findings(case(published=day), "E09")] == [(Severity.BLOCK, "published")]
    for known in ("2026-11-23", "2026-11", "2026", "May 2026"):
        assert findings(case(published=known), "E09") == ()


def test_results_from_a_registry_alone_carry_its_number():
    alone = case(source="registry", ids=Ids())
    assert [f.severity for f in findings(alone, "E09")] == [Severity.BLOCK]
    assert findings(replace(alone, ids=Ids(number="NCT99990003")), "E09") == ()
    assert findings(replace(alone, also=(Also(source="jei", title="The paper"),)), "E09") == ()


def test_a_preprint_is_known_by_where_the_link_leads():
    linked = case(link="https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4000000")
    assert findings(linked, "E11")
    assert findings(replace(linked, evidence=proven(flags=(Flag.PREPRINT,))), "E11") == ()


@pytest.mark.parametrize("doi", ["10.1101/2026.05.20.26300001", "10.21203/rs.3.rs-100/v1", "10.2139/ssrn.4000000"])
def test_a_preprint_is_known_by_its_doi_wherever_it_was_found(doi):
    assert findings(case(ids=Ids(doi=doi)), "E11")
    assert findings(case(ids=Ids(doi=doi), evidence=proven(flags=(Flag.PREPRINT,))), "E11") == ()


def test_a_withdrawn_paper_blocks_and_its_withdrawal_is_news():
    for withdrawn in (
        case(evidence=proven(flags=(Flag.RETRACTED,))),
        case(notices=(Notice(kind="retracted", on="2026-11-02", text="Data could not be verified"),)),
        case(title="[Retracted] Selonib in arthritis: a study"),
        case(title="WITHDRAWN: Selonib in arthritis"),
    ):
        assert [f.severity for f in findings(withdrawn, "E12")] == [Severity.BLOCK]
    assert findings(replace(WITHDRAWN, evidence=Evidence(stage=Stage.RETRACTION, flags=(Flag.RETRACTED,))), "E12") == ()


@pytest.mark.parametrize("status", list(Status))
def test_a_paper_that_another_item_of_the_issue_takes_back_blocks(status):
    doi = STUDY.ids.doi
    back = replace(WITHDRAWN, status=status, notices=(Notice(kind="retracts", text=f"https://doi.org/{doi.upper()}"),))
    (found,) = findings(STUDY, "E12", beside=(back,))
    assert (found.severity, found.field) == (Severity.BLOCK, "ids")
    led = case(source="orbital", ids=Ids(), also=(Also(source="jei", title="The paper", id=f"doi:{doi}"),))
    assert findings(led, "E12", beside=(back,))
    assert findings(case(ids=Ids(doi="10.5555/other")), "E12", beside=(back,)) == ()
    assert findings(replace(back, status=Status.APPROVED), "E12", beside=(replace(STUDY, status=status),)) == ()


def test_a_source_text_that_says_it_was_retracted_blocks():
    kept = SourceText(source="jei", title="A study", text="A study\nThis article has been retracted by the editors.")
    assert [f.severity for f in findings(STUDY, "E12", texts=(kept,))] == [Severity.BLOCK]


def test_a_pasted_title_or_abstract_is_no_decision_about_words():
    first = "Nine adults with lupus received one infusion of the cells in one hospital."
    paper = f"{first} Seven were well."
    kept = SourceText(source="jei", title="A study", text=f"A study\n{paper}")
    assert findings(case(summary=paper), "E00", texts=(kept,))
    assert findings(case(summary=f"{first} Yes."), "E00", texts=(kept,))
    own = "At one hospital, nine people got the cells once. Seven were well."
    assert findings(case(summary=own), "E00", texts=(kept,)) == ()
    outlet = Also(source="biotrade", title="Cells calm lupus")
    assert findings(case(headline="Cells calm lupus!", also=(outlet,)), "E00")


def test_doubts_corrections_and_changes_ask_for_a_look_once():
    doubted = case(
        evidence=proven(flags=(Flag.CONCERN,)), notices=(Notice(kind="expression-of-concern", on="2026-11-02"),)
    )
    assert [(f.severity, f.field) for f in findings(doubted, "E12")] == [(Severity.WARN, "notices.0")]
    for kind in ("corrected", "changed"):
        assert [f.severity for f in findings(case(notices=(Notice(kind=kind),)), "E12")] == [Severity.WARN]


def test_a_fallen_signature_says_who_signed_and_that_the_text_changed():
    editor, medical = findings(case(summary="Nine people, and a word more."), "S01")
    assert "Anna Example signed as editor on 2026-11-22" in editor.message
    assert "changed since" in medical.message
    assert "--as dr-m" in medical.suggestion


def test_roles_are_shared_out_so_that_as_many_as_can_be_are_filled():
    signatures = [
        replace(STUDY.signed[0], by=by, role=role)
        for by, role in (("eve", PersonRole.EDITOR), ("eve", PersonRole.MEDICAL), ("anna", PersonRole.EDITOR))
    ]
    for order in (signatures, signatures[::-1]):
        assert findings(replace(STUDY, signed=tuple(replace(s, role=PersonRole(s.role)) for s in order)), "S01") == ()


def test_without_roles_in_the_settings_one_person_is_still_due():
    config = replace(CONFIG, newsletter=replace(CONFIG.newsletter, sign_off=()))
    assert [f.severity for f in findings(replace(STUDY, signed=()), "S01", config)] == [Severity.BLOCK]
    assert findings(replace(STUDY, signed=STUDY.signed[:1]), "S01", config) == ()


def test_a_needless_bad_signature_beside_good_ones_only_warns():
    stale = replace(STUDY.signed[0], by="pat", role=PersonRole.PATIENT, text="sha256:0")
    (found,) = findings(replace(STUDY, signed=(*STUDY.signed, stale)), "S01")
    assert (found.severity, "Pat Example" in found.message) == (Severity.WARN, True)


@pytest.mark.parametrize("number", [2, 9, 12, 21, 47, 100, 114, 350])
def test_each_way_of_writing_a_number_of_people_is_read(number):
    words = spell(number)
    assert says_people(f"There were {number} people.", number)
    assert says_people(f"{words.capitalize()} people took part.", number)
    assert says_people(f"{words.replace('-', ' ')} people took part.", number)
    assert not says_people(f"There were {number}.5 points, {number}% in week {number} of phase {number}.", number)
    assert not says_people(f"There were {number}{number} people.", number)


def test_an_age_is_no_duration_and_a_week_is():
    assert not duration("a 44-year-old woman")
    assert all(
        map(duration, ("after 6 months", "at week 24", "half a year later", "a two‑year study", "since May 2023"))
    )


def test_folding_keeps_every_offset():
    text = "drug‑free “remission” isn’t a\u00a0cure – yet\n"
    assert len(plain_punctuation(text)) == len(text)
    assert plain_punctuation(text) == 'drug-free "remission" isn\'t a cure - yet '
