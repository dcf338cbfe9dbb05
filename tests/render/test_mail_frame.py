"""The frame of the e-mail, all that is no item: short, on one phone screen, and never wider than the phone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import At
from issues import LONG, MASTHEAD, earlier_issue, item, long_words, quiet_issue, sample_issue, templates
from lxml import html
from mails import LARGER

from pipeline.checks import prose_findings
from pipeline.issue import load
from pipeline.language.normalise import normalise
from pipeline.language.sentences import sentences
from pipeline.model.evidence import FLAG_SENTENCES, SENTENCES, SHORT, SHORT_FLAGS, Comparison, Evidence, Flag, Stage
from pipeline.model.issue import Edition, Issue
from pipeline.model.item import Item, TrialFacts
from pipeline.model.names import Section
from pipeline.model.settings import MailBounds
from pipeline.model.story import Change
from pipeline.render import render
from pipeline.render.letter import words_seen
from pipeline.text import word_count
from pipeline.trials.change_types import CHANGE_TYPES

TEMPLATES = templates()
PHONE = {"width": 375, "height": 800}
NARROW = {"width": 320, "height": 800}
JOIN = "https://news.example.org/join"


def edition(issue: Issue) -> Edition:
    return render(issue, (earlier_issue(),), TEMPLATES)


def mail(issue: Issue) -> dict[str, str]:
    files = edition(issue).files
    return {name: files[name].decode() for name in ("email.html", "email.txt")}


@pytest.fixture
def outbox(at: At) -> Path:
    """The demo's, when both its months are built."""
    return at("both").outbox


@pytest.fixture
def june(outbox: Path) -> Path:
    return outbox / "2026-06" / "email.html"


def test_all_that_is_no_item_has_at_most_400_words(outbox: Path) -> None:
    issues = [load((outbox / month / "issue.json").read_text("utf-8"), month) for month in ("2026-05", "2026-06")]
    for issue in (*issues, sample_issue(), quiet_issue()):
        costs = edition(issue).costs
        assert costs is not None
        assert costs.frame is not None
        assert 100 < costs.frame <= 400, issue.key
        assert costs.words - costs.frame == sum(item.words or 0 for item in costs.items)


def test_the_month_begins_on_the_first_screen_of_a_phone_below_its_correction(engine: Any, june: Path) -> None:
    page = engine.new_page(viewport=PHONE)
    page.goto(june.as_uri())
    tops = page.locator("h2").evaluate_all("all => all.map(e => [e.textContent, e.getBoundingClientRect().top])")
    page.close()
    heads = dict(tops)
    assert [head for head, _ in tops][:2] == ["Corrections and updates", "This month in a minute"]
    assert heads["This month in a minute"] < 800
    assert heads["Safety and regulation"] < 3000


@pytest.mark.parametrize("size", ["as it is", "twice the size"])
def test_no_mail_is_wider_than_the_narrowest_phone(engine: Any, tmp_path: Path, june: Path, size: str) -> None:
    mails = {"june": june.read_text("utf-8")}
    mails |= {issue.key: mail(issue)["email.html"] for issue in (sample_issue(), quiet_issue())}
    mails["long"] = mail(long_words())["email.html"]
    page = engine.new_page(viewport=NARROW)
    wide = []
    for name, content in mails.items():
        (tmp_path / f"{name}.html").write_text(content, "utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        before = page.evaluate("document.documentElement.scrollHeight")
        if size == "twice the size":
            page.evaluate(LARGER, 2)
            assert page.evaluate("document.documentElement.scrollHeight") > 1.5 * before
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            wide.append((name, width))
    page.close()
    assert not wide
    assert LONG in mails["long"]


def test_whoever_is_forwarded_a_mail_finds_where_to_join() -> None:
    made = mail(sample_issue(masthead=replace(MASTHEAD, subscribe=JOIN)))
    assert f'<p>Was this forwarded to you? <a href="{JOIN}"' in re.sub(r' style="[^"]*"', "", made["email.html"])
    assert f"Was this forwarded to you? Join the list:\n{JOIN}\n" in made["email.txt"]
    for part in mail(sample_issue()).values():
        assert "forwarded" not in part


def test_a_mail_says_what_to_do_when_one_feels_very_unwell() -> None:
    for part in mail(quiet_issue()).values():
        assert "Very unwell now? Call them or your emergency number." in " ".join(part.split())


def many() -> Issue:
    """Thirty-two items, of each kind so many that what is fixed could be said over and over."""

    def some(n: int, section: Section, stage: Stage, **changes: Any) -> list[Item]:
        return [
            replace(
                item(f"{section}-{stage}-{k}", section),
                evidence=Evidence(stage, 9, Comparison.CONTROLLED, flags=(Flag.PREPRINT, Flag.COMPANY)),
                **({"harms": f"{k} of 9 had a fever."} | changes),
            )
            for k in range(n)
        ]

    def trials(n: int, section: Section, after: str, harms: str) -> list[Item]:
        changes = (Change("status", "RECRUITING", after), Change("enrollment", "40 ESTIMATED", "20 ACTUAL"))
        stage = Stage.STOPPED if section is Section.STOPPED else Stage.REGISTRATION
        return some(n, section, stage, change=changes, harms=harms, trial=TrialFacts(status=after, enrollment=20))

    unposted = "No results of this study are posted in the registry, so nothing is reported about harms."
    nobody = "Nobody was treated in this study, so nobody was harmed by it."
    stories = (
        *some(4, Section.SAFETY, Stage.SAFETY_NOTICE),
        *some(4, Section.REGULATION, Stage.REGULATORY_DECISION),
        *some(6, Section.RESEARCH, Stage.PHASE_1),
        *some(6, Section.EMERGING, Stage.CASE_SERIES),
        *trials(5, Section.TRIALS, "ACTIVE_NOT_RECRUITING", unposted),
        *trials(4, Section.STOPPED, "TERMINATED", "Stopping early is not proof of harm or failure. Not reported."),
        *trials(3, Section.STOPPED, "WITHDRAWN", nobody),
    )
    return sample_issue(stories=tuple(replace(each, id=f"{each.id}-{n}") for n, each in enumerate(stories)))


def fixed_words() -> list[str]:
    """All words of a mail that are no editor's; the signs of an unproven clinic quote what such a clinic says."""
    said = [*SENTENCES.values(), *SHORT.values(), *FLAG_SENTENCES.values(), *SHORT_FLAGS.values()]
    said += [caveat for each in CHANGE_TYPES for caveat in (each.caveat, each.short)]
    words = re.sub(r"{#.*?#}|{% set CLINIC = .*?%}", "", TEMPLATES["web/words.txt"], flags=re.DOTALL)
    return [*said, *re.findall(r'"([^"]+)"', words)]


def fixed_sentences() -> list[str]:
    """Those of six words or more."""
    found = {each.text.strip() for text in fixed_words() for each in sentences(normalise(text))}
    return sorted(each for each in found if len(each.split()) >= 6 and "%(" not in each)


def test_the_standard_finds_nothing_in_words_that_are_fixed() -> None:
    found = [
        (finding.rule, words) for words in fixed_words() if len(words.split()) > 2 for finding in prose_findings(words)
    ]
    assert found == []


def test_no_fixed_sentence_stands_three_times_in_a_mail(outbox: Path) -> None:
    demo = [load((outbox / month / "issue.json").read_text("utf-8"), month) for month in ("2026-05", "2026-06")]
    roomy = replace(MASTHEAD, mail=MailBounds(words=5_000))
    often = []
    for issue in (*demo, sample_issue(), many(), replace(many(), masthead=roomy)):
        made = mail(issue)
        for name, part in made.items():
            seen = " ".join((html.fromstring(part).text_content() if name == "email.html" else part).split())
            often += [(issue.key, name, each) for each in fixed_sentences() if seen.count(each) > 2]
            assert len([each for each in fixed_sentences() if each in seen]) > 3
    assert not often


def test_what_stands_in_a_row_is_told_in_five_words_at_most() -> None:
    short = [*SHORT.values(), *SHORT_FLAGS.values(), *(each.short for each in CHANGE_TYPES)]
    assert [each.text for text in short for each in sentences(normalise(text)) if len(each.text.split()) > 5] == []


def test_the_same_words_lead_to_the_same_place(outbox: Path) -> None:
    start = "A study of cells that are made in the body of people with lupus,"
    heads = [f"{start} {end}" for end in ("in Spain", "in Italy", "in Spain", "IN SPAIN (2)")]
    kinds = (Section.SAFETY, Section.SAFETY, Section.RESEARCH, Section.TRIALS)
    alike = [replace(item(f"a{n}", kind), headline=heads[n]) for n, kind in enumerate(kinds)]
    gone = next(each for each in sample_issue().stories if each.evidence.stage is Stage.RETRACTION)
    twice = [gone, replace(gone, id="2026-12/gone-too", headline="The other notice")]
    demo = [load((outbox / month / "issue.json").read_text("utf-8"), month) for month in ("2026-05", "2026-06")]
    for issue in (*demo, sample_issue(), many(), sample_issue(stories=tuple(alike)), sample_issue(stories=(*twice,))):
        places: dict[str, set[str]] = {}
        for link in html.fromstring(mail(issue)["email.html"]).iter("a"):
            places.setdefault(" ".join(link.text_content().casefold().split()), set()).add(link.get("href"))
        assert [words for words, at in places.items() if len(at) > 1] == []
    assert "what we printed in november 2026: the other notice" in places


def test_the_text_can_be_read_aloud_from_start_to_end(outbox: Path) -> None:
    """Each address once and on a line of its own, no line but those beyond 72 signs, nothing set in but under a dot."""
    demo = [load((outbox / month / "issue.json").read_text("utf-8"), month) for month in ("2026-05", "2026-06")]
    bare = sample_issue(masthead=replace(MASTHEAD, mail=MailBounds(words=5_000)))
    for issue in (*demo, bare, quiet_issue(), many()):
        made = mail(issue)
        lines = made["email.txt"].splitlines()
        alone = [line for line in lines if re.fullmatch(r"https?://\S+|\S+@\S+", line)]
        assert len(alone) == len(set(alone)) > 5
        assert not [line for line in lines if line not in alone and (len(line) > 72 or re.search(r"://|\S@\S", line))]
        assert not [line for line in lines if line != line.rstrip() or re.search(r"\S  ", line) or line == "."]
        assert not [
            (one, two) for one, two in pairwise(lines) if two.startswith(" ") and not one.startswith(("- ", " "))
        ]
        assert word_count(made["email.txt"]) <= 1.2 * words_seen(made["email.html"])
