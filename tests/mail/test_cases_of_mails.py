"""Mails as public bug reports broke them: each case does what its table expects."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import pytest
from newsrooms import JUNE, REPO, Room

CASES = REPO.parent / "shared" / "cases"
pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie beside the checkout, and are not here"),
]


def lines() -> dict[str, dict[str, str]]:
    """The table of the cases by their id."""
    head, *rows = ((CASES / "cases.tsv").read_text("utf-8")).splitlines() if CASES.is_dir() else [""]
    names = head.split("\t")
    return {row.split("\t")[0]: dict(zip(names, row.split("\t"), strict=True)) for row in rows}


def given(case: str) -> str:
    """The lines that a case puts into a file of the newsroom."""
    text = (CASES / lines()[case]["file"]).read_text("utf-8")
    return "".join(f"{line}\n" for line in text.splitlines() if not line.startswith("#"))


def built(room: Room, case: str, *words: str) -> Room:
    """Build June with the setting of a case in place of the newsroom's own."""
    file, line = room.root / "sources.yml", given(case)
    name = line.split(":")[0].strip()
    text = re.sub(rf"(?m)^  {name}:.*\n", "", file.read_text("utf-8"))
    file.write_text(text.replace("newsletter:\n", f"newsletter:\n{line}", 1), "utf-8")
    said = room.hope("build", "--issue", JUNE, *words)
    assert said.code == 0, said.text
    return room


def mail(room: Room) -> bytes:
    return (room.outbox / JUNE / "message.eml").read_bytes()


def header(room: Room, name: str) -> str:
    """A header as its bytes stand."""
    head = mail(room).partition(b"\r\n\r\n")[0].decode("ascii")
    found = re.findall(rf"(?m)^{name}: (.*(?:\r\n[ \t].*)*)", head)
    assert len(found) == 1
    return str(found[0]).rstrip("\r")


def test_a_tag_of_a_mailing_tool_is_a_link_twice(at):
    room = built(at("both"), "m01")
    html = (room.outbox / JUNE / "email.html").read_text("utf-8")
    assert lines()["m01"]["expected"].startswith('<a href="{{ UnsubscribeURL }}">Leave the list</a> untouched, twice')
    assert len(re.findall(r'<a href="\{\{ UnsubscribeURL \}\}"[^>]*>Leave the list</a>', html)) == 2
    assert "\n{{ UnsubscribeURL }}\n" in (room.outbox / JUNE / "email.txt").read_text("utf-8")
    assert header(room, "List-Unsubscribe") == "<{{ UnsubscribeURL }}>"


def test_a_long_way_to_leave_is_plain_on_one_line(at):
    assert "in plain" in lines()["m06"]["expected"]
    address = given("m06").partition(": ")[2].strip().strip('"')
    assert header(built(at("both"), "m06"), "List-Unsubscribe") == f"<{address}>"


def test_an_address_with_an_umlaut_is_percent_encoded(at):
    assert header(built(at("both"), "m08"), "List-Unsubscribe") == lines()["m08"]["expected"]


def test_a_long_domain_leaves_message_id_and_list_id_plain(at):
    assert lines()["m09"]["expected"] == "Message-ID and List-Id plain"
    room = built(at("both"), "m09")
    domain = given("m09").partition("@")[2].strip().strip('">')
    assert re.fullmatch(rf"[\w ]+ <[a-z-]+\.{re.escape(domain)}>", header(room, "List-Id"))
    assert re.fullmatch(rf"<{JUNE}\.[0-9a-f]{{32}}@{re.escape(domain)}>", header(room, "Message-ID"))


def test_a_name_with_comma_and_umlauts_is_one_address(at):
    assert lines()["m10"]["expected"] == "display name read back whole, one address"
    raw, setting = mail(built(at("both"), "m10")), given("m10").partition(": ")[2].strip().strip('"')
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    (address,) = found["From"].addresses
    assert (address.display_name, address.addr_spec) == parseaddr(setting.replace("Rheuma-Liga, Größe & Hoffnung", '"Rheuma-Liga, Größe & Hoffnung"'))  # fmt: skip


def test_conditional_comments_and_media_rules_stay(steps: Path):
    assert lines()["m11"]["expected"].startswith("conditional comments and media rules stay, nothing escaped twice")
    html = (steps / "both" / "outbox" / JUNE / "email.html").read_text("utf-8")
    source = (REPO / "templates" / "email" / "issue.html").read_text("utf-8")
    for sought in ("<!--[if mso]>", "<![endif]-->", "@media", "!important"):
        assert html.count(sought) == source.count(sought) > 0
    assert not re.search(r"&amp;(?:amp|lt|gt|quot|#\d+);", html)
    assert max(map(len, html.splitlines())) < 998


def test_a_long_address_in_an_item_stays_on_one_line(at):
    room = at("both")
    line, blocks = given("m12"), re.split(r"(?m)^(?=- id: )", room.queue_file.read_text("utf-8"))
    n = next(n for n, block in enumerate(blocks) if "\n  status: approved\n" in block)
    address = re.findall(r"https://\S+", line)[0]
    blocks[n] = re.sub(r"(?m)^  brief:.*\n", "", re.sub(r"(?m)^  summary:.*\n", lambda _: line, blocks[n]))
    assert blocks[n].count(address) == 1
    room.write("".join(blocks))
    assert room.hope("build", "--issue", JUNE, "--draft").code == 0
    lines_ = (room.outbox / JUNE / "draft" / "email.txt").read_text("utf-8").splitlines()
    assert [each for each in lines_ if address in each] == [address]
