"""The archive is made anew from what was frozen, at any time, by as little as it takes; no edition is touched."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from kill import KILLS, copy_of, killed, looked_at
from newsrooms import JUNE, MAY, REPO, Room, files_in, newsroom_of, sha256
from pngs import png

from pipeline.flow.site import SiteMade, site
from pipeline.model.names import Status
from pipeline.queue.layout import CORRECTIONS


def made_anew(room: Room) -> tuple[SiteMade, list[str]]:
    """Make the archive; gives also the paths of the pages that were printed."""
    printed: list[str] = []
    return site(newsroom_of(room), "", lambda path, _at, _all: printed.append(path)), printed


def own_template(room: Room, name: str, old: str, new: str) -> None:
    file = room.root / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (REPO / "templates" / name).read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_archive_that_was_lost_is_made_anew_and_no_edition_is_touched(at):
    room = at("both")
    before = room.files()
    shutil.rmtree(room.outbox / "site")
    said = room.hope("site")
    assert (said.code, room.files() == before) == (0, True), said.text
    (room.outbox / "site.json").unlink()
    assert "0 written" in room.hope("site").out
    assert room.files() == before


def test_where_nothing_changed_nothing_is_printed_and_a_page_that_was_is_made_whole(at):
    room = at("both")
    before = room.files()
    done, printed = made_anew(room)
    assert (done.written, printed, room.files() == before) == (0, [], True)
    page = room.outbox / "site" / MAY / "index.html"
    page.write_text("defaced")
    done, printed = made_anew(room)
    assert (done.written, len(printed), room.files() == before) == (1, done.files, True)


def touch_template(room: Room) -> None:
    own_template(room, "web/robots.txt", "User-agent", "# Welcome\nUser-agent")


def touch_record(room: Room) -> None:
    with (room.outbox / JUNE / "trials.json").open("a") as file:
        file.write("\n")


def touch_logo(room: Room) -> None:
    (room.root / "logo.png").write_bytes(png(400, 100))


def touch_words(room: Room) -> None:
    shutil.copy(REPO / "glossary.yml", room.root / "glossary.yml")
    with (room.root / "glossary.yml").open("a") as file:
        file.write("\n# Looked through in June.\n")


def touch_settings(room: Room) -> None:
    with (room.root / "sources.yml").open("a") as file:
        file.write("\n# Looked through in June.\n")


def touch_corrections(room: Room) -> None:
    (room.outbox / "corrections.yml").write_text(CORRECTIONS)


@pytest.mark.parametrize(
    "touch", [touch_template, touch_record, touch_logo, touch_words, touch_settings, touch_corrections]
)
def test_whatever_may_change_a_page_has_all_of_them_printed_once(at, touch):
    room = at("both")
    touch(room)
    done, printed = made_anew(room)
    assert len(printed) == done.files
    assert made_anew(room)[1] == []


def test_pages_of_an_issue_that_is_built_no_more_go_and_what_is_not_ours_stays(at):
    room = at("both")
    (room.outbox / "site" / "CNAME").write_text("news.example.org\n")
    (room.outbox / "site" / JUNE / "photo.txt").write_text("an editor's own")
    (room.outbox / JUNE / "issue.json").unlink()
    said = room.hope("site")
    assert (said.code, "taken away" in said.out) == (0, True), said.text
    left = {path for path in files_in(room.outbox / "site") if path.startswith(JUNE)}
    assert left == {f"{JUNE}/photo.txt"}
    assert (room.outbox / "site" / "CNAME").exists()
    known = json.loads((room.outbox / "site.json").read_bytes())["pages"]
    assert {path: sha256(content) for path, content in files_in(room.outbox / "site").items() if path in known} == known


def test_another_folder_gets_the_same_pages_and_loses_nothing(at, tmp_path):
    room, other = at("both"), tmp_path / "public"
    before = room.files()
    other.mkdir()
    (other / "CNAME").write_text("news.example.org\n")
    said = room.hope("site", "--to", str(other))
    assert (said.code, str(other) in said.out) == (0, True), said.text
    assert files_in(other) == {"CNAME": b"news.example.org\n", **files_in(room.outbox / "site")}
    assert "0 written" in room.hope("site", "--to", str(other)).out
    after = room.files()
    assert after.pop("outbox/addresses.json")
    assert after == before


def test_a_folder_in_the_outbox_or_a_file_is_refused(at, tmp_path):
    room = at("built")
    before = room.files()
    for to in (room.outbox, room.outbox / MAY, room.outbox / "site"):
        said = room.hope("site", "--to", str(to))
        assert (said.code, "in the outbox" in said.err) == (2, True)
    (tmp_path / "file").write_text("in the way")
    said = room.hope("site", "--to", str(tmp_path / "file"))
    assert (said.code, "is a file" in said.err) == (2, True)
    assert room.files() == before


def test_without_a_built_issue_there_is_no_archive(at):
    room = at("signed")
    before = room.files()
    said = room.hope("site")
    assert (said.code, "hope build" in said.err, room.files() == before) == (2, True, True)


def as_before(room: Room) -> None:
    """Take the newsroom back to when each manifest listed the whole archive, as it was when its issue was built."""
    (room.outbox / "site.json").unlink()
    pages = files_in(room.outbox / "site")
    for month in (MAY, JUNE):
        manifest = room.outbox / month / "manifest.json"
        told = json.loads(manifest.read_bytes())
        listed = {path: content for path, content in pages.items() if month == JUNE or not path.startswith(JUNE)}
        stale = b"as it was in May" if month == MAY else b""
        told["site"] = {p: {"sha256": sha256(c + stale), "bytes": len(c)} for p, c in listed.items()}
        manifest.write_text(json.dumps(told))


def test_a_newsroom_from_before_the_list_delivers_and_builds(at, tmp_path):
    room, www = at("both"), tmp_path / "www"
    as_before(room)
    assert room.hope("deliver", "--to", str(www)).code == 0
    assert files_in(www) == files_in(room.outbox / "site")
    page = room.outbox / "site" / MAY / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert room.hope("deliver", "--to", str(www)).code == 1


def test_a_build_in_such_a_newsroom_takes_away_the_page_of_an_item_that_was_held(at, tmp_path):
    room = at("both")
    as_before(room)
    item = room.some(Status.APPROVED)
    assert room.hope("hold", item.id, "--issue", JUNE).code == 0
    assert room.hope("build", "--issue", JUNE).code == 0
    assert not (room.outbox / "site" / JUNE / item.slug).exists()  # the old list knew whose page it was
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_killed_at_any_moment_the_next_run_gives_the_bytes_of_an_unbroken_one(at):
    room = at("both")
    own_template(room, "web/page.html", "<body>", "<body><!-- new looks -->")
    shutil.rmtree(room.outbox / "site" / MAY)
    whole, work = copy_of(room, "whole"), copy_of(room, "work")
    assert whole.hope("site").code == 0
    calls, half = looked_at(work, room, whole, "site")
    assert calls > half > 0
    moments = sorted(random.Random("hope").sample(range(1, calls + 1), KILLS))
    for left in killed(room, ("site",), moments):
        assert left.hope("site").code == 0
        assert left.files() == whole.files()


@pytest.mark.loading  # coverage could not write what it saw either
def test_a_disk_that_is_full_is_told_and_leaves_no_half_page(at):
    room = at("both")
    shutil.rmtree(room.outbox / "site")
    script = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from pipeline.cli import main; main()"
    words = ["site", "--root", str(room.root), "--today", "2026-06-30"]
    said = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
    assert (said.returncode, "can't be written: File too large" in said.stderr) == (2, True), said.stderr
    assert "Traceback" not in said.stderr
    left = files_in(room.outbox / "site")
    assert room.hope("site").code == 0
    now = files_in(room.outbox / "site")
    assert left == {path: now[path] for path in left}


def test_what_stands_in_the_way_of_a_page_is_told(at):
    room = at("both")
    shutil.rmtree(room.outbox / "site" / MAY)
    (room.outbox / "site" / MAY).write_text("in the way")
    said = room.hope("site")
    assert (said.code, f"outbox/site/{MAY}" in said.err, "Traceback" in said.text) == (2, True, False)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_is_read_only_is_told(at, tmp_path):
    room = at("built")
    tmp_path.joinpath("www").mkdir(mode=0o500)
    said = room.hope("site", "--to", str(tmp_path / "www"))
    assert (said.code, "Permission denied" in said.err) == (2, True)
    assert replace(made_anew(room)[0], files=0) == SiteMade(0)
