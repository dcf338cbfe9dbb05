"""The demo's June as readers get it: how long, how high, where what matters begins, and pictures that draw their count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from mails import LARGER, read_parts
from newsrooms import JUNE
from shapes import BENEFIT, EMPTY, HARM, shapes

from pipeline.render.letter import words_seen

ARCHIVE = "https://news.example.org/"
HIGH = {700: 5_500, 375: 7_500}
"""Pixels at each width of the window."""
TOP = (
    "start => [...document.querySelectorAll('h2')].find(h => h.innerText.startsWith(start)).getBoundingClientRect().top"
)


@pytest.fixture(scope="module")
def june(steps: Path) -> dict[str, bytes]:
    folder = steps / "both" / "outbox" / JUNE
    return {name: (folder / name).read_bytes() for name in ("email.html", "email.txt", "message.eml")}


@pytest.fixture
def shown(engine: Any, steps: Path, june: dict[str, bytes]) -> Iterator[Any]:
    """A page that shows June with its pictures."""
    page = engine.new_page(viewport={"width": 375, "height": 800})
    site = steps / "both" / "outbox" / "site"
    page.route(f"{ARCHIVE}**", lambda r: r.fulfill(path=site / r.request.url.removeprefix(ARCHIVE)))
    page.set_content(june["email.html"].decode(), wait_until="networkidle")
    yield page
    page.close()


def test_it_is_read_in_a_few_minutes(june: dict[str, bytes]) -> None:
    words = words_seen(june["email.html"].decode())
    assert 900 <= words <= 1_300
    assert len(re.sub(r"https?://\S+", "", june["email.txt"].decode()).split()) <= 1.2 * words
    assert len(june["email.html"]) <= 45_000


@pytest.mark.browser
def test_it_is_no_higher_than_a_reader_scrolls(shown: Any) -> None:
    for width, most in HIGH.items():
        shown.set_viewport_size({"width": width, "height": 800})
        assert shown.evaluate("document.documentElement.scrollHeight") <= most
    assert shown.evaluate("[...document.images].every(i => i.naturalWidth === 2 * i.width || i.alt.includes(' H'))")


@pytest.mark.browser
def test_the_month_and_what_may_harm_begin_early_on_a_phone(shown: Any) -> None:
    assert shown.evaluate(TOP, "This month") < 800
    assert shown.evaluate(TOP, "Safety") < 3_000


@pytest.mark.browser
def test_nothing_is_wider_than_the_narrowest_phone_with_large_letters_either(shown: Any) -> None:
    shown.set_viewport_size({"width": 320, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    shown.evaluate(LARGER, 2)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_filled_shapes_of_each_picture_are_the_count_beside_it(june: dict[str, bytes]) -> None:
    _, page, pictures = read_parts(june["message.eml"])
    seen = []
    for image in html.fromstring(page).iter("img"):
        if counted := re.fullmatch(r"(\d+) of (\d+)", image.get("alt")):
            png = pictures[image.get("src").removeprefix(ARCHIVE)]
            some, total = map(int, counted.groups())
            filled = len(shapes(png, BENEFIT)) + len(shapes(png, HARM))
            assert (filled, len(shapes(png, EMPTY))) == (some, total - some)
            seen.append(image.get("alt"))
    assert len(seen) >= 4
    assert all(
        page.count(f"Who paid: {who}") == 1 for who in ("Beispielstadt Research Foundation", "Examplia Research")
    )
    assert "4 of 6" in seen
