"""Mails of many items, under titles of real papers: budgets hold or say so, and what stands there is told whole."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from issues import MASTHEAD, templates
from poured import TITLES, many

from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Extent, Section
from pipeline.model.settings import MailBounds
from pipeline.proof import Held, prove
from pipeline.proof.finished import read
from pipeline.render import render

NEVER = {Section.SAFETY, Section.REGULATION, Section.STOPPED}
COUNTS = [30, 60, 120]
USUAL = MailBounds()
NO_HARMS_YET = next(
    each for each in re.findall(r'ROWS_LEAD = "(.*?)"', templates()["web/words.txt"]) if "harms" in each
)
"""What holds for all rows of trials without results."""


@cache
def made(count: int, most: MailBounds = USUAL) -> tuple[Issue, Edition]:
    """An edition of so many items, within these budgets."""
    issue = replace(many(TITLES[:count]), masthead=replace(MASTHEAD, mail=most))
    return issue, render(issue, (issue,), templates())


def flat(text: str) -> str:
    return " ".join(text.split())


def told_online(edition: Edition) -> list[int]:
    """The counts of "n more … online", as a reader sees them."""
    return [
        int(n) for n in re.findall(r"(\d+) more [\w ]+? (?:is|are) online", flat(read(edition.files, None).sent.seen))
    ]


@pytest.mark.parametrize("count", COUNTS)
def test_budgets_hold_or_all_that_may_move_has_moved(count: int) -> None:
    issue, edition = made(count)
    most, costs = issue.masthead.mail, edition.costs
    assert costs.bytes < most.bytes
    broken = [each.rule for each in prove(edition.files) if each.held is Held.NOT_OK]
    if costs.words <= most.words:
        assert broken == []
    else:
        assert broken == ["B2"]
        sections = {story.id: story.section for story in issue.stories}
        stay = {
            each.part for each in costs.items if each.extent is not Extent.ONLINE and sections[each.id] not in NEVER
        }
        assert stay == {"depth"}


def test_thirty_items_hold_both_budgets() -> None:
    issue, edition = made(30)
    assert edition.costs.words <= issue.masthead.mail.words
    assert edition.costs.bytes < issue.masthead.mail.bytes


@pytest.mark.parametrize("count", COUNTS)
def test_what_is_shown_and_what_moved_make_all_of_them(count: int) -> None:
    issue, edition = made(count)
    moved = [each for each in edition.costs.items if each.extent is Extent.ONLINE]
    assert len(edition.costs.items) == count
    assert sum(told_online(edition)) == len(moved)
    for name in ("email.html", "email.txt"):
        words = flat(read(edition.files, None).sent.seen if name.endswith("html") else edition.files[name].decode())
        shown = {story.id for story in issue.stories if flat(story.headline or "") in words}
        assert shown == {story.id for story in issue.stories} - {each.id for each in moved}
    pages = edition.site["2026-12/index.html"].decode()
    assert all(f"{story.slug}/" in pages for story in issue.stories)


@pytest.mark.parametrize("count", COUNTS)
def test_nothing_that_readers_must_hear_of_moves(count: int) -> None:
    issue, edition = made(count)
    online = {each.id for each in edition.costs.items if each.extent is Extent.ONLINE}
    assert [story.id for story in issue.stories if story.section in NEVER and story.id in online] == []


@pytest.mark.parametrize("most", [USUAL, MailBounds(words=5_000)], ids=["as usual", "with room"])
@pytest.mark.parametrize("count", COUNTS)
def test_what_stands_in_the_mail_has_step_people_and_harms(count: int, most: MailBounds) -> None:
    """Each item by itself, as both parts show it: from its headline to the next one's."""
    issue, edition = made(count, most)
    online = {each.id for each in edition.costs.items if each.extent is Extent.ONLINE}
    for words in (flat(read(edition.files, None).sent.seen), flat(edition.files["email.txt"].decode())):
        places = sorted(
            ((words.index(flat(s.headline or "")), s) for s in issue.stories if s.id not in online),
            key=lambda each: each[0],
        )
        ends = [place for place, _ in places[1:]] + [len(words)]
        for (start, story), end in zip(places, ends, strict=True):
            # What holds for all rows of a table stands once above it, and who was treated may stand above the headline.
            said, people = words[max(0, start - 200) : end], story.evidence.participants
            assert f"{people} people" in said, story.id
            if story.harms:
                assert flat(story.harms) in words[start:end], story.id
            else:
                assert NO_HARMS_YET in words, story.id
            if story.evidence.stage.rank is not None and story.section not in NEVER:
                assert re.search(r"Step \d+ of \d+", words[start:end]), story.id


def test_a_row_without_a_short_text_is_its_headline_evidence_and_harms() -> None:
    issue, edition = made(30)
    rows = {each.id for each in edition.costs.items if each.extent is Extent.ROW and each.part == "research"}
    assert rows
    for words in (flat(read(edition.files, None).sent.seen), flat(edition.files["email.txt"].decode())):
        assert [story.id for story in issue.stories if story.id in rows and flat(story.summary or "") in words] == []
