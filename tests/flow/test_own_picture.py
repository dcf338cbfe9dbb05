"""A picture of the editors' own, from a file in the newsroom to the page and the mail, bound to what was signed."""

from __future__ import annotations

import email.policy
import io
import re
import shutil
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from conftest import At
from newsrooms import JUNE, Room, sign_all
from PIL import Image

FILE = "pictures/ward.jpg"
PICTURE = (
    f'{{file: {FILE}, alt: "A ward with two empty beds", credit: "Sam Sample", licence: "CC BY 4.0", people: false}}'
)
SIZES = re.compile(r"pictures/[0-9a-f]{16}-(?:small|large)\.jpg")


def hang(room: Room, picture: str = PICTURE) -> str:
    """Give the first item of May a picture; returns its id."""
    (room.root / "pictures").mkdir(exist_ok=True)
    paint(room.root / FILE, "teal")
    first = next(item for item in room.items if item.headline and item.headline.startswith("Rheumatoid arthritis: 11"))
    text = room.queue_file.read_text(encoding="utf-8")
    at = text.index("  reason:", text.index(f"id: {first.id}"))
    room.write(f"{text[:at]}  picture: {picture}\n{text[at:]}")
    return first.id


def paint(path: Path, colour: str, sort: str = "JPEG") -> None:
    out = io.BytesIO()
    Image.new("RGB", (1800, 1200), colour).save(out, sort)
    path.write_bytes(out.getvalue())


def page_of(room: Room, name: str) -> Any:
    (path,) = (room.outbox / "site").glob(f"*/{name.rpartition('/')[2]}/index.html")
    return lxml.html.parse(path).getroot()


def test_it_stands_on_the_page_and_in_the_mail_with_whose_it_is(at: At) -> None:
    room = at("written")
    name = hang(room)
    settings = room.root / "sources.yml"  # room for a story
    settings.write_text(settings.read_text().replace("newsletter:\n", "newsletter:\n  mail: {words: 2000}\n"))
    sign_all(room)
    said = room.hope("build")
    assert said.code == 0, said.text
    (figure,) = page_of(room, name).xpath("//figure[@class='photo']")
    assert figure.xpath("./img/@alt") == ["A ward with two empty beds"]
    assert " ".join(figure.text_content().split()) == "By Sam Sample, CC BY 4.0."
    named = set(SIZES.findall(lxml.html.tostring(figure).decode()))
    assert named == {
        p.relative_to(room.outbox / room.month).as_posix() for p in (room.outbox / room.month).glob("pictures/*")
    }
    for path in named:
        assert (room.outbox / "site" / path).read_bytes() == (room.outbox / room.month / path).read_bytes()
    mail = (room.outbox / room.month / "email.html").read_text(encoding="utf-8")
    assert set(SIZES.findall(mail)) == {path for path in named if "small" in path}
    assert "By Sam Sample, CC BY 4.0." in mail
    text = (room.outbox / room.month / "email.txt").read_text(encoding="utf-8")
    assert "Picture: A ward with two empty beds. By Sam Sample, CC BY 4.0." in " ".join(text.split())
    message = email.message_from_bytes(
        (room.outbox / room.month / "message.eml").read_bytes(), policy=email.policy.default
    )
    assert [part.get_content_type() for part in message.walk()].count("image/jpeg") == 1


def test_a_sign_off_falls_when_the_picture_or_its_words_change(at: At) -> None:
    room = at("written")
    hang(room)
    sign_all(room)
    assert room.hope("check").code == 0
    signed = (room.root / FILE).read_bytes()
    paint(room.root / FILE, "navy")
    assert "S01" in room.hope("check").out
    (room.root / FILE).write_bytes(signed)
    assert room.hope("check").code == 0
    room.edit("A ward with two empty beds", "A ward with beds")
    assert "S01" in room.hope("check").out


def test_what_was_built_stays_when_the_file_changes(at: At) -> None:
    room = at("written")
    hang(room)
    sign_all(room)
    assert room.hope("build").code == 0
    before = {path: content for path, content in room.files().items() if SIZES.search(path)}
    assert len(before) == 4
    shutil.rmtree(room.root / "pictures")
    june = Room(room.root, JUNE)
    (room.outbox / JUNE).mkdir()
    (room.outbox / JUNE / "queue.yml").write_text(f"issue: {JUNE}\nintro:\nsigned: []\nitems: []\n")
    said = june.hope("build", "--quiet-month")
    assert said.code == 0, said.text
    assert {path: content for path, content in room.files().items() if SIZES.search(path)} == before
    for path in before:
        (room.root / path).unlink()
    lost = june.hope("build", "--quiet-month", "--again")
    assert lost.code == 2
    assert "back from your backup" in lost.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (PICTURE.replace('alt: "A ward with two empty beds", ', ""), "does not say what it shows"),
        (PICTURE.replace('credit: "Sam Sample", ', ""), "does not say whose it is"),
        (PICTURE.replace('licence: "CC BY 4.0", ', ""), "on what terms"),
        (PICTURE.replace("people: false", "people: true"), "no day on which that person agreed"),
        (PICTURE.replace(FILE, "pictures/Ward.jpg"), "no such file in the newsroom"),
        (PICTURE.replace(FILE, "../ward.jpg"), "no such file in the newsroom"),
        (PICTURE.replace(FILE, "https://example.org/ward.jpg"), "no such file in the newsroom"),
        (PICTURE.replace(FILE, "pictures/out.jpg"), "no such file in the newsroom"),
        (PICTURE.replace(FILE, "pictures/wrong.png"), "this file is a JPEG, which its name does not say"),
        (PICTURE.replace("two empty beds", "a miracle cure"), "cure"),
    ],
)
def test_what_a_picture_owes_is_a_finding_with_its_line(at: At, tmp_path: Path, written: str, said: str) -> None:
    room = at("written")
    name = hang(room, written)
    paint(tmp_path / "out.jpg", "teal")
    (room.root / "pictures/out.jpg").symlink_to(tmp_path / "out.jpg")
    paint(room.root / "pictures/wrong.png", "teal")
    found = room.hope("check", "--item", name)
    line = next(n for n, text in enumerate(room.queue_file.read_text().splitlines(), 1) if "  picture:" in text)
    assert found.code == 1
    assert said in " ".join(found.out.split())
    assert f"queue.yml:{line}:" in found.out


def hang_above(room: Room, picture: str = PICTURE) -> None:
    """Give the issue itself a picture."""
    (room.root / "pictures").mkdir(exist_ok=True)
    paint(room.root / FILE, "teal")
    room.edit("\nword:", f"\npicture: {picture}\nword:")


def test_the_issues_own_stands_on_its_page_and_is_signed_with_the_opening(at: At) -> None:
    room = at("written")
    hang_above(room)
    sign_all(room)
    room.edit("A ward with two empty beds", "A ward with beds")
    assert "S01" in room.hope("check").out
    sign_all(room)
    said = room.hope("build")
    assert said.code == 0, said.text
    page = lxml.html.parse(room.outbox / "site" / room.month / "index.html").getroot()
    (figure,) = page.xpath("//figure[@class='photo']")
    assert figure.xpath("./img/@alt") == ["A ward with beds"]
    for path in SIZES.findall(lxml.html.tostring(figure).decode()):
        content = (room.outbox / "site" / path).read_bytes()
        assert content == (room.outbox / room.month / path).read_bytes()
    assert not SIZES.search((room.outbox / room.month / "email.html").read_text(encoding="utf-8"))
    shutil.rmtree(room.root / "pictures")
    assert room.hope("site").code == 0


def test_what_the_issues_own_owes_is_a_finding_with_its_line(at: At) -> None:
    room = at("written")
    hang_above(room, PICTURE.replace('alt: "A ward with two empty beds", ', 'caption: "A miracle cure", '))
    found = room.hope("check")
    line = next(n for n, text in enumerate(room.queue_file.read_text().splitlines(), 1) if text.startswith("picture:"))
    assert found.code == 1
    assert f"queue.yml:{line}:" in found.out
    assert "does not say what it shows" in " ".join(found.out.split())
    assert "miracle" in found.out
