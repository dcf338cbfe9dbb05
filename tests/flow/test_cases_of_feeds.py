"""Small hard feeds, gathered whole: what a real server sends in one case or another, and what an editor then gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from newsrooms import Room
from servers import Act, Script, Server, Wire, reply, serve

CASES = Path(__file__).parents[1] / "cases"
KINDS = {".xml": "application/xml", ".json": "application/feed+json"}
SOURCES = """\
newsletter:
  name: Cases
  base_url: https://news.example.org/
  sender: Cases <editors@news.example.org>
  unsubscribe: https://news.example.org/leave
  fetching: {{pause: 0, retries: 0, total_timeout: 5, read_timeout: 3}}
sources:
- {{key: case, kind: feed, name: A case, url: '{url}', tier: journal, role: evidence}}
"""


def served(name: str) -> Script:
    """A case as it is sent: a whole raw answer, or a body with a fitting type."""
    path = CASES / name
    body = path.read_bytes()
    return body if path.suffix == ".http" else reply(200, body, Content_Type=KINDS[path.suffix])


@dataclass(frozen=True, slots=True)
class Case:
    """A newsroom with one source."""

    room: Room
    server: Server

    def gather(self, script: Script, day: str = "2026-11-20", month: str = "2026-11") -> dict[str, Any]:
        """Gather on a day while the source sends this; gives how the source is said to be."""
        self.server.scripts["/feed"] = script
        room = Room(self.room.root, month)
        said = room.hope("gather", "--issue", month, today=date.fromisoformat(day))
        health: dict[str, Any] = json.loads((room.outbox / "sources.json").read_text(encoding="utf-8"))[0]
        assert said.code == int(health["state"] not in ("fresh", "unchanged", "degraded", "stalled")), said.text
        return health


@pytest.fixture
def case(tmp_path: Path) -> Any:
    with serve({}) as server:
        (tmp_path / "sources.yml").write_text(SOURCES.format(url=server.url("/feed")), encoding="utf-8")
        (tmp_path / "outbox").mkdir()
        yield Case(Room(tmp_path, "2026-11"), server)


READ = {
    "h05": "h05.http",  # gzip that nobody announced
    "h08": "h08.http",  # a header line that is a warning of some program
    "h09": "h09.http",  # a space before the colon
    "h10": "h10.http",
    "f01": "f01.json",  # line breaks in the texts of JSON
    "f03": "f03.json",
    "f04": "f04.xml",
    "f06": "f06.xml",
    **{each: f"{each}.xml" for each in ("d01", "d03", "d05", "d06", "d07", "d09")},
}
DAYS = {"d07": "2026-11-06"}
LINKS = {"f04": "https://good.example/e1", "f06": "https://good.example/blog/posts/e1"}


@pytest.mark.parametrize("name", READ)
def test_it_is_read_whole(case: Case, name: str) -> None:
    health = case.gather(served(READ[name]))
    assert (health["state"], health["entries"]) == ("degraded" if name == "f01" else "fresh", 1), health
    (item,) = case.room.items
    if name.startswith("d"):
        assert item.published == DAYS.get(name, "2026-11-16")
    if name in LINKS:
        assert item.link == LINKS[name]


@pytest.mark.parametrize(("name", "line"), [("h08.http", "get-cache/forum.php"), ("h09.http", "X-Powered-By : magic")])
def test_a_header_line_that_was_skipped_is_named(case: Case, name: str, line: str) -> None:
    assert line in case.gather(served(name))["note"]


def test_a_server_that_wants_a_cookie_is_told_apart_from_one_in_a_circle(case: Case) -> None:
    health = case.gather(reply(302, Location="/feed", Set_Cookie="ok=1; Path=/"))
    assert health["state"] == "blocked"
    assert "wants a cookie" in health["note"]
    assert "browser" not in health["todo"]


def test_a_list_that_moved_to_a_web_page_is_not_said_to_have_moved_there(case: Case) -> None:
    case.server.scripts["/"] = reply(200, b"<html><body>A web page</body></html>", Content_Type="text/html")
    health = case.gather(served("h14.http"))
    assert health["state"] in ("page-instead-of-feed", "failed")
    assert "Change the url" not in health["todo"]


def test_a_server_that_says_not_modified_for_ever_is_found_out(case: Case) -> None:
    def stubborn(name: str) -> Act:
        whole = reply(200, (CASES / name).read_bytes(), Content_Type="application/xml", ETag='"same"')

        async def act(wire: Wire) -> None:
            await wire.send(reply(304, ETag='"same"') if "if-none-match" in wire.visit.headers else whole)

        return act

    assert case.gather(stubborn("h15_old.xml"))["state"] == "fresh"
    before = {item.title for item in case.room.items}
    assert case.gather(stubborn("h15_new.xml"), "2026-11-22")["state"] == "unchanged"
    assert {item.title for item in case.room.items} == before
    assert case.gather(stubborn("h15_new.xml"), "2026-12-22")["state"] == "fresh"
    assert len(case.room.items) == len(before) + 1


def test_a_tag_that_stays_while_the_body_changes_hides_nothing(case: Case) -> None:
    body = (CASES / "h16.xml").read_bytes()
    case.gather(reply(200, body, ETag='"x"'))
    more = body.replace(b"</channel>", b"<item><title>CAR-T cells in myositis</title><guid>n2</guid></item></channel>")
    assert case.gather(reply(200, more, ETag='"x"'))["entries"] == 2


def test_a_tag_without_quotes_goes_back_byte_for_byte(case: Case) -> None:
    case.gather(reply(200, (CASES / "h17.xml").read_bytes(), ETag="RSS-abc"))
    assert case.gather(reply(304))["state"] == "unchanged"
    assert case.server.asked("/feed")[-1].headers["if-none-match"] == "RSS-abc"


def test_a_feed_whose_dates_cannot_be_read_is_never_called_fresh(case: Case) -> None:
    feed = (CASES / "d05.xml").read_bytes().replace(b"lun., 16 nov. 2026 08:00:00 +0100", b"some time in autumn")
    health = case.gather(reply(200, feed, Content_Type="application/xml"))
    assert health["state"] == "degraded"
    assert "“some time in autumn”" in health["note"]
    (item,) = case.room.items
    assert item.published is None
    assert "published:              # no day could be read from the source" in case.room.queue_file.read_text()


@pytest.mark.parametrize("typed", ["28.05.2026", "May 2026", "2026-13-01", "2026-02-30", "soon", "26-05-28"])
def test_a_day_of_publication_typed_in_another_way_is_refused_with_its_line(case: Case, typed: str) -> None:
    case.gather(served("d01.xml"))
    case.room.edit("published: 2026-11-16", f"published: {typed}")
    said = case.room.hope("check", today=date(2026, 11, 20))
    assert said.code == 2
    assert f"“{typed}” is not a day" in said.err
    assert "as in 2026-11-28" in said.err


@pytest.mark.parametrize("typed", ["2026-05-28", "2026-05", "'2026'", "2026"])
def test_a_day_a_month_or_a_year_is_understood(case: Case, typed: str) -> None:
    case.gather(served("d01.xml"))
    case.room.edit("published: 2026-11-16", f"published: {typed}")
    assert case.room.hope("check", today=date(2026, 11, 20)).code != 2
