"""What the program can do stands in its documentation, and what stands there the program can do."""

from __future__ import annotations

import ast
import itertools
import re
import shlex
import tomllib
from dataclasses import fields

import click
import pytest
from newsrooms import REPO

from pipeline import channels, checks
from pipeline.cli import hope
from pipeline.model.names import Section, State, Status
from pipeline.model.settings import Fetching, Newsletter, Person, Topics
from pipeline.model.source import Source
from pipeline.sources import kinds

FILES = [REPO / "README.md", REPO / "CONTRIBUTING.md", *sorted((REPO / "docs").glob("**/*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.exists())
CODE = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", TEXT, re.DOTALL))
HOPE = click.Context(hope)
COMMANDS = hope.list_commands(HOPE)


WORDS = set(re.findall(r"[A-Za-z0-9_-]+", CODE + "\n".join(re.findall(r"(?m)^\|.*$", TEXT))))
"""The words of code and of tables: a word of a sentence tells of nothing."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told(name):
    assert re.search(rf"\bhope {name}\b", CODE)


@pytest.mark.parametrize("name", sorted(each.id for each in checks.rules()))
def test_every_rule_is_told(name):
    assert re.search(rf"\b{name}\b", TEXT)


@pytest.mark.parametrize(
    "name", [*sorted(kinds()), *channels.names(), *map(str, State), *map(str, Status), *map(str, Section)]
)
def test_every_kind_channel_state_status_and_section_is_told(name):
    assert name in WORDS


@pytest.mark.parametrize(
    "name",
    sorted({f.name for each in (Newsletter, Fetching, Topics, Person, Source) for f in fields(each)} - {"options"}),
)
def test_every_setting_is_told(name):
    assert name in WORDS


def typed() -> list[str]:
    """Every `hope …` line of the documentation, as it would be typed."""
    blocks = re.findall(r"```(?:sh|bash|console|shell|text)?\n(.*?)```", TEXT, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`(hope [^`\n]+)`", TEXT)
    clean = (re.sub(r"^\s*\$?\s*", "", line).partition("  #")[0].partition(" # ")[0].strip() for line in lines)
    return sorted({line for line in clean if line.startswith("hope ")})


@pytest.mark.parametrize("line", typed())
def test_every_line_that_is_shown_can_be_typed(line):
    """Placeholders such as ID… and [--issue MONTH] stand for what an editor fills in."""
    text = re.sub(r"[\[\]…]|\.\.\.", " ", line)
    first, *words = shlex.split(text.split("  ")[0] if "[" not in line else text)
    assert first == "hope"
    name = next((w for w in words if not w.startswith("-") and w in re.split(r"\W+", " ".join(COMMANDS))), None)
    names = re.split(r"\|", words[0]) if words else []
    for each in [n for n in names if n in COMMANDS] or [name]:
        assert each in COMMANDS, f"no such command in “{line}”"
        command = hope.get_command(HOPE, each)
        assert command
        known = {o for p in [*command.params, *hope.params] for o in [*p.opts, *p.secondary_opts]}
        known |= {"--help", "-h", "--version"}
        used = {w.partition("=")[0] for w in words if w.startswith("-") and w != "-"}
        assert used <= known, f"“{line}”: {', '.join(sorted(used - known))}"
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice):
                for option, value in itertools.pairwise(words):
                    if option in parameter.opts and value.islower():
                        assert value in parameter.type.choices, line


def test_there_are_lines_to_type():
    assert len(typed()) > 10


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", TEXT))))
def test_every_link_to_a_file_leads_somewhere(target):
    assert any((path.parent / target).exists() for path in FILES)


ARCHITECTURE = (REPO / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_rooms_that_are_drawn_are_those_of_the_contract():
    settings = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    drawn = re.search(r"```\n(cli\n.*?)```", ARCHITECTURE, re.DOTALL)
    assert drawn is not None
    assert drawn[1].splitlines() == contract["layers"]


def test_every_room_is_described():
    rooms = {p.stem if p.suffix else p.name for p in (REPO / "pipeline").iterdir() if p.suffix in {"", ".py"}}
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"(?m)^\| `.*?\|", ARCHITECTURE))))
    assert rooms - {"__init__", "__main__", "__pycache__", "py"} <= told


WALK = sorted(set(re.findall(r"`(pipeline/[\w/]+\.py):(\w+)`", ARCHITECTURE)))


@pytest.mark.parametrize(("file", "name"), WALK, ids=[f"{f}:{n}" for f, n in WALK])
def test_every_step_of_the_walk_is_there(file, name):
    tree = ast.parse((REPO / file).read_text(encoding="utf-8"))
    names = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    names |= {t.id for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    assert name in names


def test_the_walk_goes_all_the_way():
    assert len(WALK) > 15


NAMES = re.findall(r"`([A-Z]\w+)`", ARCHITECTURE.partition("## Names in the code")[2])


def test_the_names_of_the_code_are_classes_of_it():
    files = (REPO / "pipeline").rglob("*.py")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert [name for name in NAMES if not re.search(rf"(?m)^(?:class {name}\b|{name} = )", text)] == []
    assert len(NAMES) > 15
