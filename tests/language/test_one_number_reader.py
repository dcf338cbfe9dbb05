"""Triage and checks read the same number, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures.traced_numbers import spell

from pipeline.checks.wording import counted
from pipeline.language.counts import follow_up, participants
from pipeline.language.normalise import comparable
from pipeline.language.numbers.tokens import read


def triage(text: str) -> int | None:
    found = participants("", comparable(text))
    return found.number if found else None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("12³ patients were treated.", 12),
        ("Twelve³ patients were treated.", 12),
        ("We infused 10⁶ patients' own cells.", None),
        ("Two hundred and five patients were treated.", 205),
        ("Siebenundvierzig Personen wurden behandelt.", 47),
    ],
)
def test_a_footnote_or_a_long_number_word_makes_no_other_number_of_people(text: str, people: int | None) -> None:
    assert triage(text) == people


def test_the_words_of_a_count_are_those_of_the_text() -> None:
    found = participants(
        "", comparable("Of sixty-two screened, two hundred and five patients were treated in twenty days.")
    )
    assert found is not None
    assert found.words.startswith("two hundred and five patients")


def test_a_fraction_of_a_year_is_a_length_of_follow_up() -> None:
    assert follow_up(comparable("They were treated, with a follow-up of 1½ years.")) == "1.5 years"


@pytest.mark.parametrize("text", ["Siebenundvierzig Personen hatten Fieber.", "Zwölf von zwanzig hatten Fieber."])
def test_a_german_count_of_harms_is_a_count(text: str) -> None:
    assert counted(text)


@pytest.mark.parametrize("text", ["No one had a fever.", "Niemand hatte Fieber.", "QM-2200 was safe."])
def test_nobody_and_a_name_with_digits_are_no_count(text: str) -> None:
    assert not counted(text)


@given(
    number=st.integers(2, 5000).filter(lambda n: not 1900 <= n <= 2100),
    form=st.sampled_from((str, lambda n: f"{n:,}", spell)),
    sign=st.sampled_from(("", "¹", "²", "³")),
)
def test_triage_and_checks_read_the_same_number(number, form, sign) -> None:
    text = f"In total, {form(number)}{sign} patients were treated."
    checked = [int(n.value) for n in read(text) if n.noun == "people"]
    assert checked == [number]
    assert triage(text) == number
