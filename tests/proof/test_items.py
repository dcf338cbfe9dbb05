"""What the mail must tell of every item with results: harms, step and people, whoever wrote the templates."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from issues import sample_issue, templates
from newsrooms import Room
from poured import TITLES, many

from pipeline.model.issue import Edition, Issue
from pipeline.proof import Held, Ruling, prove
from pipeline.render import render

TEMPLATES = templates()
HTML, TEXT, SAID = "email/_parts.html", "email/_parts.txt", "email/_said.txt"


@cache
def thirty() -> Issue:
    """Stories, cards and rows with results, whose number of people no editor says again; some have moved online."""
    issue = many(TITLES[:30])
    each = enumerate(issue.stories, 900)
    return replace(issue, stories=tuple(replace(s, evidence=replace(s.evidence, participants=n)) for n, s in each))


def made(issue: Issue, name: str = SAID, old: str = "", new: str = "") -> Edition:
    assert old in TEMPLATES[name]
    return render(issue, (issue,), TEMPLATES | {name: TEMPLATES[name].replace(old, new) if old else TEMPLATES[name]})


def m8(issue: Issue | None, edition: Edition) -> Ruling:
    return next(each for each in prove(edition.files, None, issue) if each.rule == "M8")


def test_our_own_templates_tell_all_and_of_files_alone_nothing_is_known():
    for issue in (sample_issue(), thirty(), many(TITLES[:120])):
        assert (m8(issue, made(issue)).held, m8(issue, made(issue)).faults) == (Held.OK, ())
    assert m8(None, made(sample_issue())).held is Held.NOT_HERE


@pytest.mark.parametrize(
    ("name", "old", "new", "without", "file"),
    [
        (HTML, "{{ panel(c) }}", "{{ evidence(c) }}", "its harms", "email.html"),
        (HTML, "{% if harms %} <strong>", "{% if false %} <strong>", "its harms", "email.html"),
        (TEXT, "{% if harms %} {{ w", "{% if false %} {{ w", "its harms", "email.txt"),
        (SAID, "{{ step(c.rung) }} {{ strength(c) }}", "", "its step", "email.html"),
        (SAID, "people(c.rung), c.rung.follow_up", "c.rung.follow_up", "its number of people", "email.html"),
    ],
)
def test_a_template_that_leaves_out_what_belongs_beside_news_is_found(name, old, new, without, file):
    found = m8(thirty(), made(thirty(), name, old, new))
    assert found.held is Held.NOT_OK
    assert any(f"is told without {without}" in each.message for each in found.faults if each.file == file)
    assert all(without in each.message for each in found.faults)


def test_a_sentence_that_an_editor_folded_or_capitals_change_is_still_there():
    issue = sample_issue()
    stories = tuple(replace(s, harms=f"{s.harms}\n\nTwo  had\na fever." if s.harms else s.harms) for s in issue.stories)
    assert m8(replace(issue, stories=stories), made(replace(issue, stories=stories))).faults == ()


def test_a_build_with_such_a_template_is_blocked_and_told_what_to_print(at):
    room: Room = at("signed")
    own = room.root / "templates" / HTML
    own.parent.mkdir(parents=True)
    own.write_text(TEMPLATES[HTML].replace("{{ panel(c) }}", "{{ evidence(c) }}"), "utf-8")
    said = room.hope("build")
    assert said.code == 1
    assert "M8" in said.text
    assert "is told without its harms" in said.text
