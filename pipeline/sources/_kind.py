"""What every kind of source is: a name, a sentence, its own fields, and two pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.model.registries import Registry
from pipeline.model.source import Page, Request, Source, Window


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of source.

    `first` says what to ask; `read` reads one answer and raises SourceError, and nothing else, for what it
    can't read. `options` is a frozen dataclass whose fields are those the kind allows in `sources.yml`
    beside the common ones; None where there are none.
    """

    name: str
    what: str
    options: type | None
    first: Callable[[Source, Window], tuple[Request, ...]]
    read: Callable[[Source, Request, bytes, Mapping[str, str], Window], Page]
    lookup: Callable[[Source, str], Request | None] | None = None
    """What to ask for one thing an editor names: a DOI, a PubMed number, a study's; None for what it can't ask."""
    usual: Source | None = None
    """Where a thing is looked up when `sources.yml` lists no source of the kind."""
    registry: Registry | None = None
    """What numbers, pages and lists the kind's registry of studies has; all else is made from that."""
    windowed: bool = False
    """Whether the kind asks for the window itself, so that all it yields lies inside, whatever its dates."""
