"""What is worked out of the shipped phrases when the program is installed is what the phrases say, or is not used."""

from __future__ import annotations

import json
import shutil

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in

from pipeline.language.phrase_list import pack
from pipeline.language.worked_out import FILE, written

BUILD = """
import sys
sys.path.insert(0, ".")
from hatch_build import write
write()
"""
COMPARE = """
import gc, importlib, pkgutil
import pipeline
from pipeline.checks import rules
from pipeline.language.phrase_list import Pack
from pipeline.language.worked_out import recall
for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
    if "__main__" not in module.name:
        importlib.import_module(module.name)
rules()
packs = [each for each in gc.get_objects() if isinstance(each, Pack) and each._name]
changed, compared = set(), 0
for pack in packs:
    for name, (lines, first) in pack.work_out().items():
        recalled = recall(pack.digest, name)
        if recalled is None:
            changed.add(pack._name)
        else:
            ns = range(len(lines))
            assert recalled[0] == lines, (pack._name, name)
            assert recalled[1].by_key == first.by_key, (pack._name, name)
            assert [recalled[1].needed(n) for n in ns] == [first.needed(n) for n in ns], (pack._name, name)
            compared += len(lines)
print(compared > 2_000, *sorted(changed))
"""
COMPARE_LETTERS = """
from pipeline.language.first_look import letters_of
from pipeline.language.nouns import NOUNS
from pipeline.language.worked_out import _code, _file, letters
kept = _file()["letters"][_code()]
spellings = {each for noun in NOUNS.values() for each in noun.spellings}
print(spellings == set(kept) and all(letters(each) == letters_of(each) for each in spellings))
"""
FIND = "from pipeline.checks import prose_findings; print(*(f.rule for f in prose_findings('Xylophonic patients.')))"


@pytest.fixture
def copy(tmp_path):
    copy_package(tmp_path)
    shutil.copy(REPO / "hatch_build.py", tmp_path)
    run_in(tmp_path, BUILD)
    return tmp_path


def test_the_same_phrases_make_the_same_file(copy):
    file = copy / "pipeline/language" / FILE
    before = file.read_bytes()
    file.unlink()
    run_in(copy, BUILD)
    assert file.read_bytes() == before


def test_each_list_of_a_pack_is_written():
    context = pack("pipeline.language.context")
    kept = json.loads(written({context.digest: context.work_out()}, ()))
    assert set(kept["packs"][context.digest]) == set(context.lists)


def test_for_every_list_of_every_pack_it_is_what_is_read_off_it_now(copy):
    assert run_in(copy, COMPARE) == "True"


def test_for_every_spelling_of_a_noun_it_is_the_letters_that_are_read_off_it_now(copy):
    assert run_in(copy, COMPARE_LETTERS) == "True"


def test_a_pack_that_has_changed_is_read_anew(copy):
    _edit(
        copy / "pipeline/checks/hype/h02_superlative.yml",
        "  superlative:\n",
        "  superlative:\n  - xylophonic {people}\n",
    )
    assert run_in(copy, COMPARE) == "True h02_superlative.yml"
    assert run_in(copy, FIND) == "H02"


def test_packs_that_name_a_noun_that_has_changed_are_read_anew(copy):
    _edit(copy / "pipeline/language/terms/harms.yml", "en: [risks?]", "en: [risks?, perils?]")
    compared, *changed = run_in(copy, COMPARE).split()
    assert compared == "True"
    assert "e04_harms.yml" in changed
    assert "h07_relative_only.yml" not in changed


@pytest.mark.parametrize("module", ["first_look.py", "phrase_list.py"])
def test_nothing_is_taken_from_the_file_when_the_code_that_reads_has_changed(copy, module):
    with (copy / "pipeline/language" / module).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert run_in(copy, COMPARE).startswith("False ")


def _edit(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
