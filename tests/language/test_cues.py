"""The cues of context: read as YAML reads them, each where the code can look, and found as one pattern would find them."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from ruamel.yaml import YAML

from pipeline.language.context import _WHERE
from pipeline.language.cue_list import cue_file, cue_list
from pipeline.language.shipped import ShippedFileError

READ = cue_file("context.yml")
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


def test_each_list_compiles():
    for key in READ:
        for pattern in cue_list(READ, key)._patterns:
            assert re.compile(pattern)


def test_cues_are_found_from_the_left_and_none_within_another():
    cues = cue_list({"a": ["no <thing>", "thing", "…n't"], "thing": ["hope|doubt"]}, "a")
    assert [m.group() for m in cues.finditer("No doubt, a thing isn't no hope")] == [
        "No doubt",
        "thing",
        "n't",
        "no hope",
    ]
    assert cues.blanked("a thing, nothing") == "a      , nothing"
    assert not cues.opens("something")


def test_a_list_that_is_not_there_is_named():
    with pytest.raises(ShippedFileError, match="sooner"):
        cue_list({}, "sooner")
