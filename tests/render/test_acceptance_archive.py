"""The checks of the whole archive that it is accepted by, each under its number: closed to strangers, unbroken."""

from __future__ import annotations

import functools
import http.server
import posixpath
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.etree
import lxml.html
import pytest
from issues import earlier_issue, quiet_issue, sample_issue, templates
from tracked import THREE, TWO, tracks

from pipeline.render import render

WEB = "https://news.example.org/"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    """The archive of the month before, whose addresses have gone out."""
    return dict(render(sample_issue(), (earlier_issue(),), templates(), tracks(TWO)).site)


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    """An archive with every kind of page: a corrected issue, one with all parts, a quiet one, trials."""
    built = (earlier_issue(), sample_issue())
    return dict(render(quiet_issue(), built, templates(), tracks(THREE)).site)


@pytest.fixture(scope="module")
def served(site: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the archive below a path, as a newsletter that shares its host has it."""
    top = tmp_path_factory.mktemp("web")
    for path, content in site.items():
        (top / "de" / path).parent.mkdir(parents=True, exist_ok=True)
        (top / "de" / path).write_bytes(content)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(top)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/de/"
    server.shutdown()
    server.server_close()
    thread.join()


def pages(site: dict[str, bytes]) -> dict[str, lxml.html.HtmlElement]:
    return {p: lxml.html.document_fromstring(body.decode()) for p, body in site.items() if p.endswith(".html")}


def mapped(site: dict[str, bytes]) -> set[str]:
    return {row[0].text for row in lxml.etree.fromstring(site["sitemap.xml"])}


@pytest.mark.browser
def test_acceptance_07_no_page_asks_a_stranger_sets_a_cookie_or_complains(
    engine: Any, site: dict[str, bytes], served: str
) -> None:
    context = engine.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("response", lambda r: said.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("console", lambda m: said.append(f"{m.type}: {m.text} {m.location['url']}"))
    page.on("pageerror", lambda e: said.append(str(e)))
    violated = "document.addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
    page.add_init_script(violated)
    for path in pages(site).keys() - {"404.html"}:  # which asks for its style sheet at the site's own address
        page.goto(served + path)
    cookies = context.cookies()
    context.close()
    assert len(asked) > len(pages(site))
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    assert said == []
    assert cookies == []


def test_acceptance_07_the_strict_policy_stands_on_every_page(site: dict[str, bytes]) -> None:
    for path, page in pages(site).items():
        (policy,) = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
        assert policy.get("content") == POLICY, path
        loads = policy.xpath("preceding-sibling::link | preceding-sibling::script | preceding-sibling::style")
        assert loads == [], f"{path}: what comes before the policy is not held to it"


def test_acceptance_10_every_link_and_every_fragment_leads_somewhere(site: dict[str, bytes]) -> None:
    """Everything a page names: links, style sheets, icons, pictures; and the addresses in feed and site map."""
    ids = {path: set(page.xpath("//@id")) for path, page in pages(site).items()}
    seen = 0
    for path, page in pages(site).items():
        for target in page.xpath("//@href | //@src"):
            parts = urlsplit(target)
            if parts.scheme and not target.startswith(WEB):
                continue
            name = unquote(parts.path)
            if target.startswith(WEB):
                found = name.removeprefix("/") + ("index.html" if name.endswith("/") else "")
            else:
                found = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
            if found == "leave":  # the way to leave is the mailing service's own page
                continue
            assert found in site, (path, target)
            assert not parts.fragment or unquote(parts.fragment) in ids[found], (path, target)
            seen += 1
    assert seen > 500
    feed = lxml.etree.fromstring(site["feed.xml"])
    named = mapped(site) | set(feed.xpath("//*[local-name()='link']/@href"))
    assert {url.removeprefix(WEB) + ("index.html" if url.endswith("/") else "") for url in named} <= site.keys()


def test_acceptance_10_no_address_of_the_last_site_map_is_lost(
    before: dict[str, bytes], site: dict[str, bytes]
) -> None:
    assert len(mapped(before)) > 20
    assert mapped(before) < mapped(site)
    now = pages(site)
    for path, page in pages(before).items():
        anchors = set(page.xpath("//@id"))
        kept = {"glossary/index.html", *(p for p in now if p.count("/") == 1 and p.startswith("20"))}
        assert path not in kept or anchors <= set(now[path].xpath("//@id")), path
