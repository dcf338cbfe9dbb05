"""Output goes to terminals and files of every code page: what they can't hold is written otherwise, never a traceback."""

from __future__ import annotations

import json

import pytest
from newsrooms import REPO, Room, start

from pipeline.model.names import Status

COMMANDS = [
    ("queue",),
    ("queue", "--format", "json"),
    ("check", "--all"),
    ("check", "--all", "--format", "sarif"),
    ("explain", "H01"),
    ("explain", "--all", "--format", "markdown"),
    ("trials",),
    ("sources",),
    ("schema",),
]


@pytest.fixture
def room(at):
    """A newsroom with a headline that no code page of the West can hold."""
    room = at("written")
    item = room.some(Status.APPROVED)
    room.edit(item.headline, "Ein α-Blocker, “später” 😀 ≥ 2 of 9 people")
    return room


def output(room: Room, *words: str, page: str) -> tuple[int, str]:
    """The exit code, and what a command says to a file of a code page."""
    with start(*words, "--today", "2026-05-31", root=room.root, PYTHONIOENCODING=page, PYTHONUTF8="0") as running:
        out, err = running.stdout.buffer.read(), running.stderr.buffer.read()
    assert b"Traceback" not in err
    # click writes UTF-8 where ASCII is said: it takes that for a terminal that was never set up
    return running.returncode, out.decode("utf-8" if page == "ascii" else page)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_ends_in_a_traceback_on_another_code_page(room, words):
    code, told = output(room, *words, page="cp1252")
    assert (code, bool(told)) == (output(room, *words, page="utf-8")[0], True)


@pytest.mark.parametrize("page", ["latin-1", "ascii", "cp437"])
def test_a_headline_can_be_read_on_every_code_page(room, page):
    code, told = output(room, "queue", page=page)
    assert code == 0
    assert "-Blocker, " in told
    assert "2 of 9 people" in told


def test_letters_that_a_code_page_lacks_become_plain_signs_or_numbers(room):
    assert 'Ein \\u03b1-Blocker, "später" \\ud83d\\ude00 >= 2 of 9' in output(room, "queue", page="latin-1")[1]


def test_json_says_the_same_on_every_code_page(room):
    said = [json.loads(output(room, "queue", "--format", "json", page=page)[1]) for page in ("utf-8", "cp1252")]
    assert said[0] == said[1]
    assert "α-Blocker, “später” 😀" in json.dumps(said[1], ensure_ascii=False)


def test_the_page_of_rules_can_be_written_into_a_file_of_windows(room):
    told = output(room, "explain", "--all", "--format", "markdown", page="utf-8")[1]
    assert told.replace("\r\n", "\n") == (REPO / "docs" / "rules.md").read_text("utf-8")
