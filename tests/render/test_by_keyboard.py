"""A reader without a mouse: from the start page to an issue, an item, a word and back, a trial, a topic, and search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from archives import WEB, put_on_the_web

pytestmark = pytest.mark.browser

MOST = 90
"""Presses of Tab before whoever looks for a link gives up; the longest way is that through the lists of all trials."""

HELD = """() => {
  const e = document.activeElement, before = window.before
  window.before = e
  const box = e.getBoundingClientRect(), style = getComputedStyle(e)
  const middle = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 8)]
  return {
    words: e === document.body ? '' : e.textContent.trim().replace(/\\s+/g, ' ') || e.id || e.getAttribute('aria-labelledby'),
    follows: !before || !!(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    seen: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1 && box.right > 0,
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: !e.contains(document.elementFromPoint(...middle)) && !document.elementFromPoint(...middle)?.contains(e),
    moved: e.tabIndex > 0,
  }
}"""
"""What has the focus: its words, whether it comes behind the last one, can be seen, has a ring, is covered, jumps ahead."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has nothing but a keyboard."""

    page: Any

    def tab(self) -> str:
        """Go on to the next thing that can be focused; it must be the next in reading order, and be seen."""
        self.page.keyboard.press("Tab")
        held = self.page.evaluate(HELD)
        if held["words"]:
            assert held["follows"], f"{held['words']}: comes before what had the focus"
            assert held["seen"], f"{held['words']}: has the focus and cannot be seen"
            assert held["ringed"], f"{held['words']}: has the focus and no ring"
            assert not held["covered"], f"{held['words']}: is covered"
            assert not held["moved"], f"{held['words']}: jumps ahead of the reading order"
        return str(held["words"])

    def follow(self, words: str, *, content: bool = True) -> None:
        """Tab to a link that says this, past the head of the page unless it is there, and follow it."""
        if content:
            assert self.tab() == "Skip to the content"
            self.page.keyboard.press("Enter")
            self.page.evaluate("window.before = null")
        passed = []
        while not (found := self.tab()).startswith(words):
            passed.append(found)
            assert found, f"the end of the page came before “{words}”: {passed}"
            assert len(passed) < MOST, f"no “{words}” among {passed}"
        at = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != at)

    def head(self) -> str:
        return str(self.page.locator("h1").inner_text())


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def reader(engine: Any, request: pytest.FixtureRequest) -> Iterator[Reader]:
    context = engine.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 800})
    put_on_the_web(context)
    page = context.new_page()
    page.goto(f"{WEB}index.html")
    yield Reader(page)
    context.close()


def test_acceptance_08_from_the_start_page_to_a_word_and_back_by_keyboard_alone(reader: Reader) -> None:
    reader.follow("December 2026")
    assert reader.head() == "December 2026"
    reader.follow("Nine people with lupus had one CAR-T infusion")
    assert reader.head().startswith("Nine people with lupus")
    reader.follow("chemotherapy")
    assert reader.page.url == f"{WEB}glossary/index.html#chemotherapy"
    reader.page.go_back()  # a browser's own key, which one without a window does not know
    assert reader.head().startswith("Nine people with lupus")


def test_acceptance_08_trials_are_found_by_country_and_topics_by_name_by_keyboard_alone(reader: Reader) -> None:
    reader.follow("Trials", content=False)
    reader.follow("Italy")
    assert reader.head() == "Trials we follow: Italy"
    reader.follow("Luma CAR-T in lupus")
    assert reader.head() == "Luma CAR-T in lupus"
    reader.follow("Topics", content=False)
    reader.follow("Lupus")
    assert reader.head() == "Lupus"
    reader.follow("Nine people said what the weeks")
    assert reader.page.url == f"{WEB}2027-02/ward-visits/index.html"


def test_nothing_on_a_page_holds_the_focus_fast(reader: Reader) -> None:
    """Also where a table scrolls and where words are typed: the foot of the page is reached, and then its end."""
    for path in ("trials/table/index.html", "search/index.html", "about/index.html"):
        reader.page.goto(f"{WEB}{path}")
        passed = [reader.tab()]
        while passed[-1] and len(passed) < MOST:
            passed.append(reader.tab())
        assert passed[-2:] == ["Tell us what was unclear or wrong", ""], path
