"""Which way languages are written."""

from __future__ import annotations

from pipeline.language.catalog import base

_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


def direction(language: str) -> str:
    """Which way the language runs: `rtl` or `ltr`."""
    return "rtl" if base(language) in _RTL else "ltr"
