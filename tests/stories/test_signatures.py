"""What several outlets tell in words of their own, in two languages, is one story by the traits they share."""

from __future__ import annotations

import pytest
from entries_told import SOURCES, stories, told

from pipeline.model.names import Therapy
from pipeline.stories.features import features_of
from pipeline.stories.traits import traits_of

HOLD = told(
    "company",
    "Orbital Provides Update on the BEACON-2 Study of ORB-31",
    "The FDA placed a clinical hold on BEACON-2 in lupus after the death of a participant in Graz.",
    therapy=None,
)
SAME = {
    "a firm's release and a paper in another language": (
        HOLD,
        told("trade", "ORB-31: Lupus-Studie nach Todesfall gestoppt", "Die FDA hat BEACON-2 angehalten."),
    ),
    "an outlet that knows the study, and one that knows the code": (
        HOLD,
        told("wire", "Lupus trial halted after a patient dies in Graz", "The FDA stopped BEACON-2 on Monday."),
    ),
    "one age and one town": (
        told(
            "trade", "A boy of Münster rides again", "The 11-year-old with lupus got CAR-T in Munich, Dr Overbeck said."
        ),
        told(
            "wire",
            "Elfjähriger wieder gesund",
            "Ein 11-jähriger Junge mit Lupus wurde in München von Overbeck behandelt.",
        ),
    ),
}


@pytest.mark.parametrize("promise", SAME)
def test_outlets_that_name_the_same_things_tell_one_story(promise: str) -> None:
    assert len(stories(*SAME[promise])) == 1


APART = {
    "another product of the same firm": (
        HOLD,
        told("trade", "Orbital's ORB-58 gets orphan status from the FDA in lupus", "ORB-58 is made from donor cells."),
    ),
    "another study of the same product": (
        HOLD,
        told(
            "trade",
            "First patient dosed with ORB-31 in BEACON-3",
            "In lupus, the FDA has cleared it.",
            day="2026-05-13",
        ),
    ),
    "another disease": (
        HOLD,
        told("trade", "FDA: BEACON-2 hold on ORB-31", "In myositis, a clinical hold.", about=("myositis",)),
    ),
    "a round-up": (
        HOLD,
        told("trade", "Week in review: ORB-31 and BEACON-2 on hold in lupus", "Also: news of the FDA."),
    ),
    "an opinion": (HOLD, told("trade", "Comment: what BEACON-2 and ORB-31 teach us on lupus", "The FDA did well.")),
    "a month later": (
        HOLD,
        told("trade", "ORB-31: Lupus-Studie BEACON-2 gestoppt", "Die FDA hat BEACON-2 angehalten.", day="2026-06-20"),
    ),
    "another target": (
        told("trade", "CD19 cells in lupus, shown in Graz by Overbeck", "Of 22 people, 17 did well."),
        told("wire", "BCMA cells in lupus, shown in Graz by Overbeck", "Of 22 people, 12 did well."),
    ),
    "other sums": (
        told("company", "Orbital raises $84 million for ORB-31 in lupus", "BEACON-2 is paid by it."),
        told("trade", "Orbital raises $20 million for ORB-31 in lupus", "BEACON-2 is paid by it."),
    ),
    "the disease and the agency alone": (
        told("company", "A licence in lupus", "The FDA accepts an application."),
        told("trade", "Lupus: Zulassung", "Die FDA prüft einen Antrag."),
    ),
}


@pytest.mark.parametrize("promise", APART)
def test_what_contradicts_stays_apart_however_much_is_shared(promise: str) -> None:
    assert len(stories(*APART[promise])) == 2


def test_an_entry_that_fits_two_stories_joins_neither() -> None:
    other = told("wire", "BEACON-2 of ORB-31 raises a sum", "In lupus; the FDA says nothing.", therapy=Therapy.CAR_NK)
    alone = told("trade", "ORB-31 and BEACON-2 in lupus", "The FDA knows.", therapy=None, day="2026-05-12")
    funding = told(
        "company", "Orbital raises $84 million for BEACON-2 of ORB-31 in lupus", "The FDA is told.", therapy=None
    )
    found = stories(HOLD, funding, alone, other)
    assert not any({HOLD.entry, funding.entry} <= set(story.entries) for story in found)


@pytest.mark.parametrize(
    ("title", "trait"),
    [
        ("[News] München: Zellen gegen Lupus", ("name", "munich")),
        ("Cells tried in Munich", ("name", "munich")),
        ("Sammelt 84 Millionen Euro ein", ("sum", ("€", 84.0))),
        ("A €84m round", ("sum", ("€", 84.0))),
        ("Paul-Ehrlich-Institut warnt", ("agency", "pei")),
        ("PEI warns", ("kind", "warning")),
        ("Enterokolitis", ("word", "enteroc")),
        ("Enterocolitis", ("word", "enteroc")),
        ("The RELAX-1 study", ("called", "relax1")),
        ("17 of 22 did well", ("share", (17, 22))),
        ("17 von 22 ging es gut", ("share", (17, 22))),
    ],
)
def test_the_signs_of_both_languages_are_the_same(title: str, trait: tuple[str, object]) -> None:
    read = features_of(told("trade", title), SOURCES["trade"])
    assert trait in traits_of(read.judged, read.facts, ()).every
