"""The quick reader and ruamel read every text alike, or the quick one declines it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsrooms import REPO
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.checks.cases import samples
from pipeline.queue.layout import item_lines, new_file
from pipeline.yamltext import quick

FILES = [REPO / "sources.yml", REPO / "glossary.yml", *sorted((REPO / "pipeline").rglob("*.yml"))]
QUEUE = "\n".join([new_file("2026-12"), *(line for each in samples().values() for line in item_lines(each, 0)), ""])
PIECES = [
    *":#-'\"{}[]|>&*!?%@`,~\\\n\t\r…",
    ": ",
    " #",
    "- ",
    "  ",
    "\n  ",
    "\n\n",
    ">-\n",
    "null",
    "\u2028",
    "\x85",
    "---",
    "é",
]


def flat(node: Any, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every node with its place; an end's line and column are not asked for anywhere."""
    here = (path, node.id, node.start_mark.index, node.start_mark.line, node.start_mark.column, node.end_mark.index)
    if node.id == "scalar":
        return [(*here, node.value, node.style or "")]
    inner = [part for child in node.value for part in (child if isinstance(child, tuple) else (child,))]
    return [(*here, bool(node.flow_style)), *(line for n, each in enumerate(inner) for line in flat(each, (*path, n)))]


def read_alike(text: str) -> bool:
    """Whether the quick reader took the text; fails when it reads it in another way."""
    node = quick.compose(text)
    if node is None:
        return False
    try:
        due = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise AssertionError(f"ruamel refuses what the quick reader took: {text!r}") from error
    assert flat(node) == flat(due)
    return True


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_our_own_files_are_read_alike(file):
    read_alike(file.read_text(encoding="utf-8"))


def test_what_editors_edit_is_read_quickly():
    assert read_alike(QUEUE)
    assert all(read_alike(file.read_text(encoding="utf-8")) for file in FILES[:2])


SLIPS = st.sampled_from(PIECES) | st.text(max_size=3) | st.integers(0, len(QUEUE)).map(lambda n: QUEUE[n : n + 20])


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A queue after a few slips of the hand: something typed, deleted, or pasted where it doesn't belong."""
    text = QUEUE
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SLIPS) + text[at + draw(st.integers(0, 3)) :]
    return text


@settings(max_examples=150, deadline=None)
@given(edited())
def test_what_is_edited_by_hand_is_read_alike(text):
    read_alike(text)


@pytest.mark.parametrize(
    "text",
    [
        *("a: &x 1\nb: *x", "a: !!str 1", "a: ! # b", "%YAML 1.1\n---\na: 1", "a:\t1", "a: b\u2028c", "a: 'open"),
        *("a: >-#b\n  c", "a: >-\n \n  c", "a:\n- # b", "a: {b: , c: 1}", "a: [b: ]", "a: {b: 1, , c: 2}"),
    ],
)
def test_what_the_two_may_read_differently_is_left_to_ruamel(text):
    assert quick.compose(text) is None


def test_a_word_that_yaml_1_1_takes_for_no_stays_a_word():
    assert quick.compose("country: NO\nat: 12:30").value[0][1].value == "NO"
