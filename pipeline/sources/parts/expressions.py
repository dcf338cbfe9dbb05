"""What the registry is asked for: wide on purpose, triage narrows it.

Therapies, conditions and product codes follow the search set measured in 2026 on 315 autoimmune CAR trials.
Words in, one Essie expression out (clinicaltrials.gov/find-studies/constructing-complex-search-queries).
"""

from __future__ import annotations

from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Join words into one expression; phrases and words with signs are quoted, quotes inside are dropped."""
    cleaned = (" ".join(word.replace('"', " ").split()) for word in words)
    return " OR ".join(dict.fromkeys(w if w.isalnum() else f'"{w}"' for w in cleaned if w))
