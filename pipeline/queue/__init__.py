"""The queue file: text <-> items, keeping every word, comment and order of an editor.

`read` takes the text apart and tells all its faults at once. `decide`, `sign` and `merge` give back a new
text that differs from the old one only in what they were asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.errors import Fault, InputError, UsageError
from pipeline.model.item import OPENING, WORDS, Fact, Queue, Signature, TextHash
from pipeline.model.names import PersonRole, Status
from pipeline.queue import layout
from pipeline.text import nearest
from pipeline.yamltext import Add, Document, Edit, Place, Put, change, moved, parse, read

INTRO = "intro"
"""What the opening is called where items are named."""


@dataclass(frozen=True, slots=True)
class QueueText:
    """A queue file that was read without a fault: its text, its items, and where everything stands."""

    name: str
    text: str
    queue: Queue
    document: Document

    @property
    def lines(self) -> list[str]:
        """The lines of the file, as places count them."""
        return [line.rstrip("\r") for line in self.text.split("\n")]

    def index(self, item_id: str) -> int:
        """Find an item's place in the list; raises UsageError with the nearest id."""
        ids = [i.id for i in self.queue.items]
        match = [n for n, each in enumerate(ids) if each == item_id or each.rpartition("/")[2] == item_id]
        if len(match) == 1:
            return match[0]
        part = [each for each in ids if item_id in each]
        hint = f"did you mean “{part[0]}”?" if len(part) == 1 else nearest(item_id, ids)
        if hint.startswith("one of") and len(ids) > 5:  # a hundred ids would bury what was wrong
            hint = "`hope queue` lists them."
        raise UsageError(f"There is no item “{item_id}” in {self.name}. {hint[:1].upper()}{hint[1:]}")

    def place(self, item_id: str, field: str, start: int) -> tuple[int, int]:
        """Line and column (from 1) of a character of a field in the file; without an id, of the issue's own field."""
        head = ("items", self._at(item_id)) if item_id else ()
        path = (*head, *(int(p) if p.isdigit() else p for p in field.split(".") if p))
        while path and path not in self.document.places:
            path = path[:-1]
        at = self.document.places.get(path)
        if at is None:
            return (1, 1)
        if at.style in ("block", "flow") or (start == 0 and at.style not in ("|", ">")):
            return (
                (at.line, at.column + (1 if start or at.style in ("'", '"') else 0))
                if at.end > at.start
                else self._key(path)
            )
        return _locate(self.text, at, self._value(path), start)

    def _at(self, item_id: str) -> int:
        """An item's place by its whole id, which is all that findings name."""
        return next((n for n, each in enumerate(self.queue.items) if each.id == item_id), -1)

    def _key(self, path: tuple[Any, ...]) -> tuple[int, int]:
        key = self.document.keys.get(path)
        return (key.line, key.column) if key else (1, 1)

    def _value(self, path: tuple[Any, ...]) -> str:
        value: Any = self.document.value
        for part in path:
            value = value[part]
        return str(value)


def read_queue(text: str, name: str) -> QueueText:
    """Read a queue file; raises InputError with every fault of the file, each with line and column."""
    return _read(parse(text, name))


def _read(document: Document) -> QueueText:
    queue = read(document, Queue)
    if isinstance(document.value, dict):
        document.faults.extend(semantic(document))
    if document.faults or queue is None:
        raise InputError(
            document.faults or [document.fault((), "this is not a queue file", "It starts with “issue: 2026-12”.")]
        )
    return QueueText(document.name, document.text, queue, document)


def decide(source: QueueText, item_ids: Sequence[str], status: Status, reason: str | None = None) -> QueueText:
    """Give items a status, and a reason where there is one."""
    edits: list[Edit] = []
    for at in dict.fromkeys(source.index(each) for each in item_ids):
        item = source.queue.items[at]
        if item.status is not status:
            edits.append(Put(("items", at, "status"), str(status)))
        if reason is not None and item.reason != reason:
            edits.append(Put(("items", at, "reason"), reason))
    return changed(source, edits)


class Signing(NamedTuple):
    """Who signs, by key, in which role, on which day, and what was checked."""

    by: str
    role: PersonRole
    on: date
    checked: str | None = None

    def of(self, text: str) -> Signature:
        """The sign-off of a text by its hash."""
        return Signature(by=self.by, role=self.role, on=self.on, text=text, checked=self.checked)

    def given(self, signed: Iterable[Signature], text: TextHash) -> bool:
        """Whether the same person signed the same text in the same role already."""
        return any(s.by == self.by and s.role is self.role and text.holds(s.text) for s in signed)


def sign(source: QueueText, item_ids: Sequence[str], signing: Signing) -> QueueText:
    """Add sign-offs bound to the exact texts; a valid one by the same person in the same role is not repeated.

    The id `INTRO` stands for the issue's opening.
    """
    edits: list[Edit] = []
    queue = source.queue
    places = dict.fromkeys(None if each == INTRO else source.index(each) for each in item_ids)
    for at in places:
        text = queue.intro_hash if at is None else queue.items[at].text_hash
        given = queue.signed if at is None else queue.items[at].signed
        if signing.given(given, text):
            continue
        element = layout.signature(signing.of(text))
        path = ("signed",) if at is None else ("items", at, "signed")
        edits.append(Add(path, (element,), layout.one_liners(element)))
    return changed(source, edits)


class Written(NamedTuple):
    """What an editor wrote about one item: words by field, facts, and a status where she decided."""

    words: Mapping[str, str]
    facts: tuple[Fact, ...] = ()
    status: Status | None = None
    reason: str | None = None


def fill(source: QueueText, written: Mapping[str, Written]) -> QueueText:
    """Write editors' words into fields of items, one line each; `written` goes by item id."""
    edits: list[Edit] = []
    for item_id, each in written.items():
        at = source.index(item_id)
        words = dict(each.words)
        if each.status and each.status is not source.queue.items[at].status:
            words["status"] = str(each.status)
        if each.reason:
            words["reason"] = each.reason
        edits += [Put(("items", at, *name.split(".")), value) for name, value in words.items()]
        if each.facts:
            elements = tuple(layout.fact(fact) for fact in each.facts)
            edits.append(Add(("items", at, "facts"), elements, layout.one_liners(*elements)))
    return changed(source, edits)


def fill_head(source: QueueText, words: Mapping[str, str]) -> QueueText:
    """Write words into fields of the issue itself: those of the opening and `word`."""
    return changed(source, [Put((name,), value) for name, value in words.items()])


def reorder(source: QueueText, item_ids: Sequence[str]) -> QueueText:
    """Put the items in another order, each block of lines moved as it stands, comments above it included.

    All ids must be named; raises UsageError else.
    """
    order = [source.index(each) for each in item_ids]
    if sorted(order) != list(range(len(source.queue.items))):
        raise UsageError("To reorder items, name every one of them once.")
    return _read(moved(source.document, ("items",), order)) if order != sorted(order) else source


def changed(source: QueueText, edits: Sequence[Edit]) -> QueueText:
    """Make changes to a queue file and read it anew."""
    document = change(source.document, edits)
    return source if document.text == source.text else _read(document)


def semantic(document: Document, elements: str = "items") -> list[Fault]:
    """Faults the model can't see: ids must be unique and plain, and no word may be lost behind a “#”."""
    faults: list[Fault] = [*_lost(document)]
    seen: dict[str, int] = {}
    found = document.value.get(elements) if isinstance(document.value, dict) else None
    for n, each in enumerate(found if isinstance(found, list) else []):
        name = each.get("id") if isinstance(each, dict) else None
        if not isinstance(name, str):
            continue
        path = (elements, n, "id")
        if name in seen:
            said = f"“{name}” is also the id of {elements.removesuffix('s')} {seen[name] + 1}"
            faults.append(document.fault(path, said, "Give one of the two a different id."))
        seen.setdefault(name, n)
        if not _plain_id(name):
            hint = "Use lower case, digits and hyphens, as in 2026-12/some-words."
            faults.append(document.fault(path, f"“{name}” can't be an id", hint))
        faults += _no_day(document, (elements, n, "published"), each.get("published"))
    return faults


def _no_day(document: Document, path: tuple[str | int, ...], written: object) -> Iterator[Fault]:
    """A day of publication that nobody can read or sort by."""
    if written in (None, ""):
        return
    parts = [int(part) for part in str(written).split("-")] if _DAY.fullmatch(str(written)) else []
    try:
        date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        hint = "Write year, month and day, as in 2026-11-28; the day, or both, may be missing."
        yield document.fault(path, f"“{written}” is not a day", hint)


_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


_WRITTEN = frozenset((*WORDS, *OPENING, "brief", "says", "title", "reason", "note", "was", "now"))


def _lost(document: Document) -> list[Fault]:
    """Words cut off by YAML's comment sign: “Patient #1 had” reads as “Patient” when it is not in quotes."""
    faults = []
    for path, place in document.places.items():
        if path and path[-1] in _WRITTEN and not place.style and place.end > place.start:
            line = document.text[place.end :].split("\n", 1)[0]
            if re.match(r"[ \t]+#[^\s#]", line):
                rest = line.strip()
                message = f"everything from “{rest[:20]}” on is lost here: “#” starts a comment"
                faults.append(
                    document.fault(path, message, "Put the text in quotes. For a comment, put a space after the “#”.")
                )
    return faults


def _plain_id(item_id: str) -> bool:
    head, slash, tail = item_id.rpartition("/")
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    return (
        bool(tail)
        and set(tail) <= allowed
        and (not slash or (bool(head) and set(head) <= allowed))
        and len(item_id) < 140
    )


def _locate(text: str, place: Place, value: str, start: int) -> tuple[int, int]:
    """Line and column (from 1) of the character of a value at `start`, in the way it was written."""
    at = _written(text, place, value)[min(start, len(value))]
    starts = _line_starts(text)
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in _NEWLINE.finditer(text)))


@lru_cache(maxsize=256)
def _written(text: str, place: Place, value: str) -> tuple[int, ...]:
    """Follow a value's characters through the way they were written: the offset of each, and of the end."""
    if place.style in ("'", '"'):
        return _quoted(text, place, value)
    at = text.find("\n", place.start) + 1 if place.style in ("|", ">") else place.start
    offsets: list[int] = []
    for run in _RUN.finditer(value):
        if run["rest"]:
            offsets += [min(at + n, place.end) for n in range(len(run["rest"]))]
            break
        start = _RUN_START.match(text, at, place.end).end()  # type: ignore[union-attr]  # it matches nothing, too
        # White space lies between two words, however much of it folding took away.
        offsets += [min(at + n, start) for n in range(len(run[1]))]
        offsets += range(start, start + len(run[2]))
        at = start + len(run[2])
    return (*offsets, at)


_RUN = re.compile(r"(\s*)(\S+)|(?P<rest>\s+)")
_RUN_START = re.compile(r"\s*")
_NEWLINE = re.compile("\n")


_FOLD = re.compile(r"[ \t]*(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*[ \t]*")
_CONTINUED = re.compile(r"\\(?:\r\n?|\n)[ \t]*")
_WIDTHS = {"x": 4, "u": 6, "U": 10}


def _quoted(text: str, place: Place, value: str) -> tuple[int, ...]:
    """The same for a value in quotes, where a character may be written as an escape, and lines are folded."""
    at, end = place.start + 1, place.end - 1
    offsets: list[int] = []
    while at < end and len(offsets) < len(value):
        if place.style == '"' and (gone := _CONTINUED.match(text, at, end)):
            at = gone.end()
        elif fold := _FOLD.match(text, at, end):
            breaks = len(re.findall(r"\r\n?|\n", fold.group()))
            offsets += [at] * max(breaks - 1, 1)
            at = fold.end()
        else:
            offsets.append(at)
            at += _width(text, place, at, value[len(offsets) - 1])
    return (*offsets, *[end] * (len(value) - len(offsets)), at)


def _width(text: str, place: Place, at: int, char: str) -> int:
    """How many characters stand for one of the value."""
    if place.style == "'":
        return 2 if text[at : at + 2] == "''" else 1
    if text[at] != "\\":
        return 1
    width = _WIDTHS.get(text[at + 1 : at + 2], 2)
    # A character beyond the first plane may be written as two escapes.
    return 2 * width if width == 6 and ord(char) > 0xFFFF else width
