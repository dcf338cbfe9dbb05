"""What goes out is what was built; it goes once, or again where that does no harm; and nobody waits for it."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date

import pytest
from newsrooms import JUNE, MAY, Said, files_in, newsroom_of

from pipeline import channels
from pipeline.errors import BlockedError
from pipeline.flow import deliver as flow

TODAY = date(2026, 6, 1)


def receipts(room, month=MAY):
    return json.loads((room.outbox / month / "receipts.json").read_bytes())


def test_a_web_folder_that_was_emptied_is_filled_again(at, tmp_path):
    room, www = at("built"), tmp_path / "www"
    assert room.hope("deliver", "--to", str(www)).code == 0
    first, receipt = files_in(www), receipts(room)
    shutil.rmtree(www)
    said = room.hope("deliver", "--to", str(www))
    assert (said.code, "sent again" in said.out) == (0, True), said.text
    assert files_in(www) == first == files_in(room.outbox / "site")
    assert receipts(room) == receipt  # the first one stays


def test_a_page_that_was_lost_on_the_web_host_comes_back(at, tmp_path):
    room, www = at("built"), tmp_path / "www"
    room.hope("deliver", "--to", str(www))
    (www / "index.html").write_text("defaced")
    (www / "feed.xml").unlink()
    said = room.hope("deliver", "--to", str(www))
    assert "2 pages written" in said.out
    assert files_in(www) == files_in(room.outbox / "site")
    assert "all of it is there" in room.hope("deliver", "--to", str(www)).out


def test_a_receipt_holds_no_path_of_this_machine(at, tmp_path):
    room = at("built")
    room.hope("deliver", "--to", str(tmp_path / "deep" / "www"))
    (receipt,) = receipts(room)
    assert receipt["to"] == "www"
    assert str(tmp_path) not in (room.outbox / MAY / "receipts.json").read_text()


def test_a_receipt_with_a_whole_path_from_before_still_counts(at, tmp_path):
    room, www = at("built"), tmp_path / "www"
    room.hope("deliver", "--to", str(www))
    (receipt,) = receipts(room)
    old = receipt | {"to": str(www)}
    (room.outbox / MAY / "receipts.json").write_text(json.dumps([old]))
    assert "Already delivered" in room.hope("deliver", "--to", str(www)).out
    assert receipts(room) == [old]


@pytest.mark.parametrize(
    "name", ["site/index.html", f"site/{MAY}/index.html", f"{MAY}/email.html", f"{MAY}/message.eml"]
)
def test_a_page_changed_after_the_build_is_told_and_not_sent(at, tmp_path, name):
    room, www = at("built"), tmp_path / "www"
    page = room.outbox / name
    page.write_bytes(page.read_bytes() + b"<!-- by hand -->")
    said = room.hope("deliver", "--to", str(www))
    assert said.code == 1
    assert f"outbox/{name}" in said.err
    again = ("site",) if name.startswith("site") else ("build", "--issue", MAY)
    assert f"hope {' '.join(again)}" in said.err
    assert not www.exists()
    assert not (room.outbox / MAY / "receipts.json").exists()
    assert room.hope(*again).code == 0  # what it said to do
    assert room.hope("deliver", "--to", str(www)).code == 0


def test_a_page_that_is_gone_is_told_and_nothing_is_sent(at, tmp_path):
    room = at("built")
    (room.outbox / "site" / "style.css").unlink()
    said = room.hope("deliver", "--to", str(tmp_path / "www"))
    assert (said.code, "outbox/site/style.css" in said.err) == (1, True)


def test_a_manifest_that_was_touched_lets_nothing_go(at, tmp_path):
    room = at("built")
    (room.outbox / MAY / "manifest.json").write_text("{}")
    said = room.hope("deliver", "--to", str(tmp_path / "www"))
    assert (said.code, "manifest.json" in said.err) == (1, True)


@pytest.mark.parametrize("text", ["{}", "[", '{"format": 9, "made_of": "", "pages": {"index.html": "0"}}'])
def test_a_list_of_pages_that_was_touched_lets_nothing_go_and_is_made_anew(at, tmp_path, text):
    room, www = at("built"), tmp_path / "www"
    (room.outbox / "site.json").write_text(text)
    said = room.hope("deliver", "--to", str(www))
    assert (said.code, "outbox/site.json" in said.err, www.exists()) == (1, True, False)
    assert room.hope("site").code == 0
    assert room.hope("deliver", "--to", str(www)).code == 0


def test_a_file_that_no_build_wrote_stays_at_home_and_is_told(at, tmp_path):
    room, www = at("built"), tmp_path / "www"
    (room.outbox / "site" / "notes.txt").write_text("call the printer")
    said = room.hope("deliver", "--to", str(www))
    assert (said.code, "outbox/site/notes.txt" in said.err) == (0, True)
    assert not (www / "notes.txt").exists()


def test_an_older_issue_goes_with_the_archive_as_it_is_now(at, tmp_path):
    """The archive was written anew by June's build; a list of its own says what lies there."""
    room, www = at("both"), tmp_path / "www"
    assert room.hope("deliver", "--issue", MAY, "--to", str(www)).code == 0
    assert files_in(www) == files_in(room.outbox / "site")
    page = room.outbox / "site" / JUNE / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    said = room.hope("deliver", "--issue", MAY, "--to", str(www))
    assert (said.code, f"outbox/site/{JUNE}/index.html" in said.err) == (1, True)
    assert f"outbox/site/{MAY}" not in said.err


PIGEON = """
from pipeline.channels import Channel, Sent

SENT = []
AT_WORK = []

def send(to, edition):
    for look in AT_WORK:
        look()
    SENT.append(to)
    return Sent("flown", True)

CHANNEL = Channel(name="pigeon", what="By air.", send=send, label=lambda to: to.rpartition("@")[2])
"""


@pytest.fixture
def pigeon(tmp_path):
    """A channel that may not be repeated, found by file name as every channel is."""
    place = tmp_path / "more"
    place.mkdir()
    (place / "pigeon.py").write_text(PIGEON)
    channels.__path__.append(str(place))
    channels.names.cache_clear()
    channels.channel.cache_clear()
    channels.channel("pigeon")
    yield sys.modules["pipeline.channels.pigeon"]
    channels.__path__.remove(str(place))
    channels.names.cache_clear()
    channels.channel.cache_clear()
    del sys.modules["pipeline.channels.pigeon"]


def test_a_channel_that_can_not_take_back_what_it_sent_sends_once(at, pigeon):
    newsroom = newsroom_of(at("built"))
    first = flow.deliver(newsroom, MAY, "pigeon", "secret@loft", TODAY)
    again = flow.deliver(newsroom, MAY, "pigeon", "secret@loft", TODAY)
    assert (first.first, again.first, again.sent) == (True, False, None)
    assert pigeon.SENT == ["secret@loft"]
    assert [r.to for r in newsroom.receipts(MAY)] == ["loft"]


def test_a_channel_works_while_others_write(at, pigeon):
    """Else they would wait for the lock, and give up in the end."""
    room = at("built")
    pigeon.AT_WORK.append(lambda: at_work.append(room.hope("gather", "--issue", JUNE)))
    at_work: list[Said] = []
    with room.served(MAY):
        flow.deliver(newsroom_of(room), MAY, "pigeon", "loft", TODAY)
    assert [said.code for said in at_work] == [0]


def test_nothing_changed_goes_by_any_channel(at, pigeon):
    room = at("built")
    (room.outbox / MAY / "email.txt").write_text("Better words.")
    with pytest.raises(BlockedError, match=r"email\.txt"):
        flow.deliver(newsroom_of(room), MAY, "pigeon", "loft", TODAY)
    assert pigeon.SENT == []


def test_the_folder_may_be_repeated_and_is_named_by_its_last_part(tmp_path, monkeypatch):
    folder = channels.channel("folder")
    assert (folder.repeatable, folder.label("/srv/www/"), folder.label("www")) == (True, "www", "www")
    monkeypatch.chdir(tmp_path)
    assert folder.label(".") == tmp_path.name
