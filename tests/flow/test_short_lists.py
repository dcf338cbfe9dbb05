"""Lists of a registry that end before all they say they have: told, and never taken for trials that are gone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from newsrooms import Room
from registries import build, gather, newsroom, record, told
from servers import Script, Wire, reply, serve


class _Every(dict[str, Script]):
    """One script, whatever is asked."""

    def get(self, _: str, __: Any = None) -> Any:
        return self[""]


def study(number: int) -> dict[str, Any]:
    """One study of ours."""
    protocol = {
        "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": f"CAR-T cells in lupus {number}"},
        "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2026-11-02"}},
        "conditionsModule": {"conditions": ["Lupus"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"]},
    }
    return {"protocolSection": protocol, "hasResults": False}


def paged(*pages: dict[str, Any] | bytes, version: bytes | None = None) -> Script:
    """A registry that answers a search with these pages, one after the other, by their tokens."""
    empty = reply(200, b'{"studies": []}', Content_Type="application/json")
    sent = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in pages]
    tokens = [json.loads(each).get("nextPageToken") for each in sent]

    async def act(wire: Wire) -> None:
        parts = urlsplit(wire.visit.path)
        query = parse_qs(parts.query)
        if parts.path.endswith("/version"):
            await wire.send(version or reply(200, b'{"dataTimestamp":"2026-11-18T09:00:04"}'))
        elif "query.cond" in query:
            token = query.get("pageToken", [None])[0]
            at = tokens.index(token) + 1 if token else 0
            await wire.send(reply(200, sent[at], Content_Type="application/json"))
        else:
            await wire.send(empty)

    return act


def gathered(
    root: Path, script: Script, day: str = "2026-11-20", month: str = "2026-11"
) -> tuple[Room, dict[str, Any]]:
    """A newsroom that gathered from such a registry, and how the registry is said to be."""
    with serve({}) as server:
        server.scripts = _Every({"": script})
        room = newsroom(root, server.url("").rstrip("/"), month)
        gather(room, day)
    (health,) = json.loads((room.outbox / "sources.json").read_text(encoding="utf-8"))
    return room, health


def pages_of(total: object, *numbers: Iterable[int], tokens: bool = True) -> list[dict[str, Any]]:
    """Pages of a list that says it has so many studies."""
    pages: list[dict[str, Any]] = [{"studies": [study(n) for n in each]} for each in numbers]
    if total is not None:
        pages[0]["totalCount"] = total
    for n, page in enumerate(pages[:-1]):
        page["nextPageToken"] = f"t{n}" if tokens else "same"
    return pages


CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize(("case", "came"), [("r01", "2 of 5"), ("r02", "2 of 5"), ("r03", "3 of 5"), ("r04", "")])
def test_a_list_that_ends_too_early_is_degraded_and_says_how_many_came(tmp_path: Path, case: str, came: str) -> None:
    script = paged(*(path.read_bytes() for path in sorted(CASES.glob(f"{case}_page*.json"))))
    room, health = gathered(tmp_path / "room", script)
    assert health["state"] == ("degraded" if came else "fresh")
    assert came in health["note"]
    assert len(record(room)) == (3 if case == "r03" else 2)


SHORT = {
    "no second page": (pages_of(5, [1, 2]), "2 of 5"),
    "an empty second page": (pages_of(5, [1, 2], []), "2 of 5"),
    "an empty first page": (pages_of(3, [], [1]), "1 of 3"),
    "a page twice": (pages_of(4, [1, 2], [1, 2]), "2 of 4"),
    "a page twice, then another": (pages_of(5, [1, 2], [1, 2], [3]), "3 of 5"),
    "pages that overlap": (pages_of(5, [1, 2], [2, 3], [3, 4]), "4 of 5"),
    "one missing at the end": (pages_of(6, [1, 2], [3, 4], [5]), "5 of 6"),
    "a study twice on a page": (pages_of(3, [1, 1, 2]), "2 of 3"),
}
WHOLE = {
    "one page": pages_of(2, [1, 2]),
    "three pages": pages_of(5, [1, 2], [3, 4], [5]),
    "an empty last page": pages_of(2, [1, 2], []),
    "more than it says": pages_of(1, [1, 2]),
    "no count": pages_of(None, [1, 2], [3]),
    "a count that is no number": pages_of("many", [1, 2]),
    "a count below nought": pages_of(-1, [1, 2]),
    "none at all": pages_of(0, []),
    "overlapping pages that hold all": pages_of(3, [1, 2], [2, 3]),
}


@pytest.mark.parametrize("promise", SHORT)
def test_every_way_of_ending_too_early_is_seen(tmp_path: Path, promise: str) -> None:
    pages, came = SHORT[promise]
    _, health = gathered(tmp_path / "room", paged(*pages))
    assert (health["state"], came in health["note"]) == ("degraded", True), health


@pytest.mark.parametrize("promise", WHOLE)
def test_a_list_that_came_whole_is_not_complained_of(tmp_path: Path, promise: str) -> None:
    _, health = gathered(tmp_path / "room", paged(*WHOLE[promise]))
    assert health["state"] in ("fresh", "empty"), health


def test_a_list_of_nothing_where_there_should_be_many_is_called_empty_and_nothing_is_gone(tmp_path: Path) -> None:
    room, _ = gathered(tmp_path / "room", paged(*pages_of(2, [1, 2])), "2026-10-20", "2026-10")
    build(room, "2026-10-20")
    later, health = gathered(tmp_path / "room", paged(*pages_of(9, [])))
    assert health["state"] == "empty"
    assert set(record(later)) == set(record(room))


def test_what_was_not_seen_of_a_list_that_ended_too_early_is_not_gone(tmp_path: Path) -> None:
    whole = paged(*pages_of(3, [1, 2, 3]))
    room, _ = gathered(tmp_path / "room", whole, "2026-10-20", "2026-10")
    build(room, "2026-10-20")
    later, health = gathered(tmp_path / "room", paged(*pages_of(3, [1])))
    assert health["state"] == "degraded"
    assert set(record(later)) == set(record(room))
    assert told(later) == []


@pytest.mark.parametrize("version", [reply(500), reply(404), reply(403), reply(200, b"{}"), reply(200, b"<html>")])
def test_a_state_of_the_data_that_is_not_to_be_had_costs_nothing(tmp_path: Path, version: bytes) -> None:
    room, health = gathered(tmp_path / "room", paged(*pages_of(2, [1, 2]), version=version))
    assert health["state"] == "fresh", health
    assert len(record(room)) == 2


def test_a_title_that_a_spreadsheet_would_run_is_guarded_in_wide_signs_too(tmp_path: Path) -> None:
    room, health = gathered(tmp_path / "room", paged((CASES / "w06_page1.json").read_bytes()))
    assert health["state"] == "fresh"
    build(room, "2026-11-20")
    with (room.outbox / "site" / "trials.csv").open(encoding="utf-8-sig", newline="") as lines:
        titles = [row["title"] for row in csv.DictReader(lines)]
    assert "'\uff1d1+1 CD19 CAR-T cells in lupus" in titles
    assert all(title[0] == "'" for title in titles)
