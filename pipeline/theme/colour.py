"""Colours as `#rrggbb`: how well one is read on another, and the nearest shade that is."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

READABLE = 4.5
"""WCAG 2.2, 1.4.3: contrast of text, level AA."""

_DARKEST = 21.247
"""How light white is on a forced dark ground: as #333333."""

_TO_XYZ = ((0.43389, 0.37622, 0.18989), (0.21264, 0.71517, 0.07219), (0.01775, 0.10945, 0.8728))
_FROM_XYZ = ((3.0804, -1.53738, -0.54302), (-0.92122, 1.87597, 0.04526), (0.05287, -0.20398, 1.1511))
"""sRGB's channels as parts of D65's white, and back (IEC 61966-2-1)."""

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
    shades = (_hex(hls_to_rgb(hue, step / 255, saturation)) for step in steps)
    # Black or white can be read on everything of one mode.
    return next(shade for shade in (colour, *shades) if all(contrast(shade, each) >= READABLE for each in grounds))


def darkened(colour: str) -> str:
    """Turn a colour's lightness round, as programs do that force a dark ground on a mail; white becomes #333333.

    Most keep their way to themselves. This is that of Microsoft's editor for Outlook on the web (RoosterJS,
    `getDarkColor`), in CIELAB (1976, white point D65).
    """
    lightness, green_red, blue_yellow = _lab(colour)
    turned = (100 - lightness) * (1 - _DARKEST / 100) + _DARKEST
    return _of_lab(turned, green_red, blue_yellow)


def _lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    x, y, z = (sum(f * c for f, c in zip(row, (red, green, blue), strict=True)) for row in _TO_XYZ)
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _of_lab(lightness: float, green_red: float, blue_yellow: float) -> str:
    y = (lightness + 16) / 116
    xyz = (v**3 if v > 0.206893 else (v - 16 / 116) / 7.787 for v in (y + green_red / 500, y, y - blue_yellow / 200))
    found = tuple(xyz)
    linear = (sum(f * c for f, c in zip(row, found, strict=True)) for row in _FROM_XYZ)
    red, green, blue = (min(1.0, max(0.0, _curved(channel))) for channel in linear)
    return _hex((red, green, blue))


def _curved(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
