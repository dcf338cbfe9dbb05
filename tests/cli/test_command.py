"""What all commands share: options that are written once, formats that each have a function, items chosen at once."""

from __future__ import annotations

import json

import click
import pytest

from pipeline.cli import hope
from pipeline.model.names import Format, Group, Section
from pipeline.report import build, formats, rules_page, screens

HOPE = click.Context(hope)
COMMANDS = {name: hope.get_command(HOPE, name) for name in hope.list_commands(HOPE)}


def option(command, name):
    return next(p for p in COMMANDS[command].params if name in p.opts)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_repeated(name):
    assert COMMANDS[name].name == name
    assert {"--root", "--today"} <= {o for p in COMMANDS[name].params for o in p.opts}


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("build", build.BUILDS),
        ("check", formats.FINDINGS),
        ("explain", rules_page.RULES),
        ("sources", screens.SOURCES),
        ("queue", screens.QUEUE),
    ],
)
def test_every_format_that_is_offered_has_its_function(command, table):
    assert set(option(command, "--format").type.choices) == set(table)


@pytest.mark.parametrize("command", ["approve", "hold", "reject", "pend", "accept"])
def test_sections_and_groups_are_those_of_the_closed_lists(command):
    assert option(command, "--section").type.choices == tuple(Section)
    assert option(command, "--group").type.choices == tuple(Group)


def test_what_is_given_behind_the_name_counts_more(at, tmp_path):
    room = at("gathered")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for words in (["queue", "--root", str(room.root)], ["--root", str(room.root), "queue"]):
        assert run(*words).exit_code == 0
    assert run("--root", str(elsewhere), "queue", "--root", str(room.root)).exit_code == 0
    assert run("--root", str(room.root), "queue", "--root", str(elsewhere)).exit_code != 0


def run(*words):
    from click.testing import CliRunner

    return CliRunner().invoke(hope, list(words))


def test_a_word_of_a_list_is_asked_for_as_it_stands_in_files(at):
    room = at("written")
    assert {i["status"] for i in json.loads(room.hope("queue", "--format", "json", "--status", "approved").out)} == {
        "approved"
    }
    wrong = room.hope("queue", "--status", "APPROVED")
    assert (wrong.code, "approved" in wrong.err) == (2, True)
    assert room.hope("queue", "--format", "csv").code == 2
    assert room.hope("check", "--stats", "--format", "sarif").code == 2
    assert str(Format.RDJSONL) == "rdjsonl"


def test_all_pending_items_of_a_section_are_decided_at_once(at):
    room = at("gathered")
    pending = [i.id for i in room.items if i.section is Section.RESEARCH]
    assert len(pending) > 1
    said = room.hope("hold", "--section", "research")
    assert said.out.splitlines() == [f"{each}: pending -> hold" for each in pending]
    assert said.err.count("To undo: hope pend") == len(pending)
    assert room.hope("hold", pending[0].rpartition("/")[2]).out == f"{pending[0]}: hold (no change)\n"
    assert room.hope("hold", "--section", "research").code == 2
    assert room.hope("hold").code == 2
