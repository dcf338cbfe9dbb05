"""What comes out of a printer, and what a phone shows before anybody scrolls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from issues import earlier_issue, sample_issue, templates
from tracked import TWO, tracks

from pipeline.render import render

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
ISSUES = (earlier_issue(), sample_issue())
ITEMS = sorted(f"{issue.key}/{story.slug}" for issue in ISSUES for story in issue.stories)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of two issues, as files."""
    top = tmp_path_factory.mktemp("site")
    for path, content in render(ISSUES[1], ISSUES, templates(), tracks(TWO)).site.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(content)
    return top


@pytest.fixture
def page(engine: Any) -> Iterator[Any]:
    page = engine.new_page(viewport=PHONE)
    yield page
    page.close()


def printed(page: Any, site: Path, path: str) -> bytes:
    page.goto((site / path / "index.html").as_uri())
    return bytes(page.pdf(format="A4", tagged=True, outline=True, prefer_css_page_size=True))


def sides(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_acceptance_15_an_item_is_one_side_to_take_along(page: Any, site: Path) -> None:
    long = {path: n for path in ITEMS if (n := sides(printed(page, site, path))) != 1}
    assert not long


def test_acceptance_15_a_printed_page_is_tagged_with_its_title_and_language(page: Any, site: Path) -> None:
    pdf = printed(page, site, ITEMS[0])
    assert re.search(rb"/Marked\s+true", pdf)
    assert re.search(rb"/Lang\s*\(en\)", pdf)
    assert b"/Title" in pdf


def test_acceptance_15_paper_says_its_address_and_leaves_room_to_write(page: Any, site: Path) -> None:
    page.goto((site / ITEMS[0] / "index.html").as_uri())
    page.emulate_media(media="print")
    seen = page.inner_text("main")
    assert f"https://news.example.org/{ITEMS[0]}/" in seen
    assert page.locator(".ask .line:visible").count() in (3, 4)
    assert not page.locator("nav:visible").count()


def test_an_issue_prints_as_a_booklet_without_empty_sides(page: Any, site: Path) -> None:
    for issue in ISSUES:
        assert sides(printed(page, site, issue.key)) <= len(issue.stories) / 2 + 3


def test_acceptance_09_headline_and_evidence_stand_in_a_phones_first_view(page: Any, site: Path) -> None:
    below = {}
    for path in ITEMS:
        page.goto((site / path / "index.html").as_uri())
        if page.locator(".box").count():  # what was corrected comes first there, and a withdrawn item has no strip
            continue
        strip = page.locator(".strip").bounding_box()
        if strip["y"] + strip["height"] > PHONE["height"]:
            below[path] = strip
    assert not below
