"""What indexes say happened to a paper, in the order of what matters most."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.integrity import Integrity


def gravest_first(said: Iterable[str]) -> tuple[str, ...]:
    """Order what is said by what matters most to a reader, each once; behind it, PubMed's names of retractions.

    Whoever weighs an entry knows a withdrawn paper by PubMed's names, whichever index tells of it.
    """
    found = set(said)
    return (*(each for each in Integrity if each in found), *(name for each, name in _NAMES.items() if each in found))


_NAMES = {Integrity.RETRACTED: "retracted publication", Integrity.RETRACTION_NOTICE: "retraction notice"}
