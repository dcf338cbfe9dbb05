"""The terms: what comes with the code is in order, and what is wrong is told with file and line, all at once."""

from __future__ import annotations

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in

from pipeline.errors import InputError
from pipeline.language.shipped import quick
from pipeline.language.terms import parse_terms, terms
from pipeline.language.terms.read import FILES, troubles
from pipeline.yamltext import parse

FOLDER = REPO / "pipeline" / "language" / "terms"


def test_every_file_of_terms_is_read():
    assert {path.name for path in FOLDER.glob("*.yml")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_terms_is_in_order_and_read_as_ruamel_reads_it(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert troubles(text) == []
    assert quick(text, name) == parse(text, name).value


def wrong(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        parse_terms(text, "terms.yml", terms())
    return [f"{fault.line}: {fault.message}" for fault in raised.value.faults]


def test_all_that_is_wrong_in_a_file_of_terms_is_told_with_its_line():
    assert wrong(
        "diseases:\n"
        "- key: lupus\n"
        "- key: new disease\n"
        "  en: ['new (disease', Capital]\n"
        "  colour: green\n"
        "- key: new disease\n"
        "  follow: sometimes\n"
        "- en: nothing\n"
        "drugs: [one]\n"
    ) == [
        "2: “lupus” already comes with the program",
        "4: “new (disease” can't be read as a pattern: missing ), unterminated subpattern at position 4",
        "4: “Capital” has a capital, but is searched for in lower case",
        "5: “colour” is not a field of an entry",
        "6: “new disease” is the key of two entries",
        "7: “sometimes” is not one of the words allowed here",
        "8: “key” is missing",
        "8: this must be a list of texts",
        "9: “drugs” is not a part of this file",
    ]


def test_what_is_no_mapping_at_all_is_told():
    assert wrong("- lupus") == ["1: this is not a file of terms"]


def test_a_newsrooms_own_terms_stand_behind_the_others_and_leave_them_alone():
    own = parse_terms("diseases:\n- key: xylophone disease\n  en: [xylophone]\n", "terms.yml", terms())
    assert own.diseases[:-1] == terms().diseases
    assert own.diseases[-1].pubmed == ("xylophone disease",)
    assert parse_terms("", "terms.yml", terms()).diseases == terms().diseases


def test_a_fault_in_what_comes_with_the_code_is_told_with_file_and_line(tmp_path):
    copy_package(tmp_path)
    file = tmp_path / "pipeline/language/terms/diseases.yml"
    text = file.read_text("utf-8").replace("diseases:\n", "diseases:\n- key: one\n  colour: green\n- en: [two]\n", 1)
    file.write_text(text, "utf-8")
    line = text[: text.index("- key: one")].count("\n") + 1
    ask = """
from pipeline.language.shipped import ShippedFileError
from pipeline.language.terms import terms
try:
    terms()
except ShippedFileError as error:
    print(error)
"""
    said = run_in(tmp_path, ask)
    assert f"terms/diseases.yml:{line + 1}:" in said
    assert f"terms/diseases.yml:{line + 2}:" in said


NEW_PRODUCT = """products:
- key: xyl-0815
  names: [xylo-cel]
  therapy: car-nk
  donor: true
  pubmed: [xylo-cel]
  alone: [XYL-0815]
"""
ASK_PRODUCT = """
from pipeline.language.entry_words import Words
from pipeline.language.products import product_in
from pipeline.language.terms import terms
from pipeline.language.therapies import therapies_in
from pipeline.sources.parts.question import question
named = therapies_in(Words(title="XYL 0815 in lupus"))
print(*named.therapies, named.donor, product_in("xylo-cel", surely=True)[0].key, "xylo-cel" in question(terms()),
    "XYL-0815" in terms().alone)
"""


def test_a_product_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    file = tmp_path / "pipeline/language/terms/products.yml"
    file.write_text(file.read_text("utf-8").replace("products:\n", NEW_PRODUCT, 1), "utf-8")
    assert run_in(tmp_path, ASK_PRODUCT) == "car-nk True xyl-0815 True True"


def test_every_country_lies_in_a_region_that_is_printed():
    assert {place.region for place in terms().places if place.region} == set(terms().regions)
    assert {place.union for place in terms().places if place.union} <= {place.key for place in terms().places}


NEW_HARM = """harms:
- key: xylophonia
  en: [xylophonia]
"""
ASK_HARM = """
import re
from pipeline.checks import prose_findings
from pipeline.checks.source_harms import NAMED
from pipeline.language.harm_words import tells_harm
from measures.topics import Topic, speaks
print(tells_harm("Three had xylophonia."), bool(re.search(NAMED, "xylophonia")), speaks("Xylophonia.", Topic.HARMS),
    *(f.rule for f in prose_findings("A dramatic xylophonia was seen.")))
"""


def test_a_harm_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    assert run_in(tmp_path, ASK_HARM) == "False False False H02"
    file = tmp_path / "pipeline/language/terms/harms.yml"
    file.write_text(file.read_text("utf-8").replace("harms:\n", NEW_HARM, 1), "utf-8")
    assert run_in(tmp_path, ASK_HARM) == "True True True"


NEW_NUMBERS = """numbers:
- key: gross
  value: 144
  sort: scale
  en: [gross]
- key: sevenish
  value: 7.5
  en: [sevenish]
- key: mandel
  value: 15
  de: [mandel]
"""
ASK_NUMBERS = """
import re
from pipeline.checks import prose_findings
from pipeline.language.counts import follow_up, participants
from pipeline.language.nouns import NOUNS
from pipeline.language.numbers.tokens import read
said = participants("", "Two gross patients were treated.")
print(said and said.number, [str(n.value) for n in read("Two gross patients, mandel men, sevenish years.")],
    follow_up("They were treated, with a follow-up of sevenish years."),
    bool(re.fullmatch(NOUNS["count"].every, "two gross")), bool(re.fullmatch(NOUNS["count"].every, "mandel")),
    *(f.rule for f in prose_findings("Sevenish-fold increase. Nine people.")))
"""


def test_a_number_word_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    assert run_in(tmp_path, ASK_NUMBERS) == "2 ['2'] None False False"
    file = tmp_path / "pipeline/language/terms/number_words.yml"
    file.write_text(file.read_text("utf-8").replace("numbers:\n", NEW_NUMBERS, 1), "utf-8")
    assert run_in(tmp_path, ASK_NUMBERS) == "288 ['288', '15', '7.5'] 7.5 years True True H07"


def test_a_number_word_without_a_number_is_a_fault():
    assert [what for _, what, _ in troubles("numbers:\n- key: many\n  value: plenty\n")] == ["“plenty” is not a number"]


def test_a_newsroom_can_not_add_number_words_and_is_told_the_line():
    own = "diseases:\n- key: xylophone disease\nnumbers:\n- key: mandel\n  value: 15\n  de: [mandel]\n"
    assert wrong(own) == ["4: a newsroom can't add number words"]
    assert wrong("units:\n- key: stone\n  en: [stone]\n") == ["2: a newsroom can't add words beside numbers"]
