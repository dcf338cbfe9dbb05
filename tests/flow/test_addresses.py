"""What was published stays where it is, leads on to where it moved, or says that it was taken down."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest
from newsrooms import JUNE, MAY, Room, Said, newsroom_of

from pipeline.language.glossary import anchor
from pipeline.model.names import Status, Therapy

REGISTER = "outbox/addresses.json"
CORRECTIONS = "outbox/corrections.yml"


def deliver(room: Room) -> None:
    said = room.hope("deliver", "--issue", JUNE, "--to", str(room.root.with_name("www")))
    assert said.code == 0, said.text


def published(room: Room) -> list[str]:
    return list(json.loads((room.root / REGISTER).read_text())["addresses"])


def publish(room: Room, address: str) -> None:
    """Note an address that no page has now."""
    known = json.loads((room.root / REGISTER).read_text())
    known["addresses"].append(address)
    (room.root / REGISTER).write_text(json.dumps(known))


def hold(room: Room) -> str:
    """Put the first item of June on hold; gives its address."""
    item = room.some(Status.APPROVED)
    said = room.hope("hold", item.id, "--issue", JUNE)
    assert said.code == 0, said.text
    return f"{JUNE}/{item.slug}/"


def write(room: Room, text: str) -> None:
    (room.root / CORRECTIONS).write_text(f"format: 1\n{text}")


def again(room: Room) -> Said:
    return room.hope("build", "--issue", JUNE, "--again")


def page(room: Room, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((room.outbox / "site" / address / "index.html").read_text())


def listed(room: Room, slug: str) -> list[str]:
    """The files of the archive that name an address, but for its own page."""
    files = (p for p in (room.outbox / "site").rglob("*") if p.suffix in {".html", ".xml", ".csv"})
    return [p.as_posix() for p in files if slug not in p.parts and slug in p.read_text()]


@pytest.fixture
def delivered(at) -> Room:
    room: Room = at("both")
    deliver(room)
    return room


def test_a_delivery_notes_every_page_and_every_word_of_the_glossary(delivered):
    known = published(delivered)
    paths = [p.relative_to(delivered.outbox / "site").as_posix() for p in (delivered.outbox / "site").rglob("*.html")]
    pages = {path.removesuffix("index.html") for path in paths} - {"404.html"}
    assert {address for address in known if "#" not in address} == pages
    assert any(address.startswith("trials/") for address in pages)
    words = re.findall(
        r'class="term" id="([^"]+)"', (delivered.outbox / "site" / "glossary" / "index.html").read_text()
    )
    assert {address for address in known if "#" in address} == {f"glossary/#{word}" for word in words}
    assert len(words) > 3
    before = (delivered.root / REGISTER).read_bytes()
    deliver(delivered)
    assert (delivered.root / REGISTER).read_bytes() == before


def test_nothing_is_noted_before_a_delivery_and_an_item_may_go(at):
    room = at("both")
    hold(room)
    assert again(room).code == 0
    assert not (room.root / REGISTER).exists()


def test_an_item_on_hold_after_delivery_stops_the_build_and_its_address_is_named(delivered):
    address = hold(delivered)
    before = delivered.files()
    said = again(delivered)
    assert (said.code, f"  {address}\n" in said.err) == (1, True), said
    assert all(way in said.err for way in ("moved:", "taken_down:", CORRECTIONS))
    assert delivered.files() == before


def test_a_page_taken_down_stays_and_is_on_no_list(delivered):
    address = hold(delivered)
    write(delivered, f"taken_down:\n  - address: {address}\n    on: 2026-07-05\n    why: The clinic asked us to\n")
    assert again(delivered).code == 0
    gone = page(delivered, address)
    text = " ".join(gone.text_content().split())
    assert "Taken down on 5 July 2026. The reason: The clinic asked us to." in text
    assert gone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    (description,) = gone.xpath("//meta[@name='description']/@content")
    assert description == "Taken down on 5 July 2026. The clinic asked us to."
    assert gone.xpath("//nav[@class='menu']//a")
    assert "what was known on" not in text
    assert listed(delivered, address.split("/")[1]) == []
    deliver(delivered)
    assert address in published(delivered)
    assert delivered.hope("site").code == 0
    delivered.root.joinpath(CORRECTIONS).unlink()
    said = delivered.hope("site")
    assert (said.code, address in said.err) == (1, True)


def test_a_page_that_moved_leads_on(delivered):
    address = hold(delivered)
    new = f"{JUNE}/{delivered.some(Status.APPROVED).slug}/"
    write(delivered, f"moved:\n  - old: /{address}index.html\n    new: {new}\n    why: Both are about one paper now.\n")
    assert again(delivered).code == 0
    moved = page(delivered, address)
    (canonical,) = moved.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(f"/{new}")
    assert f"../../{new}index.html" in moved.xpath("//main//a/@href")
    assert "Both are about one paper now." in moved.text_content()
    (refresh,) = moved.xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh.endswith(f"url=../../{new}index.html")
    assert "what was known on" not in moved.text_content()
    assert listed(delivered, address.split("/")[1]) == []


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("moved:\n  - {old: OLD, new: OLD, why: w}\n", 3, "leads to itself"),
        ("moved:\n  - {old: OLD, new: 2026-06/nowhere/, why: w}\n", 3, "there is no page at"),
        ("moved:\n  - {old: OLD, new: glossary/, why: ' '}\n", 3, "owed a reason"),
        ("moved:\n  - {old: glossary/, new: corrections/, why: w}\n", 3, "there is a page at"),
        (
            "moved:\n  - {old: OLD, new: glossary/, why: w}\n  - {old: OLD, new: corrections/, why: w}\n",
            4,
            "here twice",
        ),
        (
            "moved:\n  - {old: OLD, new: glossary/, why: w}\ntaken_down:\n  - {address: OLD, on: 2026-07-05, why: w}\n",
            5,
            "here twice",
        ),
        ("taken_down:\n  - {address: glossary/, on: 2026-07-05, why: w}\n", 3, "is still printed"),
        ("taken_down:\n  - {address: 2026-06/never/, on: 2026-07-05, why: w}\n", 3, "was never published"),
        ("taken_down:\n  - {address: OLD, on: tomorrow, why: w}\n", 3, "tomorrow"),
        ("taken_down:\n  - {address: OLD, why: w}\n", 3, "on"),
        ("moved: [\n", 3, "not valid YAML"),
    ],
)
def test_entries_that_lead_nowhere_are_refused_with_their_line(delivered, entry, line, words):
    address = hold(delivered)
    write(delivered, entry.replace("OLD", address))
    before = delivered.files()
    said = again(delivered)
    assert said.code == 2, said
    assert f"{CORRECTIONS}:{line}:" in said.err
    assert words in said.err
    assert delivered.files() == before


def test_no_move_leads_to_another_or_round_in_a_ring(delivered):
    first, second = hold(delivered), f"{JUNE}/one-of-old/"
    publish(delivered, second)
    write(
        delivered,
        f"moved:\n  - {{old: {first}, new: {second}, why: w}}\n  - {{old: {second}, new: {first}, why: w}}\n",
    )
    said = again(delivered)
    assert said.code == 2
    assert said.err.count("one move must not lead to another") == 2
    assert f"{CORRECTIONS}:3:" in said.err
    assert f"{CORRECTIONS}:4:" in said.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no list of published addresses"),
        ("{", "no list of published addresses"),
        ("[]", "no list of published addresses"),
        ('{"format": 2, "addresses": []}', "update Hopeline"),
    ],
)
def test_a_list_of_addresses_that_was_broken_is_told(delivered, text, words):
    (delivered.root / REGISTER).write_text(text)
    hold(delivered)
    for command in (("build", "--issue", JUNE, "--again"), ("check", "--archive")):
        said = delivered.hope(*command)
        assert (said.code, REGISTER in said.err, words in said.err) == (2, True, True), said
    (delivered.outbox / MAY / "issue.json").write_text("{")
    said = delivered.hope("check", "--archive")
    assert REGISTER in said.err
    assert f"outbox/{MAY}/issue.json" in said.err


def test_a_word_that_an_issue_no_longer_explains_is_named(delivered):
    publish(delivered, "glossary/#a-word-of-old")
    (delivered.root / "sources.yml").write_text(
        (delivered.root / "sources.yml").read_text().replace("funding: ", "funding: Again, ", 1)
    )
    said = again(delivered)
    assert (said.code, "glossary/#a-word-of-old" in said.err) == (1, True)
    write(delivered, "moved:\n  - {old: 'glossary/#a-word-of-old', new: glossary/, why: It has another name now.}\n")
    assert again(delivered).code == 0


def test_the_second_page_of_a_list_is_nobodys_address():
    from pipeline.model.address import addresses

    kept = addresses(["index.html", "trials/table/2/index.html", "2026-06/12345/index.html", "feed.xml"], ())
    assert kept == {"", "2026-06/12345/"}


def test_a_folder_that_was_delivered_to_keeps_the_old_address(delivered):
    address = hold(delivered)
    write(delivered, f"taken_down:\n  - {{address: {address}, on: 2026-07-05, why: A reader asked us to.}}\n")
    assert again(delivered).code == 0
    deliver(delivered)
    www = Path(delivered.root.with_name("www"))
    assert "Taken down on" in (www / address / "index.html").read_text()


def test_what_lies_at_the_web_host_and_is_ours_no_more_is_told_and_stays(at):
    room = at("both")
    deliver(room)
    www = room.root.with_name("www")
    old, theirs = www / JUNE / "an-item-of-old" / "index.html", [www / "blog" / "index.html", www / "their.html"]
    for path in (old, *theirs):
        path.parent.mkdir(exist_ok=True)
        path.write_text("old")
    said = room.hope("deliver", "--issue", JUNE, "--to", str(www))
    assert said.code == 0
    assert f"{JUNE}/an-item-of-old/index.html lies in {www} and is no page of ours any more" in said.err
    assert said.err.count("lies in") == 1
    assert all(path.exists() for path in (old, *theirs))


def test_a_whole_issue_that_is_ours_no_more_is_told(at):
    room = at("built")
    www = room.root.with_name("www")
    for n in range(30):
        path = www / "2019-01" / str(n) / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text("old")
    said = room.hope("deliver", "--issue", MAY, "--to", str(www))
    assert said.err.count("lies in") == 20
    assert "… and 10 more." in said.err


def test_a_correction_of_what_was_taken_down_holds_up_nothing(at):
    room = at("both")
    item = room.some(Status.APPROVED)
    said = room.hope("correct", item.id, "--kind", "clarification", "--note", "We did not say where it was done.")
    assert said.code == 0, said.text
    deliver(room)
    address = hold(room)
    write_more(room, f"taken_down:\n  - {{address: {address}, on: 2026-07-05, why: A reader asked us to.}}\n")
    assert again(room).code == 0
    commands = (("site",), ("check", "--archive"), ("check", "--issue", JUNE), ("build", "--issue", JUNE, "--again"))
    for command in commands:
        said = room.hope(*command)
        assert said.code == 0, said.text
    assert "its item is printed no more" in room.hope("correct", "--list").out
    assert "We did not say where" not in (room.outbox / "site" / "corrections" / "index.html").read_text()
    assert room.hope("approve", item.id, "--issue", JUNE).code == 0
    (room.root / CORRECTIONS).write_text((room.root / CORRECTIONS).read_text().partition("taken_down:")[0])
    assert again(room).code == 0, "it can be brought back"
    assert "waits to be signed" in room.hope("correct", "--list").out


def test_a_build_that_would_leave_a_correction_of_nothing_writes_nothing(at):
    room = at("both")
    said = room.hope(
        "correct", room.some(Status.APPROVED).id, "--kind", "clarification", "--note", "We did not say where."
    )
    assert said.code == 0, said.text
    hold(room)
    before = room.files()
    said = again(room)
    assert (said.code, "was never printed" in said.err) == (2, True), said
    assert room.files() == before


def write_more(room: Room, text: str) -> None:
    with (room.root / CORRECTIONS).open("a") as file:
        file.write(text)


def test_an_archive_made_for_a_folder_is_noted_and_what_is_ours_no_more_is_named(at):
    room = at("both")
    www = room.root.with_name("www")
    old = www / JUNE / "an-item-of-old" / "index.html"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    said = room.hope("site", "--to", str(www))
    assert said.code == 0, said.text
    assert f"{JUNE}/an-item-of-old/index.html lies in {www} and is no page of ours any more" in said.err
    assert said.err.count("lies in") == 1
    assert f"{JUNE}/{room.some(Status.APPROVED).slug}/" in published(room)
    assert "corrections/" in published(room)


def test_pictures_of_a_mail_that_went_out_stay_until_they_are_deleted_by_hand(at):
    room = at("both")
    deliver(room)
    pictures = room.outbox / "site" / "pictures"
    before = {p.name for p in pictures.iterdir()}
    settings = room.root / "sources.yml"
    settings.write_text(settings.read_text().replace("newsletter:\n", "newsletter:\n  pictures: none\n", 1))
    for month in (MAY, JUNE):
        said = room.hope("build", "--issue", month, "--again")
        assert said.code == 0, said.text
    assert before
    assert {p.name for p in pictures.iterdir()} == before
    said = room.hope("deliver", "--issue", JUNE, "--to", str(room.root.with_name("www")))
    assert (said.code, "lies in" in said.err) == (0, False), said
    assert room.hope("site", "--to", str(room.root.with_name("other"))).code == 0
    assert {p.name for p in (room.root.with_name("other") / "pictures").iterdir()} == before
    gone = min(before)
    (pictures / gone).unlink()
    assert room.hope("site").code == 0
    assert {p.name for p in pictures.iterdir()} == before - {gone}


def test_words_and_topics_that_were_published_stay_without_an_item(delivered):
    known = published(delivered)
    old = next(t for t in map(str, Therapy) if f"topics/{t}/" not in known)
    word = next(w for w in newsroom_of(delivered).glossary if f"glossary/#{anchor(w)}" not in known)
    for each in (f"topics/{old}/", "topics/an-old-name/", f"glossary/#{anchor(word)}"):
        publish(delivered, each)
    address = hold(delivered)
    write(delivered, f"taken_down:\n  - {{address: {address}, on: 2026-07-05, why: A reader asked us to.}}\n")
    said = again(delivered)
    assert said.code == 0, said.text
    for topic, name in ((old, ""), ("an-old-name", "An old name")):
        empty = page(delivered, f"topics/{topic}")
        assert name in empty.xpath("//h1")[0].text_content()
        assert "Nothing at the moment." in empty.text_content()
        assert (delivered.outbox / "site" / "topics" / topic / "feed.xml").exists()
        assert f"topics/{topic}/" not in (delivered.outbox / "site" / "topics" / "index.html").read_text()
    assert page(delivered, "glossary").xpath(f"//h2[@id='{anchor(word)}']")
    deliver(delivered)
    assert f"glossary/#{anchor(word)}" in published(delivered)
