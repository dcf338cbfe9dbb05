"""Each rule on a finished mail: it is content with a good one, and finds what code changed in a tampered one."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from pipeline.errors import UsageError
from pipeline.language.shipped import shipped, texts
from pipeline.model.names import Format
from pipeline.model.settings import MailBounds, Newsletter
from pipeline.proof import Held, Ruling, blocks, mail_rules, prove
from pipeline.proof.cases import MailCase, good_mail, mail_cases
from pipeline.report.proof import PROOFS

HTML, TEXT, HEADERS = good_mail().html, good_mail().text, good_mail().headers
LEAVE = HEADERS["List-Unsubscribe"].strip("<>")


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
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)
    image: bytes = field(default_factory=picture)

    def files(self) -> dict[str, bytes]:
        message = EmailMessage(policy=SMTP)
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        if self.image:
            list(message.iter_parts())[1].add_related(self.image, "image", "png", cid="<four-of-six@news.example.org>")
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        eml = head.encode() + message.as_bytes()
        return {"email.html": self.html.encode(), "email.txt": self.text.encode(), "message.eml": eml}


def tampered(case: MailCase) -> dict[str, bytes]:
    """Make the good mail with what a case changes; all that it replaces is there."""
    mail, headers = Mail(), {**HEADERS, **case.header}
    html, text = mail.html, mail.text
    for old, new in case.html.items():
        assert old in html
        html = html.replace(old, case.filled(new))
    for old, new in case.text.items():
        assert old in text
        text = text.replace(old, case.filled(new))
    kept = {name: value for name, value in headers.items() if value is not None}
    files = Mail(html, text, kept, mail.image + b"\0" * case.picture).files()
    for old, new in case.raw.items():
        assert old.encode() in files["message.eml"]
        files["message.eml"] = files["message.eml"].replace(old.encode(), case.filled(new).encode(), 1)
    return files


TAMPERED = [(rule.id, case) for rule in mail_rules() for case in mail_cases(rule.id)]


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
    assert left == {"H2", "H9", "M8", "G1", "G2", "G3", "G4", "G5"}
    assert {rule for rule, _ in TAMPERED} == {each.rule for each in good} - left


@pytest.mark.parametrize(("rule", "case"), TAMPERED, ids=[f"{r}-{n}" for n, (r, _) in enumerate(TAMPERED)])
def test_a_tampered_mail_breaks_the_rule(rule, case):
    found = ruling(prove(tampered(case)), rule)
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
        html=HTML.replace('<img src="cid:four-of-six@news.example.org" width="120" height="40" alt="4 of 6">', ""),
        image=b"",
    )
    assert ruling(prove(bare.files()), "M7").why == "There is no picture in it."
    shared = prove(tampered(MailCase(header={"List-Unsubscribe-Post": None})))
    assert "the same for all readers" in ruling(shared, "H3").why
    assert ruling(shared, "H4").held is Held.NOT_HERE


@pytest.mark.parametrize("tag", ["*|UNSUB|*", "https://lists.example.org/out/{{ id }}"])
def test_the_tag_of_a_mailing_tool_is_a_way_to_leave(tag):
    mail = Mail(
        html=HTML.replace(LEAVE, tag),
        text=TEXT.replace(LEAVE, tag),
        headers={k: v.replace(LEAVE, tag) for k, v in HEADERS.items() if k != "List-Unsubscribe-Post"},
    )
    assert [each.rule for each in prove(mail.files()) if each.held is Held.NOT_OK] == []


def test_pictures_may_come_from_the_archive_that_the_settings_name():
    page = HTML.replace("cid:four-of-six@news.example.org", "https://pages.example.org/4.png")
    files = Mail(html=page, image=b"").files()
    newsletter = Newsletter(name="N", base_url="https://pages.example.org/", sender="n@example.org")
    assert ruling(prove(files), "M7").held is Held.NOT_OK
    assert ruling(prove(files, newsletter), "M7").held is Held.OK


@pytest.mark.parametrize(
    "name", ["=?utf-8?b?R3LDtsOfZSAmIE1hw58=?=", '"Hope, <measured> and \\"quoted\\""', "", "Hope"]
)
def test_a_list_may_have_a_name_of_any_script_or_none(name):
    files = tampered(MailCase(header={"List-Id": f"{name} <measured-hope.news.example.org>".strip()}))
    assert ruling(prove(files), "H5").held is Held.OK


def test_what_breaks_a_tag_of_a_mailing_tool_in_the_text_is_no_other_word():
    mail = Mail(
        html=HTML.replace("First small study", "The {{ first }} study"),
        text=TEXT.replace("First small study", "The {\u200c{ first }} study"),
    )
    assert ruling(prove(mail.files()), "M2").held is Held.OK


def test_a_remark_on_length_blocks_nothing():
    found = prove(Mail(html=HTML.replace("Lupus, Spain", "word " * 1_300), text=TEXT + "word\n" * 1_300).files())
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
    shown = PROOFS[Format.TEXT](prove(tampered(MailCase(html={'<html lang="en"': "<html"}))))
    assert "\nnot ok               A6  language-of-the-page\n" in shown
    assert "email.html:2 <html>: has no `lang`" in shown
    assert "\nnot for this edition H2  signed-by-its-sender\n" in shown
    assert shown.endswith("1 not ok, 8 not for this edition.")


def test_the_json_form_has_all_of_it(good):
    found = json.loads(PROOFS[Format.JSON](good))
    assert [each["rule"] for each in found] == [each.rule for each in good]
    assert found[0]["held"] == "ok"
