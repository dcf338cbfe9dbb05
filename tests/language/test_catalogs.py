"""Every sentence of ours is said in every language that has a catalog, and a catalog says nothing else."""

from __future__ import annotations

import shutil

import pytest
from catalogs import FOLDER, forms, marks, read, template
from newsrooms import REPO
from package_copy import copy_package, run_in

from pipeline.language.catalog import ENGLISH, SOURCE, Catalog, catalog_of, catalogs, compiled, in_language
from pipeline.render.word_files import FixedSentence, sentences

LANGUAGES = [language for language in catalogs() if language != SOURCE]
HOW = "Run `make catalogs`, write what is missing into pipeline/language/catalogs/{}.po, and run the tests again."

POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "%(n)s study"
msgid_plural "%(n)s studies"
msgstr[0] "%(n)s badanie"
msgstr[1] "%(n)s badania"
msgstr[2] "%(n)s badań"
"""


@pytest.fixture(scope="module")
def all_sentences():
    return {message.id for message in template() if message.id}


def test_german_is_there():
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language, all_sentences):
    said = {message.id for message in read(language) if message.id and all(forms(message.string or ""))}
    assert all_sentences - said == set(), HOW.format(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_of_a_sentence_that_is_gone(language, all_sentences):
    assert {message.id for message in read(language) if message.id} - all_sentences == set(), HOW.format(language)
    assert not read(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_a_guess_that_somebody_has_to_look_at(language):
    assert [message.id for message in read(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_for_values(language):
    """A form for one number alone, such as “1 study”, may say it in letters."""
    wrong = {}
    for message in read(language):
        due = set[str]().union(*map(marks, forms(message.id)))
        found = [marks(text) for text in forms(message.string or "")]
        if message.id and not (found[-1] == due and all(each <= due for each in found)):
            wrong[message.id] = message.string
    assert wrong == {}


def test_german_is_set_in_german_quotes():
    texts = [text for message in read("de") if message.id for text in forms(message.string or "")]
    assert [text for text in texts if '"' in text or "”" in text or text.count("„") != text.count("“")] in (
        [],
        ["„", "“"],
    )


def test_a_language_without_its_own_catalog_has_that_of_its_country_or_english():
    assert catalog_of("de-AT") is catalog_of("de")
    assert catalog_of("en-GB") is ENGLISH
    assert (catalog_of("fr"), in_language("fr")) == (None, ENGLISH)


def test_english_says_each_sentence_as_it_is_written():
    assert [ENGLISH.said(message) for message in ("Harms", "")] == ["Harms", ""]
    assert [ENGLISH.counted("1 study", "%(n)s studies", n) for n in (0, 1, 2)] == [
        "%(n)s studies",
        "1 study",
        "%(n)s studies",
    ]


def test_a_language_has_as_many_forms_of_a_sentence_as_its_numbers_need():
    polish = Catalog("pl", compiled(POLISH.encode()))
    said = [polish.counted("%(n)s study", "%(n)s studies", n) % {"n": n} for n in (1, 2, 5, 12, 22)]
    assert said == ["1 badanie", "2 badania", "5 badań", "12 badań", "22 badania"]


def test_what_a_catalog_lacks_is_said_in_english():
    polish = Catalog("pl", compiled(POLISH.encode()))
    assert (polish.said("Harms"), polish.counted("1 place", "%(n)s places", 5)) == ("Harms", "%(n)s places")


def test_a_file_of_words_has_a_sentence_for_each_text_with_a_name_and_none_for_a_key_or_a_comparison():
    words = (
        '{% set TITLE = "Trials" %}\n{% set MANY = ["1 trial", "%(n)s trials",] %}\n'
        '{% set TABLE = {"key": "Value", "other": ["One", "Two", "Three"]} %}\n'
        '{% macro m(f) %}{% if f == "open" %}{{ TABLE["key"] }}{% endif %}{% endmacro %}'
    )
    assert list(sentences(words)) == [
        FixedSentence(1, "Trials"),
        FixedSentence(2, "1 trial", "%(n)s trials"),
        *(FixedSentence(3, each) for each in ("Value", "One", "Two", "Three")),
    ]


def test_what_installing_compiles_is_what_is_used_until_the_catalog_changes(tmp_path):
    copy_package(tmp_path)
    shutil.copy(REPO / "hatch_build.py", tmp_path)
    run_in(tmp_path, "import sys; sys.path.insert(0, '.'); import hatch_build; hatch_build.write()")
    say = (
        "import sys; from pipeline.language.catalog import in_language; "
        "print(in_language('de').said('Harms'), *(name for name in sys.modules if name == 'babel'))"
    )
    assert run_in(tmp_path, say) == "Schäden"
    file = tmp_path / FOLDER.relative_to(REPO) / "de.po"
    file.write_text(file.read_text("utf-8").replace('msgstr "Schäden"', 'msgstr "Schaden"'), "utf-8")
    assert run_in(tmp_path, say) == "Schaden babel"
