"""Search: its index is made apart, stays as long as it fits the pages, and is never published where it does not."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from pathlib import Path

import pytest
from kill import KILLS, copy_of, killed, looked_at
from newsrooms import JUNE, MAY, Room, correct_slips, files_in, newsroom_of, sign_all, write_words
from searching import need_pagefind, with_search

from pipeline import search_index
from pipeline.errors import PipelineError
from pipeline.flow.search import state_of, wanted
from pipeline.flow.site import site
from pipeline.model.names import Status
from pipeline.model.search import SearchEntry, SearchState

PAGE = "search/index.html"


def index_of(room: Room) -> dict[str, bytes]:
    return files_in(room.outbox / "site" / "pagefind")


def state(room: Room) -> SearchState:
    newsroom = newsroom_of(room)
    return state_of(newsroom, newsroom.site.search)


def reword(room: Room) -> None:
    """Change what results show, without a new issue."""
    words = room.root / "templates" / "web" / "words.txt"
    words.parent.mkdir(parents=True)
    words.write_text('{% set STEP_SHORT = "Rung %(step)s of %(steps)s" %}\n')


def test_without_asking_there_is_no_search_and_no_word_of_it(at):
    room = at("both")
    assert state(room) is SearchState.OFF
    pages = files_in(room.outbox / "site")
    assert not [path for path in pages if "search" in path or "pagefind" in path]
    assert b"search/" not in pages["index.html"]
    assert not (room.outbox / "search.json").exists()


def test_once_asked_for_every_page_leads_there_and_the_index_is_a_part_of_the_archive(at, tmp_path):
    room = with_search(at("both"))
    site_files = files_in(room.outbox / "site")
    menu = '<a href="{}search/index.html"'
    assert menu.format("").encode() in site_files["index.html"]
    assert menu.format("../").encode() in site_files[f"{MAY}/index.html"]
    listed = json.loads((room.outbox / "site.json").read_bytes())["pages"]
    assert listed.keys() == site_files.keys()
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0
    assert files_in(tmp_path / "www") == site_files


def test_only_what_a_search_loads_is_published(at):
    names = {Path(path).suffix if "/" in path or ".pf_" in path else path for path in index_of(with_search(at("both")))}
    program = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"}
    assert names == program | {".pf_meta", ".pf_fragment", ".pf_index"}


def test_where_nothing_changed_the_index_is_not_made_again_and_the_same_words_give_the_same_bytes(at, monkeypatch):
    room = with_search(at("both"))
    before = room.files()
    monkeypatch.setattr(search_index, "indexed", None)  # whoever calls it fails
    said = room.hope("site", "--search")
    assert (said.code, "index was made" in said.out, room.files() == before) == (0, False, True), said.text
    monkeypatch.undo()
    shutil.rmtree(room.outbox / "site")
    assert room.hope("site", "--search").code == 0
    assert room.files() == before


def test_a_plain_build_or_site_keeps_page_and_index_and_says_when_it_is_stale(at, tmp_path):
    room = with_search(at("both"))
    before = index_of(room)
    item = room.some(Status.APPROVED)
    assert room.hope("hold", item.id, "--issue", JUNE).code == 0
    said = room.hope("build", "--issue", JUNE)
    assert (said.code, "hope site --search" in said.err) == (0, True), said.text
    assert index_of(room) == before
    assert (room.outbox / "site" / PAGE).exists()
    for words in ("site", "check --archive"):
        said = room.hope(*words.split())
        assert (said.code, "hope site --search" in said.err) == (0, True), said.text
    for command in ("deliver", "site"):
        said = room.hope(command, "--to", str(tmp_path / "www"))
        assert (said.code, "hope site --search" in said.err, "--no-search" in said.err) == (1, True, True), said.text
        assert not (tmp_path / "www").exists()
    said = room.hope("site", "--search", "--to", str(tmp_path / "www"))
    assert (said.code, said.err, state(room)) == (0, "", SearchState.READY), said.text
    assert index_of(room) != before
    assert files_in(tmp_path / "www") == files_in(room.outbox / "site")


def test_a_build_that_tells_corrections_knows_what_an_index_of_its_pages_is_made_of(at):
    room = with_search(at("next"))
    correct_slips(room)
    write_words(room)
    sign_all(room)
    said = room.hope("build")
    assert (said.code, "hope site --search" in said.err) == (0, True), said.text
    newsroom = newsroom_of(room)
    assert newsroom.site.search == wanted(newsroom) != newsroom.search.made_of
    with_search(room)
    assert room.hope("build").err == ""  # nothing is new


def test_other_words_of_a_result_make_the_index_stale_and_other_looks_do_not(at):
    room = with_search(at("both"))
    style = room.root / "templates" / "web" / "style.css"
    style.parent.mkdir(parents=True)
    style.write_text("body { color: navy; }")
    assert (room.hope("site").err, state(room)) == ("", SearchState.READY)
    shutil.rmtree(room.root / "templates")
    reword(room)
    assert "hope site --search" in room.hope("site").err
    assert state(room) is SearchState.STALE


@pytest.mark.parametrize("lost", ["pagefind-entry.json", "wasm.en.pagefind", "all"])
def test_an_index_that_was_lost_or_changed_is_told_and_not_published(at, tmp_path, lost):
    room = with_search(at("both"))
    whole, folder = index_of(room), room.outbox / "site" / "pagefind"
    shutil.rmtree(folder) if lost == "all" else (folder / lost).write_text("defaced")
    assert "hope site --search" in room.hope("site").err
    assert (state(room), room.hope("deliver", "--to", str(tmp_path / "www")).code) == (SearchState.BROKEN, 1)
    with_search(room)
    assert index_of(room) == whole
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0


def test_a_list_that_somebody_touched_loses_neither_page_nor_menu(at):
    room = with_search(at("both"))
    before = room.files()
    for touched in ("{", "[]", '{"format": 2, "made_of": "", "made_by": "", "files": {}}', '{"format": 1}'):
        (room.outbox / "search.json").write_text(touched)
        said = room.hope("site")
        assert (said.code, "hope site --search" in said.err) == (0, True)
        assert (room.outbox / "site" / PAGE).exists()
    assert room.hope("site", "--search").code == 0
    assert room.files() == before


def test_a_list_of_files_leads_out_of_no_folder(at):
    room = with_search(at("both"))
    mine = room.outbox / "site" / "mine.txt"
    mine.write_text("mine")
    told = json.loads((room.outbox / "search.json").read_bytes())
    told["files"] |= {"pagefind/../mine.txt": "0" * 64, "mine.txt": "0" * 64}
    (room.outbox / "search.json").write_text(json.dumps(told))
    assert state(room) is SearchState.READY


def test_search_can_be_taken_out_and_a_page_that_was_published_stays(at, tmp_path):
    room = at("both")
    before = room.files()
    with_search(room)
    assert room.hope("site", "--no-search").code == 0
    assert room.files() == before
    with_search(room)
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0
    assert room.hope("site", "--no-search").code == 0
    page = (room.outbox / "site" / PAGE).read_text()
    assert ("<script src" in page, "<form" in page, "topics/" in page, "script-src" in page) == (
        False,
        False,
        True,
        False,
    )
    pages = files_in(room.outbox / "site")
    assert (b"search/" in pages["index.html"], [path for path in pages if "pagefind" in path]) == (False, [])
    said = room.hope("deliver", "--to", str(tmp_path / "www"))
    assert (said.code, "older search indexes lie" in said.err, said.err.count("\n")) == (0, True, 1), said.text


def test_a_search_page_that_was_published_may_be_taken_down(at, tmp_path):
    room = with_search(at("both"))
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 0
    known = "format: 1\ntaken_down:\n  - {address: search/, on: 2026-06-30, why: Nobody used it.}\n"
    file = room.outbox / "corrections.yml"
    file.write_text(file.read_text() + known.replace("format: 1\n", "") if file.exists() else known)
    said = room.hope("site")
    assert (said.code, "search/" in said.err) == (2, True), said.text  # it is still there
    assert room.hope("site", "--no-search").code == 0
    assert "Nobody used it." in (room.outbox / "site" / PAGE).read_text()


def test_a_folder_that_a_host_serves_is_told_once_of_all_files_of_older_indexes(at, tmp_path):
    room, www = with_search(at("both")), tmp_path / "www"
    assert room.hope("site", "--to", str(www)).code == 0
    reword(room)
    said = room.hope("site", "--search", "--to", str(www))
    assert (said.code, "of older search index" in said.err, said.err.count("\n")) == (0, True, 1), said.text
    shutil.rmtree(www / "pagefind")
    assert room.hope("site", "--to", str(www)).err == ""
    assert files_in(www) == files_in(room.outbox / "site")


def test_without_pagefind_the_command_that_installs_it_is_named_and_nothing_changes(at, monkeypatch):
    room = at("both")
    before = room.files()
    monkeypatch.setattr(search_index, "find_spec", lambda _name: None)
    said = room.hope("site", "--search")
    assert (said.code, "pip install 'pagefind[bin]" in said.err, room.files() == before) == (2, True, True)
    assert room.hope("site").code == 0


def test_where_pagefind_fails_its_words_are_told_and_the_former_index_stays(at, monkeypatch, tmp_path):
    room = with_search(at("both"))
    reword(room)
    before = room.files()
    failing = tmp_path / "python"
    failing.write_text("#!/bin/sh\necho 'the disk is too small' >&2\nexit 7\n")
    failing.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(failing))
    said = room.hope("site", "--search")
    assert (said.code, "the disk is too small" in said.err, room.files() == before) == (2, True, True), said.text
    failing.write_text("#!/bin/sh\nexit 0\n")
    said = room.hope("site", "--search")
    assert (said.code, "did not make an index" in said.err, room.files() == before) == (2, True, True), said.text
    failing.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(search_index, "PATIENCE", 0.2)
    said = room.hope("site", "--search")
    assert (said.code, "timed out" in said.err, room.files() == before) == (2, True, True), said.text


def test_settings_of_another_site_are_not_followed(monkeypatch, tmp_path):
    need_pagefind()
    monkeypatch.setenv("PAGEFIND_OUTPUT_PATH", str(tmp_path / "elsewhere"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pagefind.yml").write_text("exclude_selectors:\n  - h1\n")
    entries = [SearchEntry(address="a/", title="Lupus <b>", line="May 2026", about="“x” & y", words=("kappa",))]
    with search_index.indexed(entries, "en") as files:
        assert "pagefind-entry.json" in files
    assert not (tmp_path / "elsewhere").exists()


def test_an_entry_that_got_lost_on_the_way_is_no_index(monkeypatch):
    need_pagefind()
    monkeypatch.setattr(search_index, "_page", lambda entry, _: "" if entry.title == "b" else "<html>a</html>")
    entries = [SearchEntry(address=each, title=each, line="", about="") for each in "ab"]
    with pytest.raises(PipelineError, match="of 2 entries"), search_index.indexed(entries, "en"):
        pass


def test_any_language_is_searched_in_one_index(monkeypatch):
    need_pagefind()
    for language, program in (
        ("de", "wasm.de.pagefind"),
        ("en-GB", "wasm.en-gb.pagefind"),
        ("xx", "wasm.unknown.pagefind"),
    ):
        with search_index.indexed([SearchEntry(address="a/", title="Lupus", line="", about="")], language) as files:
            assert [path for path in files if path.startswith("wasm")] == [program]


def test_without_a_built_issue_there_is_nothing_to_search(at):
    need_pagefind()
    room = at("signed")
    before = room.files()
    said = room.hope("site", "--search")
    assert (said.code, "hope build" in said.err, room.files() == before) == (2, True, True)


def test_an_index_that_was_made_while_an_issue_was_built_is_stale(at, monkeypatch):
    need_pagefind()
    room = at("both")
    make = search_index.indexed

    def slow(entries, language):
        reword(room)  # as another command may, since the newsroom is not locked meanwhile
        return make(entries, language)

    monkeypatch.setattr(search_index, "indexed", slow)
    assert site(newsroom_of(room), search=True).search is SearchState.STALE


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_killed_at_any_moment_the_next_run_gives_the_bytes_of_an_unbroken_one(at):
    room = with_search(at("both"))
    reword(room)
    whole, work = copy_of(room, "whole"), copy_of(room, "work")
    assert whole.hope("site", "--search").code == 0
    calls, half = looked_at(work, room, None, "site", "--search")
    assert (calls > 0, half) == (True, 0)
    runs = itertools.count()
    for left in killed(room, ("site", "--search"), [1, *range(calls // KILLS, calls, calls // KILLS)]):
        www = left.root.with_name(f"www-{next(runs)}")
        if left.hope("deliver", "--to", str(www)).code != 1:  # nothing was written yet, or all but the last file
            assert files_in(www) in (files_in(room.outbox / "site"), files_in(whole.outbox / "site"))
            (left.outbox / "addresses.json").unlink()
            (left.outbox / JUNE / "receipts.json").unlink()
        assert left.hope("site", "--search").code == 0
        assert left.files() == whole.files()
