"""The way to leave: tags of mailing tools untouched, a place for each reader's own token, none of it on the web."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from issues import hostile_issue, sample_issue, templates
from mails import read_parts

from pipeline.errors import UsageError
from pipeline.model.issue import Edition, Issue
from pipeline.model.leave import READER, LeaveKind, read_leave
from pipeline.render import render
from pipeline.render.finish import SLOT, keep_whole, mark

TEMPLATES = templates()
TOOLS = (
    "*|UNSUB|*",
    "{{ UnsubscribeURL }}",
    "{{ unsubscribe_url }}",
    "{{unsubscribe}}",
    "[[unsubscribe]]",
    "[unsubscribe]",
    "%unsubscribe_url%",
    "%%unsubscribe%%",
    "${unsubscribe}",
    "https://lists.example.net/out/{{id}}",
    "https://lists.example.net/out?list=hope&who={{ subscriber.id }}&lang=für",
    "https://lists.example.net/" + "a-long-way/" * 9 + "*|UNIQID|*/out",
)


def edition(unsubscribe: str, issue: Issue | None = None, own: dict[str, str] | None = None) -> Edition:
    issue = issue or sample_issue()
    issue = replace(issue, masthead=replace(issue.masthead, unsubscribe=unsubscribe))
    return render(issue, (issue,), {**TEMPLATES, **(own or {})})


def head(made: Edition) -> list[str]:
    return made.files["message.eml"].partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def parts(made: Edition) -> tuple[str, str]:
    text, html, _ = read_parts(made.files["message.eml"])
    return text, html


@pytest.mark.parametrize("setting", TOOLS)
def test_a_tag_of_a_mailing_tool_is_in_all_three_files_as_it_is(setting: str) -> None:
    made = edition(setting)
    leave = read_leave(setting)
    assert leave is not None
    (tag,) = leave.tags
    html, text = made.files["email.html"].decode(), made.files["email.txt"].decode()
    hrefs = [unescape(href) for href in re.findall(r'<a href="([^"]*)"', html)]
    assert hrefs.count(setting) == 2
    assert setting in text
    in_html, in_text = html.count(tag), text.count(tag)
    assert made.files["message.eml"].count(tag.encode()) == in_html + in_text + 1
    assert any(line.startswith("List-Unsubscribe: <") and tag in line for line in head(made))
    assert not any(line.startswith("List-Unsubscribe-Post") for line in head(made))
    assert SLOT not in html + text


@pytest.mark.parametrize("setting", [*TOOLS, "https://lists.example.net/{reader}/out?again={reader}"])
def test_the_message_reads_back_as_the_two_files(setting: str) -> None:
    made = edition(setting)
    text, html = parts(made)
    assert text == made.files["email.txt"].decode()
    assert html.rstrip("\n") == made.files["email.html"].decode().rstrip("\n")
    body = made.files["message.eml"].partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    ("setting", "each"),
    [
        ("https://lists.example.net/out/{reader}", 1),
        ("https://lists.example.net/out?who={reader}&list=hope", 1),
        ("https://lists.example.net/out/{reader}?who={reader}", 2),
        ("https://lists.example.net/" + "a-long-way/" * 11 + "{reader}", 1),
    ],
)
def test_a_place_for_a_readers_own_token_stays_whole(setting: str, each: int) -> None:
    made = edition(setting)
    raw, html, text = (made.files[name] for name in ("message.eml", "email.html", "email.txt"))
    assert html.count(READER.encode()) == 2 * each
    assert text.count(READER.encode()) == each
    assert raw.count(READER.encode()) == 4 * each
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head(made)
    assert f"List-Unsubscribe: <{setting.replace('{reader}', READER)}>" in head(made)
    token = b"0123456789abcdefghijklmnopqrstuv"
    sent = read_parts(raw.replace(READER.encode(), token))[:2]
    wanted = setting.replace("{reader}", token.decode())
    assert len(raw.replace(READER.encode(), token)) == len(raw)
    assert all(wanted in unescape(part) for part in sent)


@pytest.mark.parametrize("setting", [*TOOLS, "https://lists.example.net/{reader}", "https://{reader}.example.net/"])
def test_no_placeholder_and_no_tag_reaches_the_web(setting: str) -> None:
    draft = replace(sample_issue(), draft=True)
    made, drafted = edition(setting), edition(setting, draft)
    pages = [
        page for path, page in {**made.site, **drafted.files}.items() if "email" not in path and path[-4:] != ".eml"
    ]
    assert pages
    leave = read_leave(setting)
    assert leave is not None
    for tag in (*leave.tags, READER, SLOT, "{reader}"):
        assert not [page for page in pages if tag.encode() in page]
    shown = made.site["2026-12/index.html"].decode()
    assert '<a href="mailto:editors@news.example.org">Leave the list</a>' in shown


def test_templates_that_leave_out_the_way_to_leave_are_refused_by_name() -> None:
    for name in ("issue.html", "issue.txt"):
        bare = TEMPLATES[f"email/{name}"].replace("layout.leave.href", '""').replace("layout.leave.text", '""')
        with pytest.raises(UsageError, match=rf"templates/email/{name} doesn't print the way to leave"):
            edition("*|UNSUB|*", own={f"email/{name}": bare})


FOREIGN = (
    "{{ 7*7 }} {% raw %} {# x #} *|EMAIL|* ${name} #{name} [[name]] [unsubscribe] %recipient.id% %%name%% <%= x %> {{{"
)


def test_words_of_others_are_no_tag_of_a_mailing_tool() -> None:
    bad = f"{FOREIGN} {READER} {SLOT}"
    issue = hostile_issue()
    names = ("title", "headline", "summary", "harms", "who", "not_known", "access", "funding", "you_can", "published")
    fields: dict[str, Any] = dict.fromkeys(names, bad)
    changed = tuple(
        replace(
            story,
            **fields,
            change=tuple(
                replace(c, **{n: bad for n in ("field", "was", "now", "date", "reason") if hasattr(c, n)})
                for c in story.change
            ),
        )
        for story in issue.stories
    )
    masthead = replace(issue.masthead, name=bad, about=bad, publisher=bad, funding=bad, address=bad, list="hope")
    issue = replace(issue, stories=changed, masthead=masthead, intro=bad)
    made = edition("{{ unsubscribe_url }}", issue)
    bare = edition("{{ unsubscribe_url }}")
    for name in ("email.html", "email.txt"):
        words = made.files[name].decode().replace("{{ unsubscribe_url }}", "")
        words = re.sub(r"<style>.*?</style>", "", words, flags=re.DOTALL)
        for tag in (
            "{{",
            "{%",
            "{#",
            "*|",
            "${",
            "#{",
            "[[",
            "[unsubscribe]",
            "%recipient.id%",
            "%%name%%",
            "<%",
            READER,
            SLOT,
        ):
            assert tag not in words, (name, tag)
        assert made.files[name].count(b"{{") == bare.files[name].count(b"{{")
    assert "{{ 7*7 }}" in unescape(made.files["email.html"].decode())
    assert "{\u200c{ 7*7 }}" in made.files["email.txt"].decode()
    assert not [line for line in head(made) if "{{" in line and not line.startswith("List-Unsubscribe: ")]


def test_tags_that_a_newsroom_wrote_into_templates_of_its_own_stay() -> None:
    own = TEMPLATES["email/issue.txt"] + "{% raw %}*|LIST:ADDRESS|* {{ address }}{% endraw %}\n"
    assert (
        "*|LIST:ADDRESS|* {{ address }}"
        in edition("*|UNSUB|*", own={"email/issue.txt": own}).files["email.txt"].decode()
    )


def test_an_address_keeps_its_meaning() -> None:
    assert mark("see https://x.example/[[a]]/f%C3%BCr%20b?c=%recipient.id% now") == (
        "see https://x.example/%5B[a]]/f%C3%BCr%20b?c=%25recipient.id% now"
    )
    assert mark("100% of 7% {a} [b] # $ *") == "100% of 7% {a} [b] # $ *"


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("https://x.example/out", LeaveKind.LINK),
        ("http://x.example/out", LeaveKind.LINK),
        ("out@x.example", LeaveKind.MAIL),
        ("mailto:out@x.example?subject=bitte raus", LeaveKind.MAIL),
        ("*|UNSUB|*", LeaveKind.TAG),
        ("Ask Anna", LeaveKind.WORDS),
        ('{{ url "out" }}', LeaveKind.WORDS),
        ("https://{reader}.x.example/", LeaveKind.WORDS),
        ("mailto:out+{reader}@x.example", LeaveKind.WORDS),
        ("https://x.example/{Reader}", LeaveKind.WORDS),
        ("javascript:alert(1)", LeaveKind.WORDS),
    ],
)
def test_a_setting_is_read_as_what_it_is(setting: str, kind: LeaveKind) -> None:
    found = read_leave(setting)
    assert found is not None
    assert found.kind is kind
    assert bool(found.href) is (kind is not LeaveKind.WORDS)


def test_a_soft_break_in_a_tag_moves_before_it() -> None:
    whole = keep_whole(b"aaa %unsub=\r\nscribe_url% bbb\r\n", ("%unsubscribe_url%",))
    assert whole == b"aaa =\r\n%unsubscribe_url%=\r\n bbb\r\n"


def test_a_long_address_among_words_stays_on_one_line_in_text_and_message() -> None:
    address = "https://registry.example.net/studies/" + "a-long-name/" * 9 + "?part=results&tab=0123456789abcdefghij"
    issue = sample_issue()
    words = f"Where to read more: {address} has all of it."
    issue = replace(issue, stories=tuple(replace(story, summary=words) for story in issue.stories))
    made = edition("*|UNSUB|*", issue)
    assert any(address in line for line in made.files["email.txt"].decode().splitlines())
    assert address in parts(made)[0]
