"""Change one thing in a YAML text and leave every other character as the editor wrote it.

Edits are splices into the text, made from the places the parser reports. After each change the result is
parsed again and compared with what it should say; if a splice did anything else, nothing is changed at all.
That is stricter than a round trip through a YAML library, which re-indents lists and loses comments.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Fault, InputError
from pipeline.yamltext import Marked, Path, Place, parse, quoted, scalar, spell
from pipeline.yamltext.edits import Add, Layout, Put, Swap, Wish

__all__ = ["Add", "Layout", "Put", "Swap", "Wish", "change", "content_end", "moved", "newline"]


@dataclass(frozen=True, slots=True)
class Splice:
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


def change(marked: Marked, wishes: Sequence[Wish]) -> Marked:
    """Make all the changes at once; raises InputError, and changes nothing, when one can't be made cleanly."""
    if not wishes:
        return marked
    wanted = copy.deepcopy(marked.value)
    splices: list[Splice] = []
    for wish in sorted(wishes, key=lambda w: len(w.path)):  # at the same offset the deeper one ends up first
        parent = _parent(wanted, wish.path)
        last: Any = wish.path[-1]
        if isinstance(wish, Put):
            parent[last] = wish.value
            place = marked.places.get(wish.path)
            splices.append(
                _new_key(marked, wish.path, wish.value)
                if place is None
                else _over(marked, wish.path, place, wish.value)
            )
        elif isinstance(wish, Swap) and parent.get(last):
            parent[last] = list(wish.elements)
            splices.append(_swapped(marked, wish))
        elif wish.elements:
            parent[last] = [*(parent.get(last) or []), *wish.elements]
            splices += _added(marked, Add(wish.path, wish.elements, wish.layout))
    return _apply(marked, [*splices, *_end_kept(marked)], wanted, wishes[0].path)


def moved(marked: Marked, path: Path, order: Sequence[int]) -> Marked:
    """Put the elements of a block list in another order; an element takes the comments above it along.

    Raises InputError, and changes nothing, when the list is not written as a block.
    """
    place = marked.places[path]
    wanted = copy.deepcopy(marked.value)
    elements = _parent(wanted, path)[path[-1]]
    _parent(wanted, path)[path[-1]] = [elements[n] for n in order]
    ends = [_line_end(marked.text, content_end(marked, (*path, n))) for n in range(len(order))]
    starts = [_line_end(marked.text, _colon(marked.text, marked.keys[path])), *ends[:-1]]
    blocks = [marked.text[start:end] for start, end in zip(starts, ends, strict=True)]
    if place.style == "flow":
        blocks = []
    return _apply(
        marked, [Splice(starts[0], ends[-1], "".join(blocks[n] for n in order).replace("\r\n", "\n"))], wanted, path
    )


def newline(text: str) -> str:
    """The line end a text mostly uses."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def content_end(marked: Marked, path: Path) -> int:
    """The offset just behind the last character of the value at `path`, before comments and blank lines."""
    place = marked.places[path]
    if place.style == "flow":
        return place.end
    if place.style == "block":
        children = _children(marked, path)
        return max((content_end(marked, child) for child in children), default=place.start)
    if place.end == place.start or (not place.style and _is_null(marked, path)):
        key = marked.keys.get(path)
        return _colon(marked.text, key) if key else place.end
    if place.style in "|>" and place.style:
        header = marked.text[place.start : marked.text.find("\n", place.start) + 1 or None]
        return place.end if "+" in header.partition("#")[0] else _stripped(marked.text, place.start, place.end)
    return place.end


def _apply(marked: Marked, splices: Sequence[Splice], wanted: Any, path: Path) -> Marked:
    """Make the splices, then make sure that they changed just what was wanted."""
    text, eol = marked.text, newline(marked.text)
    for each in sorted(splices, key=lambda s: -s.start):
        text = text[: each.start] + each.new.replace("\n", eol) + text[each.end :]
    try:
        result = parse(text, marked.name)
    except InputError:
        result = None
    if result is None or result.value != wanted:
        place = marked.places.get(path[:2]) or marked.places.get(path[:1])
        line, column = (place.line, place.column) if place else (1, 1)
        message = "could not be changed without touching something else, so nothing was changed"
        raise InputError(
            [
                Fault(
                    marked.name,
                    line,
                    column,
                    spell(path),
                    message,
                    "Write it in by hand, or put this item in plain block style.",
                )
            ]
        )
    return result


def _end_kept(marked: Marked) -> list[Splice]:
    """A block text that ends the file without a line break would gain one: strip it where it is declared."""
    end = len(marked.text)
    last = next((p for p in marked.places.values() if p.style in ("|", ">") and p.end == end), None)
    if last is None or marked.text.endswith("\n"):
        return []
    head = last.start + 1
    while marked.text[head] in "0123456789":
        head += 1
    return [] if marked.text[head] == "-" else [Splice(head, head + (marked.text[head] == "+"), "-")]


def _added(marked: Marked, wish: Add) -> list[Splice]:
    """Find the splices that add elements, by how the list is written now."""
    place = marked.places.get(wish.path)
    old = _parent(marked.value, wish.path).get(wish.path[-1]) if place else None
    if place is None or old is None:
        return _first(marked, wish, place)
    if place.style == "flow":
        return [_into_flow(marked, wish, place)] if old else _over_empty(marked, wish, place)
    return [_below(marked, wish.path, wish.layout(place.dash))]


def _swapped(marked: Marked, wish: Swap) -> Splice:
    """Write a list anew where it stands."""
    place, colon = marked.places[wish.path], _colon(marked.text, marked.keys[wish.path])
    if place.style == "flow":
        return Splice(place.start, place.end, _json(list(wish.elements)))
    end = _line_end(marked.text, content_end(marked, wish.path))
    if not wish.elements:
        return Splice(colon, end, " []")
    return Splice(_line_end(marked.text, colon), end, "\n" + "\n".join(wish.layout(place.dash)))


def _parent(value: Any, path: Path) -> Any:
    """The mapping or list that holds the end of `path`."""
    for part in path[:-1]:
        value = value[part]
    return value


def _children(marked: Marked, path: Path) -> list[Path]:
    index = marked.places
    depth = len(path) + 1
    return [p for p in index if len(p) == depth and p[:-1] == path]


def _is_null(marked: Marked, path: Path) -> bool:
    value: Any = marked.value
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


def _over(marked: Marked, path: Path, place: Place, value: str) -> Splice:
    """Put a scalar in the place of another, or of nothing."""
    new = scalar(value)
    if _is_null(marked, path):
        key = marked.keys[path]
        colon = _colon(marked.text, key)
        literal = marked.text[place.start : place.end] if place.end > place.start else ""
        return Splice(place.start, place.end, new) if literal.strip() else Splice(colon, colon, f" {new}")
    if place.style in ("|", ">"):
        return Splice(place.start, content_end(marked, path), new)
    return Splice(place.start, place.end, new)


def _new_key(marked: Marked, path: Path, value: str) -> Splice:
    """Add a name to the mapping above."""
    parent = marked.places[path[:-1]]
    if parent.style == "flow":
        return _flow_tail(
            marked,
            parent,
            f"{path[-1]}: {quoted(value)}",
            empty=not _children(marked, path[:-1]),
        )
    return _below(marked, path[:-1], [f"{' ' * parent.dash}{path[-1]}: {scalar(value)}"])


def _first(marked: Marked, wish: Add, place: Place | None) -> list[Splice]:
    """Write a list where there was none: under its empty name, or under a new name."""
    path, parent = wish.path, marked.places[wish.path[:-1]]
    if parent.style == "flow":
        new = f"{path[-1]}: {_json(list(wish.elements))}"
        if place is not None:
            key = marked.keys[path]
            return [Splice(key.start, max(_colon(marked.text, key), place.end), new)]
        return [_flow_tail(marked, parent, new, empty=not _children(marked, path[:-1]))]
    if place is None:
        return [_below(marked, path[:-1], [f"{' ' * parent.dash}{path[-1]}:", *wish.layout(parent.dash)])]
    cut = [Splice(place.start, place.end, "")] if place.end > place.start else []  # the word null or ~
    at = _line_end(marked.text, max(_colon(marked.text, marked.keys[path]), place.end if cut else 0))
    return [*cut, _at_line_end(marked.text, at, wish.layout(parent.dash))]


def _over_empty(marked: Marked, wish: Add, place: Place) -> list[Splice]:
    """Put a block list in the place of `[]`, keeping a comment behind it."""
    parent = marked.places[wish.path[:-1]]
    if parent.style == "flow" or "\n" in marked.text[place.start : place.end]:
        return [Splice(place.start, place.end, _json(list(wish.elements)))]
    at = _line_end(marked.text, place.end)
    start = place.start - (marked.text[place.start - 1] == " " and at == place.end)
    return [Splice(start, place.end, ""), _at_line_end(marked.text, at, wish.layout(parent.dash))]


def _into_flow(marked: Marked, wish: Add, place: Place) -> Splice:
    """Write elements into a list that is in flow style."""
    return _flow_tail(marked, place, ", ".join(_json(each) for each in wish.elements), empty=False)


def _json(value: Any) -> str:
    """Write plain values as JSON, which is YAML in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_json(child) for child in value) + "]"
    return "null" if value is None else quoted(str(value))


def _flow_tail(marked: Marked, place: Place, new: str, *, empty: bool) -> Splice:
    """Add to a flow collection, just behind its last element."""
    close = place.end - 1
    at = _stripped(marked.text, place.start, close)
    if "#" in marked.text[marked.text.rfind("\n", 0, at) + 1 : at]:  # a comment may end that line
        at = close
    comma = "" if empty or marked.text[at - 1] == "," else ","
    return Splice(at, at, f"{comma} {new}" if not empty else new)


def _below(marked: Marked, path: Path, lines: Sequence[str]) -> Splice:
    """Write lines under the last line of the value at `path`."""
    end = content_end(marked, path)
    if end and marked.text[end - 1] == "\n":  # a block text that keeps its last line breaks
        return Splice(end, end, "\n".join(lines) + "\n")
    return _at_line_end(marked.text, _line_end(marked.text, end), lines)


def _at_line_end(text: str, at: int, lines: Sequence[str]) -> Splice:
    """Write lines under the line that ends at `at`."""
    tail = "" if at < len(text) else "\n"
    return Splice(at, at, "\n" + "\n".join(lines) + tail)
