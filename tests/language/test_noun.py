"""Nouns in patterns: written with the spellings met, they find what they find with all of them."""

from __future__ import annotations

import random
import re

import pytest
import yaml
from newsrooms import REPO

from pipeline.language.normalise import small_letters
from pipeline.language.noun import Noun, searching
from pipeline.language.nouns import NOUNS


def sentences() -> list[str]:
    """The sentences of the standard's own batch, in small letters and in any order."""
    read = yaml.safe_load((REPO / "tests" / "standard_sentences.yml").read_text(encoding="utf-8"))
    found = {small_letters(text) for fields in read.values() for texts in fields.values() for text in texts}
    return random.Random(8).sample(sorted(found), len(found))


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


@pytest.mark.parametrize("ahead", [False, True], ids=["one by one", "told before"])
@pytest.mark.parametrize("name", NOUNS)
def test_a_noun_finds_what_it_finds_with_all_its_spellings(name, ahead):
    texts = sentences()
    if ahead:
        Noun.prepare(texts[:200])
    whole = re.compile(rf"\b(?:{NOUNS[name].every})\b")
    narrow = searching(rf"\b(?:{{{name}}})\b", {name: Noun(NOUNS[name].write)})
    found = [text for text in texts if spans(whole, text)]
    assert found
    assert [text for text in texts if spans(narrow, text) != spans(whole, text)] == []


def test_a_noun_is_written_with_what_was_met_only():
    Noun.prepare(())
    noun = Noun(NOUNS["illness"].write)
    noun.meet("one infusion against lupus")
    assert re.search(noun.written(), "systemic lupus")
    assert not re.search(noun.written(), "myasthenia gravis")
    assert len(noun.written()) < len(noun.every) / 5
    noun.meet("and against myasthenia gravis")
    assert re.search(noun.written(), "myasthenia gravis")


def test_capitals_and_places_in_a_text_are_kept():
    pattern = searching(r"\b{count} of (?:the )?{count}\b", NOUNS, re.IGNORECASE)
    assert pattern.search("Seven of the Nine were well").span() == (0, 17)
    assert pattern.search("Seven of the Nine were well", 1) is None
    assert [found.group() for found in pattern.finditer("3 of 4; Twelve of 20")] == ["3 of 4", "Twelve of 20"]
    assert pattern.match("seven of nine")
    assert pattern.fullmatch("seven of nine, all told") is None
