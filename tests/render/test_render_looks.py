"""The newsletter's colour, letters and logo reach every page."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import replace

import pytest
from issues import MASTHEAD, earlier_issue, sample_issue, templates
from pngs import png
from shapes import pixels

from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Heads
from pipeline.render import Current, render
from pipeline.theme import Logo
from pipeline.theme.logo import read_logo

LOGO = Logo(b"\x89PNG", 800, 200)


def _root(path: str) -> str:
    """How a page leads to the site's top; what a host shows at any address has the whole one."""
    return "https://news.example.org/" if path == "404.html" else "../" * path.count("/")


def edition(issue: Issue, logo: Logo | None = None) -> Edition:
    return render(issue, (earlier_issue(),), templates(), current=Current(logo))


def test_the_colour_of_the_settings_is_that_of_pages_light_and_dark() -> None:
    style = edition(sample_issue(masthead=replace(MASTHEAD, accent="#8B0000"))).site["style.css"].decode()
    light, _, dark = style.partition("(prefers-color-scheme: dark)")
    assert "--link: #8b0000;" in light
    assert "--link: #ffa3a3;" in dark
    assert "0b4f9c" not in style


@pytest.mark.parametrize("heads", Heads)
def test_headings_have_the_letters_of_the_settings(heads: Heads) -> None:
    style = edition(sample_issue(masthead=replace(MASTHEAD, heads=heads))).site["style.css"].decode()
    assert ("Georgia" in style) is (heads is Heads.SERIF)
    assert "@font-face" not in style


def test_every_page_shows_the_logo_with_the_newsletters_name() -> None:
    site = edition(sample_issue(), LOGO).site
    assert site["logo.png"] == LOGO.content
    pages = [path for path in site if path.endswith(".html")]
    assert {path.count("/") for path in pages} == {0, 1, 2}
    for path in pages:
        shown = re.findall(r"<img [^>]*>", site[path].decode())
        address = f"{_root(path)}logo.png"
        assert shown == [f'<img src="{address}" width="224" height="56" alt="">'], path


def test_a_draft_brings_its_logo_along_and_without_one_there_is_no_picture() -> None:
    files = edition(replace(sample_issue(), draft=True), LOGO).files
    assert files["web/logo.png"] == LOGO.content
    assert 'src="logo.png"' in files["web/index.html"].decode()
    bare = edition(sample_issue()).site
    assert "logo.png" not in bare
    assert all(b"<img" not in content for path, content in bare.items() if path.endswith(".html"))


def test_a_transparent_logo_is_put_on_white_and_every_opaque_point_stays() -> None:
    points = [bytes((red, green, 200, alpha)) for red in (0, 90, 255) for green in (0, 128) for alpha in (0, 128, 255)]
    rows = b"".join(b"\0" + b"".join(points[at : at + 6]) for at in (0, 6, 12))
    printed = edition(sample_issue(), read_logo(png(6, 3, 6, rows=rows))).site["logo.png"]
    assert (read_logo(printed).width, read_logo(printed).height) == (6, 3)
    drawn = [pixel for row in pixels(printed) for pixel in row]
    expected = [(*(round(c * p[3] / 255 + 255 - p[3]) for c in p[:3]), 255) for p in points]
    assert all(abs(a - b) <= 1 for one, two in zip(drawn, expected, strict=True) for a, b in zip(one, two, strict=True))


def test_an_opaque_logo_is_printed_to_the_byte() -> None:
    assert edition(sample_issue(), read_logo(png(60, 20))).site["logo.png"] == png(60, 20)


def icon_of(site: Mapping[str, bytes]) -> list[list[tuple[int, int, int, int]]]:
    """Read the one picture of an .ico file: its head says how large it is and where it lies."""
    content = site["favicon.ico"]
    assert struct.unpack_from("<3H4B2H2I", content) == (0, 1, 1, 48, 48, 0, 0, 1, 32, len(content) - 22, 22)
    return pixels(content[22:])


def test_the_site_has_an_icon_in_its_colour() -> None:
    red = replace(MASTHEAD, accent="#8b0000")
    drawn = icon_of(edition(sample_issue(masthead=red)).site)
    assert len(drawn) == len(drawn[0]) == 48
    assert {drawn[2][24], drawn[24][24]} == {(0x8B, 0, 0, 255)}
    assert drawn[15][15] == drawn[15][33] == drawn[33][15] == (255, 255, 255, 255)
    assert drawn[0][0][3] == 0, "its corners are round"


def test_a_logo_that_is_about_square_is_the_icon_and_a_wide_one_is_not() -> None:
    grey = (0x7F, 0x7F, 0x7F, 255)
    assert icon_of(edition(sample_issue(), read_logo(png(60, 60))).site)[24][24] == grey
    assert icon_of(edition(sample_issue(), read_logo(png(60, 20))).site)[24][24] != grey


def test_every_page_names_the_icon_and_brings_it_along() -> None:
    site, draft = edition(sample_issue()).site, edition(replace(sample_issue(), draft=True)).files
    for path, content in {**site, **draft}.items():
        if path.endswith(".html") and path.removeprefix("web/") != "email.html":
            root = _root(path.removeprefix("web/"))
            assert f'<link rel="icon" href="{root}favicon.ico">' in content.decode(), path
    assert draft["web/favicon.ico"] == site["favicon.ico"]
