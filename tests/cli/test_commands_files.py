"""The files of a newsroom as people, tools and disks treat them: nothing an editor wrote is lost, every fault is told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from newsrooms import JUNE, MAY, REPO, Room, start
from servers import late, reply, serve, silence

from pipeline.model.names import Status

# --- words, and the files they stand in ------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_with_windows_line_ends_keeps_them(at, mark):
    room = at("signed")
    text = mark + room.queue_file.read_text().replace("\n", "\r\n")
    room.queue_file.write_bytes(text.encode())
    item = room.some(Status.APPROVED)
    assert room.hope("pend", item.id).code == 0
    assert room.hope("approve", item.id).code == 0
    assert room.queue_file.read_bytes() == text.encode()
    signed = room.hope("sign", item.id, "--as", "anna", "--checked", "once more")
    assert signed.code == 0
    if mark:
        with room.served():
            assert room.hope("gather").code == 0
    left = room.queue_file.read_bytes().decode()
    assert left.count("\r\n") == left.count("\n")
    assert room.hope("build").code == 0


def test_a_queue_that_is_a_link_stays_one(at, tmp_path):
    room = at("gathered")
    real = tmp_path / "shared-drive.yml"
    room.queue_file.rename(real)
    room.queue_file.symlink_to(real)
    assert room.hope("hold", room.items[0].id).code == 0
    assert room.queue_file.is_symlink()
    assert room.items[0].status is Status.HOLD
    real.unlink()
    said = room.hope("queue")
    assert said.code == 2
    assert "no such file" in said.err


def test_text_that_is_not_utf_8_is_told_with_its_line(at):
    room = at("gathered")
    for name, path in (("sources.yml", room.root / "sources.yml"), (f"outbox/{MAY}/queue.yml", room.queue_file)):
        old = path.read_bytes()
        path.write_bytes(b"# fine\n# M\xfcller\n" + old)
        said = room.hope("queue")
        assert said.code == 2
        assert f"{name}:2:1" in said.err
        assert "UTF-8" in said.err
        path.write_bytes(old)


@pytest.mark.parametrize("name", ["templates/web/item.html", "glossary.yml"])
def test_a_newsrooms_own_file_that_is_not_utf_8_is_told_by_name(at, name):
    room = at("signed")
    (room.root / name).parent.mkdir(parents=True, exist_ok=True)
    (room.root / name).write_bytes(b"\xff\xfe")
    said = room.hope("build")
    assert said.code == 2
    assert name in said.err


@pytest.mark.parametrize("name", [".DS_Store", "web/picture.png", "web/.item.html.swp"])
def test_stray_files_among_the_templates_do_no_harm(at, name):
    room = at("signed")
    path = room.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xfe")
    assert room.hope("build").code == 0


# --- the disk --------------------------------------------------------------------------------------------------------


def test_a_folder_where_a_file_belongs_is_told_in_a_sentence(at):
    room = at("signed")
    for name, words in (
        (f"outbox/{MAY}/email.html", ("build",)),
        ("outbox/sources.json", ("sources",)),
        (f"outbox/{MAY}/issue.json", ("queue",)),
    ):
        (room.root / name).unlink(missing_ok=True)
        (room.root / name).mkdir()
        said = room.hope(*words)
        assert said.code == 2, (name, said)
        assert name in said.err
        assert "Traceback" not in said.text
        (room.root / name).rmdir()
        if name.endswith("sources.json"):
            (room.root / name).write_text("[]")


def test_a_file_where_the_outbox_belongs_is_told_in_a_sentence(at):
    room = at("gathered")
    root = room.root.with_name("other")
    root.mkdir()
    for name in ("sources.yml", "logo.png"):
        (root / name).write_bytes((room.root / name).read_bytes())
    (root / "outbox").write_text("in the way")
    other = Room(root)
    with other.served():
        said = other.hope("gather")
    assert said.code == 2
    assert "outbox" in said.err


@pytest.mark.loading  # coverage could not write what it saw either
def test_a_disk_that_is_full_leaves_the_old_file_and_no_half_one(at):
    room = at("gathered")
    before = room.files()
    script = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from pipeline.cli import main; main()"
    words = ["hold", room.items[0].id, "--root", str(room.root), "--today", "2026-05-31"]
    said = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
    assert said.returncode == 2, said.stderr
    assert "can't be written" in said.stderr
    assert "Traceback" not in said.stderr
    assert room.files() == before


@pytest.mark.skipif("sys.platform == 'win32' or __import__('os').geteuid() == 0", reason="root may write anywhere")
def test_a_read_only_outbox_is_told_in_a_sentence(at):
    room = at("gathered")
    (room.outbox / MAY).chmod(0o500)
    try:
        said = room.hope("hold", room.items[0].id)
    finally:
        (room.outbox / MAY).chmod(0o700)
    assert said.code == 2
    assert "can't be written" in said.err


def test_a_second_command_waits_a_while_and_then_says_so(at):
    fcntl = pytest.importorskip("fcntl")
    room = at("gathered")
    with (room.outbox / ".lock").open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = start("approve", room.items[0].id, "--today", "2026-05-31", root=room.root)
        said = room.hope("hold", room.items[1].id)
        assert said.code == 2
        assert "Another hope command is working" in said.err
        assert [i.status for i in room.items[:2]] == [Status.PENDING, Status.PENDING]
        out, err = waiting.communicate(timeout=20)
        assert (waiting.returncode, out) == (2, ""), err
    assert room.hope("hold", room.items[1].id).code == 0
    assert [i.status for i in room.items[:2]] == [Status.PENDING, Status.HOLD]


# --- what people's keyboards, terminals and tools do ------------------------------------------------------------------


def test_an_emoji_escaped_in_two_halves_is_one_and_half_of_one_is_a_fault(at):
    room = at("gathered")
    item, text = room.items[0], room.queue_file.read_text()
    room.write(text.replace("  headline:\n", '  headline: "\\ud83d\\ude00 hope"\n', 1))
    assert room.hope("approve", item.id).code == 0
    assert room.items[0].headline == "\U0001f600 hope"
    assert room.hope("build", "--draft").code == 0
    room.write(text.replace("  headline:\n", '  headline: "\\ud83d hope"\n', 1))
    for words in (("queue",), ("approve", item.id), ("build", "--draft")):
        said = room.hope(*words)
        assert said.code == 2
        assert "half a character" in said.err


def test_bytes_that_are_no_text_leave_no_trace_in_the_file(at):
    room = at("signed")
    held = room.some(Status.HOLD)
    assert room.hope("reject", held.id, "--reason", "a\udcff\nb").code == 0
    assert room.hope("sign", room.some(Status.APPROVED).id, "--as", "anna", "--checked", "x\udcff").code == 0
    assert "udcff" not in room.queue_file.read_text()
    assert room.hope("build").code == 0


def test_a_reader_that_closes_early_is_no_failure(at):
    room = at("written")
    running = start("queue", "--format", "json", "--today", "2026-05-31", root=room.root)
    running.stdout.read(10)
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=20) == 0
    assert err == ""


def test_a_terminal_without_our_letters_gets_others_and_no_traceback(at):
    room = at("written")
    running = start("check", "--today", "2026-05-31", root=room.root, PYTHONIOENCODING="ascii")
    _, err = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "Traceback" not in err


def test_ctrl_c_during_a_gather_ends_it_at_once_and_changes_nothing(at):
    room = at("gathered")
    before = room.queue_file.read_bytes()
    with serve({"/feed": silence}) as server:
        yml = room.root / "sources.yml"
        head = yml.read_text().partition("\nsources:")[0]
        yml.write_text(f"{head}\nsources:\n- {{key: slow, kind: feed, url: '{server.url('/feed')}'}}\n")
        running = start("gather", "--today", "2026-05-31", root=room.root)
        for _ in range(200):
            if server.seen:
                break
            time.sleep(0.05)
        assert server.seen
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=15)
    assert running.returncode == 130
    assert "Stopped" in err
    assert "Traceback" not in err
    assert room.queue_file.read_bytes() == before


def test_what_an_editor_writes_while_a_gather_runs_is_kept(at):
    room = at("gathered")
    item = room.items[0]
    body = b"<rss version='2.0'><channel><title>T</title><item><title>CAR-T in lupus nephritis: a new study in 12 people</title><guid>x1</guid></item></channel></rss>"  # fmt: skip
    with serve({"/feed": late(1.0, reply(200, body, Content_Type="text/xml"))}) as server:
        yml = room.root / "sources.yml"
        head = yml.read_text().partition("\nsources:")[0]
        yml.write_text(f"{head}\nsources:\n- {{key: slow, kind: feed, url: '{server.url('/feed')}'}}\n")
        running = start("gather", "--today", "2026-05-31", root=room.root)
        for _ in range(200):
            if server.seen:
                break
            time.sleep(0.05)
        assert room.hope("reject", item.id, "--reason", "written meanwhile").code == 0
        _, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert room.items[0].reason == "written meanwhile"
    assert [i.title for i in room.items if i.source == "slow"]


def test_a_copy_of_an_issues_folder_is_no_issue(at):
    room = at("gathered")
    copy = room.outbox / "2026-12-backup"
    copy.mkdir()
    (copy / "queue.yml").write_bytes(room.queue_file.read_bytes())
    assert f"Issue {MAY}" in room.hope("queue").out
    assert room.hope("hold", room.items[0].id).code == 0


def test_a_broken_file_of_our_own_is_told_by_name_with_what_to_do(at):
    room = at("built")
    for name, words in (
        ("outbox/sources.json", ("sources",)),
        (f"outbox/{MAY}/issue.json", ("gather",)),
        (f"outbox/{MAY}/trials.json", ("gather", "--issue", JUNE)),
    ):
        path = room.root / name
        old = path.read_bytes()
        for broken in (b"{", b"[]]", b"null", b"\xff", b'[{"key": 3}]'):
            path.write_bytes(broken)
            said = room.hope(*words)
            assert said.code == 2, (name, broken, said)
            assert name in said.err
        path.write_bytes(old)


def test_no_mouse_is_called_a_person(at):
    room = at("gathered")
    mice = next(i for i in room.items if i.evidence.stage == "preclinical" and i.evidence.participants)
    lines = room.hope("queue").out.splitlines()
    told = lines[next(n for n, line in enumerate(lines) if mice.id in line) + 2]
    assert "animals" in told
    assert "people" not in told


def test_check_and_build_say_that_a_language_has_no_catalog_and_which_there_are(at):
    room: Room = at("signed")
    settings = room.root / "sources.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  language: en\n  base", "  language: fr\n  base", 1), "utf-8"
    )
    for command in ("check", "build"):
        said = room.hope(command).err
        assert "there is no catalog for the language “fr”" in said
        assert "There are catalogs for: de, en." in said
    mail = (room.outbox / room.month / "email.html").read_text("utf-8")
    assert '<html lang="fr"' in mail
    assert '<h2 lang="en"' in mail


def test_words_of_a_newsrooms_own_that_nothing_prints_any_more_are_named(at):
    room: Room = at("signed")
    own = room.root / "templates/web/words.txt"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(
        '{% set NOTHING = ["No", "this month."] %}{% set SKIP = "Go on" %}{% set MINE = "x" %}'
        '{% set LABELS = {"harms": MINE} %}{% set HERS = "y" %}',
        "utf-8",
    )
    page = (REPO / "templates/web/moved.html").read_text("utf-8")
    (own.parent / "moved.html").write_text(page + "{{ w.HERS }}", "utf-8")
    said = room.hope("check").err
    assert "templates/web/words.txt sets NOTHING, which nothing prints" in said
    assert said.count("which nothing prints") == 1


def test_a_template_that_nothing_prints_is_said_to_be_idle_with_the_name_that_was_meant(at):
    room: Room = at("signed")
    own = room.root / "templates"
    for name in ("email/isue.html", "email/issue.htm", "email/_mine.html", "email/.hidden"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text("", "utf-8")
    subject = (REPO / "templates/email/subject.txt").read_text("utf-8")
    (own / "email/subject.txt").write_text(subject + '{% include "email/_mine.html" %}', "utf-8")
    for command in ("check", "build"):
        said = room.hope(command).err
        assert "templates/email/isue.html is used nowhere" in said
        assert said.count("Did you mean “email/issue.html”?") == 2
        assert said.count("is used nowhere") == 2
