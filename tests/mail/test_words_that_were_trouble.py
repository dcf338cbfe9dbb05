"""Mails of words that no editor hopes for: each is proved, loses nothing, and stays within its lines and windows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from functools import cache, partial
from typing import Any

import pytest
from issues import MASTHEAD, earlier_issue, item, quiet_issue, sample_issue, templates
from mails import LARGER
from poured import WORDS, many, poured
from stories import stories

from pipeline.errors import UsageError
from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence
from pipeline.model.issue import Colophon, Edition, Issue
from pipeline.model.item import Fact
from pipeline.model.names import Extent, Section, Shows
from pipeline.model.story import About
from pipeline.proof import Held, prove
from pipeline.proof.finished import read
from pipeline.render import render
from pipeline.text import columns, plain

TEMPLATES = templates()
LINE = 72
ARABIC = replace(MASTHEAD, language="ar", name=WORDS["Arabic"], about=WORDS["Arabic"], list="amal")
NOTHING: dict[str, Any] = dict.fromkeys(
    ("headline", "summary", "harms", "not_known", "who", "access", "funding", "you_can", "link", "published", "trial")
)


def edition(issue: Issue, *others: Issue) -> Edition:
    return render(issue, (issue, *others), TEMPLATES)


def broken(made: Edition) -> list[str]:
    """The rules that a mail breaks."""
    return [each.rule for each in prove(made.files) if each.held is Held.NOT_OK]


def long_lines(made: Edition) -> list[str]:
    """The lines of the text that are wider than they may be, those of an address alone apart."""
    lines = made.files["email.txt"].decode().splitlines()
    return [line for line in lines if columns(line) > LINE and not re.fullmatch(r"\S+(?:://|@)\S+", line)]


def bare(text: str) -> str:
    """The letters of a text, whatever blanks and signs of no width stand between them."""
    return "".join(plain(text).replace("\u200c", "").split())


def only(*sections: Section) -> Issue:
    return sample_issue(stories=tuple(story for story in stories() if story.section in sections))


def changed(**words: Any) -> Issue:
    """The sample with other words in every item."""
    return sample_issue(stories=tuple(replace(story, **words) for story in stories()))


def counted(*values: str, shows: tuple[Shows, ...] = tuple(Shows)) -> Issue:
    """An issue of one item with these counts, each as what it shows."""
    facts = tuple(Fact(value=value, quote=value, shows=each, says="had it") for value in values for each in shows)
    return sample_issue(stories=(item("counted", Section.RESEARCH, facts=facts),))


def left_by(way: str) -> Issue:
    return sample_issue(masthead=replace(MASTHEAD, unsubscribe=way))


MAILS: dict[str, Callable[[], Issue]] = {
    **{f"every field: {name}": partial(poured, words) for name, words in WORDS.items()},
    "one item": lambda: many(("One title alone",)),
    "a quiet month": quiet_issue,
    "a month of safety alone": lambda: only(Section.SAFETY),
    "a month of regulation alone": lambda: only(Section.REGULATION),
    "a month of stopped studies alone": lambda: only(Section.STOPPED),
    "a month of corrections alone": lambda: sample_issue(stories=stories()[:1]),
    "items of nothing but a title": lambda: changed(
        **NOTHING, source="", evidence=Evidence(), about=About(), ids=Ids(), facts=(), also=(), change=()
    ),
    "an issue of nothing but items": lambda: sample_issue(intro=None, word=None, credits=(), colophon=Colophon()),
    "a masthead of nothing but what it needs": lambda: sample_issue(
        masthead=replace(MASTHEAD, about="", publisher="", address="", funding="", contact="", fictional="")
    ),
    "a newsletter from right to left": lambda: replace(poured(WORDS["Arabic"]), masthead=ARABIC),
    "items in another language": lambda: changed(language="de", title="Eine Studie über Maß und Größe"),
    "a draft of invented news": lambda: sample_issue(draft=True),
    "a draft": lambda: sample_issue(draft=True, masthead=replace(MASTHEAD, fictional="")),
    "0 of 12": lambda: counted("0 of 12"),
    "12 of 12": lambda: counted("12 of 12"),
    "1 of 1": lambda: counted("1 of 1"),
    "7 of 101": lambda: counted("7 of 101"),
    "3 of 2": lambda: counted("3 of 2"),
    "many counts": lambda: counted(*(f"{n} of 99" for n in range(1, 20))),
    "a benefit without a harm": lambda: counted("4 of 6", shows=(Shows.BENEFIT,)),
    **{
        f"to leave: {way}": partial(left_by, way)
        for way in (
            "mailto:out@x.example?subject=leave",
            "out@x.example",
            "https://x.example/out/{reader}",
            "https://x.example/out/{reader}?who={reader}&list=hope",
            "https://x.example/out?who={reader}&again={reader}",
            "{{ UnsubscribeURL }}",
        )
    },
}  # fmt: skip


@cache
def mail(name: str) -> Edition:
    """The edition of one of them, rendered once."""
    return edition(MAILS[name](), earlier_issue())


@pytest.mark.parametrize("name", MAILS)
def test_the_mail_breaks_no_rule_and_no_line(name: str) -> None:
    made = mail(name)
    allowed = ["B2"] if made.costs.words > 1_300 else []  # what may not move alone is too long: a remark
    assert broken(made) == allowed
    assert long_lines(made) == []
    if allowed:
        assert {each.extent for each in made.costs.items if each.part == "research"} <= {Extent.ONLINE}
    head = message_from_bytes(made.files["message.eml"], policy=policy.default)
    assert head["Bcc"] is None
    assert len(set(map(str.lower, head.keys()))) == len(head.keys())


@pytest.mark.parametrize("name", WORDS)
def test_no_word_is_lost_in_either_part(name: str) -> None:
    made = mail(f"every field: {name}")
    # A link to the rest of an item says its headline again, where the text has the address alone.
    told = re.sub(rb">Full story:[^<]*<", b"><", made.files["email.html"])
    sought, parts = bare(WORDS[name]), read({**made.files, "email.html": told}, None)
    shown = [each for each in made.costs.items if each.extent is not Extent.ONLINE]
    html, text = bare(parts.pages[0].seen).count(sought), bare(parts.text).count(sought)
    assert text >= html > 4 * len(shown)  # headline, condition, words and harms at least
    for each in stories():
        page = bare(read({**made.files, "email.html": made.site[f"{each.id}/index.html"]}, None).pages[0].seen)
        assert page.count(sought) > 8


@pytest.mark.parametrize("name", WORDS)
def test_a_subject_says_its_words_as_far_as_they_fit(name: str) -> None:
    words = WORDS[name]
    subject = message_from_bytes(mail(f"every field: {name}").files["message.eml"], policy=policy.default)["Subject"]
    assert bare(subject.removeprefix("[FICTIONAL] ").removesuffix("…")) in bare(words)
    assert len(subject) > min(len(plain(words)), 150)


def test_a_summary_of_nine_thousand_words_is_told_to_weigh_too_much() -> None:
    issue = changed(summary="Nine adults got one infusion of cells. " * 1_286)
    made = edition(issue)
    assert broken(made) == ["M5", "B1", "B2"]
    (weighs, *_) = (each for each in prove(made.files) if each.rule == "M5")
    assert "more than 100,000" in weighs.faults[0].message
    heaviest = max(made.costs.items, key=lambda each: each.words or 0)
    assert (heaviest.words or 0) > 9_000


@pytest.mark.parametrize(
    ("way", "rule"),
    [
        ("", "H3"),
        ("Ask Anna", "H3"),
        ("{reader}", "H3"),
        ("http://x.example/out", "H3"),
        ("http://x.example/out", "M6"),
    ],
)
def test_a_mail_that_cannot_be_left_safely_is_not_ok(way: str, rule: str) -> None:
    assert rule in broken(edition(left_by(way)))


def test_a_newsletter_from_right_to_left_runs_so_and_foreign_items_say_their_language() -> None:
    html = mail("a newsletter from right to left").files["email.html"].decode()
    assert 'dir="rtl"' in html
    assert 'align="left"' not in html
    assert "text-align:left" not in html
    foreign = mail("items in another language").files["email.html"].decode()
    assert re.search(r'<a[^>]* lang="de"[^>]*>Eine Studie', foreign)


def test_banners_stand_in_both_parts_and_the_subject() -> None:
    for name, words in (("a draft of invented news", ("DRAFT", "FICTIONAL")), ("a draft", ("DRAFT",))):
        made = mail(name)
        subject = message_from_bytes(made.files["message.eml"], policy=policy.default)["Subject"]
        for where in (read(made.files, None).sent.seen[:300], made.files["email.txt"].decode()[:300], subject):
            assert [each for each in words if each in where] == list(words)


@pytest.mark.parametrize("name", ["رسالة", "  ", "🙂"])
def test_a_name_without_a_letter_from_a_to_z_asks_for_one_of_its_own(name: str) -> None:
    with pytest.raises(UsageError, match=r"newsletter\.list"):
        edition(sample_issue(masthead=replace(MASTHEAD, name=name)))


NARROW = ("every field: 300 letters", "every field: German compounds", "every field: signs of markup", "0 of 12", "many counts",
          "a newsletter from right to left", "items of nothing but a title", "a quiet month", "every field: Chinese")  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("times", [1, 2], ids=["as it is", "letters twice the size"])
def test_no_mail_is_wider_than_the_narrowest_phone(engine: Any, times: int) -> None:
    page, wide = engine.new_page(viewport={"width": 320, "height": 800}), []
    for name in NARROW:
        page.set_content(mail(name).files["email.html"].decode())
        page.evaluate(LARGER, times)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide.append((name, width))
    page.close()
    assert wide == []
