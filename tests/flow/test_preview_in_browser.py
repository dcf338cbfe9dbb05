"""What a browser makes of the page on which a mail is looked at: narrow and wide, light and dark, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import axe
import pytest
from newsrooms import JUNE, Room

from pipeline.cli.command import newsroom
from pipeline.demo.content import TODAY
from pipeline.flow.preview import Previewed, preview

pytestmark = pytest.mark.browser

WAYS = ("", "?colours=dark", "?colours=forced", "?pictures=off", "?text=200", "?colours=forced&pictures=off&text=200")


@pytest.fixture(scope="module")
def served(steps: Path) -> Iterator[str]:
    """The built issue of June; nobody writes in it."""
    with preview(newsroom(steps / "both"), Previewed(JUNE, TODAY[JUNE])) as shown:
        thread = threading.Thread(target=shown.serve)
        thread.start()
        yield shown.mail
        shown.stop()
        thread.join()


@pytest.fixture(scope="module")
def troubled(steps: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A draft whose queue is broken."""
    import shutil

    room = Room(tmp_path_factory.mktemp("troubled") / "room", JUNE)
    shutil.copytree(steps / "both", room.root)
    room.write(room.queue_file.read_text().replace("  headline:", "  hedline:"))
    with preview(newsroom(room.root), Previewed(JUNE, TODAY[JUNE], draft=True)) as shown:
        thread = threading.Thread(target=shown.serve)
        thread.start()
        yield shown.mail
        shown.stop()
        thread.join()


def too_wide(page: Any, address: str, *widths: int) -> list[int]:
    """The windows that a page, opened once, is wider than."""
    page.goto(address)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [width] * (page.evaluate("document.documentElement.scrollWidth") > width)
    return found


def test_the_page_is_never_wider_than_the_window(engine: Any, served: str, troubled: str) -> None:
    page = engine.new_page()
    for address in (*(served + way for way in WAYS), troubled):
        assert too_wide(page, address, 320, 375, 1280) == [], address
    page.close()


def test_the_mail_is_never_wider_than_its_frame(engine: Any, served: str) -> None:
    page = engine.new_page()
    for way in WAYS:
        assert too_wide(page, f"{served}view{way}", 320, 375, 700) == [], way
    page.close()


@pytest.mark.parametrize("width", [320, 700])
def test_no_picture_of_the_mail_is_squeezed(engine: Any, served: str, width: int) -> None:
    """Where a column is narrow, a logo was a tenth as wide as it is high."""
    page = engine.new_page(viewport={"width": width, "height": 800})
    for way in ("", "?text=200"):
        page.goto(f"{served}view{way}")
        boxes = page.locator("img").evaluate_all(
            "all => all.map(e => [e.width, e.height, +e.getAttribute('width'), +e.getAttribute('height')])"
        )
        assert len(boxes) > 4
        assert [box for box in boxes if box[:2] != box[2:]] == [], way
    page.close()


def test_a_frame_is_as_wide_as_it_says(engine: Any, served: str) -> None:
    page = engine.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served)
    page.wait_for_load_state("networkidle")
    inside = [frame.evaluate("innerWidth") for frame in page.frames if "/view" in frame.url]
    page.close()
    assert inside == [375, 700, 320]


def test_axe_finds_no_barrier(engine: Any, served: str, troubled: str) -> None:
    page, found = engine.new_page(), []
    for address in (served, f"{served}?colours=forced&text=200", troubled):
        page.goto(address)
        assert page.locator("h1").count() == 1
        # What is in the frames is the mail, which has its own test; axe may not run in them.
        looks = product((375, 1280), ("light", "dark"))
        found += [(address, *each) for each in axe.barriers_in(page, looks, context={"exclude": [["iframe"]]})]
    page.close()
    assert found == []


@pytest.mark.parametrize("way", ["", "?colours=dark", "?colours=forced", "?text=200"])
def test_the_mail_itself_can_be_read_in_every_way(engine: Any, served: str, way: str) -> None:
    """What its own test holds of light and dark is held of the simulations, too: contrast above all."""
    context = engine.new_context(viewport={"width": 375, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.route("**/view*", lambda route: route.fulfill(body=route.fetch().body(), content_type="text/html"))
    page.goto(f"{served}view{way}")
    found = axe.barriers(page, axe.WCAG)
    context.close()
    assert found == []


def test_nothing_is_asked_of_a_stranger_nothing_runs_and_nothing_complains(engine: Any, served: str) -> None:
    page = engine.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    for way in WAYS:
        page.goto(served + way)
    page.wait_for_load_state("networkidle")
    page.close()
    top = served.removesuffix("mail/")
    assert [url for url in asked if not url.startswith((top, "data:"))] == []
    assert said == []


def test_all_can_be_chosen_without_a_mouse_or_a_script(engine: Any, served: str) -> None:
    context = engine.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served)
    page.get_by_role("link", name="Dark, forced").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**colours=forced**")
    page.get_by_role("link", name="200 %").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**text=200**")
    assert "colours=forced" in page.url
    chosen = page.locator("[aria-current=true]").all_inner_texts()
    context.close()
    assert chosen == ["Dark, forced", "On", "200 %"]
