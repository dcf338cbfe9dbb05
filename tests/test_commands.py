"""Each command as an editor uses it: what it says, how it ends, and what it leaves on the disk."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request

import pytest
from newsrooms import JUNE, MAY, Room, hope, start

from pipeline.demo.content import TODAY
from pipeline.model.names import Status


def approve_only(room: Room, count: int = 1) -> list[str]:
    """Keep some approved items and put the others back to pending."""
    approved = [i.id for i in room.items if i.status is Status.APPROVED]
    assert room.hope("pend", *approved[count:]).code == 0
    return approved[:count]


# --- where and when --------------------------------------------------------------------------------------------------


def test_root_and_today_go_before_and_after_the_command(at):
    room = at("gathered")
    after = hope("queue", "--root", str(room.root), "--today", "2026-05-31")
    before = hope("--root", str(room.root), "--today", "2026-05-31", "queue")
    assert (before.code, before.out) == (after.code, after.out)
    assert after.code == 0
    assert "Issue 2026-05" in after.out


def test_the_folder_is_found_upward_and_its_absence_is_told(at, tmp_path):
    room = at("gathered")
    found = subprocess.run(
        [sys.executable, "-m", "pipeline", "--today", "2026-05-31", "sources"],
        cwd=room.outbox / MAY,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(at.__globals__["__file__"]).rpartition("/tests/")[0], "PATH": ""},
    )
    assert found.returncode == 0, found.stderr
    missing = hope("queue", "--root", str(tmp_path))
    assert missing.code == 2
    assert "no sources.yml" in missing.err
    assert "--root DIR" in missing.err


@pytest.mark.parametrize("word", ["2026-13-01", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_wrong_use(at, word):
    said = hope("queue", "--root", str(at("gathered").root), "--today", word)
    assert said.code == 2
    assert word in said.err
    assert "Traceback" not in said.err


def test_a_command_that_does_not_exist_and_no_command_at_all_are_wrong_use():
    assert hope("aprove").code == 2
    assert hope().code == 2
    assert hope("--help").code == 0
    assert hope("--version").out.startswith("hope")


# --- gather ----------------------------------------------------------------------------------------------------------


def test_gather_says_what_came_and_a_second_one_changes_nothing_byte_for_byte(at):
    room = at("gathered")
    with room.served():
        assert room.hope("gather").code == 0  # a new address: health may be told anew
        before = room.files()
        again = room.hope("gather")
        assert again.code == 0
        assert "Nothing new: the queue is as you left it." in again.out
        left = room.files()
    assert [n for n in before if before[n] != left.get(n)] == ["outbox/sources.json"]
    states = {h["state"] for h in json.loads(left["outbox/sources.json"])}
    assert states == {"unchanged"}


def test_a_gather_with_an_empty_cache_changes_nothing_and_calls_nothing_degraded(at):
    room = at("gathered")
    before = room.queue_file.read_bytes()
    with room.served():
        said = hope("gather", "--root", str(room.root), "--today", "2026-05-31", cache=room.root / "elsewhere")
    assert said.code == 0
    assert room.queue_file.read_bytes() == before
    states = {h["standing"] for h in json.loads((room.outbox / "sources.json").read_bytes())}
    assert "degraded" not in states


def test_a_cache_that_cannot_be_written_costs_nothing(at):
    room = at("gathered")
    before = room.queue_file.read_bytes()
    (room.root / "a-file").write_text("in the way")
    with room.served():
        said = hope("gather", "--root", str(room.root), "--today", "2026-05-31", cache=room.root / "a-file")
    assert said.code == 0, said.text
    assert room.queue_file.read_bytes() == before


def test_rejected_and_printed_items_never_come_back_and_held_ones_come_along_with_their_words(at):
    room = at("built")
    may = room.items
    held = [i for i in may if i.status is Status.HOLD]
    assert held
    assert {i.status for i in may} >= {Status.APPROVED, Status.REJECTED}
    june = Room(room.root, JUNE)
    with june.served(MAY):  # the world has not moved at all
        said = june.hope("gather", "--since", "2025-01-01")
    assert said.code == 0, said.text
    assert [i.title for i in june.items] == [i.title for i in held]
    for was, now in zip(held, june.items, strict=True):
        assert now.status is Status.HOLD
        assert (now.headline, now.summary, now.facts, now.signed) == (was.headline, was.summary, was.facts, was.signed)
        assert now.text_hash == was.text_hash
        assert now.id.startswith("2026-06/")


def test_the_words_of_a_held_item_come_along_in_full(at):
    room = at("signed")
    approved = room.some(Status.APPROVED)
    assert room.hope("hold", approved.id).code == 0
    assert room.hope("build").code == 0
    june = Room(room.root, JUNE)
    with june.served(MAY):
        assert june.hope("gather").code == 0
    now = next(i for i in june.items if i.title == approved.title)
    assert now.headline == approved.headline
    assert now.facts == approved.facts
    assert now.signed == approved.signed
    assert all(s.text == now.text_hash for s in now.signed)


def test_a_rejection_by_hand_in_a_queue_that_was_built_holds_in_every_later_issue(at):
    room = at("both")
    july = Room(room.root, "2026-07")
    with july.served(JUNE):
        said = hope("gather", "--since", "2025-01-01", "--root", str(room.root), "--today", "2026-07-31")
    assert said.code == 0, said.text
    earlier = {i.title for i in Room(room.root, MAY).items} | {i.title for i in Room(room.root, JUNE).items}
    came = [i for i in july.items if i.title in earlier]
    assert all(i.status is Status.HOLD or i.change for i in came)


def test_a_retraction_of_something_printed_comes_through_whatever_the_window(at):
    room = Room(at("built").root, JUNE)
    with room.served(JUNE):
        said = room.hope("gather", "--since", "2026-06-29")  # the notice is older than that
    assert said.code == 0
    assert [i for i in room.items if i.evidence.stage == "retraction"]


def test_a_retracted_paper_gets_its_box_in_the_archive(at):
    site = at("both").outbox / "site"
    page = (site / MAY / "selonib-bispecific-antibody-in-severe-rheumatoid-arthritis" / "index.html").read_text()
    assert f"../../{JUNE}/retraction-selonib" in page


def test_no_enabled_source_is_no_crash(at):
    room = at("gathered")
    text = (room.root / "sources.yml").read_text()
    (room.root / "sources.yml").write_text(text[: text.index("\nsources:")] + "\nsources: []\n")
    before = room.queue_file.read_bytes()
    said = room.hope("gather")
    assert said.code == 0
    assert "0 sources" in said.out
    assert room.hope("sources").code == 0
    assert room.queue_file.read_bytes() == before


# --- deciding --------------------------------------------------------------------------------------------------------


def test_every_decision_is_one_word_in_the_file_and_says_how_to_undo_it(at):
    room = at("gathered")
    item = room.items[0]
    old = room.queue_file.read_text()
    for word, status in (("approve", "approved"), ("hold", "hold"), ("pend", "pending")):
        was = room.items[0].status
        said = room.hope(word, item.id)
        assert (said.code, said.out) == (0, f"{item.id}: {was} -> {status}\n")
        assert "To undo: hope" in said.err
        assert room.queue_file.read_text() == old.replace("  status: pending", f"  status: {status}", 1)
    assert "as before" in room.hope("pend", item.slug).out


def test_a_rejection_needs_a_reason_and_keeps_it(at):
    room = at("gathered")
    item = room.items[0]
    before = room.files()
    assert room.hope("reject", item.id).code == 2
    assert room.hope("reject", item.id, "--reason", "  ").code == 2
    assert room.files() == before
    said = room.hope("reject", item.id, "--reason", "a: press \r\nrelease \x1b[31m# alone")
    assert said.code == 0
    assert room.items[0].status is Status.REJECTED
    assert room.items[0].reason == "a: press release [31m# alone"
    assert "release" in room.hope("queue", "--status", "rejected").out


def test_a_wrong_id_names_the_nearest_one_and_changes_nothing(at):
    room = at("gathered")
    right, before = room.items[0].id, room.files()
    for words in (("approve",), ("hold",), ("sign", "--as", "anna"), ("reject", "--reason", "no"), ("check", "--item")):
        said = room.hope(*words, right[:-1] + "x")
        assert said.code == 2, words
        assert f"“{right}”" in said.err, words
    assert room.hope("approve", right, "no/such-thing-at-all").code == 2
    assert room.files() == before


def test_an_unknown_word_in_the_file_is_told_with_all_others_and_nothing_is_written(at):
    room = at("written")
    text = room.queue_file.read_text()
    text = text.replace("status: approved", "status: aproved", 1).replace("section: research", "section: reserch", 1)
    text = text.replace("  headline: ", "  headlin: ", 1)
    room.write(text)
    before = room.files()
    for words in (("check",), ("build",), ("approve", "x"), ("queue",), ("sign", "x", "--as", "anna"), ("gather",)):
        said = room.hope(*words)
        assert said.code == 2, words
        assert said.err.count(f"outbox/{MAY}/queue.yml:") == 3, said.err
        assert "“approved”" in said.err
        assert "“research”" in said.err
        assert "“headline”" in said.err
    assert room.files() == before


@pytest.mark.parametrize(
    "broken",
    ["items: [", "\tissue: 2026-05\n", "issue: 2026-05\nitems:\n- id: a\n id: b\n", "", "just words", "- a\n- b\n", "\x00", "a: b: c"],
)  # fmt: skip
def test_a_file_that_is_no_queue_is_told_in_a_line_and_left_alone(at, broken):
    room = at("gathered")
    room.write(broken)
    for words in (("queue",), ("approve", "x"), ("gather",), ("build",)):
        said = room.hope(*words)
        assert said.code == 2, (words, said)
        assert f"outbox/{MAY}/queue.yml:" in said.err
    assert room.queue_file.read_bytes() == broken.encode()


def test_a_queue_that_names_another_issue_than_its_folder_is_a_fault(at):
    room = at("signed")
    for other in ("2026-04", "../../../tmp/x"):
        text = room.queue_file.read_text()
        room.write(text.replace("issue: 2026-05\n", f"issue: {other}\n"))
        said = room.hope("build", "--issue", MAY)
        assert said.code == 2
        assert "queue.yml:3:8: issue:" in said.err
        assert f"folder of {MAY}" in said.err
        room.write(text)
    assert not (room.outbox / "site").exists()


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
    assert room.hope("sign", room.some(Status.HOLD).id, "--as", "anna").code in (0, 2)
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
    (root / "sources.yml").write_bytes((room.root / "sources.yml").read_bytes())
    (root / "outbox").write_text("in the way")
    other = Room(root)
    with other.served():
        said = other.hope("gather")
    assert said.code == 2
    assert "outbox" in said.err


def test_a_disk_that_is_full_leaves_the_old_file_and_no_half_one(at):
    room = at("gathered")
    before = room.files()
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); sys.argv[1:] = sys.argv[1:];"
        "from pipeline.cli import main; main()"
    )
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
        assert "Another hope command is at work" in said.err
        assert room.items[1].status is Status.PENDING
        out, err = waiting.communicate(timeout=20)
        assert (waiting.returncode, out) == (2, ""), err
    assert room.hope("hold", room.items[1].id).code == 0
    assert room.items[1].status is Status.HOLD


# --- signing ---------------------------------------------------------------------------------------------------------


def test_a_sign_off_falls_with_the_text_and_stands_again_with_the_old_words(at):
    room = at("signed")
    item = room.some(Status.APPROVED)
    assert room.hope("check").code == 0
    text = room.queue_file.read_text()
    room.write(text.replace(item.headline, item.headline + "!", 1))
    said = room.hope("check", "--item", item.id)
    assert said.code == 1
    assert "S01" in said.out
    assert "(fallen)" in room.hope("queue").out
    assert room.hope("build").code == 1
    assert not (room.outbox / MAY / "issue.json").exists()
    room.write(text)
    assert room.hope("check").code == 0


def test_signing_twice_writes_once(at):
    room = at("signed")
    item, before = room.some(Status.APPROVED), room.files()
    said = room.hope("sign", item.id, "--as", "anna")
    assert said.code == 0
    assert "was signed by Anna Example" in said.out
    assert room.files() == before


def test_who_may_sign_is_told_with_the_nearest_name(at):
    room = at("written")
    item = room.some(Status.APPROVED)
    before = room.files()
    wrong = room.hope("sign", item.id, "--as", "ana")
    assert (wrong.code, "anna" in wrong.err) == (2, True)
    role = room.hope("sign", item.id, "--as", "anna", "--role", "medical")
    assert (role.code, "editor" in role.err) == (2, True)
    empty = next(i for i in Room(at("gathered").root).items if not i.headline)
    nothing = Room(room.root.with_name("gathered")).hope("sign", empty.id, "--as", "anna")
    assert (nothing.code, "nothing to sign" in nothing.err) == (2, True)
    assert room.files() == before


def test_one_person_in_two_roles_is_one_person(at):
    room = at("written")
    yml = room.root / "sources.yml"
    yml.write_text(yml.read_text().replace("roles: [editor]", "roles: [editor, medical, patient]", 1))
    item = room.some(Status.APPROVED)
    for role in ("editor", "medical", "patient"):
        assert room.hope("sign", item.id, "--as", "anna", "--role", role).code == 0
    said = room.hope("check", "--item", item.id)
    assert said.code == 1
    assert "S01" in said.out


# --- check, build, preview -------------------------------------------------------------------------------------------


def test_check_speaks_json_with_a_place_in_the_file_for_each_finding(at):
    room = at("written")
    said = room.hope("check", "--format", "json")
    assert said.code == 1
    told = json.loads(said.out)
    found = told["findings"] if isinstance(told, dict) else told
    lines = room.queue_file.read_text().splitlines()
    assert found
    for each in found:
        assert {"rule", "severity", "item", "field", "start", "end", "line", "column", "message", "waived"} <= set(each)
        assert 1 <= each["line"] <= len(lines)


def test_a_blocked_build_writes_nothing_and_a_signed_one_builds(at):
    room = at("written")
    before = room.files()
    said = room.hope("build")
    assert said.code == 1
    assert "Nothing was built" in said.err
    assert room.files() == before
    signed = at("signed")
    said = signed.hope("build")
    assert said.code == 0, said.text
    assert "hope preview" in said.out


def test_nothing_approved_is_built_only_as_a_quiet_month(at):
    room = at("gathered")
    said = room.hope("build")
    assert said.code == 1
    assert "--quiet-month" in said.err
    assert room.hope("build", "--quiet-month").code == 0
    assert json.loads((room.outbox / MAY / "issue.json").read_bytes())["quiet"] is True
    full = at("signed")
    assert full.hope("build", "--quiet-month").code == 2


def test_a_draft_says_so_everywhere_and_leaves_the_archive_and_the_built_issue_alone(at):
    room = at("built")
    item = room.some(Status.APPROVED)
    room.write(room.queue_file.read_text().replace(item.headline, f"{item.headline} CHANGED", 1))
    before = room.files()
    assert room.hope("build").code == 1
    said = room.hope("build", "--draft", "--issue", MAY)
    assert said.code == 0, said.text
    left = room.files()
    new = {name: content for name, content in left.items() if before.get(name) != content}
    assert new
    assert all(name.startswith(f"outbox/{MAY}/draft/") for name in new)
    pages = [n for n in new if n.endswith((".html", ".txt", ".eml"))]
    assert len(pages) > 5
    assert [n for n in pages if b"DRAFT" not in new[n]] == []
    assert room.hope("gather", "--today", "2026-05-31").code == 0  # and it doesn't count as built


def test_a_draft_alone_does_not_make_an_issue_built(at):
    room = at("written")
    assert room.hope("build", "--draft").code == 0
    assert "Issue 2026-05" in room.hope("queue").out
    assert not (room.outbox / "site").exists()
    assert room.hope("hold", room.some(Status.APPROVED).id).code == 0


def test_an_issue_built_again_is_the_same_bytes_also_on_a_later_day(at):
    room = at("built")
    before = room.files()
    assert "0 files written" in room.hope("build").out
    assert "0 files written" in room.hope("build", today=TODAY[JUNE]).out
    assert room.files() == before


@pytest.mark.parametrize(
    "world",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
    ],
)
def test_the_same_input_gives_the_same_bytes_in_any_zone_tongue_or_order(at, world):
    expected = at("built").files()
    room = at("signed")
    done = start("build", "--today", "2026-05-31", root=room.root, **world)
    _, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    left = room.files()
    assert left.keys() == expected.keys()
    assert [n for n in left if left[n] != expected[n]] == []


def test_the_manifest_tells_the_truth_about_every_file(at):
    from newsrooms import sha256

    room = at("both")
    told = json.loads((room.outbox / JUNE / "manifest.json").read_bytes())
    here = {p.name for p in (room.outbox / JUNE).iterdir()} - {"queue.yml", "trials.json", "manifest.json"}
    assert set(told["edition"]) == here
    site = {p.relative_to(room.outbox / "site").as_posix() for p in (room.outbox / "site").rglob("*") if p.is_file()}
    assert set(told["site"]) == site
    for folder, part in ((room.outbox / JUNE, "edition"), (room.outbox / "site", "site")):
        for path, each in told[part].items():
            content = (folder / path).read_bytes()
            assert (sha256(content), len(content)) == (each["sha256"], each["bytes"]), path


def test_an_item_taken_out_of_an_issue_loses_its_page_and_nobody_elses_file_goes(at):
    room = at("built")
    item = room.some(Status.APPROVED)
    page = room.outbox / "site" / MAY / item.slug / "index.html"
    assert page.exists()
    (room.outbox / "site" / "CNAME").write_text("news.example.org\n")
    (page.parent / "photo.txt").write_text("an editor's own")
    assert room.hope("hold", item.id, "--issue", MAY).code == 0
    assert room.hope("build", "--issue", MAY).code == 0
    assert not page.exists()
    assert (page.parent / "photo.txt").exists()
    assert (room.outbox / "site" / "CNAME").exists()
    assert item.slug not in (room.outbox / "site" / "index.html").read_text()


def test_preview_serves_the_pages_and_ends_with_ctrl_c(at):
    import signal

    room = at("built")
    running = start("preview", "--no-browser", "--today", "2026-05-31", root=room.root, PYTHONUNBUFFERED="1")
    try:
        address = running.stdout.readline().split()[-1]
        mail = running.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"<h1" in answer.read()
            assert answer.headers["Cache-Control"] == "no-store"
        with urllib.request.urlopen(mail, timeout=10) as answer:
            assert answer.status == 200
        taken = room.hope("preview", "--no-browser", "--port", address.split(":")[2].split("/")[0])
        assert taken.code == 2
        assert "Port" in taken.err
    finally:
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=10)
    assert running.returncode == 0
    assert "Traceback" not in err


def test_preview_of_what_is_not_built_says_what_to_do(at):
    room = at("signed")
    assert (room.hope("preview", "--no-browser").code, "hope build" in room.hope("preview", "--no-browser").err) == (
        2,
        True,
    )
    assert "hope build --draft" in room.hope("preview", "--no-browser", "--draft").err


# --- why, explain, sources, queue, deliver ---------------------------------------------------------------------------


def test_why_explains_by_id_doi_address_and_number_and_says_when_it_knows_nothing(at):
    room = at("gathered")
    item = next(i for i in room.items if i.ids.doi)
    for name in (item.id, item.slug, item.ids.doi, f"https://doi.org/{item.ids.doi.upper()}", item.link):
        said = room.hope("why", name)
        assert said.code == 0
        assert item.id in said.out, name
        assert "Kept" in said.out, name
    trial = next(i for i in room.items if i.ids.nct)
    assert trial.id in room.hope("why", trial.ids.nct.lower()).out
    assert "was not in anything" in room.hope("why", "https://nowhere.example/x").out


def test_sources_shows_each_state_and_what_to_do_as_text_and_json(at):
    room = at("next")
    text = room.hope("sources")
    assert text.code == 0
    assert "What to do" in text.out
    assert all(len(line) <= 80 for line in text.out.partition("\n\n")[0].splitlines())
    told = json.loads(room.hope("sources", "--format", "json").out)
    assert {s["state"] for s in told} >= {"moved", "gone", "page-instead-of-feed"}
    assert all(s["todo"] for s in told)


def test_queue_as_json_is_the_items(at):
    room = at("written")
    told = json.loads(room.hope("queue", "--format", "json", "--status", "approved").out)
    assert [i["id"] for i in told] == [i.id for i in room.items if i.status is Status.APPROVED]
    assert room.hope("queue", "--issue", "2027-01").code == 2


def test_explain_knows_every_rule_and_names_the_nearest():
    assert hope("explain", "e01").code == 0
    wrong = hope("explain", "E99")
    assert wrong.code == 2
    assert "E0" in wrong.err
    assert "Traceback" not in wrong.err


def test_deliver_goes_once_and_only_what_is_built(at, tmp_path):
    room = at("signed")
    assert room.hope("deliver", "--to", str(tmp_path / "www")).code == 2
    room = at("built")
    first = room.hope("deliver", "--to", str(tmp_path / "www"))
    assert first.code == 0, first.text
    assert (tmp_path / "www" / "index.html").read_bytes() == (room.outbox / "site" / "index.html").read_bytes()
    assert "Already delivered" in room.hope("deliver", "--to", str(tmp_path / "www")).out
    wrong = room.hope("deliver", "--by", "foldr", "--to", "x")
    assert (wrong.code, "folder" in wrong.err) == (2, True)


# --- add -------------------------------------------------------------------------------------------------------------


def offline_indexes(room: Room) -> None:
    """Let the indexes of papers be on the own machine too, where nobody knows anything."""
    yml = room.root / "sources.yml"
    url = next(line.split()[-1] for line in yml.read_text().splitlines() if "/api/v2" in line)
    more = "".join(
        f"- {{key: {kind}, kind: {kind}, url: '{url.replace('/api/v2', '/nobody')}', tier: indexer, enabled: false, because: test}}\n"
        for kind in ("crossref", "pubmed")
    )
    yml.write_text(yml.read_text() + more)


def test_add_looks_a_trial_up_and_a_second_time_says_that_it_is_there(at):
    room = at("gathered")
    with room.served():
        offline_indexes(room)
        said = room.hope("add", "nct99990003")
        assert said.code == 0, said.text
        added = said.out.split()[-1]
        item = next(i for i in room.items if i.id == added)
        assert item.trial is not None
        assert item.ids.nct == "NCT99990003"
        before = room.files()
        again = room.hope("add", "https://clinicaltrials.gov/study/NCT99990003")
        assert again.code == 0
        assert "Already there" in again.out
        assert room.files() == before


def test_add_takes_what_the_editor_gives_where_nobody_can_be_asked(at):
    room = at("gathered")
    with room.served():
        offline_indexes(room)
        before = room.files()
        bare = room.hope("add", "10.5555/unheard.of")
        assert bare.code == 2
        assert "--title" in bare.err
        assert room.files() == before
        said = room.hope(
            "add", "10.5555/unheard.of", "--title", "CAR-T in lupus: {{ 7*7 }}\x07", "--published", "2026-05-02"
        )
        assert said.code == 0, said.text
        item = next(i for i in room.items if i.id == said.out.split()[-1])
        assert item.title == "CAR-T in lupus: {{ 7*7 }}"
        assert item.published == "2026-05-02"
        assert item.link == "https://doi.org/10.5555/unheard.of"


@pytest.mark.parametrize("what", ["javascript:alert(1)", "a word", "file:///etc/passwd", ""])
def test_add_takes_no_name_that_names_nothing(at, what):
    room = at("gathered")
    before = room.files()
    assert room.hope("add", what, "--title", "T").code == 2
    assert room.files() == before


@pytest.mark.parametrize("given", [("--link", "javascript:alert(1)"), ("--source", "nobody")])
def test_add_refuses_what_cannot_stand_in_an_item(at, given):
    room = at("gathered")
    offline_indexes(room)
    before = room.files()
    said = room.hope("add", "10.5555/unheard.of", "--title", "T", *given)
    assert said.code == 2
    assert given[1] in said.err
    assert room.files() == before
