"""How a newsletter looks: one colour, the fonts of its headings, a logo; and whether the colour can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from pipeline.language.shipped import shipped
from pipeline.model.names import Heads
from pipeline.theme.colour import READABLE, contrast, nearest_shade, parse_colour
from pipeline.theme.logo import Logo

__all__ = ["HOUSE", "Logo", "Theme", "accent_fault"]

HOUSE = "#0b4f9c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What templates need: the accent on light and dark grounds, the fonts of headings, and the logo if there is one.

    On the web the logo lies at `logo.png`, beside `style.css`.
    """

    accent: str
    dark: str
    heads: str
    logo: Logo | None = None

    @classmethod
    def of(cls, accent: str, heads: Heads, logo: Logo | None = None) -> Theme:
        """Make the theme of settings, the frozen ones of an old issue too.

        What can't be read in those was printed in the house's colour, before settings were held to it: so it stays.
        """
        light = accent.strip().lower()
        light = light if parse_colour(light) == light and contrast(light, "#ffffff") >= READABLE else HOUSE
        dark = nearest_shade(light, tuple(_table("dark").values()))
        return cls(accent=light, dark=dark, heads=_table("heads")[heads], logo=logo)


def accent_fault(written: str) -> tuple[str, str] | None:
    """Say what is wrong with an accent colour, and what to write; None when nothing is."""
    colour = _table("names").get(written.strip().lower()) or parse_colour(written)
    if colour is None:
        return f"“{written}” is not a colour", f'Write “#” and six digits from 0 to f, in quotes: "{HOUSE}"'
    grounds = _table("light")
    shade = nearest_shade(colour, tuple(grounds.values()))
    if shade != colour:
        ground, on = next(each for each in grounds.items() if contrast(colour, each[1]) < READABLE)
        ratio = int(contrast(colour, on) * 100) / 100  # rounded down: 4.499 is not 4.5
        message = (
            f"“{written}” can't be read on {ground} ({on}): its contrast is {ratio:.2f}, and text needs {READABLE}"
        )
        return message, f'The nearest shade that can be read everywhere is "{shade}".'
    if written.strip().lower() != colour:
        return f"“{written}” is not written as a colour that every mail program reads", f'Write "{colour}".'
    return None


@cache
def _table(name: str) -> dict[str, str]:
    return cast("dict[str, str]", shipped("pipeline.theme", "theme.yml")[name])
