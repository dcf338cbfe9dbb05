"""The accent colour, when it can be read on white; else the house's own."""

from __future__ import annotations

import re

HOUSE = "#0b4f9c"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text, level AA


def accent(wanted: str) -> str:
    """Return the colour as `#rrggbb` when text in it is readable on white, else the house colour."""
    wanted = wanted.strip()
    return wanted.lower() if _HEX.fullmatch(wanted) and contrast(wanted, "#ffffff") >= _READABLE else HOUSE


def contrast(one: str, other: str) -> float:
    """Measure the contrast ratio of two `#rrggbb` colours, 1 to 21, after WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
