"""Settings and queues that were trouble: a build refuses them with line and remedy, or its mail breaks no rule."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy

import pytest
from newsrooms import MAY, Room
from pngs import png
from poured import WORDS

from pipeline.model.names import Status
from pipeline.proof import FILES
from pipeline.queue import Written, fill, fill_head
from pipeline.text import plain

NAME = "'\"Hope\", <b>Maß</b> & {{ 7*7 }} *|EMAIL|* ${x}, Gruppe Köln'"


def settings(room: Room, *lines: str) -> int:
    """Put lines into the head of the settings, in place of those of the same names; the number of the first."""
    file = room.root / "sources.yml"
    text = file.read_text("utf-8")
    for line in lines:
        text = re.sub(rf"(?m)^  {line.partition(':')[0]}:.*\n", "", text)
    file.write_text(text.replace("newsletter:\n", "".join(["newsletter:\n", *(f"  {line}\n" for line in lines)]), 1), "utf-8")  # fmt: skip
    return text[: text.index("newsletter:\n")].count("\n") + 2


def proved(room: Room) -> list[str]:
    """The rules that the built mail breaks, as `hope proof` says."""
    said = room.hope("proof", "--format", "json")
    assert said.code in (0, 1), said.text
    return [each["rule"] for each in json.loads(said.out) if each["held"] == "not ok"]


@pytest.mark.parametrize(
    ("line", "code", "remedy"),
    [
        ('unsubscribe: ""', 1, "unsubscribe: "),
        ("unsubscribe: http://x.example/out", 1, "unsubscribe: https://x.example/out"),
        ("unsubscribe: Ask Anna", 1, "unsubscribe: "),
        ('accent: "#FFFF00"', 2, "#727200"),
        ("accent: teal", 2, "#007c7c"),
        ("logo: none.png", 2, "leave “logo” empty"),
        ("logo: broken.png", 2, "Export the picture again"),
        ("logo: huge.png", 2, "Make it smaller"),
        ("logo: photo.png", 2, "Export the picture as PNG"),
        ("name: رسالة", 2, "list: measured-hope"),
        ("sender: nobody", 2, "Measured Hope <editors@news.example.org>"),
        ("base_url: news.example.org", 2, "https://news.example.org/"),
        ("mail: {words: 10}", 2, "400"),
        ("mail: {bytes: 900000}", 2, "100000"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_line_and_remedy(at, line, code, remedy):
    room = at("signed")
    for name, content in (
        ("broken", png()[:-20]),
        ("huge", png(1_201, 2)),
        ("photo", b"\xff\xd8\xff\xe0JFIF"),
    ):
        (room.root / f"{name}.png").write_bytes(content)
    number = settings(room, line)
    said = room.hope("build")
    assert said.code == code, said.text
    assert remedy in said.text
    assert f"sources.yml:{number}:" in said.text or code == 1
    assert not (room.outbox / MAY / "message.eml").exists()


@pytest.mark.parametrize(
    "lines",
    [
        (f"name: {NAME}", f"about: {NAME}", f"publisher: {NAME}", f"funding: {NAME}", f"address: {NAME}"),
        ('name: "One\\r\\nBcc: everyone@example.org"', 'publisher: "Two\\r\\n\\r\\nThree"'),
        ('name: "\\u202eBackwards\\u202c Hope"', 'funding: "\\u2066Who\\u2069 pays"'),
        ("unsubscribe: https://x.example/{reader}/out?who={reader}&again={reader}",),
        ("unsubscribe: https://x.example/für/{{ id }}",),
        ("unsubscribe: mailto:out@x.example?subject=bitte raus",),
        ("logo: clear.png",),
        ("language: ar",),
        ("mail: {words: 400, bytes: 20000}",),
    ],
    ids=lambda lines: lines[0][:30],
)
def test_what_can_be_sent_breaks_no_rule(at, lines):
    room = at("signed")
    (room.root / "clear.png").write_bytes(png(400, 100, 6))
    settings(room, *lines)
    said = room.hope("build")
    assert said.code == 0, said.text
    assert proved(room) in ([], ["B2"])
    head = message_from_bytes((room.outbox / MAY / "message.eml").read_bytes(), policy=policy.default)
    assert head["Bcc"] is None
    assert all((room.outbox / MAY / name).exists() for name in FILES)


@pytest.mark.parametrize("name", ["signs of markup", "line breaks", "overrides", "emoji", "dots and dashes"])
def test_words_of_a_queue_and_of_its_sources_reach_the_mail_and_break_no_rule(at, name):
    room = at("written")
    fields = ("headline", "summary", "brief", "harms", "not_known", "who", "access", "funding", "you_can")
    words = dict.fromkeys(fields, WORDS[name])
    head, written = dict.fromkeys(("intro", "subject", "preheader", "ask"), WORDS[name]), {}
    for item in room.items:
        if item.status is Status.APPROVED:
            written[item.id] = Written(words=words, facts=(), status=item.status, reason=None)
    room.write(fill(fill_head(room.queue, head), written).text)
    said = room.hope("build", "--draft")
    assert said.code == 0, said.text
    found = room.hope("proof", str(room.outbox / MAY / "draft"), "--format", "json")
    broken = [each["rule"] for each in json.loads(found.out) if each["held"] == "not ok"]
    assert broken in ([], ["B2"])
    told = (room.outbox / MAY / "draft" / "email.txt").read_text("utf-8")
    assert "".join(plain(told).replace("\u200c", "").split()).count("".join(plain(WORDS[name]).split())) > 20
