"""Benefit beside harms: each count stands once, under the sentence that tells it, and no word of its editor is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from issues import sample_issue, templates
from shapes import BENEFIT

from pipeline.model.item import Fact
from pipeline.model.names import Shows
from pipeline.render.panel import Panel, PanelLine, panel_of
from pipeline.render.pictures import Drawing, draw, drawable
from pipeline.render.press import Press

PRESS = Press(templates())


def fact(value: str, says: str, shows: Shows = Shows.HARM) -> Fact:
    return Fact(value=value, says=says, shows=shows)


def panel(*facts: Fact, harms: str | None = None, drawn: bool = True) -> Panel[Drawing]:
    story = replace(sample_issue().stories[0], facts=facts, harms=harms)
    counts = draw(drawable(facts), PRESS, BENEFIT) if drawn else tuple((fact, None) for fact in facts)
    return panel_of(story, counts)


def read(lines: tuple[PanelLine[Drawing], ...]) -> list[tuple[str, list[str]]]:
    return [(line.words, [drawing.alt for drawing in line.drawings]) for line in lines]


def test_a_count_stands_under_the_sentence_that_tells_it_however_it_is_written() -> None:
    made = panel(
        fact("21 of 58", "had an infection that needed treatment in hospital"),
        fact("2 of 58", "died of infection"),
        harms="Twenty-one of the 58 had an infection treated in hospital – in all five. 2 of 58 died. Others are unknown.",
    )
    assert read(made.harms) == [
        ("Twenty-one of the 58 had an infection treated in hospital – in all five.", ["21 of 58"]),
        ("2 of 58 died.", ["2 of 58"]),
        ("Others are unknown.", []),
    ]
    assert made.columns == (made.harms[:2], made.harms[2:])


def test_a_count_that_the_harms_do_not_tell_has_a_sentence_of_its_own() -> None:
    made = panel(fact("1 of 6", "had a serious infection."), harms="Some had fever.")
    assert read(made.harms) == [("Some had fever.", []), ("1 of 6 had a serious infection.", ["1 of 6"])]


def test_a_count_whose_whole_stands_elsewhere_is_known_by_its_words() -> None:
    made = panel(
        fact("2 of 9", "had a serious infection"),
        harms="Two died of a relapse. Two had a serious infection. 2% had rash.",
    )
    assert read(made.harms) == [
        ("Two died of a relapse.", []),
        ("Two had a serious infection.", ["2 of 9"]),
        ("2% had rash.", []),
    ]


def test_a_count_of_something_else_is_no_telling_of_it_and_no_word_is_lost() -> None:
    made = panel(fact("5 of 14", "had a fever"), harms="5 of 14 died. Five had a relapse.")
    assert read(made.harms) == [("5 of 14 died. Five had a relapse.", []), ("5 of 14 had a fever.", ["5 of 14"])]


def test_sentences_that_nothing_is_drawn_under_stand_together() -> None:
    made = panel(
        fact("1 of 9", "fell ill"), harms="Some had fever. Others had none. 1 of 9 fell ill. That is all. So far."
    )
    assert [words for words, _ in read(made.harms)] == [
        "Some had fever. Others had none.", "1 of 9 fell ill.", "That is all. So far.",
    ]  # fmt: skip


def test_of_two_counts_alike_each_goes_to_the_sentence_with_its_words() -> None:
    made = panel(
        fact("5 of 14", "had a lasting loss of smell"),
        fact("5 of 14", "had a fever"),
        harms="5 of 14 had a fever. 5 of 14 had a lasting loss of smell.",
    )
    assert [alts for _, alts in read(made.harms)] == [["5 of 14"], ["5 of 14"]]
    fever = panel(fact("5 of 14", "had a fever"), harms="5 of 14 lost their smell. 5 of 14 had a fever.")
    assert [alts for _, alts in read(fever.harms)] == [[], ["5 of 14"]]


@pytest.mark.parametrize(
    ("harm", "alts"), [(fact("1 of 6", "fell ill"), ["4 of 6"]), (fact("1 of 101", "fell ill"), [])]
)
def test_a_benefit_is_drawn_only_beside_a_harm_that_is(harm: Fact, alts: list[str]) -> None:
    made = panel(fact("4 of 6", "were better", Shows.BENEFIT), harm)
    assert read(made.benefits) == [("4 of 6 were better.", alts)]
    assert made.columns == (made.benefits, made.harms)


def test_without_a_harm_the_sentence_of_a_benefit_stands_alone() -> None:
    made = panel(fact("4 of 6", "were better", Shows.BENEFIT))
    assert (read(made.benefits), made.harms, made.drawn) == ([("4 of 6 were better.", [])], (), False)


def test_groups_of_different_sizes_are_told() -> None:
    made = panel(fact("4 of 6", "were better", Shows.BENEFIT), fact("1 of 9", "fell ill"))
    assert made.totals == (6, 9)
    assert panel(fact("4 of 6", "were better", Shows.BENEFIT), fact("1 of 6", "fell ill")).totals == ()


def test_without_pictures_the_words_are_the_same() -> None:
    facts = (fact("4 of 6", "were better", Shows.BENEFIT), fact("1 of 9", "fell ill"))
    drawn, plain = panel(*facts, harms="1 of 9 died."), panel(*facts, harms="1 of 9 died.", drawn=False)
    assert " ".join(w for w, _ in read(drawn.harms)) == " ".join(w for w, _ in read(plain.harms))
    assert (plain.drawn, plain.totals, len(plain.columns)) == (False, (), 2)
