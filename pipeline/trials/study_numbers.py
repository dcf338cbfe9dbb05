"""The numbers a study has in registries, found in what people typed where such numbers belong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.entry import Trial

_SHAPES = (
    re.compile(r"(?<![A-Z0-9])NCT[0-9]{8}(?![0-9])"),
    re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}(?![0-9-])"),  # EU CT number
    re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{6}-[0-9]{2}(?![0-9-])"),  # EudraCT number
    re.compile(r"(?<![A-Z0-9])ISRCTN ?[0-9]{8}(?![0-9])"),
    re.compile(r"(?<![A-Z0-9])DRKS ?[0-9]{8}(?![0-9])"),
    re.compile(r"(?<![A-Z0-9])CHICTR[0-9]{10}(?![0-9])"),
)


def numbers_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Find registry numbers, in capitals and without spaces, each once; anything else (a sponsor's own code) is none."""
    found = (m[0].replace(" ", "") for t in texts for shape in _SHAPES for m in shape.finditer(t.upper()))
    return tuple(dict.fromkeys(found))


def numbers_of(trial: Trial) -> tuple[str, ...]:
    """A study's registry numbers, the one it is kept under first."""
    return tuple(dict.fromkeys((trial.number.upper(), *numbers_in(trial.other_ids))))
