"""The message that carries the e-mail: two parts that read back, headers that are there once and nothing smuggled in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from issues import MASTHEAD, earlier_issue, sample_issue, templates
from mails import read_parts
from pngs import png

from pipeline.errors import UsageError
from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Pictures
from pipeline.render import Current, render
from pipeline.theme import Logo

TEMPLATES = templates()


def edition(issue: Issue, *others: Issue) -> Edition:
    return render(issue, (issue, *others), TEMPLATES)


@pytest.fixture(scope="module")
def sample() -> Edition:
    return edition(sample_issue(), earlier_issue())


def message(made: Edition) -> EmailMessage:
    read = message_from_bytes(made.files["message.eml"], policy=default)
    assert isinstance(read, EmailMessage)
    return read


def flat(text: bytes | str) -> str:
    return " ".join((text.decode() if isinstance(text, bytes) else text).split())


def test_the_message_reads_back_as_its_parts(sample: Edition) -> None:
    read = message(sample)
    assert read.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in read.iter_parts()] == ["text/plain", "multipart/related"]
    text, page, pictures = read_parts(sample.files["message.eml"])
    assert text == sample.files["email.txt"].decode()
    assert page.rstrip("\n") == sample.files["email.html"].decode().rstrip("\n")
    assert pictures == {path: sample.site[path] for path in pictures}
    assert set(re.findall(r'src="([^"]*)"', page)) == {f"https://news.example.org/{path}" for path in pictures}
    assert len(pictures) > 2
    assert max(len(line) for line in sample.files["message.eml"].splitlines()) <= 78


def test_the_logo_comes_along() -> None:
    logo = Logo(png(40, 30), 40, 30)
    made = render(sample_issue(), (sample_issue(),), TEMPLATES, current=Current(logo))
    (found,) = (part for part in message(made).walk() if part.get_filename() == "logo.png")
    assert found.get_content() == made.site["logo.png"]
    page = made.files["email.html"].decode()
    assert '<img src="https://news.example.org/logo.png" width="40" height="30" alt="Measured Hope"' in page


def test_a_mail_without_pictures_says_the_same_words() -> None:
    plain = edition(sample_issue(masthead=replace(MASTHEAD, pictures=Pictures.NONE)), earlier_issue())
    read = message(plain)
    assert [p.get_content_type() for p in read.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert b"<img" not in plain.files["email.html"]
    assert plain.files["email.txt"] == edition(sample_issue(), earlier_issue()).files["email.txt"]


def test_the_pictures_of_a_mail_that_went_out_stay_in_the_archive() -> None:
    old, new = sample_issue(), sample_issue(key="2027-01", date=date(2027, 1, 1), stories=())
    page = edition(old).files["email.html"].decode()
    named = set(re.findall(r'src="https://news.example.org/([^"]*)"', page))
    assert named
    assert named <= set(edition(new, old).site)


def test_a_drafts_pictures_stand_among_its_own_pages() -> None:
    made = render(sample_issue(draft=True), (), TEMPLATES)
    named = set(re.findall(r'src="https://news.example.org/([^"]*)"', made.files["email.html"].decode()))
    assert named
    assert {f"web/{path}" for path in named} <= set(made.files)


def test_the_headers_are_all_there_once(sample: Edition) -> None:
    read = message(sample)
    assert [len(read.get_all(h, [])) for h in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")] == [
        1
    ] * 6
    assert read["From"] == "Measured Hope <editors@news.example.org>"
    assert read["To"] == "Reader <reader@to-be-set.invalid>"
    assert read["Subject"] == "[FICTIONAL] Measured Hope, December 2026, with a correction"
    assert read["Date"] == "Tue, 01 Dec 2026 09:00:00 +0000"
    assert re.fullmatch(r"<2026-12\.[0-9a-f]{32}@news\.example\.org>", read["Message-ID"])
    assert read["List-Id"] == "Measured Hope <measured-hope.news.example.org>"
    assert read["List-Unsubscribe"] == "<https://news.example.org/leave>"
    assert read["List-Unsubscribe-Post"] is None
    assert read["List-Archive"] == "<https://news.example.org/>"
    assert read["List-Help"] == "<mailto:editors@news.example.org>"
    assert (read["List-Post"], read["Auto-Submitted"], read["Precedence"]) == ("NO", "auto-generated", "bulk")
    assert read["Cc"] is None
    assert read["Bcc"] is None


def test_another_word_is_another_message_id(sample: Edition) -> None:
    other = edition(sample_issue(intro="Other words."), earlier_issue())
    assert message(other)["Message-ID"] != message(sample)["Message-ID"]


def test_no_unsubscribe_setting_means_no_header_and_an_address_to_write_to() -> None:
    made = edition(sample_issue(masthead=replace(MASTHEAD, unsubscribe="", contact="")))
    assert message(made)["List-Unsubscribe"] is None
    assert "To leave the list, write to: Measured Hope <editors@news.example.org>" in flat(made.files["email.txt"])


@pytest.mark.parametrize("sender", ["", "nobody", "a@b", "Measured Hope", "x@y.example, z@y.example"])
def test_a_sender_that_is_no_address_is_told_to_the_editor(sender: str) -> None:
    with pytest.raises(UsageError, match=r"newsletter\.sender"):
        edition(sample_issue(masthead=replace(MASTHEAD, sender=sender)))


def test_an_attribute_in_the_sender_is_cleaned() -> None:
    masthead = replace(MASTHEAD, sender="Hope\r\nBcc: x@y.example <editors@news.example.org>")
    read = message(edition(sample_issue(masthead=masthead)))
    assert read["Bcc"] is None
    assert read["From"].addresses[0].addr_spec == "editors@news.example.org"
