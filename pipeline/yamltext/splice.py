"""Change one thing in a YAML text and leave every other character as the editor wrote it.

Edits are splices into the text, made from the places the parser reports. After each change the result is
parsed again and compared with what it should say; if a splice did anything else, nothing is changed at all.
That is stricter than a round trip through a YAML library, which re-indents lists and loses comments.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.errors import Fault, InputError
from pipeline.yamltext.document import Document, Path, Place, spell
from pipeline.yamltext.edits import Add, Edit, Put, Swap
from pipeline.yamltext.tree import parse
from pipeline.yamltext.writing import quoted, scalar


class Splice(NamedTuple):
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


def change(document: Document, edits: Sequence[Edit]) -> Document:
    """Make all the changes at once; raises InputError, and changes nothing, when one can't be made cleanly."""
    if not edits:
        return document
    wanted = copy.deepcopy(document.value)
    splices: list[Splice] = []
    for edit in sorted(edits, key=lambda w: len(w.path)):  # at the same offset the deeper one ends up first
        parent = _parent(wanted, edit.path)
        last: Any = edit.path[-1]
        if isinstance(edit, Put):
            parent[last] = edit.value
            place = document.places.get(edit.path)
            splices.append(
                _new_key(document, edit.path, edit.value)
                if place is None
                else _over(document, edit.path, place, edit.value)
            )
        elif isinstance(edit, Swap) and parent.get(last):
            parent[last] = list(edit.elements)
            splices.append(_swapped(document, edit))
        elif edit.elements:
            parent[last] = [*(parent.get(last) or []), *edit.elements]
            splices += _added(document, Add(edit.path, edit.elements, edit.layout))
    return _apply(document, [*splices, *_end_kept(document)], wanted, edits[0].path)


def moved(document: Document, path: Path, order: Sequence[int]) -> Document:
    """Put the elements of a block list in another order; an element takes the comments above it along.

    One that the order leaves out is taken away. Raises InputError, and changes nothing, when the list is not written as
    a block.
    """
    place = document.places[path]
    wanted = copy.deepcopy(document.value)
    elements = _parent(wanted, path)[path[-1]]
    _parent(wanted, path)[path[-1]] = [elements[n] for n in order]
    ends = [_line_end(document.text, content_end(document, (*path, n))) for n in range(len(elements))]
    starts = [_line_end(document.text, _colon(document.text, document.keys[path])), *ends[:-1]]
    blocks = [document.text[start:end] for start, end in zip(starts, ends, strict=True)]
    if place.style == "flow":
        blocks = []
    return _apply(
        document, [Splice(starts[0], ends[-1], "".join(blocks[n] for n in order).replace("\r\n", "\n"))], wanted, path
    )


def newline(text: str) -> str:
    """The line end a text mostly uses."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def content_end(document: Document, path: Path) -> int:
    """The offset just behind the last character of the value at `path`, before comments and blank lines."""
    place = document.places[path]
    if place.style == "flow":
        return place.end
    if place.style == "block":
        children = _children(document, path)
        return max((content_end(document, child) for child in children), default=place.start)
    if place.end == place.start or (not place.style and _is_null(document, path)):
        key = document.keys.get(path)
        return _colon(document.text, key) if key else place.end
    if place.style in "|>" and place.style:
        header = document.text[place.start : document.text.find("\n", place.start) + 1 or None]
        return place.end if "+" in header.partition("#")[0] else _stripped(document.text, place.start, place.end)
    return place.end


def _apply(document: Document, splices: Sequence[Splice], wanted: Any, path: Path) -> Document:
    """Make the splices, then make sure that they changed just what was wanted."""
    text, eol = document.text, newline(document.text)
    for each in sorted(splices, key=lambda s: -s.start):
        text = text[: each.start] + each.new.replace("\n", eol) + text[each.end :]
    try:
        result = parse(text, document.name)
    except InputError:
        result = None
    if result is None or result.value != wanted:
        place = document.places.get(path[:2]) or document.places.get(path[:1])
        line, column = (place.line, place.column) if place else (1, 1)
        message = "could not be changed without touching something else, so nothing was changed"
        raise InputError(
            [
                Fault(
                    document.name,
                    line,
                    column,
                    spell(path),
                    message,
                    "Change it by hand, or write this item in plain block style.",
                )
            ]
        )
    return result


def _end_kept(document: Document) -> list[Splice]:
    """A block text that ends the file without a line break would gain one: strip it where it is declared."""
    end = len(document.text)
    last = next((p for p in document.places.values() if p.style in ("|", ">") and p.end == end), None)
    if last is None or document.text.endswith("\n"):
        return []
    head = last.start + 1
    while document.text[head] in "0123456789":
        head += 1
    return [] if document.text[head] == "-" else [Splice(head, head + (document.text[head] == "+"), "-")]


def _added(document: Document, edit: Add) -> list[Splice]:
    """Find the splices that add elements, by how the list is written now."""
    place = document.places.get(edit.path)
    old = _parent(document.value, edit.path).get(edit.path[-1]) if place else None
    if place is None or old is None:
        return _first(document, edit, place)
    if place.style == "flow":
        return [_into_flow(document, edit, place)] if old else _over_empty(document, edit, place)
    return [_below(document, edit.path, edit.layout(place.dash))]


def _swapped(document: Document, edit: Swap) -> Splice:
    """Write a list anew where it stands."""
    place, colon = document.places[edit.path], _colon(document.text, document.keys[edit.path])
    if place.style == "flow":
        return Splice(place.start, place.end, _json(list(edit.elements)))
    end = _line_end(document.text, content_end(document, edit.path))
    if not edit.elements:
        return Splice(colon, end, " []")
    return Splice(_line_end(document.text, colon), end, "\n" + "\n".join(edit.layout(place.dash)))


def _parent(value: Any, path: Path) -> Any:
    """The mapping or list that holds the end of `path`."""
    for part in path[:-1]:
        value = value[part]
    return value


def _children(document: Document, path: Path) -> list[Path]:
    index = document.places
    depth = len(path) + 1
    return [p for p in index if len(p) == depth and p[:-1] == path]


def _is_null(document: Document, path: Path) -> bool:
    value: Any = document.value
    for part in path:
        value = value[part]
    return value is None


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _colon(text: str, key: Place) -> int:
    """The offset just behind the colon of a key."""
    return text.index(":", key.end) + 1


def _line_end(text: str, at: int) -> int:
    """The offset of the line break that ends the line `at` stands in, or the text's end."""
    found = text.find("\n", at)
    if found == -1:
        return len(text)
    return found - 1 if found and text[found - 1] == "\r" and found - 1 >= at else found


def _over(document: Document, path: Path, place: Place, value: str) -> Splice:
    """Put a scalar in the place of another, or of nothing."""
    new = scalar(value)
    if _is_null(document, path):
        key = document.keys[path]
        colon = _colon(document.text, key)
        literal = document.text[place.start : place.end] if place.end > place.start else ""
        return Splice(place.start, place.end, new) if literal.strip() else Splice(colon, colon, f" {new}")
    if place.style in ("|", ">"):
        return Splice(place.start, content_end(document, path), new)
    return Splice(place.start, place.end, new)


def _new_key(document: Document, path: Path, value: str) -> Splice:
    """Add a name to the mapping above."""
    parent = document.places[path[:-1]]
    if parent.style == "flow":
        return _flow_tail(
            document,
            parent,
            f"{path[-1]}: {quoted(value)}",
            empty=not _children(document, path[:-1]),
        )
    return _below(document, path[:-1], [f"{' ' * parent.dash}{path[-1]}: {scalar(value)}"])


def _first(document: Document, edit: Add, place: Place | None) -> list[Splice]:
    """Write a list where there was none: under its empty name, or under a new name."""
    path, parent = edit.path, document.places[edit.path[:-1]]
    if parent.style == "flow":
        new = f"{path[-1]}: {_json(list(edit.elements))}"
        if place is not None:
            key = document.keys[path]
            return [Splice(key.start, max(_colon(document.text, key), place.end), new)]
        return [_flow_tail(document, parent, new, empty=not _children(document, path[:-1]))]
    if place is None:
        return [_below(document, path[:-1], [f"{' ' * parent.dash}{path[-1]}:", *edit.layout(parent.dash)])]
    cut = [Splice(place.start, place.end, "")] if place.end > place.start else []  # the word null or ~
    at = _line_end(document.text, max(_colon(document.text, document.keys[path]), place.end if cut else 0))
    return [*cut, _at_line_end(document.text, at, edit.layout(parent.dash))]


def _over_empty(document: Document, edit: Add, place: Place) -> list[Splice]:
    """Put a block list in the place of `[]`, keeping a comment behind it."""
    parent = document.places[edit.path[:-1]]
    if parent.style == "flow" or "\n" in document.text[place.start : place.end]:
        return [Splice(place.start, place.end, _json(list(edit.elements)))]
    at = _line_end(document.text, place.end)
    start = place.start - (document.text[place.start - 1] == " " and at == place.end)
    return [Splice(start, place.end, ""), _at_line_end(document.text, at, edit.layout(parent.dash))]


def _into_flow(document: Document, edit: Add, place: Place) -> Splice:
    """Write elements into a list that is in flow style."""
    return _flow_tail(document, place, ", ".join(_json(each) for each in edit.elements), empty=False)


def _json(value: Any) -> str:
    """Write plain values as JSON, which is YAML in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_json(child) for child in value) + "]"
    return "null" if value is None else quoted(str(value))


def _flow_tail(document: Document, place: Place, new: str, *, empty: bool) -> Splice:
    """Add to a flow collection, just behind its last element."""
    close = place.end - 1
    at = _stripped(document.text, place.start, close)
    if "#" in document.text[document.text.rfind("\n", 0, at) + 1 : at]:  # a comment may end that line
        at = close
    comma = "" if empty or document.text[at - 1] == "," else ","
    return Splice(at, at, f"{comma} {new}" if not empty else new)


def _below(document: Document, path: Path, lines: Sequence[str]) -> Splice:
    """Write lines under the last line of the value at `path`."""
    end = content_end(document, path)
    if end and document.text[end - 1] == "\n":  # a block text that keeps its last line breaks
        return Splice(end, end, "\n".join(lines) + "\n")
    return _at_line_end(document.text, _line_end(document.text, end), lines)


def _at_line_end(text: str, at: int, lines: Sequence[str]) -> Splice:
    """Write lines under the line that ends at `at`."""
    tail = "" if at < len(text) else "\n"
    return Splice(at, at, "\n" + "\n".join(lines) + tail)
