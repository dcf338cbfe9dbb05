"""What an item shows of its source's text: background may go, results stay; the whole is kept in `texts.json`."""

from __future__ import annotations

import re

from pipeline.language.late import late
from pipeline.language.phrase_list import pack
from pipeline.language.sentences import as_written
from pipeline.text import clip

_RESULTS = pack(__name__).late(r"^\W*<results>\s?[:.-]", re.IGNORECASE)
_LABEL = late(r"^[A-ZÄÖÜ][\w/&,() -]{2,50}: ")


def excerpt_of(text: str, limit: int) -> str:
    """Shorten a text to about `limit` characters: a labelled abstract loses what stands before its results first.

    Results and what follows them stay whole, even where they alone are longer. A text without such a label is cut at
    its end, as news says the most important thing first.
    """
    if len(text) <= limit:
        return text
    parts = as_written(text)
    results = next((i for i, part in enumerate(parts) if _RESULTS.match(part)), None)
    if results is None:
        return clip(text, limit)
    starts = [i for i in range(1, results) if _LABEL.match(parts[i])]
    fitting = (i for i in (*starts, results) if len(" ".join(parts[i:])) + 2 <= limit)
    return "… " + " ".join(parts[next(fitting, results) :])
