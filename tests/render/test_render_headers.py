"""Headers of the mail: names of all scripts read back whole, list headers that mail programs can read."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
import second_opinions
from issues import MASTHEAD, sample_issue
from pythons import candidates, version

from pipeline.errors import UsageError
from pipeline.render.headers import mailbox, plain_line, unstructured
from pipeline.render.links import ascii_address
from pipeline.render.message import compose

NAMES = (
    "Größe & Maß e. V.",
    "Verein für Maß, Größe & Zuversicht (gemeinnützig) in Köln, Düsseldorf und anderswo e. V.",
    "Вестник надежды и меры, для людей с волчанкой и их близких",
    "细胞治疗与自身免疫病通讯，每月一期，给患者和家属",
    "Mērenas cerības vēstis, šūnu ārstēšana",
    "رسالة الأمل المحسوب، كل شهر",
    "👩🏽‍🔬 Hope & 👨‍👩‍👧‍👦",
    'Doe, Jane "JD" of Hope \\ Measure',
    "=?utf-8?q?looks_encoded?=",
    "Plain Hope",
    "Ü" * 300,
)


SUPPORTED = frozenset({"3.11", "3.12", "3.13"})


def mail(**changes: Any) -> bytes:
    """The sample's message with other settings."""
    masthead = replace(MASTHEAD, **changes)
    return compose(sample_issue(masthead=masthead), "A subject", "Words.\n", "<p>Words.</p>\n")


def named(name: str) -> bytes:
    return mail(sender=f"{name} <post@news.example.org>", list="hope")


def header(raw: bytes, name: str) -> list[str]:
    """The lines of a header as they stand in the bytes, its name apart; folded lines each by itself."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", "\n ")
    line = next((line for line in head.split("\r\n") if line.startswith(f"{name}:")), "")
    return [part for part in line.partition(":")[2].strip(" ").split("\n ") if part]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_whole(name: str) -> None:
    raw = named(name)
    words, address = parseaddr(message_from_bytes(raw)["From"])
    assert (str(make_header(decode_header(words))), address) == (name, "post@news.example.org")
    # Before 3.13 the newer parser sets a blank between the encoded words of a name that needs several.
    (new,) = message_from_bytes(raw, policy=policy.default)["From"].addresses
    blank = " " if len(name.encode()) > 42 and not name.isascii() else ""
    assert new.addr_spec == "post@news.example.org"
    assert new.display_name.replace(blank, "") == name.replace(blank, "")


def test_a_name_is_read_back_whole_by_another_parser() -> None:
    second_opinions.need("mailparser")
    read = second_opinions.parsed([named(name) for name in NAMES])
    assert [mail["from"] for mail in read] == [[{"address": "post@news.example.org", "name": name}] for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_no_header_line_is_long_and_all_is_ascii(name: str) -> None:
    raw = named(name)
    assert max(map(len, header(raw, "From"))) <= 76
    assert raw.partition(b"\r\n\r\n")[0].isascii()


def test_the_bytes_are_the_same_on_every_python_of_this_machine() -> None:
    script = (
        "import sys, importlib.util as tool\n"
        "found = tool.spec_from_file_location('headers', 'pipeline/render/headers.py')\n"
        "headers = tool.module_from_spec(found); found.loader.exec_module(headers)\n"
        "for name in sys.stdin.read().split('\\x1f'):\n"
        "    print(headers.mailbox('From', name, 'a@b.example')); print(headers.unstructured('Subject', name * 3))"
    )
    said: dict[str, str] = {}
    given, root = "\x1f".join(NAMES), Path(__file__).resolve().parents[2]
    for python in [sys.executable, *candidates()]:
        if version(python) in SUPPORTED - said.keys():
            done = subprocess.run(
                [python, "-X", "utf8", "-c", script], input=given, capture_output=True, text=True, check=False, cwd=root
            )
            said[version(python)] = done.stdout or done.stderr
    assert set(said.values()) == {said["{}.{}".format(*sys.version_info)]}


def test_two_words_that_were_one_encoded_word_each_keep_their_blank() -> None:
    assert header(named("Größe Maß"), "From") == ["=?utf-8?b?R3LDtsOfZSBNYcOf?= <post@news.example.org>"]


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        (
            "https://lists.example.net/out?list=measured-hope&edition=2026-12&token=0123456789abcdefghijklmnopqrstuv",
            "<https://lists.example.net/out?list=measured-hope&edition=2026-12&token=0123456789abcdefghijklmnopqrstuv>",
        ),
        ("https://liste.example.net/abmelden/jederzeit/möglich", "<https://liste.example.net/abmelden/jederzeit/m%C3%B6glich>"),
        ("https://bücher.example/raus", "<https://xn--bcher-kva.example/raus>"),
        ("mailto:out@lists.example.net?subject=leave", "<mailto:out@lists.example.net?subject=leave>"),
        ("out@lists.example.net?subject=leave", "<mailto:out@lists.example.net?subject=leave>"),
    ],
)  # fmt: skip
def test_the_way_to_leave_is_plain_ascii_on_one_line(setting: str, line: str) -> None:
    raw = mail(unsubscribe=setting)
    assert header(raw, "List-Unsubscribe") == [line]
    if not second_opinions.missing("mailparser"):
        key = "mail" if line.startswith("<mailto:") else "url"
        read = second_opinions.parsed([raw])[0]["list"]
        assert isinstance(read, dict)
        assert read["unsubscribe"][key] in line


def test_a_long_domain_stays_in_one_line_of_list_id_and_message_id() -> None:
    domain = "post.a-domain-that-is-quite-long.of-an-organisation-of-patients-and-relatives.example.net"
    raw = mail(sender=f"Hope <us@{domain}>")
    assert header(raw, "List-Id") == [f"Measured Hope <measured-hope.{domain}>"]
    assert header(raw, "Message-ID")[0].endswith(f"@{domain}>")
    if not second_opinions.missing("mailparser"):
        read = second_opinions.parsed([raw])[0]["list"]
        assert isinstance(read, dict)
        assert read["id"] == {"name": "Measured Hope", "id": f"measured-hope.{domain}"}


def test_a_name_of_another_script_has_the_list_id_that_its_newsroom_gave_it() -> None:
    raw = mail(name="رسالة الأمل", list="amal")
    assert header(raw, "List-Id")[0].endswith(" <amal.news.example.org>")
    assert header(raw, "List-Id")[0].startswith("=?utf-8?")


def test_a_name_of_another_script_without_one_is_refused() -> None:
    with pytest.raises(UsageError, match=r"newsletter\.list"):
        mail(name="رسالة الأمل")


@pytest.mark.parametrize("contact", ["", "Ask Anna at the desk"])
def test_help_is_with_the_sender_where_the_contact_is_no_address(contact: str) -> None:
    assert header(mail(contact=contact), "List-Help") == ["<mailto:editors@news.example.org>"]


def test_what_fits_no_line_is_refused() -> None:
    with pytest.raises(UsageError, match="List-Unsubscribe"):
        plain_line("List-Unsubscribe", f"<https://x.example/{'a' * 999}>")
    with pytest.raises(UsageError, match="List-Id"):
        plain_line("List-Id", "ü")


def test_line_breaks_in_words_are_blanks() -> None:
    assert unstructured("Subject", "News\r\nBcc: x@y.example") == "Subject: News Bcc: x@y.example"
    assert mailbox("From", "A\nB", "c@d.example") == "From: A B <c@d.example>"


def test_an_address_that_is_ascii_stays_as_it_is() -> None:
    address = "https://x.example/a%20b?c=d&e[]=%C3%BC#f"
    assert ascii_address(address) == address


def test_an_address_beyond_ascii_leads_where_a_browser_goes() -> None:
    assert ascii_address("https://straße.example:8443/ä") == "https://xn--strae-oqa.example:8443/%C3%A4"
