"""Sentences by authors who had not seen the rules: what they found stays found, and what is sober stays free."""

from __future__ import annotations

import re

import pytest
from measures.language import BATCHES, FIRST_TRY, sentences

FILES = sorted(BATCHES.glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_batch_by_others_is_judged_as_its_author_judges_it(file):
    precision, recall, pointed = sentences(file)
    assert precision >= 0.95
    assert recall >= 0.95
    assert pointed >= 0.85


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_batch_says_how_the_first_try_went(file):
    text = file.read_text(encoding="utf-8")
    assert FIRST_TRY.search(text)
    assert {m[1] for m in re.finditer(r'verdict: "(\w+)"', text)} == {"ok", "flag", "caveat"}
