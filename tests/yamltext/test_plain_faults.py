"""What goes wrong most in a file that people edit is called by its name."""

from __future__ import annotations

import pytest
from newsrooms import REPO

from pipeline.config import parse_config
from pipeline.errors import InputError
from pipeline.yamltext.tree import parse

CONFLICT = """issue: 2026-12
items:
- id: 2026-12/first
  headline: "One"
- id: 2026-12/luma-cel
  status: pending
<<<<<<< HEAD
  headline: "7 of 9 people"
=======
  headline: "Seven of nine people"
>>>>>>> sam
  summary: "Same"
"""


def fault(text: str, name: str = "queue.yml") -> str:
    with pytest.raises(InputError) as told:
        parse(text, name)
    return str(told.value)


def test_a_git_conflict_is_called_one_with_line_and_item():
    told = fault(CONFLICT)
    assert "queue.yml:7:1" in told
    assert "git conflict" in told
    assert "2026-12/luma-cel" in told
    assert "2026-12/first" not in told


def test_every_open_conflict_is_told_at_once():
    assert fault(CONFLICT + CONFLICT.partition("items:\n")[2]).count("git conflict") == 2


def test_a_conflict_in_a_file_of_windows_is_one_too():
    told = fault(CONFLICT.replace("\n", "\r\n"))
    assert "queue.yml:7:1" in told
    assert "git conflict" in told
    assert "2026-12/luma-cel" in told


def test_a_conflict_around_a_whole_item_names_it():
    text = "issue: 2026-12\nitems:\n<<<<<<< a\n- id: 2026-12/new\n=======\n- id: 2026-12/other\n>>>>>>> b\n"
    assert "2026-12/other" in fault(text)


def test_lines_of_signs_inside_a_text_are_no_conflict():
    text = "summary: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> b\n"
    assert parse(text, "queue.yml").value == {"summary": "<<<<<<< HEAD\n=======\n>>>>>>> b\n"}


def test_a_tab_within_a_line_is_not_said_to_stand_at_its_start():
    told = fault("headline:\tText\n")
    assert "a tab where a space belongs" in told
    assert "start of the line" not in told


def test_a_tab_at_the_start_of_a_line_still_is():
    assert "a tab at the start of the line" in fault("items:\n- id: a\n\theadline: b\n")


@pytest.mark.parametrize("name", ["fetching", "people", "base_url"])
def test_a_setting_at_the_top_level_is_told_where_it_belongs(name):
    text = (REPO / "sources.yml").read_text(encoding="utf-8") + f"\n{name}: 4\n"
    with pytest.raises(InputError, match=f"“{name}” belongs inside “newsletter”"):
        parse_config(text, "sources.yml", {})
