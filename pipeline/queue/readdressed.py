"""What the file of corrections says of addresses, `moved` and `taken_down`, held to the pages that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.errors import InputError
from pipeline.model.address import Readdressed, path_of, tidy
from pipeline.text import nearest
from pipeline.yamltext import Document, Path


def hold(known: Readdressed, document: Document, pages: Collection[str], published: Collection[str]) -> None:
    """Hold all entries to the pages of the archive and to what was published; raises InputError with every fault."""
    faults = [
        document.fault(path, message, hint)
        for of_list in (_moved(known, pages), _taken_down(known, pages), _doubled(known), _unknown(known, published))
        for path, message, hint in of_list
    ]
    if faults:
        raise InputError(faults)


_Found = Iterator[tuple[Path, str, str]]


def _moved(known: Readdressed, pages: Collection[str]) -> _Found:
    gone = {path_of(t.address) for t in known.taken_down}
    leads_on = {path_of(m.old): tidy(m.new) for m in known.moved}
    for n, each in enumerate(known.moved):
        old, new = path_of(each.old), path_of(each.new)
        yield from _why(("moved", n, "why"), each.why)
        if tidy(each.old) == tidy(each.new):
            yield ("moved", n, "new"), f"“{each.new}” leads to itself", "Name the page that it stands at now."
        elif "#" not in each.old and old in pages:
            yield ("moved", n, "old"), f"there is a page at “{each.old}”, so nothing can lead on from it", _STILL
        elif new in leads_on and "#" not in each.old:
            hint = f"Lead straight on to {leads_on[new]}."
            yield ("moved", n, "new"), f"“{each.new}” moved itself, and one move must not lead to another", hint
        elif new in gone:
            yield (
                ("moved", n, "new"),
                f"“{each.new}” was taken down",
                "Then this one was taken down, too: say so there.",
            )
        elif new not in pages:
            hint = nearest(tidy(each.new), sorted(_shown(pages)))
            yield ("moved", n, "new"), f"there is no page at “{each.new}”", hint


def _taken_down(known: Readdressed, pages: Collection[str]) -> _Found:
    for n, each in enumerate(known.taken_down):
        yield from _why(("taken_down", n, "why"), each.why)
        if "#" not in each.address and path_of(each.address) in pages:
            yield ("taken_down", n, "address"), f"the page at “{each.address}” is still printed", _STILL


def _doubled(known: Readdressed) -> _Found:
    met: set[str] = set()
    for path, address in _entries(known):
        if tidy(address) in met:
            yield path, f"“{address}” is here twice", "Keep the entry that is right."
        met.add(tidy(address))


def _unknown(known: Readdressed, published: Collection[str]) -> _Found:
    """Entries for what was never published, where it is known what was: they are mistyped."""
    for path, address in _entries(known) if published else ():
        if tidy(address) not in published:
            yield path, f"“{address}” was never published", nearest(tidy(address), sorted(published))


def _entries(known: Readdressed) -> Iterator[tuple[Path, str]]:
    yield from ((("moved", n, "old"), each.old) for n, each in enumerate(known.moved))
    yield from ((("taken_down", n, "address"), each.address) for n, each in enumerate(known.taken_down))


def _why(path: Path, why: str) -> _Found:
    if not why.strip():
        yield path, "readers are owed a reason", "Say in a sentence why."


def _shown(pages: Collection[str]) -> set[str]:
    return {path.removesuffix("index.html") for path in pages if path.endswith(".html")} - {""}


_STILL = "Put its item on hold and build that issue --again, or leave this entry out."
