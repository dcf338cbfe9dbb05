"""The house stays small and in order: what a newcomer can rely on, measured on the code itself."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from newsrooms import REPO

PIPELINE = REPO / "pipeline"
FILES = sorted(PIPELINE.rglob("*.py"))
DATA = sorted(path for path in PIPELINE.rglob("*.yml") if "demo" not in path.parts)
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}

MOST_LINES = 31_857
"""The lines of Python when the rooms were drawn (November 2026); when all had moved in there were 31,716."""

NEW = {
    "the archive: each step of printing made cheaper, what pages share printed once": 130,
    "the archive: pictures of the editors' own, of items and of the issue, checked, bound to what was signed": 350,
    "the archive: made anew without a build, page by page, with a list of what lies there": 305,
    "the archive: first days kept when an issue is built again, days of changed words": 60,
    "the archive: how old a page is, and what is newer on the same diseases": 35,
    "the archive: addresses that were published, pages that moved or were taken down": 460,
    "the archive: built issues held against their manifests and sign-offs, `check --archive`": 200,
    "the e-mail: a page on which it is looked at": 370,
    "the e-mail: lengths and budget, message, theme, pictures, proof": 2_000,
    "the e-mail: what each item costs": 210,
    "the e-mail: few words in its rows, links of words of their own, words filled in for own templates": 145,
    "the e-mail: its proof in the build, as findings of items and templates": 180,
    "the e-mail: its proof looks for missing harms, steps and people, and at narrow windows": 165,
    "the e-mail: its numbers and harms held against the items: opening, drawn facts, briefs, idle templates": 172,
    "the e-mail: its rules explained, with good and tampered mails as data": 190,
    "the e-mail: a contract for its templates, with file and line": 135,
    "the e-mail: words wider than a line of its text, names of any script in the proof": 50,
    "the e-mail: benefit beside harms, and its pictures in the message": 260,
    "the archive: feeds that keep their ids, whole or of a topic, and an icon": 125,
    "the archive: what pages say of themselves to machines, and every item as data": 290,
    "the archive: a menu, topics, issues by year, words that stay together": 260,
    "the archive: pages about us and for absent addresses, words with letters and their items, a feed a topic": 140,
    "languages: our sentences in catalogs, days, countries and lengths of time, words marked that are in another": 820,
    "the archive: an editors' own correction, checked, signed and told in the next issue, and in lists; waivers": 1_060,
    "the archive: search, its index made by Pagefind, and held against the pages": 520,
    "what comes in: items added by hand come along, and an empty part says how well its sources were looked through": 70,
    "what comes in: DOIs found whole, notices of all papers they name, moved pages known again, Europe PMC, updates": 640,
    "what comes in: designs, people and follow-up, excerpts that keep results, titles alone, `hope show`": 260,
    "what comes in: header lines that are no HTTP, bodies read by their first bytes, dates in six languages": 240,
    "what comes in: stories joined by the signs they share in two languages": 430,
    "what comes in: lists of registries that end before all they say they have": 60,
}
"""What the house can do since then, and how many lines more that may take."""

BIGGEST_ROOM = 0.30

LEFT = {"lines": 0, "functions": 0, "patterns": 0, "classes": 0, "parameters": 0}
"""What is still over its bound. These numbers may only fall; the aim is nought."""


def held(kind: str, found: Mapping[str, object] | list[str]) -> None:
    """Hold what was found to what is left of it: more is a step back."""
    assert len(found) <= LEFT[kind], f"{len(found)} {kind} over the bound, {LEFT[kind]} at most: {found}"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def name(path: Path) -> str:
    return path.relative_to(REPO).as_posix()


def test_the_house_got_smaller():
    assert sum(len(lines(path)) for path in FILES) < MOST_LINES + sum(NEW.values())


def test_no_room_holds_a_third_of_the_house():
    rooms = Counter[str]()
    for path in FILES:
        rooms[path.relative_to(PIPELINE).parts[0]] += len(lines(path))
    room, most = rooms.most_common(1)[0]
    assert most / rooms.total() < BIGGEST_ROOM, f"{room} holds {most} of {rooms.total()} lines"


def test_no_file_is_over_400_lines():
    assert {name(path): n for path in FILES if (n := len(lines(path))) > 400} == {}


def test_no_line_is_over_120_columns():
    held("lines", [f"{name(p)}:{n}" for p in (*FILES, *DATA) for n, text in enumerate(lines(p), 1) if len(text) > 120])


def test_no_function_is_over_40_lines():
    found = {
        f"{name(path)}:{node.name}": n
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (n := (node.end_lineno or node.lineno) - node.lineno + 1) > 40
    }
    held("functions", found)


def _docstrings(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _patterns(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text that looks like a regular expression; the pieces of an f-string are counted together."""
    docs = _docstrings(tree)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inside:
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        else:
            continue
        if re.search(r"\(\?|\\[bdsw]|\w\|\w+\|", text):
            yield node.lineno, text


def test_no_pattern_is_over_200_characters():
    found = {
        f"{name(path)}:{line}": len(text)
        for path, tree in TREES.items()
        for line, text in _patterns(tree)
        if len(text) > 200
    }
    held("patterns", found)


def test_a_class_name_exists_once():
    where = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(name(path))
    held("classes", {each: files for each, files in where.items() if len(files) > 1})


RIDDLES = frozenset(
    "befell fate heard marks moves ncts occasion occasions sheet shelf shelved shelves signs spread stand standing "
    "telling told tracks turn turns wish wishes".split()
)
"""Words that say too little as a name; the glossary in `docs/architecture.md` has better ones."""

AS_IN_YAML = {"signs": {"language/terms/kinds.py", "language/therapies.py"}}
"""A field is called as its key in the YAML files is."""

MACROS = {"moves", "stand"}
"""A newsroom may have one of two templates of its own, so that what they call in each other keeps its name."""


def _identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=str(found)) | ast.Attribute(attr=str(found)) | ast.arg(arg=str(found)):
                yield found
            case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) | ast.ClassDef(name=found):
                yield found
            case ast.alias(name=found, asname=other):
                yield other or found


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_name_is_a_riddle(path):
    parts = {part.lower() for each in _identifiers(TREES[path]) for part in re.findall("[A-Z]?[a-z]+|[A-Z]+", each)}
    parts |= set(path.relative_to(PIPELINE).with_suffix("").parts)
    here = path.relative_to(PIPELINE).as_posix()
    assert parts & RIDDLES == {word for word, files in AS_IN_YAML.items() if here in files}


@pytest.mark.parametrize("path", sorted(p for p in (REPO / "templates").rglob("*.*")), ids=name)
def test_no_name_in_a_template_is_a_riddle(path):
    code = " ".join(re.findall(r"{{.*?}}|{%.*?%}", path.read_text(encoding="utf-8"), re.DOTALL))
    names = set(re.findall(r"[A-Za-z_]\w*", re.sub(r"\"[^\"]*\"", "", code)))
    assert names & RIDDLES <= MACROS


def _strangers(tree: ast.AST) -> set[str]:
    """The names under which other people's modules are known in a file."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {(a.asname or a.name).partition(".")[0] for a in node.names if not a.name.startswith("pipeline")}
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("pipeline"):
            found |= {a.asname or a.name for a in node.names}
    return found


DOCUMENTED = {"os._exit"}  # with an underscore, and still a part of what Python promises


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_private_name_of_another_library_is_used(path):
    tree = TREES[path]
    strangers, found = _strangers(tree), []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner in strangers:
                found += [f"{owner}.{attr}"] if re.match(r"_[^_]", attr) else []
            case ast.ImportFrom(module=str(module), names=names) if not module.startswith("pipeline"):
                found += [f"{module}.{a.name}" for a in names if re.match(r"_[^_]", f"{a.name}")]
                found += [module] if re.search(r"(^|\.)_[^_]", module) else []
            case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=owner), ast.Constant(value=str(attr)), *_]):
                found += [f"{owner}.{attr}"] if owner in strangers and re.match(r"_[^_]", attr) else []
    assert set(found) <= DOCUMENTED


CLOCK = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime"}
BELOW = [path for path in FILES if path.relative_to(PIPELINE).parts[0] != "cli"]


@pytest.mark.parametrize("path", BELOW, ids=name)
def test_acceptance_11_only_the_command_line_reads_the_wall_clock(path):
    """What day it is is an argument everywhere else; `fetch` may measure how long it waits (monotonic)."""
    read = []
    for node in ast.walk(TREES[path]):
        match node:
            case ast.Attribute(value=ast.Name(id="datetime" | "date" | "time" | "dt" as owner), attr=attr):
                read += [f"{owner}.{attr}"] * (attr in CLOCK)
            case ast.Attribute(value=ast.Attribute(attr="datetime" | "date" as owner), attr=attr):
                read += [f"{owner}.{attr}"] * (attr in CLOCK)
            case ast.ImportFrom(module="time", names=names):
                read += [f"time.{a.name}" for a in names if a.name in CLOCK]
    assert read == []


@pytest.mark.parametrize("path", BELOW, ids=name)
def test_only_the_command_line_prints(path):
    """The other rooms return values: a second face over the same flow prints nothing."""
    found: list[str] = []
    for node in ast.walk(TREES[path]):
        match node:
            case ast.Call(func=ast.Name(id="print" | "input" as called)):
                found.append(called)
            case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" | "stdin" | "argv" | "exit" as used):
                found.append(f"sys.{used}")
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "getenv" as used):
                found.append(f"os.{used}")
    assert found == []


def test_no_function_below_the_command_line_takes_more_than_five_values_but_these():
    """More than five want a value of their own."""
    found = {
        f"{name(path)}:{node.name}": n
        for path in BELOW
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for given in [node.args]
        if (n := len([a for a in (*given.posonlyargs, *given.args, *given.kwonlyargs) if a.arg not in ("self", "cls")]))
        > 5
    }
    held("parameters", found)


DOORS = {"os", "pathlib", "socket", "subprocess", "smtplib", "shutil", "tempfile", "httpx2", "httpcore2"}


@pytest.mark.parametrize("room", sorted({p.relative_to(PIPELINE).parts[0] for p in FILES}))
def test_the_core_opens_no_door(room):
    """Below the flow only `fetch`, `files`, `search_index` and the channels touch disk, network or processes."""
    if room.removesuffix(".py") in {"cli", "demo", "fetch", "files", "search_index", "channels", "__main__"}:
        return
    for path in FILES:
        if path.relative_to(PIPELINE).parts[0] == room:
            for node in ast.walk(TREES[path]):
                names = (
                    [a.name for a in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
                assert DOORS.isdisjoint(each.partition(".")[0] for each in names), name(path)


EXCUSED = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*  (?:# )?\w|type: ignore\[[a-z, -]+\]  # \w)")


@pytest.mark.parametrize("folder", ["pipeline", "tests", "bench"])
def test_every_exception_from_a_check_has_its_reason_beside_it(folder):
    found = [
        f"{name(path)}:{n}"
        for path in sorted((REPO / folder).rglob("*.py"))
        for n, text in enumerate(lines(path), 1)
        if re.search(r"# noqa|# type: ignore", text) and not EXCUSED.search(text) and path != Path(__file__)
    ]
    assert found == []


def test_every_exception_in_the_settings_has_its_reason_beside_it():
    """Lists that let something pass: each of their lines, or the line that names them, says why."""
    bare, reason = [], True
    for n, text in enumerate(lines(REPO / "pyproject.toml"), 1):
        if re.match(r"ignore = \[|\"[a-z/*.]+\" = \[|\[\[tool\.mypy|disable_error_code|  \"ignore:", text):
            reason = "#" in text
        owes = re.match(
            r"  \"(?:[A-Z]+\d*\"|ignore:)|\"[a-z/*.]+\" = \[.*\]|ignore_missing_imports|disable_error_code", text
        )
        if owes and "#" not in text and not (text.startswith("ignore_missing") and reason):
            bare.append(f"{n}: {text}")
    assert bare == []
