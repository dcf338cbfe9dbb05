"""A built issue that is built again keeps its first day; only what has other words now comes up as changed."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from newsrooms import JUNE, MAY, Room, sign_all

from pipeline.model.names import Status
from pipeline.queue import Written, fill, fill_head

ATOM = "{http://www.w3.org/2005/Atom}"
LATER, FIRST = date(2026, 7, 5), "2026-06-30"


def entries(room: Room) -> dict[str, tuple[str, str]]:
    """When each entry of the feed was published and updated, by id."""
    feed = ET.fromstring((room.outbox / "site" / "feed.xml").read_bytes())
    return {
        entry.findtext(f"{ATOM}id", ""): (
            entry.findtext(f"{ATOM}published", "")[:10],
            entry.findtext(f"{ATOM}updated", "")[:10],
        )
        for entry in feed.iter(f"{ATOM}entry")
    }


def days(room: Room) -> dict[str, str]:
    """The day of each page in the site map, by its path."""
    text = (room.outbox / "site" / "sitemap.xml").read_text()
    found = re.findall(r"<loc>https?://[^/]+/([^<]*)</loc><lastmod>([^<]*)</lastmod>", text)
    return {path.partition("hopeline/")[2] or path: day for path, day in found}


def mend(room: Room) -> str:
    """Change one word of one headline and have the item signed anew; gives its id."""
    item = room.some(Status.APPROVED)
    mended = item.headline.replace(" finds ", " found ")
    assert mended != item.headline
    room.write(fill(room.queue, {item.id: Written(words={"headline": mended})}).text)
    sign_all(room)
    return item.id


def other_funding(room: Room) -> None:
    settings = room.root / "sources.yml"
    settings.write_text(settings.read_text().replace("funding: ", "funding: Again, ", 1))


def build_later(room: Room, *words: str) -> None:
    said = room.hope("build", "--issue", JUNE, *words, today=LATER)
    assert said.code == 0, said.text


@pytest.mark.parametrize("delivered", [False, True], ids=["at home", "delivered"])
def test_one_mended_word_moves_only_the_day_of_its_own_entry(at, tmp_path, delivered):
    room = at("both")
    if delivered:
        assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0
    before, map_before = entries(room), days(room)
    item = mend(room)
    build_later(room, *(["--again"] if delivered else []))
    moved = {tag for tag, when in entries(room).items() if when != before[tag]}
    slug = item.rpartition("/")[2]
    assert [tag.rpartition(":")[2].rpartition("/")[2] for tag in moved] == [slug]
    assert all(entries(room)[tag] == (FIRST, LATER.isoformat()) for tag in moved)
    page = (room.outbox / "site" / JUNE / slug / "index.html").read_text()
    assert "This page says what was known on 30 June 2026. Some of its words were changed on 5 July 2026." in page
    whole = (room.outbox / "site" / JUNE / "index.html").read_text()
    assert all('"dateModified": "2026-07-05"' in each.replace('":"', '": "') for each in (page, whole))
    assert b"Date: Tue, 30 Jun 2026 " in (room.outbox / JUNE / "message.eml").read_bytes()
    changed = {path for path, day in days(room).items() if day != map_before[path]}
    own = {path for path in changed if path.endswith((f"{JUNE}/", f"{JUNE}/{slug}/"))}
    assert len(own) == 2
    assert not any(re.search(r"\d{4}-\d{2}/", path) for path in changed - own)
    others = [p for p in (room.outbox / "site").rglob("*.html") if slug not in p.parts and p.parent.name != JUNE]
    assert others
    assert not [p for p in others if "5 July 2026" in p.read_text()]


def test_a_changed_setting_moves_no_day(at):
    room = at("both")
    before, map_before = entries(room), days(room)
    other_funding(room)
    build_later(room)
    assert "Again, " in (room.outbox / "site" / JUNE / "index.html").read_text()
    assert (entries(room), days(room)) == (before, map_before)
    assert "5 July" not in "".join(p.read_text() for p in (room.outbox / "site").rglob("*.html"))
    assert b"Date: Tue, 30 Jun 2026 " in (room.outbox / JUNE / "message.eml").read_bytes()
    assert "changed" not in json.loads((room.outbox / JUNE / "issue.json").read_text())


def test_the_day_of_a_mended_word_stays_when_something_else_is_built_later(at):
    room = at("both")
    item = mend(room)
    build_later(room)
    once = entries(room)
    other_funding(room)
    assert room.hope("build", "--issue", JUNE, today=date(2026, 8, 1)).code == 0
    assert entries(room) == once
    frozen = json.loads((room.outbox / JUNE / "issue.json").read_text())
    assert frozen["date"] == FIRST
    assert frozen["changed"] == [{"item": item, "on": LATER.isoformat()}]


def test_an_opening_with_other_words_moves_the_day_of_the_issues_entry(at):
    room = at("both")
    before = entries(room)
    room.write(fill_head(room.queue, {"intro": f"News of this month. {room.queue.queue.intro}"}).text)
    sign_all(room)
    build_later(room)
    (moved,) = {tag for tag, when in entries(room).items() if when != before[tag]}
    assert moved.endswith("_issue")
    assert entries(room)[moved] == (FIRST, LATER.isoformat())


def test_an_issue_that_is_built_twice_on_one_day_is_of_that_day(at):
    room = at("both")
    before = entries(room)
    mend(room)
    assert room.hope("build", "--issue", JUNE).code == 0
    assert entries(room) == before
    assert "changed" not in json.loads((room.outbox / JUNE / "issue.json").read_text())


def test_an_older_issue_built_in_september_keeps_its_day(at):
    room = at("both")
    other_funding(room)
    assert room.hope("build", "--issue", MAY, today=date(2026, 9, 1)).code == 0
    assert json.loads((room.outbox / MAY / "issue.json").read_text())["date"] == "2026-05-31"
