"""The figures of plain language hold on real texts: measured, not believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from measures.plain import auc, grades, naive_grades, silences

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "captures" / "standard"
pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not FOLDER.exists(), reason="the real texts lie beside the checkout, and are not here"),
]


def test_the_grade_tells_an_abstract_from_its_plain_summary():
    ours = auc(*grades(FOLDER))
    assert ours >= 0.68
    assert ours > auc(*naive_grades(FOLDER)) + 0.2


def test_what_is_missing_is_as_sure_a_sign_as_it_was_measured_to_be():
    for one in silences(FOLDER):
        assert one.precision >= one.target, one
        assert one.recall > 0.15, one
