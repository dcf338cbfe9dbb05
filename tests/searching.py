"""Newsrooms with search, for tests; they need Pagefind, which is not made for every machine."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest
from newsrooms import Room


def need_pagefind() -> None:
    """Skip the test that asks where there is no Pagefind; CI must have it."""
    if not find_spec("pagefind_bin"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Pagefind here; the extra `search` brings it")


def with_search(room: Room) -> Room:
    """Make the index of a newsroom's archive."""
    need_pagefind()
    said = room.hope("site", "--search")
    assert (said.code, "search index was made" in said.out) == (0, True), said.text
    return room
