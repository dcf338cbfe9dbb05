"""An older issue that is built again says which sources were reached in its own month, not which are reached now."""

from __future__ import annotations

import json
from typing import Any

from conftest import At
from newsrooms import JUNE, MAY, Room


def sources(room: Room, month: str) -> Any:
    return json.loads((room.outbox / month / "issue.json").read_text(encoding="utf-8"))["colophon"].get("sources")


def test_the_sources_of_a_month_stay_those_of_that_month(at: At) -> None:
    room = at("both")
    may, june = sources(room, MAY), sources(room, JUNE)
    assert may != june
    said = Room(room.root, JUNE).hope("build", "--again", "--issue", MAY)
    assert said.code == 0, said.text
    assert (sources(room, MAY), sources(room, JUNE)) == (may, june)


def test_those_of_the_newest_month_are_as_they_were_gathered_last(at: At) -> None:
    room = at("both")
    before = sources(room, JUNE)
    settings = room.root / "sources.yml"
    text = settings.read_text(encoding="utf-8")
    assert "Journal of Example Immunology" in text
    settings.write_text(text.replace("Journal of Example Immunology", "Journal of Examples", 1), encoding="utf-8")
    said = Room(room.root, JUNE).hope("build", "--again", "--issue", JUNE)
    assert said.code == 0, said.text
    assert sources(room, JUNE) != before
