"""A finished mail as mail programs show it: its colours, its pictures, the size of its text. A page in, a page out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.theme.colour import darkened, parse_colour

_CODE = re.compile(r"<style\b[^>]*>.*?</style>|<[a-z][^<>]*>", re.DOTALL | re.IGNORECASE)
_CSS = re.compile(r"^<style\b.*|(?<=\s)(?:style|bgcolor|color)=(?:\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![\w-])", re.IGNORECASE)
_SIZE = re.compile(r"(?<=font-size:)(\s*)([\d.]+)(?=px|pt)", re.IGNORECASE)
_WANTED = re.compile(r"prefers-color-scheme\s*:\s*(dark|light)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<=\s)(src|href)=\"([^\"]*)\"", re.IGNORECASE)
_ALWAYS, _NEVER = "min-width: 0px", "max-width: 0px"


class Scheme(StrEnum):
    """Which colours a program gives a mail: its own light or dark ones, or the light ones forced to be dark."""

    LIGHT = "light"
    DARK = "dark"
    FORCED = "forced"


@dataclass(frozen=True, slots=True)
class View:
    """One way of showing a mail; `twice` is text at 200 %."""

    scheme: Scheme = Scheme.LIGHT
    pictures: bool = True
    twice: bool = False


def simulate(html: str, view: View, local: Callable[[str], str]) -> str:
    """Make a mail look as in a view; `local` says where what an address names is to be had on this machine.

    Links open in a window of their own. Forced colours are a simulation; text grows where its size is in px or pt.
    """
    page = _CODE.sub(lambda code: _shown(code[0], view, local), html)
    scheme = "light" if view.scheme is Scheme.LIGHT else "dark"
    size = " font-size: 200%;" if view.twice else ""
    head = f'<base target="_blank"><style>:root {{ color-scheme: {scheme} !important;{size} }}</style>'
    before, end, after = page.partition("</head>")
    return f"{before}{head}{end}{after}" if end else head + page


def _shown(code: str, view: View, local: Callable[[str], str]) -> str:
    if re.match(r"<(?:a|img)\b", code, re.IGNORECASE):
        code = _ADDRESS.sub(lambda at: f'{at[1]}="{_to(at[1].lower(), at[2], view, local)}"', code)
    return _CSS.sub(lambda css: _styled(css[0], view), code)


def _to(name: str, address: str, view: View, local: Callable[[str], str]) -> str:
    return "" if name == "src" and not view.pictures else local(address)


def _styled(css: str, view: View) -> str:
    wanted = "dark" if view.scheme is Scheme.DARK else "light"
    css = _WANTED.sub(lambda query: _ALWAYS if query[1].lower() == wanted else _NEVER, css)
    if view.scheme is Scheme.FORCED:
        css = _COLOUR.sub(lambda found: darkened(parse_colour(found[0]) or "#000000"), css)
    return _SIZE.sub(lambda size: f"{size[1]}{float(size[2]) * 2:g}", css) if view.twice else css
