"""A demo gets a folder of its own, and never one in which somebody has worked."""

from __future__ import annotations

import pytest

from pipeline.demo.run import prepare
from pipeline.errors import UsageError


def test_a_demo_in_which_somebody_went_on_is_left_as_it_is(tmp_path):
    folder = prepare(tmp_path / "demo")
    (folder / "mine.yml").write_text("written in the demo's newsroom", encoding="utf-8")
    with pytest.raises(UsageError, match="holds a demo, with whatever was done in it since"):
        prepare(tmp_path / "demo")
    assert (folder / "mine.yml").read_text(encoding="utf-8") == "written in the demo's newsroom"


def test_a_folder_that_is_no_demo_is_left_as_it_is(tmp_path):
    (tmp_path / "letter.txt").touch()
    with pytest.raises(UsageError, match="is not empty"):
        prepare(tmp_path)
    assert (tmp_path / "letter.txt").exists()


def test_an_empty_folder_will_do(tmp_path):
    assert prepare(tmp_path) == tmp_path.resolve()
