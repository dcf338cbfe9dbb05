"""Other people's checkers on real mails: the Nu HTML checker, axe, SpamAssassin."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import axe
import pytest
import second_opinions
from issues import MASTHEAD, quiet_issue, templates
from newsrooms import JUNE, MAY
from poured import TITLES, WORDS, many, poured

from pipeline.render import render

DOCUMENTED = re.compile(r"CSS: “mso-[a-z-]+”: Property “mso-[a-z-]+” doesn't exist")
"""Words of Outlook's own, which no checker of CSS knows."""


@cache
def made(name: str) -> dict[str, bytes]:
    """The files of a month of thirty items, or of a quiet one."""
    issue = many(TITLES[:30]) if name == "thirty items" else quiet_issue()
    issue = replace(issue, masthead=replace(MASTHEAD, unsubscribe="https://news.example.org/leave/{reader}"))
    return render(issue, (issue,), templates()).files


@pytest.fixture(scope="module")
def mails(steps: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of finished mails: both months of the demo, thirty items, a quiet month."""
    folders = {month: steps / "both" / "outbox" / month for month in (MAY, JUNE)}
    for name in ("thirty items", "a quiet month"):
        folders[name] = tmp_path_factory.mktemp(name.replace(" ", "-"))
        for path, content in made(name).items():
            (folders[name] / path).parent.mkdir(parents=True, exist_ok=True)
            (folders[name] / path).write_bytes(content)
    return folders


def test_the_nu_checker_finds_no_error(mails: dict[str, Path], tmp_path: Path) -> None:
    second_opinions.need("nu")
    pages = [folder / "email.html" for folder in mails.values()]
    for n, words in enumerate(WORDS.values()):
        issue = poured(words)
        pages.append(tmp_path / f"{n}.html")
        pages[-1].write_bytes(render(issue, (issue,), templates()).files["email.html"])
    found = second_opinions.faults_of_pages(pages)
    assert [fault for fault in found if not DOCUMENTED.search(fault)] == []


def test_the_nu_checker_would_find_one(mails: dict[str, Path], tmp_path: Path) -> None:
    second_opinions.need("nu")
    page = tmp_path / "broken.html"
    html = (mails[JUNE] / "email.html").read_text("utf-8")
    page.write_text(html.replace("<h1", "<li>A list of nothing</li><h1", 1), "utf-8")
    assert any("li" in fault for fault in second_opinions.faults_of_pages([page]))


def test_spamassassin_holds_nothing_against_a_mail(mails: dict[str, Path]) -> None:
    second_opinions.need("spamassassin")
    for name, folder in mails.items():
        scores = second_opinions.spam_scores((folder / "message.eml").read_bytes())
        assert scores["MAILING_LIST_MULTI"] < 0, name
        assert {rule: score for rule, score in scores.items() if score > 0} == {}, name


@pytest.mark.browser
def test_axe_finds_no_barrier_in_a_mail(engine: Any, mails: dict[str, Path]) -> None:
    page, found = engine.new_page(), []
    for name, folder in mails.items():
        page.set_content((folder / "email.html").read_text("utf-8"))
        looks = product((375, 700), ("light", "dark"))
        found += [(name, *each) for each in axe.barriers_in(page, looks, axe.WCAG)]
    page.close()
    assert found == []
