"""The message goes through a real mail server and comes back as it was; names of all scripts are read back right."""

from __future__ import annotations

import asyncio
import smtplib
from base64 import b64decode
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
import second_opinions
from aiosmtpd.smtp import SMTP, Envelope, Session
from issues import earlier_issue, quiet_issue, sample_issue, templates
from newsrooms import JUNE, MAY

from pipeline.model.issue import Edition
from pipeline.model.leave import READER
from pipeline.render import render
from pipeline.text import clip

NAMES = (
    "Größe & Maß e. V.",
    "Rheuma-Liga, Größe & Hoffnung",
    "Donaudampfschifffahrtsgesellschaft für Maß, Größe und Zuversicht in Köln, Düsseldorf und anderswo e. V.",
    "Вестник надежды и меры, для людей с волчанкой и их близких",
    "细胞治疗与自身免疫病通讯，每月一期，给患者和家属",
    "Mērenas cerības vēstis, šūnu ārstēšana",
    "رسالة الأمل المحسوب، كل شهر",
    "תקווה מדודה, מכתב חודשי",
    "👩🏽‍🔬 Hope & 👨‍👩‍👧‍👦",
    'Doe, Jane "JD" of Hope (and Measure); <b>news</b>',
)


class Kept:
    """What a server does with mails here: it keeps them."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  its name
        """Keep a mail."""
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 kept"


def posted(*mails: bytes) -> list[bytes]:
    """Send mails by `smtplib` to a server on this machine, and say what came."""

    def send(port: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as line:
            for mail in mails:
                assert line.sendmail("editors@news.example.org", ["reader@mail.example.org"], mail) == {}

    async def serve() -> list[bytes]:
        kept, loop = Kept(), asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(kept, hostname="localhost", loop=loop), "127.0.0.1", 0)
        async with server:
            await asyncio.to_thread(send, server.sockets[0].getsockname()[1])
        return kept.mails

    return asyncio.run(serve())


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def pictures(message: EmailMessage) -> dict[str, bytes]:
    """The pictures of a message by the names under which its page asks for them."""
    found = {}
    for part in message.walk():
        if part.get_content_maintype() == "image":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(part["Content-ID"]).strip("<>")] = content
    return found


def unix(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")


@pytest.fixture(scope="module")
def both(steps: Path) -> dict[str, dict[str, bytes]]:
    """The files of the demo's two months."""
    folders = {month: steps / "both" / "outbox" / month for month in (MAY, JUNE)}
    names = ("email.html", "email.txt", "message.eml")
    return {month: {name: (folder / name).read_bytes() for name in names} for month, folder in folders.items()}


def test_a_message_comes_through_a_mail_server_as_it_was(both: dict[str, dict[str, bytes]]) -> None:
    mails = [files["message.eml"] for files in both.values()]
    assert posted(*mails) == mails
    sent = mails[1].replace(READER.encode(), b"0123456789abcdefghijklmnopqrstuv")
    assert posted(sent) == [sent]


def test_parts_and_pictures_of_a_message_are_read_alike_by_two_parsers(both: dict[str, dict[str, bytes]]) -> None:
    second_opinions.need("mailparser")
    mails = posted(*(files["message.eml"] for files in both.values()))
    for files, raw, other in zip(both.values(), mails, second_opinions.parsed(mails), strict=True):
        ours = read(raw)
        text, html = ours.get_body(("plain",)), ours.get_body(("html",))
        assert text
        assert html
        assert unix(text.get_content()) == unix(files["email.txt"].decode()) == unix(other["text"])
        assert unix(html.get_content()) == unix(other["html"])
        assert ours["Subject"] == other["subject"]
        assert pictures(ours) == {each["cid"]: b64decode(each["content"]) for each in other["pictures"]}
        asked = set(html.get_content().split('src="cid:')[1:])
        assert asked
        assert {each.partition('"')[0] for each in asked} == set(pictures(ours))
        assert {each["related"] for each in other["pictures"]} <= {True}
        assert other["list"]["unsubscribe"]["url"] in ours["List-Unsubscribe"]


def named(name: str) -> Edition:
    """A quiet month of a newsletter of this name."""
    masthead = replace(quiet_issue().masthead, name=name, sender=f"{name.replace('<', '').replace('>', '')} <post@news.example.org>", list="hope")  # fmt: skip
    issue = replace(quiet_issue(), masthead=masthead)
    return render(issue, (issue,), templates())


@pytest.fixture(scope="module")
def by_name() -> dict[str, bytes]:
    """A message of each name, as a mail server gave it back."""
    return dict(zip(NAMES, posted(*(named(name).files["message.eml"] for name in NAMES)), strict=True))


def decoded(value: Any) -> str:
    return str(make_header(decode_header(" ".join(str(value).split()))))


def plain_words(value: str) -> str:
    """The words before the address of a header, decoded and without their quotes."""
    return decoded(value).strip('"').replace('\\"', '"')


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_scripts_are_read_back_by_pythons_parser(by_name: dict[str, bytes], name: str) -> None:
    old = message_from_bytes(by_name[name])
    words, address = parseaddr(str(old["From"]))
    assert (decoded(words), address) == (name.replace("<", "").replace(">", ""), "post@news.example.org")
    words, _, identity = str(old["List-Id"]).replace("\n", "").rpartition(" <")
    assert identity == "hope.news.example.org>"
    assert plain_words(words) == clip(name, 80)
    assert f"{name}, January 2027" in decoded(old["Subject"])
    assert f"{name}, January 2027" in read(by_name[name])["Subject"]


def test_names_of_all_scripts_are_read_back_by_another_parser(by_name: dict[str, bytes]) -> None:
    second_opinions.need("mailparser")
    for name, mail in zip(NAMES, second_opinions.parsed(list(by_name.values())), strict=True):
        bare = name.replace("<", "").replace(">", "")
        assert mail["from"] == [{"address": "post@news.example.org", "name": bare}]
        assert f"{name}, January 2027" in mail["subject"]
        assert mail["list"]["id"]["id"] == "hope.news.example.org"
        # It leaves the words of List-Id encoded, as few programs show them.
        assert plain_words(mail["list"]["id"]["name"]) == clip(name, 80)


def test_every_header_comes_back_once_and_whole() -> None:
    made = render(sample_issue(), (sample_issue(), earlier_issue()), templates())
    before, after = read(made.files["message.eml"]), read(posted(made.files["message.eml"])[0])
    assert after.items() == before.items()
    assert len(set(map(str.lower, after.keys()))) == len(after.keys())
