"""Words for the e-mail held against the standard: a brief and what a fact says stand alone, a subject is a headline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from samples import STUDY, case, checked, proven

from pipeline.model.finding import Finding
from pipeline.model.item import Fact, Item, Queue, SourceText, Waiver
from pipeline.model.names import Severity, Shows
from pipeline.model.story import About

TEXTS = {STUDY.id: (SourceText(source="jei", title=STUDY.title, text=f"{STUDY.title}\n{STUDY.excerpt}"),)}
FACT = Fact(value="7 of 9", quote="At week 24, 7 of 9 met the remission definition", shows=Shows.BENEFIT)


def found(item: Item, field: str) -> list[Finding]:
    return [f for f in checked(Queue(issue="2026-12", items=(item,)), texts=TEXTS) if f.field == field]


def rules(item: Item, field: str) -> set[str]:
    return {f.rule for f in found(item, field)}


WRONG = {
    "H01": "CAR-T cures lupus.",
    "N01": "At week 24, 44 people were well.",
    "N07": "Nine people: 6 of the 9 met the goal, few or no signs of disease.",
    "H12": "Nine people won the battle against lupus.",
    "P03": "Seven people had a lower ZQX score.",
    "E16": " ".join(["people"] * 36),
}


@pytest.mark.parametrize("rule", WRONG)
def test_a_brief_is_held_to_the_standard(rule):
    assert rule in rules(case(brief=WRONG[rule]), "brief")


@pytest.mark.parametrize("rule", [rule for rule in WRONG if rule not in ("E16", "N07")])
def test_what_a_fact_says_is_held_to_the_standard(rule):
    facts = (Fact(value="9", quote="Nine adults"), replace(FACT, says=WRONG[rule]))
    item = case(facts=facts)
    assert rule in rules(item, "facts.1.says")
    assert rules(item, "facts.0.says") == set()


def test_sober_words_raise_nothing():
    fine = "Nine people with lupus got CAR-T cells once. At week 24, 7 of 9 had few signs of it; two had infections."
    item = case(brief=fine, facts=(replace(FACT, says="met the study's definition of remission at week 24"),))
    assert (rules(item, "brief"), rules(item, "facts.0.says")) == (set(), set())


def test_what_the_summary_explains_does_not_excuse_the_brief_which_is_read_alone():
    long = "Remission, few signs of lupus, was seen in 7 of 9. In the other group it was half as likely."
    assert rules(case(summary=f"{STUDY.summary} Their zone score (ZQX) fell.", brief="Their ZQX fell."), "brief") == {
        "P03"
    }
    assert "N01" in rules(case(brief=long), "brief")


def test_a_long_brief_is_told_its_count_of_words():
    (told,) = (f for f in found(case(brief=" ".join(["people"] * 41)), "brief") if f.rule == "E16")
    assert (told.severity, told.start, told.end) == (Severity.BLOCK, 0, 286)
    assert "has 41 words" in told.message
    assert "E16" not in rules(case(brief=" ".join(["people"] * 35)), "brief")
    assert rules(case(facts=(replace(FACT, says="TBC"),)), "facts.0.says") == {"E16"}


def test_a_waiver_speaks_of_them_by_their_words():
    waiver = Waiver(rule="H12", span="battle", reason="proper-name", note="the study's own name", by="anna")
    item = case(
        brief="The BATTLE study had nine people in the battle against lupus.",
        facts=(replace(FACT, says="won the battle against lupus"),),
        waive=(waiver,),
    )
    assert {f.waived for f in found(item, "facts.0.says") if f.rule == "H12"} == {True}
    other = replace(item, waive=(replace(waiver, span="shield"),))
    assert {f.waived for f in found(other, "facts.0.says") if f.rule == "H12"} == {False}


def opened(**words: Any) -> list[tuple[str, str, Severity]]:
    queue = Queue(issue="2026-12", items=(STUDY,), **words)
    return [(f.rule, f.field, f.severity) for f in checked(queue) if f.item == "2026-12" and f.rule != "S01"]


def test_a_subject_is_read_as_a_headline_and_the_others_as_text():
    assert ("H14", "subject", Severity.BLOCK) in opened(subject="Is this the cure for lupus?")
    assert ("H01", "preheader", Severity.BLOCK) in opened(preheader="CAR-T cures lupus.")
    assert ("N01", "subject", Severity.BLOCK) in opened(subject="Lupus: 444 of 999 people were well")
    assert ("N01", "ask", Severity.BLOCK) in opened(ask="Why were 444 people left out of it?")
    assert opened(
        subject="Early lupus study: 7 of 9 people had few signs of disease",
        preheader="Six of nine had a fever reaction.",
        ask="Which of my medicines would I have to stop for a study?",
    ) == []  # fmt: skip


def test_what_mail_programs_cut_gets_a_look():
    assert opened(subject="Lupus: seven people. " * 3) == [("E16", "subject", Severity.WARN)]
    assert opened(preheader="Nine people took part. " * 5) == [("E16", "preheader", Severity.WARN)]
    assert opened(ask="Which study may fit me, and who can tell me more about it? " * 2) == []


@pytest.mark.parametrize("name", ["subject", "preheader", "ask"])
def test_a_note_to_yourself_does_not_leave(name):
    assert ("E16", name, Severity.BLOCK) in opened(**{name: "TODO Anna"})


def test_without_an_intro_the_subject_is_signed():
    unsigned = [f for f in checked(Queue(issue="2026-12", subject="A study in lupus")) if f.rule == "S01"]
    assert {f.field for f in unsigned} == {"signed"}


def drawn_as_benefit(says: str) -> list[str]:
    """What is said of the harm in a fact that shows a benefit."""
    item = case(facts=(replace(FACT, says=says),))
    return [f.severity for f in found(item, "facts.0") if f.rule == "N05" and "is a harm" in f.message]


@pytest.mark.parametrize(
    "says",
    [
        "died",
        "Died, both of infection",
        "had a serious infection",
        "relapsed within 9 months",
        "were well again, but one had a stroke",
        "hatten Fieber",
        "needed intensive care",
        "were in hospital with no remission",
    ],
)
def test_a_harm_is_never_drawn_as_a_benefit(says):
    assert drawn_as_benefit(says) == [Severity.BLOCK]
    assert found(case(facts=(replace(FACT, shows=Shows.HARM, says=says),)), "facts.0") == []


@pytest.mark.parametrize(
    "says",
    [
        "had no relapse",
        "were free of infection",
        "stayed free from side effects",
        "were relapse-free after 12 months",
        "did not relapse within a year",
        "lived without flares",
        "had neither fever nor infection",
        "had fewer flares than before",
        "relapsed less often",
        "recovered from their infection",
        "no longer had flares",
        "had their anaemia resolved",
        "had a lower risk of relapse",
        "waren frei von Rückfällen",
        "hatten keinen Rückfall",
        "had low disease activity at week 16",
        "felt better",
    ],
)
def test_a_harm_that_did_not_come_or_went_is_a_benefit(says):
    assert drawn_as_benefit(says) == []


OF_ITEM = {
    "E02": ["People with lupus had few or no signs of it.", "In 78% there were few signs of lupus."],
    "E15": ["Of nine people treated, none had a new cancer. There is no risk of cancer."],
}


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, all_ in OF_ITEM.items() for words in all_])
def test_what_binds_a_summary_binds_the_brief_that_stands_for_it(rule, words):
    item = case(headline="Lupus: an early study", brief=words)
    assert rule in rules(item, "brief")
    assert rules(replace(item, brief=None), "brief") == set()


def test_a_number_of_people_in_the_headline_serves_the_brief_too():
    item = case(headline="Nine people with lupus", brief="People with lupus had few or no signs of it.")
    assert "E02" not in rules(item, "brief")
    alone = case(headline="Lupus: a report", brief="A woman with lupus felt better.", evidence=proven(participants=1))
    assert "E02" not in rules(replace(alone, summary="One woman felt better."), "brief")


def test_a_benefit_without_a_counted_harm_is_said_to_have_no_picture():
    harm = Fact(value="2 of 9", quote="serious infection in 2", derived="2/9", shows=Shows.HARM, says="fell very ill")
    benefit = replace(FACT, says="met the goal")

    def undrawn(*facts: Fact) -> list[tuple[str, str]]:
        item = case(facts=facts)
        said = [f for n in range(len(facts)) for f in found(item, f"facts.{n}")]
        return [(f.field, f.severity) for f in said if "is not drawn, as no harm" in f.message]

    assert undrawn(benefit, harm) == []
    assert undrawn(benefit) == [("facts.0", Severity.NOTE)]
    assert undrawn(replace(harm, says=None), benefit) == [("facts.1", Severity.NOTE)]


def test_a_harm_that_is_the_treated_disease_is_warned_of() -> None:
    fact = replace(FACT, says="had anaemia at week 24")
    for name, severity in (("aplastic anaemia", Severity.WARN), ("AIHA", Severity.WARN), ("lupus", Severity.BLOCK)):
        item = case(facts=(fact,), about=About(conditions=(name,)))
        told = [f for f in found(item, "facts.0") if f.rule == "N05" and "is a harm" in f.message]
        assert [f.severity for f in told] == [severity]


def test_a_study_of_which_only_the_title_was_read_is_warned_of():
    alone = {STUDY.id: (SourceText(source="jei", title=STUDY.title, text=STUDY.title),)}
    queue = Queue(issue="2026-12", items=(STUDY,))
    (found,) = (f for f in checked(queue, texts=alone) if f.rule == "E01")
    assert (found.severity, found.field) == (Severity.WARN, "evidence")
    assert not [f for f in checked(queue, texts=TEXTS) if f.rule == "E01"]
