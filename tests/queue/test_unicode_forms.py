"""An ü is one character or two: a file that goes from one form to the other keeps its sign-offs, old ones included."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace

import pytest
from stories import item

from pipeline.model.item import Queue
from pipeline.model.names import Section

WORDS = "Sjögren’s: five of nine people in Zürich"
FORMS = ("NFC", "NFD")


def written(form, **changes):
    text = unicodedata.normalize(form, WORDS)
    return replace(item("forms", Section.RESEARCH), headline=text, summary=text, **changes)


def raw_hash(queue_intro: str) -> str:
    """What a sign-off of an opening was bound to before: the text as it stood in the file."""
    text = json.dumps(
        {"issue": "2026-12", "intro": queue_intro}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@pytest.mark.parametrize("then", FORMS)
@pytest.mark.parametrize("now", FORMS)
def test_a_sign_off_holds_whatever_form_the_file_has_now(then, now):
    assert written(now).text_hash.holds(str(written(then).text_hash))


@pytest.mark.parametrize("then", FORMS)
@pytest.mark.parametrize("now", FORMS)
def test_a_sign_off_of_an_earlier_version_holds_too(then, now):
    old = raw_hash(unicodedata.normalize(then, WORDS))
    assert Queue(issue="2026-12", intro=unicodedata.normalize(now, WORDS)).intro_hash.holds(old)


@pytest.mark.parametrize("form", FORMS)
def test_other_words_hold_nothing(form):
    other = replace(written(form), summary="Sjogren’s: five of nine people in Zürich")
    assert not other.text_hash.holds(str(written(form).text_hash))
    assert not other.text_hash.holds("")


def test_new_sign_offs_are_bound_to_one_form():
    assert written("NFC").text_hash == written("NFD").text_hash
