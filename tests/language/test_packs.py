"""The YAML that comes with the code: the quick reader reads it as ruamel does, and packs of phrases say what is wrong."""

from __future__ import annotations

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in
from ruamel.yaml import YAML

from pipeline.checks import rules
from pipeline.language.shipped import ShippedFileError, quick, shipped

PACKS = sorted((REPO / "pipeline").rglob("*.yml"))
WITH_PHRASES = [path for path in PACKS if "\nphrases:" in f"\n{path.read_text(encoding='utf-8')}"]


@pytest.mark.parametrize("path", WITH_PHRASES, ids=lambda path: path.stem)
def test_the_quick_reader_reads_a_pack_as_ruamel_does(path):
    text = path.read_text(encoding="utf-8")
    whole = YAML(typ="safe", pure=True).load(text)
    whole.pop("cases", None)
    package = ".".join(path.relative_to(REPO).parent.parts)
    assert shipped(package, path.name) == whole


@pytest.mark.parametrize("path", WITH_PHRASES, ids=lambda path: path.stem)
def test_a_phrase_is_one_short_line(path):
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a:\n  - x\n b: c", "line 3"),
        ("a: b\na: c", "line 2: this key stands here twice"),
        ("a: {b: c}", "line 1: this text needs quotation marks"),
        ("a:\n- b: : c", "line 2"),
        ("- a", "the top level must be a mapping"),
        ("a:\nb: c", "line 1: nothing stands under this key"),
    ],
)
def test_what_the_quick_reader_does_not_know_it_refuses_with_its_line(text, says):
    with pytest.raises(ShippedFileError, match=says):
        quick(text, "some.yml")


def test_every_hype_rule_with_phrases_has_them_in_its_pack():
    with_phrases = {path.name for path in WITH_PHRASES}
    told = {rule.stem for rule in rules() if f"{rule.stem}.yml" in with_phrases}
    assert {rule.stem for rule in rules() if rule.family == "hype"} - told == {"h13_shouting"}


def test_a_phrase_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    file = tmp_path / "pipeline/checks/hype/h02_superlative.yml"
    file.write_text(
        file.read_text("utf-8").replace("  superlative:\n", "  superlative:\n  - xylophonic {people}\n"), "utf-8"
    )
    ask = "from pipeline.checks import prose_findings; print(*(f.rule for f in prose_findings('Xylophonic patients.')))"
    assert run_in(tmp_path, ask) == "H02"


@pytest.mark.parametrize("line", ["<no-such-list> cure", "{nothing} cure"])
def test_a_phrase_with_an_unknown_slot_is_told_of(tmp_path, line):
    copy_package(tmp_path)
    file = tmp_path / "pipeline/checks/hype/h02_superlative.yml"
    file.write_text(file.read_text("utf-8").replace("  superlative:\n", f"  superlative:\n  - '{line}'\n"), "utf-8")
    ask = """
from pipeline.language.shipped import ShippedFileError
try:
    from pipeline.checks import prose_findings; prose_findings("cure")
except ShippedFileError as error:
    print(error)
"""
    assert run_in(tmp_path, ask).startswith("h02_superlative.yml: ")
