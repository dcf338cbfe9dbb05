"""What a reader's browser makes of the pages and the e-mail: narrow, dark, without scripts or strangers."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from issues import LONG, earlier_issue, long_words, quiet_issue, sample_issue, templates
from tracked import LUPUS, ONE, TWO, tracks

from pipeline.model.track import FollowedTrials
from pipeline.render import render
from pipeline.trials.history import follow

pytestmark = pytest.mark.browser

NARROW, WIDE = 320, 1280


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def outbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built archive with an issue of every section, an earlier one that was corrected, and their e-mails."""
    top = tmp_path_factory.mktemp("outbox")
    issues = (earlier_issue(), sample_issue())
    for name, issue in (("sample", sample_issue()), ("quiet", quiet_issue())):
        edition = render(issue, (*issues, issue), templates(), tracks(TWO))
        (top / name).mkdir()
        for path, content in edition.files.items():
            (top / name / path).write_bytes(content)
        if name == "sample":
            for path, content in edition.site.items():
                (top / "site" / path).parent.mkdir(parents=True, exist_ok=True)
                (top / "site" / path).write_bytes(content)
    for path, content in render(long_words(), (), templates(), tracks_of_long_words()).site.items():
        (top / "long" / path).parent.mkdir(parents=True, exist_ok=True)
        (top / "long" / path).write_bytes(content)
    return top


def tracks_of_long_words() -> FollowedTrials:
    """Records of a trial that moved, with a word of a hundred letters in each text of a registry."""
    was = replace(LUPUS, title=LONG, sponsor=LONG, conditions=(LONG,), interventions=(LONG,), countries=(LONG,))
    return follow({ONE: (was,), TWO: (replace(was, status="SUSPENDED", why_stopped=LONG, sites=(LONG,)),)})


@pytest.fixture(scope="module")
def served(outbox: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(outbox)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def pages(outbox: Path) -> list[str]:
    """One page of each kind, and the e-mails."""
    site = outbox / "site"
    items = sorted(p.parent.relative_to(outbox).as_posix() for p in site.glob("20*/*/index.html"))
    rest = [p.relative_to(outbox).as_posix() for p in sorted(site.glob("*/index.html"))]
    trials = [
        p.relative_to(outbox).as_posix()
        for pattern in ("NCT*", "table", "changed", "status/open", "status/stopped", "country/italy", "condition/lupus")
        for p in sorted(site.glob(f"trials/{pattern}/index.html"))
    ]
    own = [f"{i}/index.html" for i in items]
    return ["site/index.html", *rest, *own, *trials, "sample/email.html", "quiet/email.html"]


def test_nothing_overflows_on_the_narrowest_phone(engine: Any, outbox: Path, served: str) -> None:
    page = engine.new_page(viewport={"width": NARROW, "height": 800})
    wide = []
    for path in pages(outbox):
        page.goto(f"{served}/{path}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
            wide.append((path, width))
    page.close()
    assert not wide


@pytest.mark.parametrize("size", ["112.5%", "225%"], ids=["as it is", "twice the size"])
def test_a_word_of_a_hundred_letters_does_not_widen_a_page(engine: Any, outbox: Path, served: str, size: str) -> None:
    page = engine.new_page(viewport={"width": NARROW, "height": 800})
    wide = []
    paths = sorted(p.relative_to(outbox).as_posix() for p in (outbox / "long").rglob("*.html"))
    paths.remove("long/404.html")  # its style sheet is at the site's own address: tests/render/test_about_pages.py
    assert len(paths) > 12
    for path in paths:
        page.goto(f"{served}/{path}")
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
            wide.append((path, width))
    page.close()
    assert not wide


def test_no_mail_asks_a_stranger_or_complains(engine: Any, outbox: Path, served: str) -> None:
    page = engine.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(f"{m.text} {m.location['url']}") if m.type == "error" else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    archive = "https://news.example.org/pictures/"  # the pictures of a mail lie there
    page.route(f"{archive}*", lambda r: r.fulfill(path=outbox / "site/pictures" / r.request.url.rpartition("/")[2]))
    for path in ("sample/email.html", "quiet/email.html"):
        page.goto(f"{served}/{path}")
    cookies = page.context.cookies()
    page.close()
    assert [url for url in asked if not url.startswith((served, archive, "data:"))] == []
    assert [line for line in said if "favicon" not in line] == []
    assert cookies == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_any_page(engine: Any, outbox: Path, served: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = engine.new_page(viewport={"width": NARROW if scheme == "dark" else WIDE, "height": 900}, color_scheme=scheme)
    found = []
    for path in pages(outbox):
        page.goto(f"{served}/{path}")
        # An e-mail stands inside its reader's mail program: landmarks are that program's, all else is ours.
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] + ([] if "email" in path else ["best-practice"])
        printed = Axe().run(page, options={"runOnly": tags}).response["violations"]
        found += [(path, v["id"], v["nodes"][0]["html"][:120]) for v in printed]
    page.close()
    assert found == []


def test_without_scripts_and_images_everything_can_still_be_read(engine: Any, outbox: Path, served: str) -> None:
    context = engine.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.{png,jpg,svg,gif}", lambda route: route.abort())
    for path in pages(outbox):
        page.goto(f"{served}/{path}")
        assert page.locator("h1").count() == 1, path
        assert len(page.locator("body").inner_text()) > 200, path
    context.close()


def test_a_picture_shows_the_very_count_it_stands_beside(engine: Any, outbox: Path, served: str) -> None:
    """Drawn with attributes, not by a style sheet alone, so that print and mail can't make 3 of 10 look like 10."""
    page = engine.new_page()
    seen = 0
    for path in pages(outbox):
        page.goto(f"{served}/{path}")
        page.evaluate("document.querySelectorAll('link[rel=stylesheet],style').forEach(e => e.remove())")
        for svg in page.locator("figure.icons svg").all():
            some, total = map(int, re.findall(r"(\d+) of (\d+)", svg.locator("title").text_content() or "")[0])
            fills = svg.locator("circle, rect").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
            assert len(fills) == total, path
            assert sum(f != "rgb(255, 255, 255)" for f in fills) == some, path
            seen += 1
    page.close()
    assert seen
