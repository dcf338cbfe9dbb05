"""Numbers in running text are read in every form people write them, with what they count, and names with digits are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures.traced_numbers import spell

from pipeline.checks.formula import FormulaError, compute
from pipeline.language.numbers.match import Fit, best, fit
from pipeline.language.numbers.number import Sort
from pipeline.language.numbers.parts import parts
from pipeline.language.numbers.tokens import read


def real(text: str):
    return [n for n in read(text) if not n.implied]


def told(text: str):
    return [(n.value, n.kind.value, n.unit or n.noun) for n in real(text)]


@pytest.mark.parametrize(
    ("text", "value", "kind", "what"),
    [
        ("62 adults", 62, "count", "people"),
        ("Forty-seven people", 47, "count", "people"),
        ("two hundred and five trials", 205, "count", "study"),
        ("1,187 women", 1187, "count", "people"),
        ("12 345 patients", 12345, "count", "people"),
        ("a dozen men", 12, "count", "people"),
        ("two dozen mice", 24, "count", "animal"),
        ("2.5 million people", 2500000, "count", "people"),
        ("62.5%", "62.5", "percent", None),
        ("sixty-three per cent", 63, "percent", None),
        ("six-month follow-up", 6, "duration", "month"),
        ("6‑month follow‑up", 6, "duration", "month"),
        ("at week 24", 24, "duration", "week"),
        ("two and a half years", "2.5", "duration", "year"),
        ("2½ hours", "2.5", "duration", "hour"),
        ("half a year", "0.5", "duration", "year"),
        ("a forty-seven-year-old woman", 47, "age", "year"),
        ("aged 44", 44, "age", "year"),
        ("75 years of age", 75, "age", "year"),
        ("10mg", 10, "dose", "mg"),
        ("in 2019", 2019, "date", None),
        ("P = 0.0002", "0.0002", "statistic", None),
        ("grade 3", 3, "ordinal", "grade"),
        ("siebenundvierzig Erwachsene", 47, "count", "people"),
        ("eine 47-jährige Frau", 47, "age", "year"),
        ("sechsmonatige Beobachtung", 6, "duration", "month"),
        ("zweihundertfünf Menschen", 205, "count", "people"),
        ("12,5 Prozent", "12.5", "percent", None),
    ],
)
def test_each_way_of_writing_a_number_is_read_with_what_it_counts(text, value, kind, what):
    assert told(text) == [(Decimal(value), kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        "CD19 and IL-6, NCT99990003, doi 10.5555/demo.2026.0507, COVID-19, type 1, phase 1/2, phase II, SF-36, 5-HT, B12",
        "One cannot know; no one, the second visit, a third infusion, the first half, half-life, one of the doctors",
    ],
)
def test_names_with_digits_pronouns_and_ordinals_are_no_numbers(text):
    assert real(text) == []


@pytest.mark.parametrize("text", ["A third died.", "Over a third had fever", "One died, and a third of them relapsed"])
def test_a_third_before_a_verb_is_a_share(text):
    assert any(n.parts == (1, 3) for n in read(text))


@pytest.mark.parametrize("text", ["One had fever, another an infection, a third died.", "A third was added", "24/7"])
def test_a_third_in_a_row_of_people_and_the_clock_are_no_shares(text):
    assert not any(n.share for n in read(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7 of the 9 met it", (7, 9, "7 of the 9")),
        ("all nine met it", (9, 9, "all nine")),
        ("All of the nine met it", (9, 9, "All of the nine")),
        ("every one of the nine met it", (9, 9, "every one of the nine")),
        ("none of the nine met it", (0, 9, "none of the nine")),
        ("78% met it", (78, None, "78%")),
        ("six had a fever", (6, None, "six")),
    ],
)
def test_a_part_of_a_group_is_read_in_each_form(text, told):
    part = parts(text)[0]
    assert (part.value, part.of, part.raw) == told


def test_a_part_has_the_words_of_its_clause_or_of_its_label():
    told = parts("Fever: 6 of 9; 7 of 9 met the goal: few signs. Of the rest, 2 of 9 relapsed, one of nine died.")
    assert [set(p.about) for p in told[:3]] == [{"fever"}, {"met", "goal", "sign"}, {"relap"}]


def test_a_part_knows_its_whole_and_a_list_shares_its_unit():
    assert [(n.value, n.of) for n in real("7 of the 9 people, 5/8, one in ten, all seven patients")] == [
        (7, 9), (9, None), (5, 8), (8, None), (1, 10), (10, None), (7, 7),
    ]  # fmt: skip
    assert told("3, 6 and 12 months") == [(3, "duration", "month"), (6, "duration", "month"), (12, "duration", "month")]
    assert [n.kind for n in real("10 to 28%")] == [Sort.PERCENT] * 2
    assert told("weeks 12 and 24") == [(12, "duration", "week"), (24, "duration", "week")]
    assert [n.kind for n in real("range 4-14")] == [Sort.RANGE] * 2
    assert told("41, 3 months") == [(41, "count", None), (3, "duration", "month")]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("63%", "5 of 8"), ("62.5%", "5 of 8"), ("63 per cent", "63%"), ("one in ten", "10%"), ("63 in 100", "63%"),
        ("two thirds", "6 of 9"), ("half of them", "50%"), ("12 months", "one year"), ("14 days", "two weeks"),
        ("half a year", "6 months"), ("1,200 people", "1200 participants"), ("a dozen people", "12 patients"),
        ("sechs Monate", "6 months"), ("47-year-old", "aged 47"),
    ],
)  # fmt: skip
def test_one_number_in_two_forms_is_the_same(mine, theirs):
    assert best(real(mine)[0], read(theirs))[0] is Fit.EXACT


@pytest.mark.parametrize(
    ("mine", "theirs", "due"),
    [
        ("half a year", "24 weeks", Fit.NEAR),
        ("three months", "12 weeks", Fit.NEAR),
        ("63%", "62.7%", Fit.NEAR),
        ("1,200 people", "1,187 people", Fit.NEAR),
        ("45 people", "45%", Fit.OTHER),
        ("45 people", "45 trials", Fit.OTHER),
        ("6 months", "6 weeks", Fit.OTHER),
        ("7 of 9", "7 of 7", Fit.OTHER),
        ("65%", "5 of 8", Fit.NONE),
        ("23 months", "2 years", Fit.NONE),
        ("5 of 8", "62.5%", Fit.NONE),
        ("grade 3", "3 people", Fit.NONE),
    ],
)
def test_what_is_only_near_or_of_another_thing_is_told_apart(mine, theirs, due):
    assert best(real(mine)[0], read(theirs))[0] is due


FORMS = (
    lambda n: f"{n} people",
    lambda n: f"{n:,} people",
    lambda n: f"{spell(n)} people",
    lambda n: f"{spell(n).capitalize()} people",
    lambda n: f"{spell(n).replace(' and ', ' ')} people",
    lambda n: f"{spell(n).replace('-', '‑')} people",
    lambda n: f"{n:,} people".replace(",", "\u202f"),
)


@settings(deadline=None)
@given(st.integers(2, 999_999), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_number_in_any_form_is_borne_out_by_itself_in_any_other(n, one, other):
    (mine,), (theirs,) = real(one(n)), real(other(n))
    assert mine.value == n
    assert fit(mine, theirs) is Fit.EXACT


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 2))
def test_a_share_worked_out_to_any_place_is_borne_out_by_its_counts(some, whole, places):
    if some > whole or some == whole == 1:
        return
    share = round(Decimal(100 * some) / whole + Decimal("1e-9"), places)
    assert best(real(f"{share}%")[0], read(f"{some} of {whole} people"))[0] is Fit.EXACT


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            "1 2.5 10,000 one two half third thirds a of in the / - % ( ) ; . , weeks month year old aged May 2021 and million dozen "
            "CD19 week grade II ½ ² ¹ ٣ .5 n = CI P sechs jährige tausend 1.234,5 1e5 12/05/2021 2026-02-30 \u00ad 99999999999999999999999".split()
        ),
        max_size=12,
    ).map(" ".join)
)
def test_whatever_is_written_each_number_points_at_its_own_characters(text):
    for n in read(text):
        assert 0 <= n.start < n.end <= len(text)
        assert text[n.start : n.end] == n.raw


@pytest.mark.parametrize(
    ("formula", "gives"),
    [("5/8", "0.625"), ("(22-13)/31*100", "29.03"), ("2+3*4", "14"), ("8 − 5", "3"), ("50%*8", "4")],
)
def test_a_formula_is_computed_by_the_usual_rules(formula, gives):
    assert abs(compute(formula)[0] - Decimal(gives)) < Decimal("0.01")


@pytest.mark.parametrize(
    "formula", ["5/", "5/0", "(5", "five/8", "__import__('os')", "9**9**9", "", "(" * 30 + "1", "1+" * 60 + "1"]
)
def test_a_formula_that_is_none_is_refused(formula):
    with pytest.raises(FormulaError):
        compute(formula)


@given(st.text(alphabet="0123456789.+-*/() %,a", max_size=30))
def test_no_formula_breaks_the_reader(formula):
    try:
        result, went_in = compute(formula)
    except FormulaError:
        return
    assert result.is_finite()
    assert went_in
