"""Each rule on a finished mail: it is content with a good one, and finds what code changed in a tampered one."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from pipeline.errors import UsageError
from pipeline.language.shipped import shipped, texts
from pipeline.model.names import Format
from pipeline.model.settings import MailBounds, Newsletter
from pipeline.proof import Held, Ruling, blocks, prove
from pipeline.report.proof import PROOFS

TOKEN = "READERxREADERxREADERxREADERx0123"
LEAVE = f"https://news.example.org/leave?r={TOKEN}"

HTML = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Measured Hope, June</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 620px) { .pad { padding: 16px !important; } }
@media (prefers-color-scheme: dark) {
.ground { background-color: #12181f !important; color: #e8edf2 !important; }
a { color: #8cc4ff !important; }
}
</style>
</head>
<body style="margin:0;background-color:#eef3f8">
<div lang="en" dir="ltr">
<div style="display:none">Nine people were followed for nine months.</div>
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table role="presentation" width="100%" bgcolor="#ffffff"><tr>
<td class="pad ground" style="padding:20px;font-size:17px;line-height:1.55;color:#1c2530;text-align:left">
<h1 style="font-size:26px;line-height:1.25">Measured Hope, June</h1>
<p><a href="https://news.example.org/2026-06/" style="color:#0b4f9c;text-decoration:underline">June online</a> or
<a
href="LEAVE" style="color:#0b4f9c">leave this list</a>.</p>
<h2 style="font-size:20px">First small study</h2>
<p id="study"><img src="cid:four-of-six@news.example.org" width="120" height="40" alt="4 of 6"> Of six people, four had
few or no symptoms after half a year; two had an infection, and what comes after a year is not known.
<a href="https://journal.example.org/paper" hreflang="de" lang="de" style="color:#0b4f9c">Die Studie</a>.</p>
<table><caption>Trials that opened</caption>
<tr><th scope="col">Trial</th><th scope="col">People</th></tr>
<tr><td>Lupus, Spain</td><td>12</td></tr></table>
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
""".replace("LEAVE", LEAVE)

TEXT = f"""Measured Hope, June
===================
June online:
https://news.example.org/2026-06/
Leave this list:
{LEAVE}

First small study
-----------------
4 of 6. Of six people, four had few or no symptoms after half a year; two
had an infection, and what comes after a year is not known. Die Studie:
https://journal.example.org/paper

Trials that opened
Lupus, Spain: 12 people.
"""

HEADERS = {
    "From": "Measured Hope <editors@news.example.org>",
    "To": "Reader <reader@placeholder.invalid>",
    "Subject": "Two of six had an infection",
    "Date": "Mon, 01 Jun 2026 09:00:00 +0000",
    "Message-ID": f"<2026-06.{'0123456789abcdef' * 2}@news.example.org>",
    "List-Id": "Measured Hope <measured-hope.news.example.org>",
    "List-Unsubscribe": f"<{LEAVE}>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Archive": "<https://news.example.org/>",
    "List-Help": "<mailto:editors@news.example.org>",
    "List-Post": "NO",
    "Auto-Submitted": "auto-generated",
    "Precedence": "bulk",
}


def picture() -> bytes:
    """A grey PNG of two by two."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x80\x80" * 2))
        + chunk(b"IEND", b"")
    )


@dataclass(frozen=True)
class Mail:
    """What a mail is made of, so that a test can change one part and have the files made anew."""

    html: str = HTML
    text: str = TEXT
    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))
    image: bytes = field(default_factory=picture)

    def files(self) -> dict[str, bytes]:
        message = EmailMessage(policy=SMTP)
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        list(message.iter_parts())[1].add_related(self.image, "image", "png", cid="<four-of-six@news.example.org>")
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        eml = head.encode() + message.as_bytes()
        return {"email.html": self.html.encode(), "email.txt": self.text.encode(), "message.eml": eml}


Tamper = Callable[[Mail], Mail | dict[str, bytes]]


def html(old: str, new: str) -> Tamper:
    def tamper(mail: Mail) -> Mail:
        assert old in mail.html
        return replace(mail, html=mail.html.replace(old, new))

    return tamper


def text(old: str, new: str) -> Tamper:
    def tamper(mail: Mail) -> Mail:
        assert old in mail.text
        return replace(mail, text=mail.text.replace(old, new))

    return tamper


def header(name: str, value: str | None) -> Tamper:
    return lambda mail: replace(mail, headers={k: v for k, v in {**mail.headers, name: value}.items() if v is not None})


def raw(old: bytes, new: bytes) -> Tamper:
    def tamper(mail: Mail) -> dict[str, bytes]:
        files = mail.files()
        assert old in files["message.eml"]
        return {**files, "message.eml": files["message.eml"].replace(old, new, 1)}

    return tamper


TAMPERED: list[tuple[str, Tamper]] = [
    ("H1", header("Date", None)),
    ("H1", header("To", "One <one@example.org>, Two <two@example.org>")),
    ("H1", header("Bcc", "everyone@example.org")),
    ("H1", raw(b"Subject: ", b"Subject: First\r\nSubject: ")),
    ("H3", header("List-Unsubscribe", None)),
    ("H3", header("List-Unsubscribe", "<http://news.example.org/leave>")),
    ("H3", header("List-Unsubscribe", "https://news.example.org/leave")),
    ("H3", header("List-Unsubscribe", "<https://a.example.org/leave>, <https://b.example.org/leave>")),
    ("H3", raw(b"List-Unsubscribe: <", b"List-Unsubscribe:\r\n <")),
    ("H3", header("List-Unsubscribe-Post", "yes")),
    ("H3", header("List-Unsubscribe", "<mailto:leave@news.example.org>")),
    ("H4", header("List-Unsubscribe", "<https://news.example.org/leave?r=1234>")),
    ("H4", html("?r=" + TOKEN, "")),
    ("H4", raw(f"{TOKEN[8:]}\r\n\r\nFirst".encode(), f"{TOKEN[8:20]}=\r\n{TOKEN[20:]}\r\n\r\nFirst".encode())),
    ("H5", header("List-Id", "<item>")),
    ("H5", header("List-Id", "=?utf-8?q?Hope_=3Chope=2Enews=2Eexample=2Eorg=3E?=")),
    ("H5", header("List-Id", "Hope <=?utf-8?q?hope?=.news.example.org>")),
    ("H5", raw(b"List-Id: Measured Hope <", b"List-Id: Measured Hope\r\n <")),
    ("H5", header("List-Archive", None)),
    ("H5", header("List-Help", "<http://news.example.org/>")),
    ("H5", header("List-Post", "<mailto:all@news.example.org>")),
    ("H6", header("Auto-Submitted", None)),
    ("H6", header("Precedence", "first-class")),
    ("H7", raw(b"Subject: Two of six", b"Subject: Two\nX-Smuggled: of six")),
    ("H7", raw(b"Subject: Two", "Subject: Zwölf".encode())),
    ("H7", raw(b"Subject: Two", b"Subject: " + b"long " * 200)),
    ("H7", raw(b"Subject: Two", b"Subject: =?utf-8?q?Two=0D=0ABcc=3A?=")),
    ("H7", raw(b"Precedence: bulk", b"Precedence: bulk\r\nX-More: 1\r\nX-More: 2")),
    ("H8", header("Message-ID", "<20260601.1234@news.example.org>")),
    ("H8", header("Message-ID", f"<{'0123456789abcdef' * 2}@elsewhere.example>")),
    ("H10", header("X-Mailer", "Hopeline 0.1.0")),
    ("H10", header("X-Reader", "0c2f7f0e-8f6d-4b3f-9d5f-2f0d9f1f6a11")),
    ("M1", raw(b"multipart/alternative", b"multipart/mixed")),
    ("M1", raw(b'text/plain; charset="utf-8"', b'text/plain; charset="latin-1"')),
    ("M1", raw(b"Of six people", b"Of nine people")),
    ("M1", raw(b"Trials that opened</caption>", b"Other trials</caption>")),
    ("M1", raw(b"<!DOCTYPE html>", b"<!DOCTYPE html>" + b" " * 1000)),
    ("M2", text("First small study", "A study")),
    ("M2", text("https://journal.example.org/paper", "https://journal.example.org/other")),
    ("M2", text("Trials that opened", "Trials that opened " + "word " * 40)),
    ("M3", text("Lupus, Spain: 12 people.", "Lupus, Spain: 12 people. " * 4)),
    ("M3", text("Lupus, Spain: 12 people.", "Lupus, Spain: 12 people.\n" + "x" * 79)),
    ("M4", html("<h1", "<form><input></form><h1")),
    ("M4", html("<h1", "<h1 onclick='x()'")),
    ("M4", html("<style>", "<style>@import url(https://fonts.example/x.css);")),
    ("M4", raw(b"Content-Disposition: inline", b'Content-Disposition: attachment; filename="x.png"')),
    ("M5", html("<h1", f"<!--{'x' * 100_000}--><h1")),
    ("M5", html("<h1", f"<!--{'x' * 12_000}--><h1")),
    ("M6", html("https://journal.example.org/paper", "http://journal.example.org/paper")),
    ("M6", html("https://journal.example.org/paper", "/paper")),
    ("M6", html("https://journal.example.org/paper", "https://journal.example.org/paper?utm_source=us")),
    ("M6", html("https://journal.example.org/paper", "https://abc.list-manage.com/track")),
    ("M6", html("Die Studie", "www.nejm.example/paper")),
    ("M7", html("cid:four-of-six@news.example.org", "https://pictures.example/4.png")),
    ("M7", html("cid:four-of-six@news.example.org", "cid:nobody@news.example.org")),
    ("M7", html('width="120" height="40"', 'width="1" height="1"')),
    ("M7", html('width="120"', 'width="100%"')),
    ("M7", lambda mail: replace(mail, image=mail.image + b"\0" * 200_000)),
    ("A1", html('<div lang="en" dir="ltr">', '<div lang="en">')),
    ("A2", html('<div lang="en" dir="ltr">', '<div dir="ltr">')),
    ("A3", html('<table role="presentation" width="100%"', '<table width="100%"')),
    ("A4", html("<h1", "<h1>Again</h1><h1")),
    ("A4", lambda mail: replace(mail, html=mail.html.replace("<h2", "<h3").replace("</h2", "</h3"))),
    ("A4", html("First small study", " ")),
    ("A5", html("leave this list", "")),
    ("A6", html('<html lang="en"', "<html")),
    ("A7", html("color:#1c2530", "color:#8899aa")),
    ("A7", html("color:#1c2530", "color:papayawhip")),
    ("A7", html("color: #e8edf2", "color: #333333")),
    ("A7", html('<p id="study">', '<p id="study" style="color:#d6b400;background-color:#000000">')),
    ("A8", html(' alt="4 of 6"', "")),
    ("A9", html("<title>Measured Hope, June</title>", "")),
    ("A10", html("June online", "Read more")),
    ("A11", html("text-decoration:underline", "text-decoration:none")),
    ("A11", html("a { color: #8cc4ff", "a { text-decoration: none !important; color: #8cc4ff")),
    ("A12", html("initial-scale=1", "initial-scale=1, maximum-scale=1")),
    ("A13", html("<h2", '<h2 id="study"')),
    ("A14", html("<caption>Trials that opened</caption>", "")),
    ("A14", html('<th scope="col">People', "<th>People")),
    ("A15", html('hreflang="de" lang="de"', 'hreflang="de"')),
    ("A16", html("font-size:17px", "font-size:13px")),
    ("A16", html("line-height:1.55", "line-height:1.2")),
    ("A16", html("text-align:left", "text-align:justify")),
    ("A17", html("<h1", "<v:rect></v:rect><h1")),
    ("A17", html("<!--[if mso]></td></tr></table><![endif]-->", "<!--[if mso]></td></tr></table>-->")),
    ("G6", html("cid:four-of-six@news.example.org", "https://news.example.org/4.png?r=1")),
    ("G6", html("margin:0;", "margin:0;background:url(https://news.example.org/1.png);")),
    ("C1", html("margin:0;", "margin:0;float:left;")),
    ("C1", html("margin:0;", "margin:0;made-up:1;")),
    ("C1", html(":root {", ":root { position: fixed;")),
    ("C2", html("<h1", "<section></section><svg></svg><h1")),
    ("C3", html('<p id="study">', '<p id="study" style="padding:4px">')),
    ("C3", html("text-align:left", "text-align:start")),
    ("C3", html('<p id="study">', '<p id="study" role="note">')),
    ("C3", html("<td>Lupus", '<td lang="en">Lupus')),
    ("C3", html("margin:0;", "margin:0;overflow-wrap:anywhere;")),
    ("C3", html("font-size:17px", "font-size:1.1rem")),
    ("C3", html("margin:0;", "margin:0;display:flex;")),
    ("C3", html("margin:0;", "margin:-4px;")),
    ("B1", html("<h1", f"<!--{'x' * 90_000}--><h1")),
    ("B2", html("Lupus, Spain", "word " * 1_300)),
]  # fmt: skip


def ruling(rulings: tuple[Ruling, ...], rule: str) -> Ruling:
    return next(each for each in rulings if each.rule == rule)


@pytest.fixture(scope="module")
def good() -> tuple[Ruling, ...]:
    return prove(Mail().files())


def test_a_good_mail_breaks_no_rule(good):
    assert [(each.rule, str(fault)) for each in good for fault in each.faults] == []
    assert not blocks(good)


def test_a_good_mail_is_held_to_every_rule_that_an_edition_decides(good):
    left = {each.rule for each in good if each.held is Held.NOT_HERE}
    assert left == {"H2", "H9", "G1", "G2", "G3", "G4", "G5"}
    assert {rule for rule, _ in TAMPERED} == {each.rule for each in good} - left


@pytest.mark.parametrize(("rule", "tamper"), TAMPERED, ids=[f"{r}-{n}" for n, (r, _) in enumerate(TAMPERED)])
def test_a_tampered_mail_breaks_the_rule(rule, tamper):
    tampered = tamper(Mail())
    found = ruling(prove(tampered.files() if isinstance(tampered, Mail) else tampered), rule)
    assert found.held is Held.NOT_OK
    assert all(fault.message and fault.file in {"email.html", "email.txt", "message.eml"} for fault in found.faults)


def test_every_rule_is_argued_and_names_its_source(good):
    assert [each.rule for each in good if "Source: " not in each.reason] == []


def test_what_degrades_is_named_with_its_reason(good):
    assert "css-padding: Word pads cells alone" in ruling(good, "C2").why


def test_every_reason_for_what_degrades_is_about_something_that_some_program_lacks():
    degrades, support = (shipped("pipeline.proof", name) for name in ("clients.yml", "support.yml"))
    assert [name for name in dict(degrades)["degrades"] if "nobody" in texts(support.get(str(name), "nobody"))] == []


def test_what_an_edition_cannot_show_is_said_and_why(good):
    assert "signs the message" in ruling(good, "H2").why
    bare = Mail(
        html=HTML.replace('<img src="cid:four-of-six@news.example.org" width="120" height="40" alt="4 of 6">', "")
    )
    assert ruling(prove(bare.files()), "M7").why == "There is no picture in it."
    shared = header("List-Unsubscribe-Post", None)(Mail())
    assert isinstance(shared, Mail)
    assert "the same for all readers" in ruling(prove(shared.files()), "H3").why
    assert ruling(prove(shared.files()), "H4").held is Held.NOT_HERE


@pytest.mark.parametrize("tag", ["*|UNSUB|*", "https://lists.example.org/out/{{ id }}"])
def test_the_tag_of_a_mailing_tool_is_a_way_to_leave(tag):
    mail = Mail(
        html=HTML.replace(LEAVE, tag),
        text=TEXT.replace(LEAVE, tag),
        headers={k: v.replace(LEAVE, tag) for k, v in HEADERS.items() if k != "List-Unsubscribe-Post"},
    )
    assert [each.rule for each in prove(mail.files()) if each.held is Held.NOT_OK] == []


def test_pictures_may_come_from_the_archive_that_the_settings_name():
    files = Mail(html=HTML.replace("cid:four-of-six@news.example.org", "https://pages.example.org/4.png")).files()
    newsletter = Newsletter(name="N", base_url="https://pages.example.org/", sender="n@example.org")
    assert ruling(prove(files), "M7").held is Held.NOT_OK
    assert ruling(prove(files, newsletter), "M7").held is Held.OK


@pytest.mark.parametrize(
    "name", ["=?utf-8?b?R3LDtsOfZSAmIE1hw58=?=", '"Hope, <measured> and \\"quoted\\""', "", "Hope"]
)
def test_a_list_may_have_a_name_of_any_script_or_none(name):
    mail = header("List-Id", f"{name} <measured-hope.news.example.org>".strip())(Mail())
    assert isinstance(mail, Mail)
    assert ruling(prove(mail.files()), "H5").held is Held.OK


def test_what_breaks_a_tag_of_a_mailing_tool_in_the_text_is_no_other_word():
    mail = Mail(
        html=HTML.replace("First small study", "The {{ first }} study"),
        text=TEXT.replace("First small study", "The {\u200c{ first }} study"),
    )
    assert ruling(prove(mail.files()), "M2").held is Held.OK


def test_a_remark_on_length_blocks_nothing():
    tampered = html("Lupus, Spain", "word " * 1_300)(Mail(text=TEXT + "word\n" * 1_300))
    assert isinstance(tampered, Mail)
    found = prove(tampered.files())
    assert [each.rule for each in found if each.held is Held.NOT_OK] == ["B2"]
    assert not blocks(found)


def test_the_settings_say_how_long_a_mail_may_be():
    newsletter = Newsletter(name="N", base_url="https://news.example.org/", sender="n@example.org")
    longer = replace(newsletter, mail=MailBounds(words=5_000, bytes=20_000))
    mail = Mail(html=HTML.replace("Lupus, Spain", "word " * 1_300).replace("<h1", f"<!--{'x' * 20_000}--><h1"))
    assert ruling(prove(mail.files(), newsletter), "B1").held is Held.OK
    assert ruling(prove(mail.files(), newsletter), "B2").held is Held.NOT_OK
    assert ruling(prove(mail.files(), longer), "B1").held is Held.NOT_OK
    assert ruling(prove(mail.files(), longer), "B2").held is Held.OK


@pytest.mark.parametrize("name", ["email.html", "email.txt", "message.eml"])
@pytest.mark.parametrize("content", [None, b"", b" \n"])
def test_a_file_that_is_missing_or_empty_is_no_mail(name, content):
    files = {k: v for k, v in {**Mail().files(), name: content}.items() if v is not None}
    with pytest.raises(UsageError, match=name):
        prove(files)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"no markup", b"<p>", b"Subject: x\r\n\r\n", b"\r\n\r\n<html>", b"<html><body></body></html>"],
)
def test_what_is_no_mail_is_proved_wrong_without_a_fault_of_ours(content):
    assert blocks(prove(dict.fromkeys(("email.html", "email.txt", "message.eml"), content)))


def test_the_text_form_shows_each_rule_its_places_and_the_total():
    tampered = html('<html lang="en"', "<html")(Mail())
    assert isinstance(tampered, Mail)
    shown = PROOFS[Format.TEXT](prove(tampered.files()))
    assert "\nnot ok               A6  language-of-the-page\n" in shown
    assert "email.html:2 <html>: has no `lang`" in shown
    assert "\nnot for this edition H2  signed-by-its-sender\n" in shown
    assert shown.endswith("1 not ok, 7 not for this edition.")


def test_the_json_form_has_all_of_it(good):
    found = json.loads(PROOFS[Format.JSON](good))
    assert [each["rule"] for each in found] == [each.rule for each in good]
    assert found[0]["held"] == "ok"
