"""What a reader's browser makes of every kind of page: narrow, dark, enlarged, by keyboard; and of the e-mail.

Each page is opened once for all that is measured in it. `make test` lets axe look at a sample of windows; with
`LOOKS=all`, as in `make long`, at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import axe
import pytest
from archives import WEB, addresses, put_on_the_web
from issues import LONG, long_words, quiet_issue, sample_issue, templates
from tracked import LUPUS, ONE, TWO, tracks

from pipeline.model.track import FollowedTrials
from pipeline.render import render
from pipeline.trials.history import follow

pytestmark = pytest.mark.browser

NARROW, PHONE, WIDE = 320, 390, 1280
LOOKS = ((NARROW, "dark"), (WIDE, "light"))
ALL_LOOKS = tuple(product((NARROW, PHONE, WIDE), ("light", "dark")))

WIDTH = "document.documentElement.scrollWidth"
TEXT = "size => document.documentElement.style.fontSize = size"
AS_IT_IS, TWICE = "112.5%", "225%"

RINGS = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0)
  const ground = e => { const c = parts(getComputedStyle(e).backgroundColor)
    return c[3] === 0 ? ground(e.parentElement) : c }
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].map(e => {
    e.focus()
    const style = getComputedStyle(e)
    const contrast = (...two) => { const [dark, bright] = two.map(light).sort((a, b) => a - b)
      return (bright + .05) / (dark + .05) }
    const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
    return [e.textContent.trim().slice(0, 40), document.activeElement === e, ring,
      contrast(parts(style.outlineColor), ground(e.parentElement)), contrast(parts(style.color), ground(e))]
  })
}"""
"""Focuses whatever can be focused, one after the other: its words, whether it took the focus, the ring, its contrast, theirs."""

UNSEEN = (
    "() => [...document.querySelectorAll('main figure')].filter(e => !e.getClientRects().length).map(e => e.outerHTML)"
)
EMPTY = """() => [...document.querySelectorAll('main h2, main h3')].filter(e => {
  const next = e.nextElementSibling, said = e => e && (e.textContent.trim() || e.querySelector('svg, img'))
  return !said(e) || !said(next) || next.tagName <= e.tagName && /^H[1-6]$/.test(next.tagName)
}).map(e => e.outerHTML)"""
"""Heads that say nothing, or stand over nothing before the next head of their rank."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured in a page: its widths in the narrowest window, rings of focus, pictures and heads, its talk."""

    widths: tuple[int, ...]
    rings: tuple[tuple[str, bool, float, float, float], ...]
    unseen: tuple[str, ...]
    empty: tuple[str, ...]
    strangers: tuple[str, ...]
    said: tuple[str, ...]


@pytest.fixture(scope="module")
def visited(engine: Any) -> tuple[dict[str, Seen], list[str], list[Any]]:
    """Every kind of page as it was seen; what was asked for and is absent; the cookies that were left."""
    context = engine.new_context(viewport={"width": NARROW, "height": 800})
    absent, page = put_on_the_web(context), context.new_page()
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(f"{m.type}: {m.text}"))
    page.on("pageerror", lambda e: said.append(str(e)))
    seen = {}
    for name, address in addresses().items():
        asked.clear()
        said.clear()
        page.goto(address)
        seen[name] = _look(page, asked, said)
    cookies = context.cookies()
    context.close()
    return seen, absent, cookies


def _look(page: Any, asked: list[str], said: list[str]) -> Seen:
    widths = [page.evaluate(WIDTH)]
    page.evaluate(TEXT, TWICE)
    widths.append(page.evaluate(WIDTH))
    page.evaluate(TEXT, AS_IT_IS)
    rings = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rings += [tuple(ring) for ring in page.evaluate(RINGS)]
    strangers = [url for url in asked if not url.startswith((WEB, "data:"))]
    unseen, empty = page.evaluate(UNSEEN), page.evaluate(EMPTY)
    return Seen(tuple(widths), tuple(rings), tuple(unseen), tuple(empty), tuple(strangers), tuple(said))


@pytest.fixture(scope="module")
def seen(visited: tuple[dict[str, Seen], list[str], list[Any]]) -> Mapping[str, Seen]:
    return visited[0]


def test_acceptance_04_axe_finds_no_barrier_on_any_kind_of_page(engine: Any) -> None:
    looks = ALL_LOOKS if os.environ.get("LOOKS") == "all" else LOOKS
    context = engine.new_context()
    put_on_the_web(context)
    page, found = context.new_page(), []
    for name, address in addresses().items():
        page.goto(address)
        found += [(name, *each) for each in axe.barriers_in(page, looks)]
    context.close()
    assert found == []


def test_acceptance_06_no_page_is_wider_than_the_narrowest_phone_nor_when_its_text_is_twice_as_large(
    seen: Mapping[str, Seen],
) -> None:
    assert {name: each.widths for name, each in seen.items() if max(each.widths) > NARROW} == {}


def test_acceptance_07_no_page_asks_a_stranger_sets_a_cookie_or_complains(visited: Any) -> None:
    seen, absent, cookies = visited
    assert {name: each.strangers for name, each in seen.items() if each.strangers} == {}
    assert {name: each.said for name, each in seen.items() if each.said} == {}
    assert absent == [], "asked for, and not there"
    assert cookies == []


def test_whatever_has_the_focus_has_a_ring_that_is_seen(seen: Mapping[str, Seen]) -> None:
    """At least 3:1 against what lies behind it, and its words 4.5:1 (WCAG 1.4.11 and 1.4.3), in the light and the dark."""
    for name, each in seen.items():
        assert len(each.rings) > 20, name
        faint = [ring for ring in each.rings if not ring[1] or ring[2] < 2 or ring[3] < 3 or ring[4] < 4.5]
        assert faint == [], name


def test_no_picture_is_hidden_and_no_head_stands_over_nothing(seen: Mapping[str, Seen]) -> None:
    assert {name: each.unseen for name, each in seen.items() if each.unseen} == {}
    assert {name: each.empty for name, each in seen.items() if each.empty} == {}


def test_acceptance_06_a_word_of_a_hundred_letters_does_not_widen_a_page(engine: Any) -> None:
    site = render(long_words(), (), templates(), tracks_of_long_words()).site
    page = engine.new_page(viewport={"width": NARROW, "height": 800})
    put_on_the_web(page, {WEB: site})
    paths = sorted(path for path in site if path.endswith(".html"))
    assert len(paths) > 12
    wide = []
    for path in paths:
        page.goto(f"{WEB}{path}")
        for size in (AS_IT_IS, TWICE):
            page.evaluate(TEXT, size)
            if (width := page.evaluate(WIDTH)) > NARROW:
                wide.append((path, size, width))
    page.close()
    assert not wide


def tracks_of_long_words() -> FollowedTrials:
    """Records of a trial that moved, with a word of a hundred letters in each text of a registry."""
    was = replace(LUPUS, title=LONG, sponsor=LONG, conditions=(LONG,), interventions=(LONG,), countries=(LONG,))
    return follow({ONE: (was,), TWO: (replace(was, status="SUSPENDED", why_stopped=LONG, sites=(LONG,)),)})


WAYS_ON = ("start", "issue", "item", "trials", "trials of a country", "trial", "topics", "topic", "words", "search")


def test_acceptance_08_without_scripts_and_pictures_everything_can_still_be_read(engine: Any) -> None:
    """Tried where readers look for something; `test_acceptance_archive.py` holds that other pages have no script."""
    context = engine.new_context(java_script_enabled=False)
    put_on_the_web(context)
    page = context.new_page()
    page.route("**/*.{png,jpg,svg,gif}", lambda route: route.abort())
    for name in WAYS_ON:
        page.goto(addresses()[name])
        assert page.locator("h1").count() == 1, name
        assert len(page.locator("main").inner_text()) > 150, name
    assert page.locator("main a:has-text('Lupus')").is_visible(), "search leads on without itself"
    context.close()


def test_acceptance_02_a_picture_shows_the_very_count_it_stands_beside(engine: Any) -> None:
    """Drawn with attributes, not by a style sheet alone, so that print and mail can't make 3 of 10 look like 10."""
    context = engine.new_context()
    put_on_the_web(context)
    page, drawn = context.new_page(), []
    for name in ("item", "item with a picture", "about evidence", "German item"):
        page.goto(addresses()[name])
        page.evaluate("document.querySelectorAll('link[rel=stylesheet],style').forEach(e => e.remove())")
        for svg in page.locator("figure.icons svg").all():
            some, total = map(int, re.findall(r"\d+", svg.locator("title").text_content() or "")[:2])
            fills = svg.locator("circle, rect").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
            assert len(fills) == total, name
            assert sum(f != "rgb(255, 255, 255)" for f in fills) == some, name
            drawn.append(name)
    context.close()
    assert len(drawn) == 8


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The e-mails of a month with every section and of a quiet one, with the archive's pictures beside them."""
    top = tmp_path_factory.mktemp("mails")
    (top / "pictures").mkdir()
    for name, issue in (("sample", sample_issue()), ("quiet", quiet_issue())):
        edition = render(issue, (issue,), templates(), tracks(TWO))
        (top / f"{name}.html").write_bytes(edition.files["email.html"])
        for path, content in edition.site.items():
            if path.startswith("pictures/"):
                (top / path).write_bytes(content)
    return top


def test_no_mail_asks_a_stranger_complains_or_is_too_wide(engine: Any, mails: Path) -> None:
    page = engine.new_page(viewport={"width": NARROW, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(f"{m.text} {m.location['url']}") if m.type == "error" else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    archive = f"{WEB}pictures/"  # the pictures of a mail lie there
    page.route(f"{archive}*", lambda r: r.fulfill(path=mails / "pictures" / r.request.url.rpartition("/")[2]))
    for name in ("sample", "quiet"):
        page.goto((mails / f"{name}.html").as_uri())
        assert page.evaluate(WIDTH) <= NARROW
        assert page.locator("h1").count() == 1
        # An e-mail stands inside its reader's mail program: landmarks are that program's, all else is ours.
        assert list(axe.barriers_in(page, LOOKS, axe.WCAG)) == []
        page.set_viewport_size({"width": NARROW, "height": 800})
    cookies = page.context.cookies()
    page.close()
    assert [url for url in asked if not url.startswith(("file://", archive, "data:"))] == []
    assert said == []
    assert cookies == []
