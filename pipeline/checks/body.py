"""The words of an item that are read as running text: all but the headline, in the order a reader meets them."""

from __future__ import annotations

from pipeline.model.item import WORDS, Item
from pipeline.model.settings import Config

BODY = tuple(name for name in WORDS if name != "headline")


def texts(item: Item, names: tuple[str, ...] = BODY) -> tuple[tuple[str, str], ...]:
    """Pair each field that has words with its words."""
    return tuple((name, words) for name in names if (words := getattr(item, name) or "").strip())


def english(config: Config) -> bool:
    """Whether the newsletter is written in English: grades and plain words are made for it alone."""
    return config.newsletter.language.lower().split("-")[0] == "en"
