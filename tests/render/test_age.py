"""A page says how old it is, counted from the newest issue, and leads on to what is newer on the same diseases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import lxml.html
import pytest
from issues import earlier_issue, item, sample_issue, templates

from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Section
from pipeline.model.story import About
from pipeline.render import render

TEMPLATES = templates()


def issue(key: str, *diseases: str, **changes: object) -> Issue:
    """An issue with an item on each of some diseases."""
    made = [
        item(f"{name}-{n}", Section.RESEARCH, id=f"{key}/{name}-{n}", about=About(conditions=(name,)))
        for n, name in enumerate(diseases)
    ]
    return sample_issue(key=key, date=date.fromisoformat(f"{key}-15"), stories=tuple(made), **changes)


def site(*issues: Issue) -> Edition:
    return render(issues[-1], issues, TEMPLATES)


def note(edition: Edition, path: str) -> lxml.html.HtmlElement | None:
    """What a page says of its age, first of all in its content."""
    page = lxml.html.document_fromstring(edition.site[path].decode())
    found = page.xpath("//main//div[@role='note']")
    if found:
        (first,) = found
        texts = page.xpath("//main//*[self::h1 or self::p]")
        assert texts[0] in list(first.iter())
    return found[0] if found else None


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(("newest", "old"), [("2026-01", False), ("2026-02", True), ("2028-01", True)])
def test_a_page_over_twelve_months_older_than_the_newest_issue_says_so_first(newest, old):
    made = site(issue("2025-01", "lupus"), issue(newest, "lupus"))
    for path in ("2025-01/index.html", "2025-01/lupus-0/index.html"):
        assert (note(made, path) is not None) == old
    assert note(made, f"{newest}/index.html") is None
    assert note(made, f"{newest}/lupus-0/index.html") is None


def test_how_old_is_said_in_months_and_the_newer_pages_on_the_same_disease_are_linked():
    made = site(
        issue("2025-01", "lupus", "myositis"),
        issue("2025-02", "lupus"),
        issue("2026-01", "lupus", "lupus"),
        issue("2026-03", "myositis"),
    )
    lupus = note(made, "2025-01/lupus-0/index.html")
    assert "it is from January 2025, 14 months before our newest issue" in words(lupus)
    links = [a.get("href") for a in lupus.iter("a")]
    assert links == [
        "../../2026-01/lupus-0/index.html",
        "../../2026-01/lupus-1/index.html",
        "../../2025-02/lupus-0/index.html",
        "../../2026-03/index.html",
    ]
    myositis = note(made, "2025-01/myositis-1/index.html")
    assert [a.get("href") for a in myositis.iter("a")] == [
        "../../2026-03/myositis-0/index.html",
        "../../2026-03/index.html",
    ]
    whole = note(made, "2025-01/index.html")
    assert "../2026-03/myositis-0/index.html" in [a.get("href") for a in whole.iter("a")]


def test_no_withdrawn_page_is_named_as_newer():
    told = earlier_issue()
    told = replace(told, stories=tuple(replace(s, about=About(conditions=("lupus",))) for s in told.stories))
    first, page = issue("2025-01", "lupus"), "../../2026-11/antibody-pair-ra/index.html"
    for newest, named in ((issue("2026-12", "myositis"), True), (sample_issue(), False)):
        links = [a.get("href") for a in note(site(first, told, newest), "2025-01/lupus-0/index.html").iter("a")]
        assert (page in links) == named


def test_the_day_of_what_was_known_stands_on_every_page():
    made = site(issue("2025-01", "lupus"), issue("2026-03", "lupus"))
    for path, content in made.site.items():
        if path.endswith(".html"):
            said = words(lxml.html.document_fromstring(content.decode()))
            assert said.count("This page says what was known on ") == 1, path
            day = "15 January 2025" if path.startswith("2025-01/") else "15 March 2026"
            assert f"This page says what was known on {day}." in said, path


def test_an_archive_without_a_clock_says_the_same_for_good():
    issues = (issue("2005-01", "lupus"), issue("2005-06", "lupus"))
    assert note(site(*issues), "2005-01/index.html") is None
