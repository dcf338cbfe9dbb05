"""Where an element of a finished mail comes from: the line of a template that wrote its tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.errors import Fault

_INSIDE = r"((?:{{.*?}}|{%.*?%}|\"[^\"]*\"|[^>])*)>"
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*\"((?:{{.*?}}|{%.*?%}|[^\"])*)\"")
_PRINTED = re.compile(r"{{|{%")


def origin(fault: Fault, html: str, own: Mapping[str, str]) -> str:
    """Name the file and line of a template among these that wrote an element at fault; empty where none surely did."""
    tag = re.match(r"<(\w+)>", fault.path)
    if not tag or not own:
        return ""
    written = _tags(tag[1], "\n".join(html.splitlines()[max(0, fault.line - 3) : fault.line]))
    at_fault = max(written, key=lambda each: each[0], default=None)
    if at_fault is None:
        return ""
    found = {
        (_like(at_fault[1], attributes), f"templates/{name}:{line}")
        for name, text in own.items()
        if name.startswith("email/") and name.endswith(".html")
        for line, attributes in _tags(tag[1], text)
    }
    best = max((likeness for likeness, _ in found), default=0)
    places = {place for likeness, place in found if likeness == best}
    return places.pop() if best and len(places) == 1 else ""


def _tags(name: str, text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each start tag of a name with its line and attributes."""
    for found in re.finditer(rf"<{name}\b{_INSIDE}", text, re.DOTALL):
        yield text.count("\n", 0, found.start()) + 1, dict(_ATTRIBUTE.findall(found[1]))


def _like(element: Mapping[str, str], template: Mapping[str, str]) -> int:
    """Count what a tag shares with that of a template, itself the first; 0 when the template can't have written it."""
    same = 1
    for name, value in template.items():
        if name not in element:
            return 0
        if _PRINTED.search(value):
            continue
        if name == "style" and not _properties(value) <= _properties(element[name]):  # the sheet's have joined them
            return 0
        if name != "style" and element[name] != value:
            return 0
        same += 1
    return same


def _properties(style: str) -> set[str]:
    return set(re.findall(r"([\w-]+)\s*:", style))
