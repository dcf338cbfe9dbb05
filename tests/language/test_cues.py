"""Cues: read as YAML reads them, each where the code can look, and found as one pattern would find them."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in
from ruamel.yaml import YAML

from pipeline.language.context import _WHERE
from pipeline.language.normalise import small_letters
from pipeline.language.phrase_list import Pack, Passage, pack
from pipeline.language.shipped import ShippedFileError

CUES = pack("pipeline.language.context")
READ = CUES.lists
TEXT = (files("pipeline.language") / "context.yml").read_text(encoding="utf-8")


def _texts(value):
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    return [_texts(each) for each in value] if isinstance(value, list) else str(value)


def test_the_quick_reader_and_ruamel_read_the_same_cues():
    assert _texts(YAML(typ="safe", pure=True).load(TEXT)) == READ


def test_each_cue_says_what_it_does_and_where():
    cues = [value for value in READ.values() if isinstance(value, dict) and "does" in value]
    assert {cue["does"] for cue in cues} == {"denies", "hedges", "warns", "asks", "asks to say yes"}
    assert {cue["where"] for cue in cues} <= set(_WHERE)
    assert all(len(line) <= 120 for line in TEXT.splitlines())


MODULES = sorted(
    ".".join(path.relative_to(REPO).with_suffix("").parts)
    for path in (REPO / "pipeline").rglob("*.py")
    if "_CUES = pack(__name__)" in path.read_text("utf-8")
)
SAID = " ".join(path.read_text("utf-8") for path in sorted((REPO / "tests/sentences").glob("*.yml")))[:20_000]


# Whole, where nearly every word stands somewhere, and line by line, where a first look must not hide what is there.
READ_TEXTS = (SAID, *SAID.splitlines())


@pytest.mark.parametrize("module", MODULES)
def test_cues_are_found_as_one_pattern_of_all_lines_would_find_them(module):
    file = pack(module)
    for key, value in file.lists.items():
        if isinstance(value, dict) and "en" not in value and "de" not in value:
            continue  # a table of another sort
        phrases = file[key]
        at_once = re.compile("|".join((r"(?<!\w)" if one.look.starts else "") + one.pattern for one in phrases.phrases))
        for text in READ_TEXTS:
            ready = text if phrases.as_written else small_letters(text)
            assert [m.span() for m in phrases.finditer(text)] == [m.span() for m in at_once.finditer(ready)], key


def test_cues_are_found_from_the_left_and_none_within_another():
    found = Pack(lambda: {"a": ["no <thing>", "thing", "…n't"], "thing": ["hope|doubt"]})["a"]
    assert [m.words for m in found.finditer("No doubt, a thing isn't no hope")] == [
        "No doubt",
        "thing",
        "n't",
        "no hope",
    ]
    assert found.blanked("a thing, nothing") == "a      , nothing"
    assert not found.opens("something")


def test_a_list_may_have_languages_a_lead_and_its_case():
    lists = Pack(lambda: {"a": {"case": "as written", "lead": ["(so )?", "very "], "en": ["Big…"], "de": ["Groß"]}})
    text = "so very Bigger, very big, very Groß, very Große"
    assert [m.words for m in lists["a"].finditer(text)] == ["so very Big", "very Groß"]
    assert lists["a"].search(text, 1) == Passage("very Big", 3, 11, 0)
    assert lists["a"].stands(text, 25)
    assert not lists["a"].stands(text, 31)


def test_a_list_that_is_not_there_is_named():
    with pytest.raises(ShippedFileError, match="sooner"):
        Pack(dict)["sooner"].search("no sooner")


ASK_CUE = """
from pipeline.model.names import Tier
from pipeline.triage.events import event_in
found = event_in("Maker mothballs its lupus trial", "", Tier.NEWS)
print(found.because if found else "no event")
"""


def test_a_cue_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    assert run_in(tmp_path, ASK_CUE) == "no event"
    file = tmp_path / "pipeline/triage/events.yml"
    file.write_text(
        file.read_text("utf-8").replace("stopped:\n  en:\n", "stopped:\n  en:\n  - mothballs\n", 1), "utf-8"
    )
    assert run_in(tmp_path, ASK_CUE) == "“mothballs”"


NEW_PLACE = """places:
- key: Atlantis
  region: europe
  en: [atlantis, atlantean]
"""
ASK_PLACE = """
from pipeline.language.scope import places
print([place.key for place in places("The Atlantean regulator approved it.")])
"""


def test_a_place_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    assert run_in(tmp_path, ASK_PLACE) == "[]"
    file = tmp_path / "pipeline/language/terms/places.yml"
    file.write_text(file.read_text("utf-8").replace("places:\n", NEW_PLACE, 1), "utf-8")
    assert run_in(tmp_path, ASK_PLACE) == "['Atlantis']"
