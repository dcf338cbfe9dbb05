"""Colours as `#rrggbb`: how well one is read on another, and the nearest shade that is."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

READABLE = 4.5
"""WCAG 2.2, 1.4.3: contrast of text, level AA."""

_SHORT = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])")
_LONG = re.compile(r"#?([0-9a-f]{6})")


def parse_colour(text: str) -> str | None:
    """Read three or six hexadecimal digits as `#rrggbb`; anything else is None."""
    text = text.strip().lower()
    if short := _SHORT.fullmatch(text):
        return f"#{''.join(each * 2 for each in short.groups())}"
    return f"#{long[1]}" if (long := _LONG.fullmatch(text)) else None


def contrast(one: str, other: str) -> float:
    """Measure the contrast ratio of two colours, 1 to 21, after WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=32)
def nearest_shade(colour: str, grounds: tuple[str, ...]) -> str:
    """Return the colour, or the shade of its hue nearest to it in lightness, that can be read on all the grounds."""
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    steps = sorted(range(256), key=lambda step: abs(step / 255 - lightness))
    shades = ("#" + "".join(f"{round(c * 255):02x}" for c in hls_to_rgb(hue, s / 255, saturation)) for s in steps)
    # Black or white can be read on everything of one mode.
    return next(shade for shade in (colour, *shades) if all(contrast(shade, each) >= READABLE for each in grounds))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
