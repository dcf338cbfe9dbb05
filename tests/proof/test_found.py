"""What a proof found, as findings: whose fault it is, where it comes from, and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from issues import MASTHEAD, long_issue, sample_issue, templates

from pipeline import checks
from pipeline.model.finding import Finding
from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Extent, Section, Severity
from pipeline.model.settings import MailBounds, Newsletter
from pipeline.proof import findings, prove
from pipeline.render import render

TEMPLATES = templates()
MOST = MailBounds()


def edition(issue: Issue, own: dict[str, str] | None = None) -> Edition:
    return render(issue, (issue,), TEMPLATES | (own or {}))


def found_in(made: Edition, own: dict[str, str] | None = None, most: MailBounds = MOST) -> tuple[Finding, ...]:
    assert made.costs
    newsletter = Newsletter(name="N", base_url=MASTHEAD.base_url, sender="n@example.org", mail=most)
    return findings(prove(made.files, newsletter), made.files, own or {}, made.costs, most)


def safe(count: int, words: int) -> Issue:
    """An issue of items that never move, each of so many words."""
    stories = [
        replace(s, section=Section.SAFETY, brief=None, summary=" ".join(f"word{n}" for n in range(words)))
        for s in long_issue(count).stories
    ]
    return replace(long_issue(count), stories=tuple(stories))


@pytest.mark.parametrize("issue", [sample_issue(), long_issue(30), safe(2, 20)], ids=["sample", "thirty", "safety"])
def test_what_is_fine_gives_no_finding(issue: Issue) -> None:
    assert found_in(edition(issue)) == ()


def test_a_fault_in_an_item_is_a_finding_of_that_item_told_once() -> None:
    issue = sample_issue()
    roomy = replace(issue, masthead=replace(MASTHEAD, mail=MailBounds(words=5_000)))
    costs = edition(roomy).costs
    assert costs
    item = next(each for each in costs.items if each.extent is Extent.STORY)
    stories = (replace(s, link="http://journal.example/open") if s.id == item.id else s for s in issue.stories)
    (found,) = found_in(edition(replace(roomy, stories=tuple(stories))), most=roomy.masthead.mail)
    assert (found.rule, found.item, found.file) == ("M6", item.id, "email.html")
    assert "“http://journal.example/open” is not a whole https address" in found.message
    assert "https" in found.suggestion
    assert found.severity is Severity.BLOCK


def test_a_fault_of_the_whole_is_one_of_the_mail() -> None:
    files = edition(sample_issue()).files
    message = files["message.eml"].replace(b"Precedence: bulk\r\n", b"")
    found = findings(prove({**files, "message.eml": message}), files, {})
    assert [(each.rule, each.item, each.file) for each in found] == [("H6", "the e-mail", "message.eml")]
    assert found[0].suggestion == "`hope explain H6` says why this matters."


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("issue.html", "<h1>{{", '<h1 style="font-size:11px">{{', "A16"),
        ("issue.html", '<html lang="{{ masthead.language }}"', '<html lang=""', "A6"),
        ("issue.html", '<p class="small">{{ w.NOT', '<p class="odd" style="float:left">{{ w.NOT', "C1"),
        ("_parts.html", '<p class="kicker">', '<p class="kicker" style="float:left">', "C1"),
        ("_parts.html", '<td class="news"', '<td class="news" lang="{{ masthead.language }}"', "C3"),
    ],
)
def test_a_fault_of_ones_own_template_names_its_line(name: str, old: str, new: str, rule: str) -> None:
    name = f"email/{name}"
    assert old in TEMPLATES[name]
    own = {name: TEMPLATES[name].replace(old, new)}
    made = edition(sample_issue(), own)
    lines = [n for n, line in enumerate(own[name].splitlines(), 1) if new.partition(">")[0] in line]
    found = [each for each in found_in(made, own) if each.rule == rule]
    assert found
    assert any(f"It comes from templates/{name}:{n}." in each.message for each in found for n in lines), found
    assert not any("It comes from" in each.message for each in found_in(made))


def test_no_template_is_named_that_did_not_write_the_element() -> None:
    """Where an item's words are at fault, or two lines could have written it."""
    name = "email/issue.html"
    row = '<tr><td class="pad"><p>Small.</p></td></tr>\n'
    own = {name: TEMPLATES[name].replace('<tr><td class="end small">', f'{row}{row}<tr><td class="end small">')}
    assert "\np { " in own[name]
    own[name] = own[name].replace("\np { ", "\np { float: left; ")
    found = [each for each in found_in(edition(sample_issue(), own), own) if each.rule == "C1"]
    assert found
    assert not any("It comes from" in each.message for each in found if each.message.startswith("<p> “Small.”"))


def test_a_mistake_that_is_made_a_hundred_times_is_told_five_times() -> None:
    own = {
        "email/issue.html": TEMPLATES["email/issue.html"].replace("text-decoration: underline", "text-decoration: none")
    }
    found = [each for each in found_in(edition(sample_issue(), own)) if each.rule == "A11"]
    assert len(found) == 5
    assert "more like that" in found[-1].message


def test_what_never_moves_may_fill_the_words_with_a_warning_that_has_numbers_and_a_way_out() -> None:
    issue = replace(safe(3, 400), masthead=replace(MASTHEAD, mail=MailBounds(words=1_000)))
    made = edition(issue)
    assert made.costs
    (found,) = found_in(made, most=issue.masthead.mail)
    assert found.rule == "B2"
    assert found.severity is Severity.WARN
    assert not checks.blocks([found])
    own = sum(each.words or 0 for each in made.costs.items)
    over = f"The e-mail has {made.costs.words:,} words, {made.costs.words - 1_000:,} more than `mail: words` allows"
    assert found.message.startswith(over)
    shares = f"{own:,} words belong to what never moves (3 items), {made.costs.frame:,} to no item."
    assert shares in found.message
    assert "write a `brief:`" in found.suggestion
    assert all(story.id in found.suggestion for story in issue.stories)
    short = tuple(replace(s, brief="In a few words.") for s in issue.stories)
    assert found_in(edition(replace(issue, stories=short)), most=issue.masthead.mail) == ()


def test_bytes_over_the_budget_warn_and_past_what_gmail_shows_they_block() -> None:
    most = MailBounds(words=5_000, bytes=20_000)
    (found,) = found_in(edition(replace(safe(9, 150), masthead=replace(MASTHEAD, mail=most))), most=most)
    assert (found.rule, found.severity) == ("B1", Severity.WARN)
    assert "more than `mail: bytes` allows" in found.message
    cut = next(each for each in found_in(edition(safe(99, 60))) if each.rule == "M5")
    assert cut.severity is Severity.BLOCK
    assert "more than 100,000" in cut.message
    assert "hope hold" in cut.suggestion


def test_of_two_like_tags_the_one_with_the_style_is_named() -> None:
    name, old = "email/issue.html", '<tr><td class="end small">'
    rows = '<tr><td><p class="odd">One.</p></td></tr>\n<tr><td><p class="odd" style="float: left">Two.</p></td></tr>\n'
    own = {name: TEMPLATES[name].replace(old, rows + old)}
    (found,) = (each for each in found_in(edition(sample_issue(), own), own) if each.rule == "C1")
    line = own[name][: own[name].index("Two.")].count("\n") + 1
    assert found.message.endswith(f"It comes from templates/{name}:{line}.")
