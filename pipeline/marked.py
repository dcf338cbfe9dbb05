"""YAML that knows where it stands: text -> plain values, and the place of each in the text.

YAML 1.2 (ruamel.yaml), so that the country code NO stays text. Every scalar stays the text that was
written; what type it should have is for the caller's model to say. No value is built, no tag obeyed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.errors import Fault, InputError
from pipeline.text import nearest

T = TypeVar("T")
Path = tuple[str | int, ...]
Plain = str | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: offsets into the text, line and column from 1, and how it was written.

    `start`/`end` are character offsets of the value itself; `style` is "", "'", '"', "|", ">" for scalars,
    "block" or "flow" for collections. `dash` is the column (from 0) a block sequence's dashes or a block
    mapping's keys stand in.
    """

    start: int
    end: int
    line: int
    column: int
    style: str
    dash: int = 0


@dataclass(slots=True)
class Marked:
    """A YAML text with its values and their places."""

    name: str
    text: str
    value: Plain = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, message: str, hint: str = "") -> Fault:
        """Make a fault about the value at `path`, or the nearest thing above it that exists."""
        at = path
        while at and at not in self.places:
            at = at[:-1]
        place = self.places.get(at)
        line, column = (place.line, place.column) if place else (1, 1)
        return Fault(self.name, line, column, spell(path), message, hint)


def parse(text: str, name: str) -> Marked:
    """Read one YAML document; raises InputError with line and column when it is not YAML at all.

    Duplicate keys, anchors, aliases and tags are gathered in `faults`: they are legal YAML but not ours.
    """
    marked = Marked(name, text)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = " ".join(str(error.problem or error.context or "not YAML").split())
        raise InputError([Fault(name, line, column, "", f"not valid YAML: {why}", _YAML_HINT)]) from None
    except YAMLError as error:
        raise InputError([_reader_fault(error, text, name)]) from None
    except RecursionError:
        raise InputError([Fault(name, 1, 1, "", "nested far too deeply to read", "")]) from None
    if node is not None:
        marked.value = _build(marked, node, ())
    return marked


def read(marked: Marked, kind: type[T], value: object | None = None, prefix: Path = ()) -> T | None:
    """Make a `kind` (a frozen dataclass) from the values; None when there are faults, which are added to `marked`."""
    try:
        return adapter(kind).validate_python(_filled(marked.value if value is None else value))
    except ValidationError as error:
        marked.faults.extend(_explain(marked, prefix, e, kind) for e in error.errors(include_url=False))
        return None


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The pydantic adapter of a dataclass; built once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def spell(path: Path) -> str:
    """Write a path as people do: `items[3].evidence.stage`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out


def scalar(value: str) -> str:
    """Write a text as one YAML scalar on one line, plain where that is beyond doubt, else double-quoted."""
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN and not _NUMBERISH.fullmatch(value):
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """Write a text as one double-quoted YAML scalar; anything unprintable is escaped."""
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def folded(value: str, indent: int, width: int = 110) -> str:
    """Write one paragraph as a `>-` block whose lines stand at `indent`; raises ValueError if it can't be."""
    words = value.split(" ")
    if not value or "" in words or _UNFOLDABLE.search(value):
        raise ValueError("not one plain paragraph")
    lines, line = [], words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > width - indent:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    return ">-\n" + "\n".join(f"{' ' * indent}{each}" for each in [*lines, line])


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
_YAML_HINT = "Check the indentation and the quotes on this line and the one above; put text with “: ” or “#” in quotes."
_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_./+() -]*(?<! )|[0-9][0-9A-Za-z_/-]*|sha256:[0-9a-f]+|10\.[0-9]{4,9}/[A-Za-z0-9._/-]+"
)
_NOT_PLAIN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_NUMBERISH = re.compile(r"0[xob][0-9a-fA-F]+|[0-9_]+[eE][0-9]+")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_UNFOLDABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def _build(marked: Marked, node: Node, path: Path) -> Plain:
    """Walk the node tree, noting places."""
    if node.anchor:
        marked.faults.append(
            _node_fault(
                marked, node, path, "anchors (&name) and aliases (*name) are not used here", "Write the value out."
            )
        )
    marked.places[path] = _place(node)
    if isinstance(node, ScalarNode):
        if not _known_tag(node):
            marked.faults.append(
                _node_fault(marked, node, path, f"tags ({_tag(node)}) are not used here", "Take the tag away.")
            )
        return None if not node.style and node.value in ("", "~", "null", "Null", "NULL") else str(node.value)
    if isinstance(node, SequenceNode):
        return [_build(marked, child, (*path, i)) for i, child in enumerate(node.value)]
    assert isinstance(node, MappingNode)  # compose() knows no fourth kind
    out: dict[str, Any] = {}
    for key, child in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else "?"
        if name in out:
            marked.faults.append(
                _node_fault(marked, key, (*path, name), f"“{name}” stands here twice", "Keep one of the two.")
            )
            continue
        marked.keys[(*path, name)] = _place(key)
        out[name] = _build(marked, child, (*path, name))
    return out


def _place(node: Node) -> Place:
    mark = node.start_mark
    if isinstance(node, ScalarNode):
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


def _node_fault(marked: Marked, node: Node, path: Path, message: str, hint: str) -> Fault:
    mark = node.start_mark
    return Fault(marked.name, mark.line + 1, mark.column + 1, spell(path), message, hint)


def _reader_fault(error: YAMLError, text: str, name: str) -> Fault:
    """Say which character can't stand in YAML, and where."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Fault(name, 1, 1, "", f"not valid YAML: {' '.join(str(error).split())[:200]}", _YAML_HINT)
    before = text[:position]
    line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
    return Fault(
        name, line, column, "", f"a character that YAML does not allow (U+{ord(text[position]):04X})", "Delete it."
    )


def _explain(marked: Marked, prefix: Path, error: Any, kind: type) -> Fault:
    """Turn one pydantic error into a sentence with line, path and the nearest valid word."""
    loc: Path = (
        *prefix,
        *(p for p in error["loc"] if not (isinstance(p, str) and p.startswith(("function-", "tuple[")))),
    )
    code, given, ctx = str(error["type"]), error.get("input"), error.get("ctx", {})
    if code in ("unexpected_keyword_argument", "extra_forbidden"):
        known = list(_fields(kind, loc[len(prefix) : -1]))
        place = marked.keys.get(loc)
        line, column = (place.line, place.column) if place else (1, 1)
        return Fault(
            marked.name,
            line,
            column,
            spell(loc),
            f"“{loc[-1]}” is not a name this file knows",
            nearest(str(loc[-1]), known),
        )
    if code in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return marked.fault(loc, f"“{loc[-1]}” is missing", "")
    if code == "enum":
        known = [w.strip(" '") for w in re.split(r",| or ", str(ctx.get("expected", "")))]
        return marked.fault(
            loc, f"“{given}” is not one of the words allowed here", nearest(str(given), [k for k in known if k])
        )
    said = _SAID.get(code)
    if said:
        return marked.fault(loc, said.format(given=_short(given)), "")
    message = str(error["msg"]).removeprefix("Value error, ")
    main, _, hint = message.partition(" | ")
    return marked.fault(loc, main, hint)


_SAID = {
    "int_parsing": "“{given}” is not a whole number",
    "int_type": "a whole number belongs here",
    "float_parsing": "“{given}” is not a number",
    "bool_parsing": "“{given}” is neither true nor false",
    "date_from_datetime_parsing": "“{given}” is not a date like 2026-12-31",
    "date_parsing": "“{given}” is not a date like 2026-12-31",
    "date_type": "a date like 2026-12-31 belongs here",
    "string_type": "text belongs here, not {given}",
    "tuple_type": "a list belongs here, not {given}",
    "list_type": "a list belongs here, not {given}",
    "dataclass_type": "a block of “name: value” lines belongs here, not {given}",
    "dict_type": "a block of “name: value” lines belongs here, not {given}",
    "mapping_type": "a block of “name: value” lines belongs here, not {given}",
}


def _filled(value: object) -> object:
    """Drop names that were left empty, so that an emptied field is the same as one not written."""
    if isinstance(value, dict):
        return {key: _filled(child) for key, child in value.items() if child is not None}
    return [_filled(child) for child in value] if isinstance(value, list) else value


def _short(given: object) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "a block of names"
    if isinstance(given, (list, tuple)):
        return "a list"
    text = str(given)
    return text if len(text) <= 60 else text[:57] + "…"


@lru_cache(maxsize=256)
def _fields(kind: type, path: Path) -> Sequence[str]:
    """The names a dataclass knows, followed down a path through its JSON Schema."""
    schema = adapter(kind).json_schema()
    node: Any = schema
    for part in path:
        node = _resolve(schema, node)
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
    return tuple(_resolve(schema, node).get("properties", {}))


def _resolve(schema: Any, node: Any) -> Any:
    """Follow $ref and the non-null branch of an anyOf."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next((n for n in node["anyOf"] if n.get("type") != "null"), {})
        else:
            return node


def walk(value: Plain, path: Path = ()) -> Iterator[tuple[Path, str | None]]:
    """Yield every scalar with its path."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from walk(child, (*path, key))
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from walk(child, (*path, i))
    else:
        yield path, value
