"""Words that tell of harms and of deaths, English and German, as sources write them."""

from __future__ import annotations

import re

from pipeline.language.late import late
from pipeline.language.noun import Keep
from pipeline.language.terms import Terms, either
from pipeline.language.terms import terms as shipped_terms


def harms(*senses: str, terms: Terms | None = None, keep: Keep = tuple) -> str:
    """Write the harms of some senses, as far as `keep` keeps them, as one pattern of small letters, in brackets.

    `harms.yml` says what a sense is.
    """
    terms = terms or shipped_terms()
    spelled = (each for harm in terms.harms if harm.sense in senses for each in harm.spellings)
    return f"(?:{either(keep(each.replace('{cancer}', cancer(terms=terms)) for each in spelled))})"


def cancer(keep: Keep = tuple, terms: Terms | None = None) -> str:
    """Write the words for cancer as one pattern, in brackets."""
    return f"(?:{either(keep((terms or shipped_terms()).cancer_words))})"


def tells_harm(text: str) -> bool:
    """Whether a text tells of a harm; of a disease that may be treated, as lymphoma, only where it came up anew."""
    return _HARM.search(text.lower()) is not None  # small letters are matched three times faster


_HARM = late(lambda: rf"\b{harms('named', 'death', 'cancer', 'general', 'relapse', 'course')}\b")

DIED = late(lambda: rf"\b(?:{harms('death')}|killed)\b", re.IGNORECASE)
"""A death that was seen."""
