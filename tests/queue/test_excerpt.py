"""An excerpt may lose background, never results."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.queue.excerpt import excerpt_of

BACKGROUND = "BACKGROUND: Lupus can harm the kidneys. " + "Much is known of it already. " * 20
METHODS = "METHODS: Nine adults were given one infusion. "
RESULTS = "RESULTS: Six of nine needed no medicine at week 24. One had a grade 3 infection. "
CONCLUSIONS = "CONCLUSIONS: A larger study is needed."


def test_background_goes_first_and_methods_stay_where_they_fit():
    told = excerpt_of(BACKGROUND + METHODS + RESULTS + CONCLUSIONS, 400)
    assert told == "… " + METHODS + RESULTS + CONCLUSIONS


def test_results_stay_whole_even_where_they_alone_are_too_long():
    told = excerpt_of(BACKGROUND + METHODS + RESULTS + CONCLUSIONS, 60)
    assert told == "… " + RESULTS + CONCLUSIONS


def test_german_labels_are_read_too():
    told = excerpt_of("HINTERGRUND: " + "Vieles ist bekannt. " * 20 + "ERGEBNISSE: Sechs von neun kamen aus.", 100)
    assert told == "… ERGEBNISSE: Sechs von neun kamen aus."


def test_news_is_cut_at_its_end():
    assert excerpt_of("Six of nine improved. " + "More is told below. " * 20, 60).startswith("Six of nine improved. ")


@given(st.integers(1, 1500))
def test_no_limit_costs_a_word_of_the_results(limit: int):
    assert excerpt_of(BACKGROUND + METHODS + RESULTS + CONCLUSIONS, limit).endswith(RESULTS + CONCLUSIONS)
