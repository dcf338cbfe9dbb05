"""Every signed item stands in a part of the issue; a new section is two edits, and nothing is swallowed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from issues import earlier_issue, sample_issue
from jinja2 import UndefinedError
from newsrooms import REPO

from pipeline.errors import InputError
from pipeline.model.names import Section
from pipeline.render.archive import Shelf
from pipeline.render.layout import PARTS, lay_out
from pipeline.render.press import set_up

BUILD = """
from dataclasses import replace
from issues import sample_issue, templates
from pipeline.model.names import Section
from pipeline.render import render
issue = sample_issue()
new = replace(next(i for i in issue.stories if i.section is Section.STOPPED), id="2026-12/pregnancy", section=Section("families"),
              headline="What is known about pregnancy afterwards")
issue = replace(issue, stories=(*issue.stories, new))
edition = render(issue, (), templates())
for name, content in (("email.html", edition.files["email.html"]), ("email.txt", edition.files["email.txt"]),
                      ("page", edition.site["2026-12/index.html"])):
    text = content.decode() if isinstance(content, bytes) else content
    assert "What is known about pregnancy afterwards" in text, name
    assert "For families" in text, name
print("all three")
"""


def issue_and_shelf():
    issue = sample_issue()
    return issue, Shelf.of(issue, (earlier_issue(),))


def test_every_item_stands_in_exactly_one_part():
    layout = lay_out(*issue_and_shelf())
    assert sorted(c.told.slug for c in layout.cards) == sorted(i.slug for i in sample_issue().stories)


@pytest.mark.parametrize("section", Section)
def test_every_section_has_a_part(section):
    issue, shelf = issue_and_shelf()
    cards = [c for c in lay_out(issue, shelf).cards if c.item.section is section]
    assert all(any(part.belongs(card) for part in PARTS) for card in cards)
    assert cards


def test_an_item_that_no_part_takes_is_a_clear_error_and_not_a_silence():
    issue, shelf = issue_and_shelf()
    without = tuple(part for part in PARTS if part.name != "safety")
    with pytest.raises(InputError, match="no part of the issue takes the section “safety”") as told:
        lay_out(issue, shelf, without)
    assert all(i.id in str(told.value) for i in issue.stories if i.section in {Section.SAFETY, Section.REGULATION})


def test_a_newsrooms_own_template_may_ask_for_one_part_by_name():
    own = """{% for c in sheet.research %}{{ c.item.id }} {% endfor %}{{ sheet.depth.item.id }} {{ sheet.heaps|length > 0 }}"""
    layout = lay_out(*issue_and_shelf())
    printed = set_up({"own.txt": own}).print("own.txt", sheet=layout)
    assert printed.split() == [*(c.item.id for c in layout["research"]), layout["depth"][0].item.id, "True"]
    with pytest.raises(UndefinedError):
        set_up({"own.txt": "{{ sheet.nowhere.at }}"}).print("own.txt", sheet=layout)


def test_a_new_section_is_its_name_and_its_words(tmp_path: Path):
    for each in ("pipeline", "templates", "tests"):
        shutil.copytree(REPO / each, tmp_path / each, ignore=shutil.ignore_patterns("__pycache__"))
    names, words = tmp_path / "pipeline/model/names.py", tmp_path / "templates/web/words.txt"
    _edit(names, '    REGULATION = "regulation"\n', '    REGULATION = "regulation"\n    FAMILIES = "families"\n')
    _edit(
        words,
        '  "safety": "Safety and regulation",\n',
        '  "safety": "Safety and regulation",\n  "families": "For families",\n',
    )
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{tmp_path / 'tests'}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "all three", done.stderr


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
