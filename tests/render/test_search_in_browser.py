"""The search page in a browser, over real HTTP below a path: what it shows, whom it asks, and what it says when it can't."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe
import pytest
import second_opinions
from archives import POLICY, SEARCH_POLICY
from newsrooms import JUNE, Room
from searching import with_search

pytestmark = pytest.mark.browser

MOST = 250_000
"""Bytes that the page may weigh, all it loads for a first search with it, as a web host sends it."""


@pytest.fixture(scope="module")
def site(steps: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of two months with search, in a folder below the one that is served."""
    top = tmp_path_factory.mktemp("search")
    shutil.copytree(steps / "both", top / "room", symlinks=True)
    room = with_search(Room(top / "room", JUNE))
    said = room.hope("site", "--to", str(top / "www" / "hope"))
    assert said.code == 0, said.text
    return top / "www" / "hope"


@contextmanager
def serving(site: Path, **headers: str) -> Iterator[str]:
    class Host(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(site.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hope"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def page(engine: Any, served: str) -> Iterator[Any]:
    page = engine.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"{served}/search/index.html")
    yield page
    page.close()


def search(page: Any, words: str) -> str:
    """Type words, wait for the answer, and give what is said of it."""
    page.get_by_label("Words to look for").fill(words)
    return said_at_last(page, re.compile(r"\.$"))


def said_at_last(page: Any, words: str | re.Pattern[str]) -> str:
    """Wait until this is announced: the page's policy lets no waiting script be evaluated."""
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_have_text(words)
    return str(page.get_by_role("status").inner_text())


def results(page: Any) -> list[str]:
    return [each.inner_text() for each in page.locator("#found h2").all()]


def test_words_are_typed_results_are_announced_and_lead_to_the_item(page: Any, served: str) -> None:
    assert page.get_by_role("status").inner_text() == ""
    said = search(page, "lupus nephritis")
    number = page.locator("#found li").count()
    assert (said, number > 2) == (f"{number} results, the best first.", True)
    link = page.get_by_role("link", name="a CAR-T study with a comparison group is looking for 60 adults")
    card = page.locator("#found li", has=link)
    assert "May 2026 · A study that is planned or running · 60 people planned" in card.inner_text()
    link.click()
    assert re.fullmatch(f"{re.escape(served)}/2026-05/[a-z0-9-]+/", page.url)
    assert "60 adults" in page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_selector("#found li")
    assert page.locator("#found li").count() == number


def test_a_step_of_evidence_stands_beside_the_result(page: Any) -> None:
    search(page, "first small study week 24")
    assert re.search(r"May 2026 · Step \d+ of \d+ · 9 people", page.locator("#found").inner_text())


def test_what_was_withdrawn_or_corrected_says_so_first_and_its_old_result_is_not_told(page: Any) -> None:
    search(page, "selonib")
    old = page.locator("#found li", has=page.get_by_role("link", name="Withdrawn: Rheumatoid arthritis"))
    assert re.match(r"Withdrawn on \d+ \w+ 2026", old.locator("p").nth(1).inner_text())
    assert old.locator("p").first.inner_text() == "May 2026"
    search(page, "corrected")
    assert any(each.startswith("Corrected: ") for each in results(page))


def test_a_word_that_we_explain_is_found_with_its_explanation(page: Any, served: str) -> None:
    search(page, "inflammation of the kidneys")
    found = page.locator("#found li", has_text="Words explained").first
    found.get_by_role("link").click()
    assert page.url.startswith(f"{served}/glossary/#")
    assert page.evaluate("document.querySelector(':target').localName") == "h2"


def test_nothing_found_and_nothing_asked_are_said_as_such(page: Any) -> None:
    assert search(page, "zzyzx qqq").startswith("Nothing was found.")
    search(page, "lupus")
    page.get_by_label("Words to look for").fill("")
    page.wait_for_selector("#found li", state="detached")
    said_at_last(page, "")


def test_by_the_keyboard_alone(page: Any, served: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("lupus nephritis")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li")
    assert page.url == f"{served}/search/index.html"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "button"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#found li') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"{re.escape(served)}/(2026-|glossary/)"))


def test_nobody_else_is_asked_no_word_is_sent_and_it_is_no_heavy_page(engine: Any, site: Path, served: str) -> None:
    page = engine.new_page()
    asked: list[str] = []
    said: list[str] = []
    weight: list[int] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("response", lambda r: weight.append(min(len(gzip.compress(body := r.body())), len(body))))
    page.goto(f"{served}/search/index.html")
    before = len(asked)
    search(page, "nephritis")
    page.wait_for_load_state("networkidle")
    cookies = page.context.cookies()
    page.close()
    assert [url for url in asked if not url.startswith(f"{served}/")] == []
    assert [url for url in asked if "nephritis" in url.lower()] == []
    assert [url for url in asked[:before] if "pagefind" in url] == []  # nothing of it is loaded before it is needed
    assert len(weight) >= len(asked) - 1
    assert 80_000 < sum(weight) < MOST
    assert (said, cookies) == ([], [])


def test_scripts_are_let_run_on_this_page_alone(site: Path) -> None:
    found: dict[str, list[str]] = {}
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        found.setdefault(policy, []).append(path.relative_to(site).as_posix())
        if policy == POLICY:
            assert not re.search(r'<script(?! type="application/ld\+json")', page), path
    assert found.keys() == {POLICY, SEARCH_POLICY}
    assert found[SEARCH_POLICY] == ["search/index.html"]


def ways_on(page: Any) -> None:
    """The page leads on without its form, and says so."""
    assert not page.locator("#search").is_visible()
    main = page.locator("main")
    for name in ("All issues, by year", "Lupus", "Words explained", "CAR-T"):
        assert main.get_by_role("link", name=name, exact=True).first.is_visible(), name
    assert main.locator(".letters a").count() > 5


def test_without_javascript_it_says_so_and_leads_on(engine: Any, served: str) -> None:
    context = engine.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/search/index.html")
    assert "needs JavaScript" in page.locator("#said").inner_text()
    ways_on(page)
    page.locator("main").get_by_role("link", name="All issues, by year").click()
    assert page.locator("h1").inner_text() == "All issues"
    context.close()


def test_opened_from_a_disk_it_says_so_and_leads_on(engine: Any, site: Path) -> None:
    page = engine.new_page()
    page.goto((site / "search" / "index.html").as_uri())
    assert "opened from a file" in page.get_by_role("status").inner_text()
    ways_on(page)
    page.locator("main").get_by_role("link", name="Lupus", exact=True).click()
    assert page.locator("h1").inner_text() == "Lupus"
    page.close()


@pytest.mark.parametrize(
    "lost", ["pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "*.pf_meta", "*.pf_fragment"]
)
def test_where_its_index_is_not_there_it_says_so_and_works_again_when_it_is(page: Any, lost: str) -> None:
    page.route(f"**/{lost}*", lambda route: route.abort())
    assert search(page, "lupus").startswith("Search could not be loaded.")
    assert page.locator("#found li").count() == 0


def test_where_a_host_forbids_it_to_run_it_says_so(engine: Any, site: Path) -> None:
    for script, said in (("'self'", "could not be loaded"), ("'none'", "needs JavaScript")):
        policy = f"default-src 'none'; style-src 'self'; connect-src 'self'; script-src {script}"
        with serving(site, Content_Security_Policy=policy) as address:
            page = engine.new_page()
            page.goto(f"{address}/search/index.html")
            found = search(page, "lupus") if script == "'self'" else page.locator("#said").inner_text()
            assert said in found
            page.close()


@pytest.mark.parametrize("size", ["112.5%", "225%"], ids=["as it is", "twice the size"])
def test_it_fits_the_narrowest_phone(engine: Any, served: str, size: str) -> None:
    page = engine.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{served}/search/index.html")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    search(page, "lupus")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.locator("#search input, #search button").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert min(small) >= 44
    page.close()


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_no_barrier_before_and_after_a_search(engine: Any, served: str, look: dict[str, str]) -> None:
    page = engine.new_page(**look)
    page.goto(f"{served}/search/index.html")
    before = axe.barriers(page)
    search(page, "lupus")
    after = axe.barriers(page)
    page.close()
    assert before + after == []


def test_the_nu_checker_finds_no_fault(site: Path) -> None:
    second_opinions.need("nu")
    assert second_opinions.faults_of_pages([site / "search" / "index.html"]) == []
