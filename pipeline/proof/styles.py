"""CSS as rules, and how each element of a page looks by it: colours, sizes and what hides it, inherited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from cssselect import SelectorError, parse
from lxml.cssselect import CSSSelector

from pipeline.theme.colour import parse_colour

_DECLARATION = re.compile(r"(?:[^;\"'(]|\"[^\"]*\"|'[^']*'|\([^)]*\))+")
_NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "blue": "#0000ff", "gray": "#808080"}
_SIZES = {"px": 1.0, "pt": 4 / 3, "": 1.0}
_HEADINGS = {"h1": 32.0, "h2": 24.0, "h3": 18.72, "h4": 16.0, "h5": 13.28, "h6": 10.72}
_LOOKS = ("color", "background", "font", "line-height", "text-decoration")

WIDE, NARROW = 700, 320
"""Pixels of a window on a desk, and of the narrowest phone."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property and its value, as `padding` and `0 4px`, in small letters."""

    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class CssRule:
    """A rule of a style sheet: the media or at-rule around it, its selectors, its declarations."""

    media: str
    selectors: str
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How an element looks: colours as `#rrggbb` (None for one that can't be read), sizes in px, `leading` a factor."""

    colour: str | None = "#000000"
    ground: str | None = "#ffffff"
    size: float = 16.0
    leading: float | None = None
    align: str = ""
    underlined: bool = False
    shown: bool = True


@lru_cache(maxsize=1_000)  # the elements of a mail share their styles
def declarations(css: str) -> tuple[Declaration, ...]:
    """Read what stands in a `style` attribute or between two braces."""
    parts = (each.partition(":") for each in _DECLARATION.findall(css))
    pairs = ((name.strip().lower(), value.strip().lower()) for name, _, value in parts if name.strip())
    return tuple(
        Declaration(name, re.sub(r"\s*!\s*important$", "", value), value.endswith("important")) for name, value in pairs
    )


def rules(css: str, media: str = "") -> Iterator[CssRule]:
    """Read a style sheet's rules, those within `@media` too."""
    css = re.sub(r"/\*.*?\*/|<!--|-->", "", css, flags=re.DOTALL)
    at = 0
    while (start := css.find("{", at)) >= 0:
        depth, end = 1, start + 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        head, body, at = css[at:start].rpartition(";")[2].strip(), css[start + 1 : end - 1], end
        if head.startswith("@media"):
            yield from rules(body, head)
        else:
            yield CssRule(media or (head if head.startswith("@") else ""), head, declarations(body))


def styles(root: Any, *, dark: bool, width: int = WIDE) -> Mapping[Any, Style]:
    """Say how each element looks in a window of some width, on a light ground or a dark one."""
    own: dict[Any, list[tuple[tuple[object, ...], Declaration]]] = {}
    for order, (rule, selector) in enumerate(_applied(root, dark=dark, width=width)):
        for element in _matched(root, selector):
            weight = _specificity(selector)
            own.setdefault(element, []).extend(((d.important, 0, weight, order), d) for d in rule.declarations)
    found: dict[Any, Style] = {}
    for element in root.iter("*"):
        given = [*own.get(element, ()), *(((d.important, 1, (), 0), d) for d in declarations(element.get("style", "")))]
        values = {"background-color": element.get("bgcolor", ""), "text-align": element.get("align", "")}
        values |= {d.name: d.value for _, d in sorted(given, key=lambda each: each[0])}
        found[element] = _styled(element, values, found.get(element.getparent(), Style()))
    return found


def changes_with_width(root: Any) -> bool:
    """Whether words may look otherwise in a narrow window, where what is moved or padded is left aside."""
    found = (rule for block in root.iter("style") for rule in rules(block.text or "") if "width" in rule.media)
    return any(each.name.startswith(_LOOKS) for rule in found for each in rule.declarations)


def _applied(root: Any, *, dark: bool, width: int) -> Iterator[tuple[CssRule, str]]:
    for block in root.iter("style"):
        for rule in rules(block.text or ""):
            if not rule.media or _holds(rule.media, dark=dark, width=width):
                for selector in rule.selectors.split(","):
                    yield rule, selector.strip()


def _holds(media: str, *, dark: bool, width: int) -> bool:
    """Whether a program obeys what stands within `@media`: for one that is not known it doesn't."""
    scheme = "dark" if dark else "light"
    for query in media.removeprefix("@media").lower().split(","):
        asked = re.findall(r"\(\s*([\w-]+)\s*:\s*([^)]+?)\s*\)", query)
        kinds = set(re.sub(r"\([^)]*\)", " ", query).split()) - {"only", "screen", "all", "and"}
        if not kinds and all(
            value == scheme if name == "prefers-color-scheme" else _wide_enough(name, value, width)
            for name, value in asked
        ):
            return True
    return False


def _wide_enough(name: str, value: str, width: int) -> bool:
    pixels = _size(value, "", 16.0)
    return width <= pixels if name.endswith("max-width") else width >= pixels if name.endswith("min-width") else False


def _matched(root: Any, selector: str) -> list[Any]:
    try:
        return list(CSSSelector(selector, translator="html")(root))
    except SelectorError:  # a browser, too, passes over what it doesn't know
        return []


def _specificity(selector: str) -> tuple[int, ...]:
    return parse(selector)[0].specificity()


def _styled(element: Any, values: Mapping[str, str], above: Style) -> Style:
    colour = values.get("color", "#0000ee" if element.tag == "a" and element.get("href") else "inherit")
    ground = values.get("background-color") or values.get("background") or "transparent"
    size = _size(values.get("font-size", ""), element.tag, above.size)
    leading = _leading(values.get("line-height", ""), size, above)
    line = values.get("text-decoration", values.get("text-decoration-line", ""))
    hidden = (
        values.get("display") == "none" or values.get("visibility") == "hidden" or element.get("hidden") is not None
    )
    return Style(
        colour=above.colour if colour == "inherit" else hexed(colour),
        ground=above.ground if ground in {"inherit", "transparent", "none"} else hexed(ground.split()[0]),
        size=size,
        leading=leading,
        align=values.get("text-align") or above.align,
        underlined=above.underlined if not line and element.tag != "a" else "none" not in (line or "underline"),
        shown=above.shown and not hidden,
    )


def hexed(colour: str) -> str | None:
    """Write a colour as `#rrggbb`; None for one that can't be read."""
    if parts := re.fullmatch(r"rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)", colour):
        return "#" + "".join(f"{min(int(each), 255):02x}" for each in parts.groups())
    return _NAMED.get(colour) or parse_colour(colour)


def _size(value: str, tag: str, above: float) -> float:
    number = re.fullmatch(r"([\d.]+)(px|pt|em|rem|%|)", value)
    if number is None:
        return _HEADINGS.get(tag, above)
    factor = {"em": above, "rem": 16.0, "%": above / 100}.get(number[2]) or _SIZES[number[2]]
    return float(number[1]) * factor


def _leading(value: str, size: float, above: Style) -> float | None:
    number = re.fullmatch(r"([\d.]+)(px|pt|em|%|)", value)
    if number is None:
        return above.leading
    return float(number[1]) / {"%": 100, "px": size, "pt": size * 0.75}.get(number[2], 1)


def inverted(style: Style) -> Style:
    """Turn both colours round, as programs do that force a dark ground on every mail."""

    def turned(colour: str | None) -> str | None:
        return colour and "#" + "".join(f"{255 - int(colour[i : i + 2], 16):02x}" for i in (1, 3, 5))

    return replace(style, colour=turned(style.colour), ground=turned(style.ground))
