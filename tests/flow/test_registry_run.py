"""A registry gathered month by month and day by day, by the real command: each change once, and no silence is news."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from newsrooms import Room
from registries import MIRROR, NO_NEWS, REPLAY, build, gather, mirror, newsroom, record, told
from servers import Act, Script, Wire, late, reply, serve

from pipeline.model.story import Change

real = [
    pytest.mark.captures,
    pytest.mark.skipif(not (MIRROR.exists() and REPLAY.exists()), reason=f"the real registry is not here: {REPLAY}"),
]


# --- three real months ----------------------------------------------------------------------------------------------


def expected(day: str) -> set[tuple[str, str]]:
    with (REPLAY / "expected_changes.tsv").open(encoding="utf-8") as lines:
        rows = {(r["nct"], r["what"]) for r in csv.DictReader(lines, delimiter="\t") if r["as_of"] == day}
    return rows - {(nct, what) for of, nct, what in NO_NEWS if of == day}


def what(changes: Iterable[tuple[str, Change]]) -> list[tuple[str, str]]:
    return sorted((nct, change.field) for nct, change in changes)


def months(room: Room, *days: str) -> list[Room]:
    """Gather and build a month for each day of the replay; each month's room."""
    made = []
    for day in days:
        with mirror(day) as url:
            room = newsroom(room.root, url, day[:7] if day != "2026-05-08" else "2026-04")
            gather(room, day)
        build(room, day)
        made.append(room)
    return made


@pytest.mark.parametrize("_", [pytest.param(0, marks=real)])
def test_three_real_months_tell_each_change_once_and_no_other(tmp_path, _):
    room = Room(tmp_path / "room")
    first, second, third = months(room, "2026-05-08", "2026-05-31", "2026-06-30")
    assert told(first) == []
    for each, day in ((second, "2026-05-31"), (third, "2026-06-30")):
        assert what(told(each)) == sorted(expected(day)), day
        assert 5 <= len(each.items) <= 35


@pytest.mark.parametrize("_", [pytest.param(0, marks=real)])
def test_the_same_state_on_five_days_then_the_next_tells_the_same_changes_once(tmp_path, _):
    (april,) = months(Room(tmp_path / "room"), "2026-05-08")
    room = Room(april.root, "2026-06")
    with mirror("2026-05-31") as url:
        newsroom(room.root, url)
        gather(room, "2026-06-01")
        first = room.files()
        for day in range(2, 6):
            gather(room, f"2026-06-0{day}")
            assert room.queue_file.read_bytes() == first["outbox/2026-06/queue.yml"]
    with mirror("2026-06-30") as url:
        newsroom(room.root, url)
        gather(room, "2026-06-30")
    net = what(told(room))
    assert len(net) == len(set(net))
    # Every change of both months; what moved twice stands once, and a trial that is new has nothing to compare with.
    new = {nct for nct, field in net if field == "new"}
    assert set(net) == {
        (n, w) for n, w in expected("2026-05-31") | expected("2026-06-30") if w == "new" or n not in new
    }


# --- a registry that misbehaves -------------------------------------------------------------------------------------

TITLE = "CAR-T cells in lupus"


def study(number: int, **modules: object) -> dict[str, Any]:
    """One study with everything a reader would miss."""
    protocol: dict[str, object] = {
        "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": f"{TITLE} {number}"},
        "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2026-05-02"}},
        "conditionsModule": {"conditions": ["Lupus"]},
        "designModule": {
            "studyType": "INTERVENTIONAL", "phases": ["PHASE1"], "enrollmentInfo": {"count": 20, "type": "ESTIMATED"},
            "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "DOUBLE"}},
        },
        "eligibilityModule": {"minimumAge": "18 Years", "maximumAge": "65 Years"},
        "contactsLocationsModule": {"locations": [{"facility": "H", "city": "Bonn", "country": "Germany"}]},
    }  # fmt: skip
    return {"protocolSection": {k: v for k, v in (protocol | modules).items() if v is not None}, "hasResults": False}


def status(word: str, day: str = "2026-06-02") -> dict[str, Any]:
    return {"statusModule": {"overallStatus": word, "lastUpdatePostDateStruct": {"date": day}}}


class Registry:
    """A registry on the own machine: what it lists, what it knows by number, and how it misbehaves."""

    def __init__(self, *studies: dict[str, Any], unlisted: Iterable[dict[str, Any]] = (), page: int = 1000) -> None:
        self.listed, self.unlisted, self.page = list(studies), list(unlisted), page
        self.versions = iter(["2026-05-31T09:00:05"] * 1000)
        self.asked: list[dict[str, str]] = []
        self.instead: Act | bytes | None = None
        self.refuses_fields = False
        self.breaks_at: set[int] = set()
        self.pages = count()

    async def version(self, wire: Wire) -> None:
        await self._send(wire, {"apiVersion": "2.0.5", "dataTimestamp": next(self.versions)})

    async def studies(self, wire: Wire) -> None:
        ask = {k: v[-1] for k, v in parse_qs(urlsplit(wire.visit.path).query).items()}
        self.asked.append(ask)
        if self.refuses_fields and "fields" in ask:
            await wire.send(reply(400, b"Unknown field: Sections", Content_Type="text/plain"))
            return
        start = int(ask.get("pageToken", "0"))
        if start and next(self.pages) in self.breaks_at:
            await wire.send(reply(400, b"Page token expired", Content_Type="text/plain"))
            return
        found = self.listed
        if ids := ask.get("filter.ids"):
            known = {s["protocolSection"]["identificationModule"]["nctId"]: s for s in [*self.listed, *self.unlisted]}
            found = [known[i] for i in ids.split(",") if i in known]
        page: dict[str, object] = {"studies": found[start : start + self.page]}
        if start + self.page < len(found):
            page["nextPageToken"] = str(start + self.page)
        await self._send(wire, page)

    async def _send(self, wire: Wire, answer: object) -> None:
        if self.instead is None:
            await wire.send(reply(200, json.dumps(answer).encode(), Content_Type="application/json"))
        elif isinstance(self.instead, bytes):
            await wire.send(self.instead)
        else:
            await self.instead(wire)


class _Any(dict[str, Script]):
    """Scripts by the path without its query."""

    def __init__(self, registry: Registry) -> None:
        super().__init__({"/api/v2/version": registry.version, "/api/v2/studies": registry.studies})

    def get(self, path: str, default: Any = None) -> Any:
        return super().get(path.partition("?")[0], default)


def listed() -> Registry:
    return Registry(study(1), study(2), study(3, **status("SUSPENDED", "2026-05-02")))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A newsroom whose last issue knows what a registry listed then; made once and copied."""
    folder = tmp_path_factory.mktemp("registry") / "room"
    with serve({}) as server:
        server.scripts = _Any(listed())
        room = newsroom(folder, server.url("").rstrip("/"))
        gather(room, "2026-05-30")
    build(room, "2026-05-31")
    return folder


@pytest.fixture
def served(built, tmp_path):
    """A registry, and the room of the month after the one that knows what it listed."""
    registry = listed()
    shutil.copytree(built, tmp_path / "room")
    with serve({}) as server:
        server.scripts = _Any(registry)
        yield registry, newsroom(tmp_path / "room", server.url("").rstrip("/"), "2026-06")


def test_a_trial_that_left_the_search_is_asked_by_number_and_nothing_is_said_of_it(served):
    registry, room = served
    registry.unlisted = [registry.listed.pop()]
    gather(room, "2026-06-10")
    assert [a["filter.ids"] for a in registry.asked if "filter.ids" in a] == ["NCT00000001,NCT00000002,NCT00000003"]
    assert room.items == ()
    assert record(room)["NCT00000003"]["status"] == "SUSPENDED"


def test_a_trial_the_registry_does_not_even_know_by_number_keeps_its_last_state_and_is_remarked_on(served):
    registry, room = served
    registry.listed.pop()
    said = gather(room, "2026-06-10")
    assert "did not return 1 trial we follow, though we asked by number: NCT00000003" in said.err
    assert room.items == ()
    assert record(room)["NCT00000003"]["status"] == "SUSPENDED"
    assert record(room)["NCT00000003"]["checked"] == "2026-05-30"


def test_a_status_the_registry_set_without_touching_its_date_is_seen_outside_the_search(served):
    registry, room = served
    registry.listed.pop()
    registry.unlisted = [study(3, **status("UNKNOWN", "2026-05-02"))]
    gather(room, "2026-06-10")
    assert what(told(room)) == [("NCT00000003", "status")]


@pytest.mark.parametrize(
    "instead",
    [
        reply(503, b"down"),
        reply(200, b"<!DOCTYPE html><html><body>Maintenance</body></html>", Content_Type="text/html"),
        reply(200, b"", Content_Type="application/json"),
        reply(200, b'{"studies": [{"protoc', Content_Type="application/json"),
        reply(200, b"Service is restarting", Content_Type="text/plain"),
        late(4, b""),
    ],
    ids=["down", "a web page", "nothing", "half an answer", "a line of text", "too slow"],
)
def test_a_registry_that_can_not_be_read_changes_nothing_and_the_issue_says_since_when(served, instead):
    registry, room = served
    registry.instead = instead
    said = gather(room, "2026-06-10")
    assert said.code == 1
    assert room.items == ()
    assert "0 entries from 1 source" in said.out
    assert len(record(room)) == 3
    build(room, "2026-06-30")
    issue = json.loads((room.outbox / "2026-06" / "issue.json").read_text())
    (note,) = issue["colophon"]["sources"]
    assert note["trouble"].startswith("not reached since 30 May 2026")
    assert "not reached since 30 May 2026" in (room.outbox / "site/2026-06/index.html").read_text()
    assert note["name"] in (room.outbox / "2026-06" / "email.txt").read_text().replace("\n", " ")


def test_a_day_without_the_registry_does_not_take_back_what_an_earlier_day_learned(served):
    registry, room = served
    registry.listed[0] = study(1, **status("TERMINATED"))
    gather(room, "2026-06-10")
    before = record(room)
    registry.instead = reply(503)
    gather(room, "2026-06-11")
    assert record(room) == before
    registry.instead = None
    build(room, "2026-06-30")
    july = Room(room.root, "2026-07")
    gather(july, "2026-07-10")
    assert told(july) == []


def test_a_change_that_is_taken_back_within_the_month_is_not_told(served):
    registry, room = served
    registry.listed[0] = study(1, **status("TERMINATED"))
    gather(room, "2026-06-10")
    assert what(told(room)) == [("NCT00000001", "status")]
    registry.listed[0] = study(1)
    gather(room, "2026-06-11")
    assert record(room)["NCT00000001"]["status"] == "RECRUITING"
    build(room, "2026-06-30")
    july = Room(room.root, "2026-07")
    gather(july, "2026-07-10")
    assert told(july) == []


@pytest.mark.parametrize(
    "gone",
    ["contactsLocationsModule", "eligibilityModule", "designModule", "statusModule"],
)
def test_a_part_that_the_registry_drops_for_all_trials_is_no_change(served, gone):
    registry, room = served
    kept = record(Room(room.root, "2026-05"))
    for each in registry.listed:
        del each["protocolSection"][gone]
    said = gather(room, "2026-06-10")
    assert room.items == ()
    assert "We kept what it said before" in said.err
    for number, trial in record(room).items():
        watched = ("status", "countries", "sites", "minimum_age", "allocation", "phases", "enrollment")
        assert {k: trial.get(k) for k in watched} == {k: kept[number].get(k) for k in watched}


def test_a_part_that_one_trial_lost_is_a_change_while_others_still_have_it(served):
    registry, room = served
    registry.listed[0] = study(1, contactsLocationsModule=None)
    gather(room, "2026-06-10")
    assert what(told(room)) == [("NCT00000001", "countries"), ("NCT00000001", "sites")]


def test_a_token_that_dies_makes_the_run_begin_again_and_counts_every_trial_once(served):
    registry, room = served
    registry.page, registry.breaks_at = 1, {1}
    registry.listed[2] = study(3, **status("RECRUITING"))
    gather(room, "2026-06-10")
    starts = [a for a in registry.asked if "query.cond" in a and "pageToken" not in a]
    assert len(starts) == 2
    assert what(told(room)) == [("NCT00000003", "status")]


def test_a_list_whose_tokens_always_die_is_a_failure_and_half_of_it_counts_for_nothing(served):
    registry, room = served
    registry.page, registry.breaks_at = 1, set(range(1000))
    registry.listed[0] = study(1, **status("TERMINATED"))
    said = gather(room, "2026-06-10")
    assert room.items == ()
    assert "No source answered" in said.out
    assert len([a for a in registry.asked if "query.cond" in a and "pageToken" not in a]) == 3


def test_pages_of_two_states_of_the_data_are_never_mixed(served):
    registry, room = served
    registry.page = 1
    registry.versions = iter(["2026-06-09T09:00:05"] + ["2026-06-10T09:00:05"] * 100)
    gather(room, "2026-06-10")
    assert len([a for a in registry.asked if "query.cond" in a and "pageToken" not in a]) == 2


def test_data_that_never_holds_still_is_a_failure(served):
    registry, room = served
    registry.page = 1
    registry.versions = iter(f"2026-06-10T09:00:{n:02}" for n in range(60))
    registry.listed[0] = study(1, **status("TERMINATED"))
    gather(room, "2026-06-10")
    assert room.items == ()
    health = json.loads((room.outbox / "sources.json").read_text())
    assert "kept changing while it was read" in health[0]["note"]


def test_a_registry_that_knows_no_such_fields_is_asked_for_whole_studies(served):
    registry, room = served
    registry.refuses_fields = True
    registry.listed[0] = study(1, **status("TERMINATED"))
    said = gather(room, "2026-06-10")
    assert what(told(room)) == [("NCT00000001", "status")]
    assert "asked again in a simpler way" in said.err
    assert {a["pageSize"] for a in registry.asked if "fields" not in a} == {"50"}


def test_words_the_registry_never_used_before_are_kept_and_said(served):
    registry, room = served
    registry.listed[0] = study(1, **status("PAUSED_BY_REGULATOR"))
    said = gather(room, "2026-06-10")
    assert "new words of the registry, kept as they are: status PAUSED_BY_REGULATOR" in said.err
    assert record(room)["NCT00000001"]["status"] == "PAUSED_BY_REGULATOR"


def test_a_trial_with_a_new_number_is_the_same_trial(served):
    registry, room = served
    identity = {"nctId": "NCT00000009", "nctIdAliases": ["NCT00000001"], "briefTitle": f"{TITLE} 1"}
    registry.listed[0] = study(9, identificationModule=identity, **status("TERMINATED"))
    gather(room, "2026-06-10")
    assert {field for _, field in what(told(room))} == {"status"}
    assert "NCT00000001" not in record(room)


def test_the_kept_file_is_the_same_whatever_order_the_registry_tells_things_in(served):
    registry, room = served
    gather(room, "2026-06-10")
    first = (room.outbox / "2026-06" / "trials.json").read_bytes()
    registry.listed.reverse()
    gather(room, "2026-06-10")
    assert (room.outbox / "2026-06" / "trials.json").read_bytes() == first


def test_the_kept_file_says_where_and_when_it_was_read_once_for_all(served):
    _, room = served
    gather(room, "2026-06-10")
    kept = json.loads((room.outbox / "2026-06" / "trials.json").read_text())
    assert kept["format"] == 2
    assert kept["read"] == [{"registry": "clinicaltrials", "of": "clinicaltrials", "on": "2026-06-10"}]
    assert not any("checked" in t for t in kept["trials"])
