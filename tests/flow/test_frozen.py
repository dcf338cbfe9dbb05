"""A built issue is frozen: whoever reads one that was changed by hand stops, writes nothing and says what differs."""

from __future__ import annotations

import json
from datetime import date

import pytest
from newsrooms import JUNE, MAY, Room, sha256

from pipeline.files import Folder
from pipeline.model.names import Status
from pipeline.sources import kinds
from pipeline.store import Newsroom

BACK = ("backup", "hope correct")


def frozen(room: Room, month: str = MAY):
    return room.outbox / month / "issue.json"


def change(room: Room, month: str, field: str = "summary", at: int = 0) -> str:
    """Write other words into an item of a built issue; gives the item's id."""
    plain = json.loads(frozen(room, month).read_text())
    plain["stories"][at][field] = "Of the 58 people treated, 1 was in hospital and nobody died."
    frozen(room, month).write_text(json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return str(plain["stories"][at]["id"])


def seal_anew(room: Room, month: str) -> None:
    """Make the manifest fit what lies there, as somebody would who knows of it."""
    manifest = room.outbox / month / "manifest.json"
    plain = json.loads(manifest.read_text())
    plain["edition"]["issue.json"]["sha256"] = sha256(frozen(room, month).read_bytes())
    manifest.write_text(json.dumps(plain, indent=1) + "\n")


def newsroom_of(room: Room, folder: type[Folder] = Folder) -> Newsroom:
    return Newsroom(folder(room.root, room.root / ".cache"), {name: kind.options for name, kind in kinds().items()})


@pytest.mark.parametrize("month", [MAY, JUNE])
@pytest.mark.parametrize("sealed", [False, True], ids=["its manifest left alone", "its manifest made to fit"])
@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("build",),
        ("site",),
        ("build", "--again"),
        ("build", "--draft"),
        ("deliver", "--to", "www"),
        ("queue",),
    ],
    ids=" ".join,
)
def test_acceptance_12_words_changed_by_hand_in_a_built_issue_stop_every_command(
    at, tmp_path, monkeypatch, words, month, sealed
):
    monkeypatch.chdir(tmp_path)
    room = at("both")
    item = change(room, month)
    if sealed:
        seal_anew(room, month)
    before = room.files()
    for which in ((), ("--issue", MAY), ("--issue", JUNE)):
        said = room.hope(*words, *which)
        if words in (("queue",), ("site",)) and which:
            continue  # a queue that is named is shown without a look at issues; the archive is of all of them
        assert said.code == 2, said
        assert f"outbox/{month}/issue.json:" in said.err
        assert item in said.err
        assert all(way in said.err for way in BACK)
    assert room.files() == before
    assert not (tmp_path / "www").exists()


def test_the_line_of_the_item_is_named(at):
    room = at("built")
    item = change(room, MAY, at=2)
    lines = frozen(room).read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if json.dumps(item) in text)
    assert f"outbox/{MAY}/issue.json:{line}:1: {item}: " in room.hope("check").err


@pytest.mark.parametrize("field", ["brief", "harms", "headline"])
def test_each_word_that_was_signed_is_bound(at, field):
    room = at("built")
    item = change(room, MAY, field)
    seal_anew(room, MAY)
    said = room.hope("check")
    assert (said.code, item in said.err) == (2, True)


def test_an_opening_that_was_changed_is_named(at):
    room = at("built")
    plain = json.loads(frozen(room).read_text())
    plain["intro"] += " All is well."
    frozen(room).write_text(json.dumps(plain))
    seal_anew(room, MAY)
    said = room.hope("check")
    assert (said.code, "opening: these words are not the ones that were signed" in said.err) == (2, True)


def test_what_no_sign_off_covers_is_held_by_the_manifest(at):
    room = at("built")
    text = frozen(room).read_text()
    frozen(room).write_text(text.replace('"fictional": "', '"fictional": "not ', 1))
    said = room.hope("check")
    assert (said.code, "All words are as they were signed" in said.err) == (2, True), said


def test_a_broken_archive_is_told_whole(at):
    room = at("both")
    items = [change(room, MAY), change(room, MAY, at=3), change(room, JUNE, at=1)]
    said = room.hope("check", "--archive")
    assert said.code == 2
    assert all(item in said.err for item in items)
    assert said.err.count("backup") == len(items)
    frozen(room, JUNE).write_text("{")
    said = room.hope("check", "--archive")
    assert all(item in said.err for item in items[:2])
    assert f"outbox/{JUNE}/issue.json" in said.err


def test_a_whole_archive_is_told_so(at):
    room = at("both")
    said = room.hope("check", "--archive")
    assert (said.code, said.out, said.err) == (0, "2 built issues: all as built and signed.\n", "")
    assert at("signed").hope("check", "--archive").out == "No issue is built yet.\n"
    assert room.hope("check", "--archive", "--issue", MAY).code == 2


@pytest.mark.parametrize("left", [None, "{}", "[", '{"edition": 3}'])
def test_an_issue_without_a_manifest_is_told_apart_and_gets_one_by_a_build(at, tmp_path, left):
    room = at("both")
    manifest = room.outbox / MAY / "manifest.json"
    if left is None:
        manifest.unlink()
    else:
        manifest.write_text(left)
    said = room.hope("check", "--archive")
    assert (said.code, "Of 1, only the sign-offs" in said.out) == (0, True)
    assert f"outbox/{MAY}/issue.json has no seal" in said.err
    assert room.hope("check").code == 0
    sent = room.hope("deliver", "--issue", MAY, "--to", str(tmp_path / "www"))
    assert sent.code > 0
    assert f"hope build --issue {MAY}" in sent.err
    assert room.hope("build", "--issue", MAY, "--again").code == 0
    assert room.hope("deliver", "--issue", MAY, "--to", str(tmp_path / "www")).code == 0
    assert room.hope("check", "--archive").out == "2 built issues: all as built and signed.\n"


def test_an_issue_without_a_manifest_is_still_held_against_its_sign_offs(at):
    room = at("both")
    item = change(room, MAY)
    (room.outbox / MAY / "manifest.json").unlink()
    said = room.hope("check", "--archive")
    assert (said.code, item in said.err) == (2, True)


@pytest.mark.parametrize("left", [None, "{", "{}"], ids=["gone", "broken", "empty"])
@pytest.mark.parametrize("what", ["item", "opening"])
def test_words_that_nobody_signed_and_nothing_seals_are_nobodys(at, what, left):
    room = at("both")
    plain = json.loads(frozen(room).read_text())
    story = plain["stories"][0] if what == "item" else plain
    story["signed"], story["summary" if what == "item" else "intro"] = [], "Everybody was cured."
    frozen(room).write_text(json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    manifest = room.outbox / MAY / "manifest.json"
    manifest.unlink() if left is None else manifest.write_text(left)
    before = room.files()
    for words in (("check", "--archive"), ("site",), ("build", "--again", "--issue", MAY)):
        said = room.hope(*words)
        assert (said.code, f"outbox/{MAY}/issue.json:" in said.err) == (2, True), said
        assert f"{plain['stories'][0]['id'] if what == 'item' else 'opening'}: nobody signed these words" in said.err
    assert room.files() == before


@pytest.mark.parametrize("left", [None, "{"], ids=["gone", "broken"])
def test_an_issue_that_went_out_keeps_its_manifest_or_is_made_anew_from_its_queue(at, tmp_path, left):
    room = at("built")
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0
    whole = room.files()
    frozen(room).write_text(frozen(room).read_text().replace('"date": "2026-05-31"', '"date": "2024-01-01"', 1))
    manifest = room.outbox / MAY / "manifest.json"
    manifest.unlink() if left is None else manifest.write_text(left)
    for words in (("check", "--archive"), ("site",), ("build",), ("queue",)):
        said = room.hope(*words)
        assert (said.code, "this issue went out" in said.err) == (2, True), said
        assert f"hope build --issue {MAY} --again" in said.err
    assert room.hope("build", "--again").code == 0
    now = room.files()
    assert [path for path in whole if now.get(path) != whole[path]] == []
    assert room.hope("check", "--archive").code == 0


def test_an_issue_without_a_seal_hands_no_day_on(at):
    room = at("built")
    frozen(room).write_text(frozen(room).read_text().replace('"date": "2026-05-31"', '"date": "2024-01-01"', 1))
    (room.outbox / MAY / "manifest.json").unlink()
    assert room.hope("build").code == 0
    assert json.loads(frozen(room).read_text())["date"] == "2026-05-31"


@pytest.mark.parametrize(("number", "words"), [(0, "Build it again"), (7, "update Hopeline")])
def test_an_issue_of_another_format_is_told_apart(at, number, words):
    room = at("both")
    plain = json.loads(frozen(room).read_text()) | {"format": number}
    for more in ({}, {"from_the_future": ["x"]}):
        frozen(room).write_text(json.dumps(plain | more))
        said = room.hope("check")
        assert said.code == 2
        assert f"format: this issue is of format {number}" in said.err
        assert words in said.err
        assert "backup" not in said.err


def test_a_sign_off_that_fell_and_was_not_needed_stops_nothing(at):
    """An editor mended a word after somebody had signed who need not: the lapsed line stays in queue and issue."""
    room = at("signed")
    item = room.some(Status.APPROVED)
    first = item.signed[0]
    room.write(room.queue.text.replace(first.text, "sha256:" + "0" * 64, 1))
    assert room.hope("sign", item.id, "--as", first.by).code == 0
    assert room.hope("build").code == 0
    held = json.loads(frozen(room).read_text())["stories"][0]["signed"]
    assert len({each["text"] for each in held}) == 2
    assert room.hope("check", "--archive").code == 0


def test_a_build_in_the_midst_of_our_look_is_no_change_by_hand(at):
    room = at("built")

    class Meanwhile(Folder):
        """Another command builds the issue again between the looks at its two files."""

        def read_if_there(self, name: str) -> str | None:
            text = super().read_if_there(name)
            if name.endswith("issue.json") and not done:
                done.append(name)
                config = room.root / "sources.yml"
                config.write_text(config.read_text().replace("funding: ", "funding: Again, ", 1))
                assert room.hope("build", "--again").code == 0
            return text

    done: list[str] = []
    built = newsroom_of(room, Meanwhile).built
    assert done
    assert built.issues[0].masthead.funding.startswith("Again, ")
    assert built.unsealed == ()
    assert built.issues[0].date == date(2026, 5, 31)
