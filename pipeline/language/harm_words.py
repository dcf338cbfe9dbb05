"""Words that tell of harms and of deaths, English and German, as sources write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.language.late import late
from pipeline.language.noun import Keep, letters
from pipeline.language.terms import Terms, either
from pipeline.language.terms import terms as shipped_terms


def harms(*senses: str, terms: Terms | None = None, keep: Keep = tuple) -> str:
    """Write the harms of some senses, as far as `keep` keeps them, as one pattern of small letters, in brackets.

    `harms.yml` says what a sense is.
    """
    return f"(?:{either(keep(_spelled(senses, terms or shipped_terms())))})"


def _spelled(senses: Iterable[str], terms: Terms) -> Iterator[str]:
    spelled = (each for harm in terms.harms if harm.sense in senses for each in harm.spellings)
    return (each.replace("{cancer}", cancer(terms=terms)) for each in spelled)


def cancer(keep: Keep = tuple, terms: Terms | None = None) -> str:
    """Write the words for cancer as one pattern, in brackets."""
    return f"(?:{either(keep((terms or shipped_terms()).cancer_words))})"


def tells_harm(text: str) -> bool:
    """Whether a text tells of a harm; of a disease that may be treated, as lymphoma, only where it came up anew."""
    small = text.lower()  # small letters are matched three times faster
    return any(map(small.__contains__, _harm_letters())) and HARM.search(small) is not None


@cache
def _harm_letters() -> frozenset[str]:
    return frozenset().union(*map(letters, _spelled(_ANY_HARM, shipped_terms())))


_ANY_HARM = ("named", "death", "cancer", "general", "relapse", "course")
HARM = late(lambda: rf"\b{harms(*_ANY_HARM)}\b")
"""A harm of any sense that people may have had, in small letters."""

DIED = late(lambda: rf"\b(?:{harms('death')}|killed)\b", re.IGNORECASE)
"""A death that was seen."""
