"""What is drawn is what is counted, also on paper and on a grey or dark screen: pixels are looked at, not rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from issues import item, sample_issue, templates
from PIL import ImageOps
from shapes import Pixel, figures, pixels, rows_of

from pipeline.model.item import Fact
from pipeline.model.names import Section, Shows
from pipeline.render import render

pytestmark = pytest.mark.browser

COUNTS = [(0, 12), (12, 12), (1, 1), (7, 12), (24, 100)]
SCHEMES = ["light", "dark"]
ONLY = """kind => document.querySelectorAll('body *').forEach(
  each => each.style.visibility = each.closest(`figure.icons svg.${kind}`) ? 'visible' : 'hidden')"""
"""Hides all but one picture where it stands, so that nothing else is counted."""


def colour(one: Pixel, other: Pixel) -> float:
    """How much two pixels differ to an eye that sees colours."""
    return max(abs(a - b) for a, b in zip(one[:3], other[:3], strict=True))


def grey(one: Pixel, other: Pixel) -> float:
    """How much they differ on a grey screen (ITU-R BT.601)."""
    return abs(sum(w * (a - b) for w, a, b in zip((0.299, 0.587, 0.114), one[:3], other[:3], strict=True)))


def black(one: Pixel, other: Pixel) -> float:
    """How much they differ to a printer that knows black and white, and nothing between."""
    white, black = (255, 255, 255, 255), 128
    return 255.0 * ((grey(one, white) > black) != (grey(other, white) > black))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an item for each count, which its benefits and its harms have."""
    top = tmp_path_factory.mktemp("site")
    stories = tuple(
        replace(
            item(f"of-{some}-{total}", Section.RESEARCH),
            facts=tuple(Fact(value=f"{some} of {total}", shows=each, says="had it") for each in Shows),
        )
        for some, total in COUNTS
    )
    for path, content in render(sample_issue(stories=stories), (), templates()).site.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(content)
    return top


@pytest.fixture(params=SCHEMES)
def page(engine: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    opened = engine.new_page(color_scheme=request.param, device_scale_factor=2)
    yield opened
    opened.close()


def on_paper(page: Any) -> list[list[Pixel]]:
    """What stands on the first side that has anything on it, in pixels."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as document:
        for side in document:
            image = side.render(scale=3).to_pil()
            if box := ImageOps.invert(image.convert("L")).getbbox():
                return rows_of(ImageOps.expand(image.crop(box), 4, "white"))
    return []


@pytest.mark.parametrize(("some", "total"), COUNTS)
def test_acceptance_02_the_drawn_count_is_the_count(page: Any, site: Path, some: int, total: int) -> None:
    page.goto(f"file://{site}/2026-12/of-{some}-{total}/index.html")
    for kind in Shows:
        page.evaluate(ONLY, kind.value)
        for place in (pixels(page.locator(f"svg.{kind.value}").screenshot()), on_paper(page)):
            assert [figures(place, differ) for differ in (colour, grey)] == [(some, total - some)] * 2


@pytest.mark.parametrize(("some", "total"), COUNTS)
def test_acceptance_15_a_black_and_white_printer_shows_who_is_counted(
    page: Any, site: Path, some: int, total: int
) -> None:
    page.goto(f"file://{site}/2026-12/of-{some}-{total}/index.html")
    for kind in Shows:
        page.evaluate(ONLY, kind.value)
        assert figures(on_paper(page), black) == (some, total - some)


@pytest.mark.parametrize("differ", [colour, grey, black])
@pytest.mark.parametrize(("some", "total"), COUNTS)
def test_acceptance_02_the_mails_pictures_count_alike(
    site: Path, some: int, total: int, differ: Callable[[Pixel, Pixel], float]
) -> None:
    counted = [figures(pixels(path.read_bytes()), differ) for path in (site / "pictures").glob("*.png")]
    assert counted.count((some, total - some)) == len(Shows)


def test_acceptance_02_the_markup_counts_without_any_style(site: Path) -> None:
    for some, total in COUNTS:
        text = (site / f"2026-12/of-{some}-{total}/index.html").read_text(encoding="utf-8")
        for kind, ink in ((Shows.BENEFIT, "#0b4f9c"), (Shows.HARM, "#1c2530")):
            _, _, drawn = text.partition(f'class="{kind.value}"')
            drawn, _, _ = drawn.partition("</svg>")
            assert (drawn.count(f'fill="{ink}"'), drawn.count('fill="#ffffff"')) == (some, total - some)
