"""Check, build and preview as an editor uses them: what is printed, what is not, and that it is the same each time."""

from __future__ import annotations

import json
import re
import signal
import urllib.request

import pytest
from newsrooms import JUNE, MAY, REPO, sha256, start
from pngs import png

from pipeline.demo.content import TODAY
from pipeline.model.names import Status


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


def test_a_build_lists_what_each_item_costs_in_80_columns(at):
    room = at("signed")
    said = room.hope("build").out
    assert max(map(len, said.splitlines())) <= 80
    assert re.search(r"The mail has [\d,]+ of 1,300 words and [\d,]+ of 90,000 bytes\.", said)
    costs = json.loads(room.hope("build", "--format", "json").out)["mail"]
    assert [line.split()[0] for line in re.findall(r"^ +(?:[\d,]+|-) +(?:[\d,]+|-)  .*", said, re.MULTILINE)] == [
        f"{each['words'] or '-'}" for each in costs["items"]
    ]
    assert costs["bytes"] == len((room.outbox / MAY / "email.html").read_bytes())
    assert costs["most"] == {"words": 1_300, "bytes": 90_000, "frame": 400}


def test_a_blocked_build_gives_its_findings_as_json_too(at):
    said = at("written").hope("build", "--format", "json")
    assert said.code == 1
    told = json.loads(said.out)
    assert (told["issue"], told["mail"], told["changed"]) == (None, None, 0)
    assert told["findings"]


def test_nothing_approved_is_built_only_as_a_quiet_month(at):
    room = at("gathered")
    said = room.hope("build")
    assert said.code == 1
    assert "--quiet-month" in said.err
    assert room.hope("build", "--quiet-month").code == 0
    assert json.loads((room.outbox / MAY / "issue.json").read_bytes())["quiet"] is True
    full = at("signed")
    assert full.hope("build", "--quiet-month").code == 2


def test_who_signed_the_opening_of_a_quiet_month_is_named(at):
    room = at("gathered")
    text = room.queue_file.read_text()
    room.write(re.sub(r"(?m)^intro:.*$", 'intro: "We looked, and found nothing to print this month."', text, count=1))
    for person in ("anna", "dr-m", "sam"):
        assert room.hope("sign", "intro", "--as", person).code == 0
    said = room.hope("build", "--quiet-month")
    assert said.code == 0, said.text
    mail = " ".join((room.outbox / MAY / "email.txt").read_text(encoding="utf-8").split())
    assert all(name in mail for name in ("Anna Example", "Dr M. Example", "Sam Sample"))
    assert "No one has signed" not in mail


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
    assert "so this is for 2026-06" in room.hope("gather", "--today", "2026-05-31").err  # and it doesn't count as built


def test_a_draft_alone_does_not_make_an_issue_built(at):
    room = at("written")
    assert room.hope("build", "--draft").code == 0
    assert "Issue 2026-05" in room.hope("queue").out
    assert not (room.outbox / "site").exists()
    assert room.hope("hold", room.some(Status.APPROVED).id).code == 0


def test_acceptance_11_an_issue_built_again_is_the_same_bytes_also_on_a_later_day(at):
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
def test_acceptance_11_the_same_input_gives_the_same_bytes_in_any_zone_tongue_or_order(at, world):
    expected = at("built").files()
    room = at("signed")
    done = start("build", "--today", "2026-05-31", root=room.root, **world)
    _, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    left = room.files()
    assert left.keys() == expected.keys()
    assert [n for n in left if left[n] != expected[n]] == []


def test_the_manifest_tells_the_truth_about_every_file(at):
    room = at("both")
    told = json.loads((room.outbox / JUNE / "manifest.json").read_bytes())
    here = {p.name for p in (room.outbox / JUNE).iterdir()} - {
        "queue.yml",
        "trials.json",
        "texts.json",
        "manifest.json",
    }
    assert set(told) - {"reader"} == {"edition"}
    assert set(told["edition"]) == here
    for path, each in told["edition"].items():
        content = (room.outbox / JUNE / path).read_bytes()
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
    room = at("built")
    running = start("preview", "--no-browser", "--today", "2026-05-31", root=room.root, PYTHONUNBUFFERED="1")
    try:
        address = running.stdout.readline().split()[-1]
        mail = running.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"<h1" in answer.read()
            assert answer.headers["Cache-Control"] == "no-store"
        with urllib.request.urlopen(mail, timeout=10) as answer:
            assert b"<h1>The e-mail of May 2026</h1>" in answer.read()
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
    said = room.hope("preview", "--no-browser", "--draft", "--issue", "2026-09")
    assert (said.code, "no outbox/2026-09/queue.yml" in said.err) == (2, True)


def test_a_logo_beside_the_settings_is_printed_and_one_that_is_gone_is_told_with_its_line(at):
    room = at("signed")
    settings = room.root / "sources.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  logo: logo.png\n", "  logo: mark.png\n", 1), encoding="utf-8")
    (room.root / "mark.png").write_bytes(png(400, 100))
    assert room.hope("build").code == 0
    assert (room.outbox / "site/logo.png").read_bytes() == png(400, 100)
    (room.root / "mark.png").unlink()
    said = room.hope("build")
    assert said.code == 2
    line = text[: text.index("  logo: logo.png\n")].count("\n") + 1
    assert f"sources.yml:{line}:9: newsletter.logo: mark.png can't be read: No such file" in said.err
    assert "leave “logo” empty" in said.err


def test_proof_reads_a_built_issue_or_any_folder_and_says_of_each_rule_how_it_is(at, tmp_path):
    room = at("built")
    said = room.hope("proof", "--issue", MAY)
    assert "\nok                   H3  a-way-to-leave\n" in said.out
    rulings = json.loads(room.hope("proof", "--issue", MAY, "--format", "json").out)
    broken = {each["rule"] for each in rulings if each["held"] == "not ok" and not each["warns"]}
    assert said.code == bool(broken)
    assert broken == set()
    for name in ("email.html", "email.txt", "message.eml"):
        (tmp_path / name).write_bytes((room.outbox / MAY / name).read_bytes())
    (tmp_path / "email.html").write_bytes(b"<html><body><p>No heading.</p></body></html>")
    tampered = room.hope("proof", str(tmp_path), "--format", "json")
    assert tampered.code == 1
    found = {each["rule"]: each["held"] for each in json.loads(tampered.out)}
    assert (found["A1"], found["A4"], found["H1"]) == ("not ok", "not ok", "ok")


def test_a_build_proves_its_mail_first_and_names_the_template_at_fault(at):
    room = at("signed")
    own = room.root / "templates/email/issue.html"
    own.parent.mkdir(parents=True)
    text = (REPO / "templates/email/issue.html").read_text(encoding="utf-8")
    own.write_text(text.replace("<h1>{{", '<h1 style="font-size:11px">{{'), encoding="utf-8")
    line = text[: text.index("<h1>{{")].count("\n") + 1
    before = room.files()
    said = room.hope("build")
    assert said.code == 1
    assert "block  A16 easy-to-read" in said.out
    assert f"templates/email/issue.html:{line}." in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert "Nothing was built" in said.err
    assert room.files() == before
    found = json.loads(room.hope("build", "--format", "json").out)["findings"]
    assert [(f["rule"], f["severity"]) for f in found if f["file"] == "email.html"] == [("A16", "block")]
    draft = room.hope("build", "--draft")
    assert draft.code == 0, draft.text
    assert "block  A16 easy-to-read" in draft.out
    assert (room.outbox / MAY / "draft/email.html").exists()


def test_a_mail_that_gmail_would_cut_is_refused_and_one_that_is_long_builds_with_a_warning(at):
    room = at("signed")
    settings = room.root / "sources.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  language: en\n", "  language: en\n  mail: {words: 400}\n", 1), encoding="utf-8")
    said = room.hope("build")
    assert said.code == 0, said.text
    assert "warn   B2 words" in said.out
    assert "raise `mail: words` in sources.yml" in " ".join(said.out.split())
    own = room.root / "templates/email/issue.html"
    own.parent.mkdir(parents=True)
    page = (REPO / "templates/email/issue.html").read_text(encoding="utf-8")
    own.write_text(page.replace("</body>", f"<!--{'x' * 100_000}--></body>"), encoding="utf-8")
    said = room.hope("build", "--again")
    assert said.code == 1
    assert "block  M5 nothing-cut-off" in said.out


def test_proof_of_what_is_not_there_is_wrong_use(at, tmp_path):
    room = at("signed")
    assert "hope build" in room.hope("proof").err
    assert room.hope("proof").code == 2
    (tmp_path / "email.html").write_text("<p>alone")
    assert "email.txt" in room.hope("proof", str(tmp_path)).err
    assert room.hope("proof", str(tmp_path)).code == 2
    assert room.hope("proof", str(tmp_path), "--issue", MAY).code == 2
    assert room.hope("proof", str(tmp_path / "nowhere")).code == 2
