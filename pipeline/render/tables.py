"""The sentences of ours that stand in tables of the code, and that readers may meet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.terms import terms
from pipeline.model.evidence import FLAG_SENTENCES, LABELS, SENTENCES, SHORT, SHORT_FLAGS
from pipeline.trials.change_types import CHANGE_TYPES


def table_sentences() -> Iterator[str]:
    """Give the words of the ladder, those that go with a change of a trial, and what diseases are called."""
    for table in (LABELS, SENTENCES, SHORT, FLAG_SENTENCES, SHORT_FLAGS):
        yield from filter(None, table.values())
    for each in CHANGE_TYPES:
        yield from filter(None, (each.caveat, each.short))
    yield from terms().conditions
