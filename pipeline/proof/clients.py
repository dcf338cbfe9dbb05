"""C, what needs logic: CSS and HTML that mail programs don't know, by the data of caniemail.com."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.errors import Fault
from pipeline.language.shipped import shipped, texts, word_list
from pipeline.proof.finished import Finished, Html

_KNOWN = word_list("pipeline.proof", "clients.yml", "properties")
_IN_BLOCKS = {
    "css-at-media": r"@media",
    "css-at-media-prefers-color-scheme": r"prefers-color-scheme",
    "css-important": r"!\s*important",
    "css-pseudo-class-hover": r":hover",
    "css-selector-attribute": r"\[[\w-]+[\]~|=^$*]",
}


def c1(mail: Finished) -> Iterator[Fault]:
    """Look for CSS properties that nobody has reviewed."""
    for page, element, each in mail.declared():
        if each.name not in _KNOWN:
            yield page.fault(element, f"“{each.name}” is not on the list of reviewed properties")


def c2(mail: Finished) -> Iterator[Fault | str]:
    """Look up each feature once, where it is first used."""
    lacking, degrades = _lacking(), shipped("pipeline.proof", "clients.yml")["degrades"]
    assert isinstance(degrades, dict)
    used: dict[str, tuple[Html, Any]] = {}
    for page, element, feature in _used(mail):
        used.setdefault(feature, (page, element))
    met = sorted(feature for feature in used if lacking.get(feature))
    for feature in met:
        if feature not in degrades:
            page, element = used[feature]
            yield page.fault(element, f"{feature} is lacking in {lacking[feature]}")
    score = f"{len(used)} features, {len(used) - len(met)} of them known to all. "
    yield score + " ".join(f"{feature}: {degrades[feature]}" for feature in met if feature in degrades)


def _used(mail: Finished) -> Iterator[tuple[Html, Any, str]]:
    for page, element, each in mail.declared():
        parts = each.name.split("-")
        names = ("css-" + "-".join(parts[:n]) for n in range(len(parts), 0, -1))
        yield page, element, next((name for name in names if name in _lacking()), f"css-{each.name}")
    for page in mail.pages:
        for element in page.all("*"):
            features = (f"html-{name}" for name in (element.tag, *element.attrib))
            yield from ((page, element, feature) for feature in features if feature in _lacking())
        for block in page.all("style"):
            yield from ((page, block, name) for name, each in _IN_BLOCKS.items() if re.search(each, block.text or ""))


@cache
def _lacking() -> dict[str, str]:
    """Say of each feature which programs lack it, in part or whole; empty for one that all have."""
    found = shipped("pipeline.proof", "support.yml").items()
    return {name: " ".join(texts(who)).replace("nobody", "") for name, who in found}
