"""The checks of the whole archive that it is accepted by, each under its number: sound, light, unbroken.

What a browser is needed for stands in `test_pages_in_browser.py`, what is printed in `test_pages_on_paper.py`.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import broken
import lxml.etree
import lxml.html
import pytest
import second_opinions
from archives import (
    GERMAN,
    KINDS,
    POLICY,
    SEARCH_POLICY,
    WEB,
    archive_of_november,
    german_archive,
    months,
    put_on_the_web,
    whole_archive,
)
from issues import sample_issue, templates
from poured import TITLES, many
from tracked import LUPUS, ONE, TWO

from pipeline.model.evidence import Stage
from pipeline.model.item import Item
from pipeline.render import render_site
from pipeline.render.card import STEPS
from pipeline.trials.history import follow

HERE = Path(__file__).resolve().parents[1]


@cache
def pages() -> dict[str, lxml.html.HtmlElement]:
    """Every page of the archive by its path, parsed."""
    site = whole_archive()
    return {path: lxml.html.document_fromstring(site[path].decode()) for path in site if path.endswith(".html")}


def mapped(site: Mapping[str, bytes]) -> set[str]:
    return {row[0].text for row in lxml.etree.fromstring(site["sitemap.xml"])}


def _sort(path: str) -> str:
    """What a path is like, whatever issue, item, trial or topic it is of."""
    named = re.sub(r"^\d{4}-\d\d/", "ISSUE/", path)
    named = re.sub(r"^ISSUE/[^/]+/(?=[^/]+$)", "ISSUE/ITEM/", named)
    named = re.sub(r"^trials/NCT\d+/", "trials/TRIAL/", named)
    return re.sub(r"^(topics|trials/status|trials/condition|trials/country)/[^/]+/(?=[^/]+$)", r"\1/ONE/", named)


def test_every_page_is_of_a_kind_that_is_looked_at() -> None:
    """A new kind of page has a line in `archives.KINDS`, and all that is held of pages is held of it."""
    assert set(KINDS.values()) <= pages().keys()
    assert set(GERMAN.values()) <= german_archive().keys()
    assert {_sort(path) for path in pages()} == {_sort(path) for path in KINDS.values()}


def test_each_check_has_a_break_whose_place_is_there_and_a_test_that_is_called_after_it() -> None:
    """`make broken` breaks them all; that a break must be written anew is known before that."""
    assert broken.misplaced() == []
    written = re.findall(
        r"def (test_acceptance_(\d\d)_\w+)\(", "".join(p.read_text("utf-8") for p in HERE.rglob("test_*.py"))
    )
    assert {number for _, number in written} == {each.number for each in broken.BREAKS}
    assert {each.test.partition("::")[2] for each in broken.BREAKS} <= {name for name, _ in written}


def _items() -> Iterator[tuple[Item, str]]:
    """Each item of the archive, with what its page says between head and foot."""
    for issue in months():
        for story in issue.stories:
            (main,) = pages()[f"{issue.key}/{story.slug}/index.html"].xpath("//main")
            yield story, " ".join(main.text_content().split())


def test_acceptance_01_every_item_says_how_many_and_how_long_or_that_there_is_no_result_yet() -> None:
    told = Counter[str]()
    for story, text in _items():
        evidence = story.evidence
        if evidence.stage is Stage.REGISTRATION:
            assert "It has no results yet" in text, story.id
        elif evidence.stage in STEPS:
            many = evidence.participants
            assert f"{many} people took part." in text or f"{many} animals were studied, no people." in text, story.id
            assert f"Followed for: {evidence.follow_up}." in text, story.id
            assert not re.search(r"\d ?%", text) or re.search(r"\d+ of \d+", text), story.id
        told[evidence.stage or "no stage"] += 1
    assert len(told) > 7


def test_acceptance_03_every_item_says_which_harms_were_seen_or_that_none_were_told() -> None:
    for story, text in _items():
        harms = re.search(r"Harms (?!\.)(.+?) How strong is the evidence\?", text)
        assert harms, story.id
        assert len(harms[1]) > 20, story.id
        assert harms[1].rstrip().endswith("."), story.id
        said = " ".join((story.harms or "").split())
        assert said in harms[1] if said and not story.facts else "harm" in harms[1] or re.search(r"\d of \d", harms[1])


def test_acceptance_05_the_nu_checker_finds_no_error_on_any_kind_of_page(tmp_path: Path) -> None:
    second_opinions.need("nu")
    files = []
    for site, kinds in ((whole_archive(), KINDS), (german_archive(), GERMAN)):
        for name, path in kinds.items():
            files.append(tmp_path / f"{name.replace(' ', '-')}.html")
            files[-1].write_bytes(site[path])
    assert second_opinions.faults_of_pages(files) == []


def test_acceptance_07_the_strict_policy_stands_on_every_page() -> None:
    for path, page in pages().items():
        (policy,) = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
        assert policy.get("content") == (SEARCH_POLICY if path == KINDS["search"] else POLICY), path
        loads = policy.xpath("preceding-sibling::link | preceding-sibling::script | preceding-sibling::style")
        assert loads == [], f"{path}: what comes before the policy is not held to it"


def test_acceptance_08_no_page_but_that_of_search_has_a_script() -> None:
    scripts = "//script[not(@type='application/ld+json')] | //@*[starts-with(name(), 'on')]"
    assert {path for path, page in pages().items() if page.xpath(scripts)} == {KINDS["search"]}


def test_acceptance_10_every_link_and_every_fragment_leads_somewhere() -> None:
    """Everything a page names: links, style sheets, icons, pictures; and the addresses in feed and site map."""
    site = whole_archive()
    ids = {path: set(page.xpath("//@id")) for path, page in pages().items()}
    seen = 0
    for path, page in pages().items():
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


def test_acceptance_10_no_address_of_the_last_site_map_is_lost() -> None:
    before, now = archive_of_november(), pages()
    assert len(mapped(before)) > 20
    assert mapped(before) < mapped(whole_archive())
    for path, body in before.items():
        if path == "glossary/index.html" or re.fullmatch(r"\d{4}-\d\d/index\.html", path):
            anchors = set(lxml.html.document_fromstring(body.decode()).xpath("//@id"))
            assert anchors <= set(now[path].xpath("//@id")), path


KB = 1000
TRIALS = 300


@pytest.fixture(scope="module")
def grown() -> Mapping[str, bytes]:
    """An archive after ten years: 120 issues, the newest of thirty items, and 300 trials; printed when asked for."""
    stories = sample_issue().stories
    old = [
        sample_issue(
            key=f"{2017 + n // 12}-{n % 12 + 1:02d}",
            date=date(2017 + n // 12, n % 12 + 1, 3),
            stories=tuple(replace(each, id=f"{n}/{each.slug}-{n}") for each in stories[n % 4 : n % 4 + 3]),
        )
        for n in range(119)
    ]
    newest = replace(many(TITLES[:30]), key="2026-12")
    conditions = ("Lupus Nephritis", "Systemic Sclerosis", "Myasthenia Gravis", "Multiple Sclerosis")
    trials = tuple(
        replace(
            LUPUS,
            number=f"NCT{n:08}",
            title=f"Study {n} of autologous CD19 CAR-T cells in adults with autoimmune disease and no other choice left",
            conditions=(conditions[n % 4],),
            status=("RECRUITING", "COMPLETED", "TERMINATED")[n % 3],
        )
        for n in range(TRIALS)
    )
    later = tuple(replace(each, status="ACTIVE_NOT_RECRUITING", updated="2026-11-20") for each in trials[::3])
    followed = follow({ONE: trials, TWO: (*later, *trials[1::3], *trials[2::3])})
    return render_site((*old, newest), templates(), followed)


def weight(site: Mapping[str, bytes], path: str) -> int:
    """The bytes of a page on its way to a reader, compressed, with everything it loads."""
    page = lxml.html.document_fromstring(site[path].decode())
    loads = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //img/@src | //script/@src")
    files = {path, *(urljoin(f"{WEB}{path}", each).removeprefix(WEB) for each in loads)}
    return sum(len(gzip.compress(site[each], 9)) for each in files)


def test_acceptance_09_pages_are_light_after_ten_years_too(grown: Mapping[str, bytes]) -> None:
    bounds = {"index.html": 40, "2026-12/index.html": 60, "trials/index.html": 80, "2026-12/item-3/index.html": 30}
    weights = {path: weight(grown, path) for path in bounds}
    assert {path: n for path, n in weights.items() if n > bounds[path] * KB} == {}
    assert min(weights.values()) > 3 * KB


def test_acceptance_09_no_kind_of_page_is_heavy_but_for_an_editors_own_picture() -> None:
    """That has bounds of its own: `pipeline/theme/photo.py`."""
    site = {path: b"" if path.endswith(".jpg") else content for path, content in whole_archive().items()}
    assert {name: n for name, path in KINDS.items() if (n := weight(site, path)) > 30 * KB} == {}


@pytest.mark.browser
def test_the_start_page_does_not_grow_with_the_years(engine: Any, grown: Mapping[str, bytes]) -> None:
    page = engine.new_page(viewport={"width": 1280, "height": 900})
    put_on_the_web(page, {WEB: grown})
    page.goto(f"{WEB}index.html")
    assert 2_000 < page.evaluate("document.documentElement.scrollHeight") <= 6_000
    page.close()
