"""YAML text -> values with their places."""

from __future__ import annotations

import re
from typing import Any

from pipeline.errors import Fault, InputError
from pipeline.yamltext import quick
from pipeline.yamltext.document import Document, Path, Place, Plain, spell

Node = Any
"""A node of ruamel's or of PyYAML's: different classes with the same attributes."""

_TEXT = "tag:yaml.org,2002:str"
_NO_ALIAS = "anchors (&name) and aliases (*name) are not used here"


def parse(text: str, name: str) -> Document:
    """Read one YAML document; raises InputError with line and column when it is not YAML at all.

    Duplicate keys, anchors, aliases and tags are gathered in `faults`: they are legal YAML but not ours.
    """
    document = Document(name, text)
    if conflicts := _conflicts(text, name):
        raise InputError(conflicts)
    if (node := quick.compose(text) or _strictly(text, name)) is not None:
        document.value = _build(document, node, (), set())
    return document


def _strictly(text: str, name: str) -> Node:
    from pipeline.yamltext import strict  # noqa: PLC0415  ruamel takes a while to load, and is seldom needed

    return strict.compose(text, name)


def _build(document: Document, node: Node, path: Path, met: set[int]) -> Plain:
    """Walk the node tree, noting places. A node met before is an alias: reported once, not walked again."""
    if id(node) in met:
        at = document.keys.get(path)
        line, column = (at.line, at.column) if at else (node.start_mark.line + 1, node.start_mark.column + 1)
        document.faults.append(Fault(document.name, line, column, spell(path), _NO_ALIAS, "Write the value in full."))
        return None
    met.add(id(node))
    if getattr(node, "anchor", None):  # nodes of the quick reader have none
        document.faults.append(_node_fault(document, node, path, _NO_ALIAS, "Write the value in full."))
    document.places[path] = _place(node)
    if node.id == "scalar":
        if node.tag != _TEXT and not _known_tag(node):
            message = f"tags ({_tag(node)}) are not used here"
            document.faults.append(_node_fault(document, node, path, message, "Remove the tag."))
        if not node.style and node.value in ("", "~", "null", "Null", "NULL"):
            return None
        return _whole(document, node, path)
    if node.id == "sequence":
        return [_build(document, child, (*path, i), met) for i, child in enumerate(node.value)]
    out: dict[str, Any] = {}
    for key, child in node.value:
        name = str(key.value) if key.id == "scalar" else "?"
        if name in out:
            message = f"“{name}” is here twice"
            document.faults.append(_node_fault(document, key, (*path, name), message, "Keep one of the two."))
            continue
        document.keys[(*path, name)] = _place(key)
        out[name] = _build(document, child, (*path, name), met)
    return out


def _whole(document: Document, node: Node, path: Path) -> str:
    """A scalar's text; an emoji that was escaped as JSON does, in two halves, is put together."""
    value = str(node.value)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            message = "there is half a character here, such as \\ud83d"
            document.faults.append(_node_fault(document, node, path, message, "Write the character itself."))
    return value


def _place(node: Node) -> Place:
    mark = node.start_mark
    if node.id == "scalar":
        return Place(mark.index, node.end_mark.index, mark.line + 1, mark.column + 1, node.style or "")
    first = node.value[0] if node.value else None
    child = first[0] if isinstance(first, tuple) else first
    dash = mark.column if child is not None else 0
    return Place(
        mark.index,
        node.end_mark.index,
        mark.line + 1,
        mark.column + 1,
        "flow" if getattr(node, "flow_style", False) else "block",
        dash,
    )


def _tag(node: Node) -> str:
    return str(getattr(node, "tag", "") or "")


def _known_tag(node: Node) -> bool:
    tag = _tag(node)
    return tag.startswith("tag:yaml.org,2002:") and not tag.startswith("tag:yaml.org,2002:python")


def _node_fault(document: Document, node: Node, path: Path, message: str, hint: str) -> Fault:
    mark = node.start_mark
    return Fault(document.name, mark.line + 1, mark.column + 1, spell(path), message, hint)


_CONFLICT = re.compile(r"^<{7}(?= |$).*?^={7}\r?$.*?^>{7}(?= |$)", re.MULTILINE | re.DOTALL)
_ELEMENT = re.compile(r"^ *- +id: *[\"']?([^\s\"'#]+)", re.MULTILINE)


def _conflicts(text: str, name: str) -> list[Fault]:
    """Tell of merges by git that are still open, each with the element of the list in which it stands."""
    faults = []
    for found in _CONFLICT.finditer(text):
        ids = [m[1] for m in _ELEMENT.finditer(text, 0, found.start())] or _ELEMENT.findall(found[0])
        where = f" in {ids[-1]}" if ids else ""
        line = text.count("\n", 0, found.start()) + 1
        message = f"a git conflict is open here{where}: two versions of the same lines are here, one below the other"
        hint = "Keep the lines you want and delete the others, and the lines <<<<<<<, ======= and >>>>>>>."
        faults.append(Fault(name, line, 1, "", message, hint))
    return faults
