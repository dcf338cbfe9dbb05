"""The file of corrections: text <-> corrections, each in its place, and held to what was printed.

Reading tells all faults of the file at once. `add`, `sign` and `drop` give back a new text that differs from the old
one only in that, comments kept, as with the queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import Fault, InputError
from pipeline.model.address import MovedPage, Readdressed, TakenDownPage, tidy
from pipeline.model.correction import Correction, Reworded, fields_of, reworded, words_in
from pipeline.model.issue import Issue
from pipeline.model.item import Item
from pipeline.model.names import CorrectionKind
from pipeline.model.strict import strict
from pipeline.queue import Signing, layout, semantic
from pipeline.text import nearest
from pipeline.yamltext import Add, Document, Path, Swap, change, moved, parse, read

NAME = "outbox/corrections.yml"
_FORMAT = 1
_LIST = ("corrections",)


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionList:
    """What the file holds."""

    format: int
    corrections: tuple[Correction, ...] = ()
    moved: tuple[MovedPage, ...] = ()
    taken_down: tuple[TakenDownPage, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionsText:
    """A file of corrections that was read without a fault, and where everything stands in it.

    `items` has the item of each as it read before, once the file was held to what was printed; None for one that is
    printed no more. `readdressed` are the pages that moved or were taken down.
    """

    corrections: tuple[Correction, ...]
    document: Document
    items: tuple[Item | None, ...] = ()
    readdressed: Readdressed = Readdressed()

    def index(self, correction: str) -> int | None:
        """Find a correction's place in the list by its id."""
        return next((n for n, each in enumerate(self.corrections) if each.id == correction), None)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a value, or of the nearest thing above it that there is."""
        fault = self.document.fault(path, "")
        return fault.line, fault.column


def read_corrections(text: str | None, name: str = NAME) -> CorrectionsText:
    """Read the file; None stands for an absent one. Raises InputError with every fault, each with line and column."""
    document = parse(layout.CORRECTIONS if text is None else text, name)
    form = document.value.get("format") if isinstance(document.value, dict) else None
    if isinstance(form, str) and form.isdecimal() and int(form) > _FORMAT:
        message = f"format {form} is of a newer version of this program, which knows what this one doesn't"
        raise InputError([document.fault(("format",), message, "Install that version, and go on there.")])
    found = read(document, CorrectionList)
    if not isinstance(document.value, dict):
        hint = "Get it back from your backup; or delete it, if nothing was ever corrected."
        document.faults[:] = [document.fault((), "this holds no corrections", hint)]
    else:
        document.faults.extend(semantic(document, "corrections"))
    if found is None or document.faults:
        raise InputError(document.faults)
    pages = Readdressed(moved=found.moved, taken_down=found.taken_down)
    return CorrectionsText(found.corrections, document, readdressed=pages)


def add(source: CorrectionsText, correction: Correction) -> CorrectionsText:
    """Put a correction at the end."""
    lay = Add(_LIST, (layout.correction(correction),), lambda dash: layout.correction_lines(correction, dash))
    return _changed(change(source.document, [lay]))


def sign(source: CorrectionsText, correction: str, signing: Signing) -> CorrectionsText:
    """Add a sign-off bound to a correction's exact words; one that holds already is not repeated."""
    at = source.index(correction)
    assert at is not None
    each = source.corrections[at]
    if signing.given(each.signed, each.text_hash):
        return source
    element = layout.signature(signing.of(each.text_hash))
    return _changed(change(source.document, [Add((*_LIST, at, "signed"), (element,), layout.one_liners(element))]))


def drop(source: CorrectionsText, correction: str) -> CorrectionsText:
    """Take a correction out, with the comments above it."""
    left = [n for n, each in enumerate(source.corrections) if each.id != correction]
    nothing = Swap(_LIST, (), lambda _dash: ())
    return _changed(moved(source.document, _LIST, left) if left else change(source.document, [nothing]))


def printed(issues: tuple[Issue, ...]) -> dict[str, Item]:
    """Give every item that was printed by its address, issue and last part, oldest issue first."""
    return {f"{issue.key}/{slug}": item for issue in issues for slug, item in issue.addressed()}


def hold(
    source: CorrectionsText, issues: tuple[Issue, ...], published: frozenset[str] = frozenset()
) -> CorrectionsText:
    """Hold the file to what was printed, each correction to the ones before it; raises InputError with every fault.

    What moved, was taken down or is in the list of `published` addresses was printed once: a correction of it stays.
    """
    frozen = {each.id: each for issue in issues for each in issue.corrections}
    items = printed(issues)
    for gone in (each for key, each in frozen.items() if source.index(key) is None):
        items |= {gone.of: reworded(items[gone.of], gone.words)} if gone.of in items else {}
    faults: list[Fault] = []
    read: list[Item | None] = []
    once = source.readdressed.addresses | published
    for n, each in enumerate(source.corrections):
        read.append(items.get(each.of))
        if each.id in frozen and frozen[each.id].says != each.says:
            hint = "Put back what stood here, and correct it by a correction of its own: hope correct."
            faults.append(source.document.fault((*_LIST, n), f"{each.id} was printed, and reads otherwise now", hint))
        faults += _faults(source, n, items) if each.of in items or tidy(each.of) not in once else ()
    if faults:
        raise InputError(faults)
    return replace(source, items=tuple(read))


def _faults(source: CorrectionsText, n: int, items: dict[str, Item]) -> Iterator[Fault]:
    """Say what is wrong with one correction; the item it is about reads as corrected from then on."""
    each, fault = source.corrections[n], source.document.fault
    if not each.note.strip():
        yield fault((*_LIST, n, "note"), "a correction needs a note", "Say in a sentence what was wrong.")
    if each.of not in items:
        hint = nearest(each.of, sorted(items))
        yield fault((*_LIST, n, "of"), f"“{each.of}” was never printed", hint if "one of" not in hint else "")
        return
    if each.kind is CorrectionKind.RETRACTION and each.words:
        yield fault((*_LIST, n, "words"), "what is taken back is not worded anew", "Leave “words” empty.")
    for k, words in enumerate(each.words):
        path = (*_LIST, n, "words", k)
        try:
            if said := _said(items[each.of], words):
                yield fault((*path, said[0]), *said[1:])
                continue
            items[each.of] = reworded(items[each.of], (words,))
        except ValueError as error:
            yield fault((*path, "now"), f"this can't stand in {words.field}: {error}")


def _said(item: Item, words: Reworded) -> tuple[str, str, str] | None:
    """Where new words for a field are at fault, what is wrong, and what to do; None where nothing is."""
    known = fields_of(item)
    if words.field not in known:
        return "field", f"the item has no field “{words.field}”", nearest(words.field, list(known))
    stands = words_in(item, words.field)
    if _flat(stands) != _flat(words.was):
        return "was", f"these are not the words that stood in {words.field}", f"There stood: {stands or 'nothing'}"
    if _flat(stands) == _flat(words.now):
        return "now", f"these are the words that stood in {words.field} before", "Write what is right, or leave it out."
    return None


def _flat(text: str) -> str:
    return " ".join(text.split())


def _changed(document: Document) -> CorrectionsText:
    return read_corrections(document.text, document.name)
