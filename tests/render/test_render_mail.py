"""The e-mail: honest, whole, small, private, and the same twice."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import pairwise

import lxml.html
import pytest
from issues import MASTHEAD, earlier_issue, hostile_issue, item, long_issue, quiet_issue, sample_issue, templates

from pipeline.model.entry import Ids
from pipeline.model.evidence import FLAG_SENTENCES, SENTENCES, SHORT, SHORT_FLAGS, Comparison, Evidence, Flag, Stage
from pipeline.model.issue import Edition, Issue, SourceNote
from pipeline.model.item import TrialFacts
from pipeline.model.names import Section
from pipeline.model.settings import MailBounds
from pipeline.model.story import About
from pipeline.render import render
from pipeline.render.archive import Archive
from pipeline.render.illustrations import Illustrations
from pipeline.render.inline import inline
from pipeline.render.layout import lay_out
from pipeline.render.letter import fitted, words_seen
from pipeline.render.mail import _values
from pipeline.render.press import Press

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


def page(html: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html.decode())


def test_same_issue_is_the_same_bytes() -> None:
    one = edition(sample_issue(), earlier_issue())
    other = render(sample_issue(), (earlier_issue(), sample_issue()), dict(reversed(TEMPLATES.items())))
    assert one.files == other.files
    assert one.site == other.site


def test_inlining_asks_the_network_for_nothing() -> None:
    """Neither for an imported sheet nor for a linked one."""
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                while True:
                    visitor, address = listener.accept()
                    asked.append(address)
                    visitor.close()

        waiter = threading.Thread(target=hang_up, daemon=True)
        waiter.start()
        layout = f"http://127.0.0.1:{listener.getsockname()[1]}/x.css"
        head = f'<link rel="stylesheet" href="{layout}"><style>@import "{layout}"; p {{ color: red; }}</style>'
        assert "color:red" in inline(f"<html><head>{head}</head><body><p>x</p></body></html>")
        listener.shutdown(socket.SHUT_RDWR)
        waiter.join(5)
    assert asked == []


def test_hostile_words_add_no_header_and_no_markup() -> None:
    """CRLF, template, script and attribute tricks in every field stay words."""
    made = edition(hostile_issue())
    read = message(made)
    assert set(read.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Archive",
        "List-Help", "List-Post", "Auto-Submitted", "Precedence", "Content-Language",
        "MIME-Version", "Content-Type",
    }  # fmt: skip
    html = page(made.files["email.html"])
    assert not html.xpath("//script|//img[not(contains(@src, '/pictures/'))]|//*[@onerror]")
    assert "{{ 7*7 }}" in flat(html.text_content())
    assert not [h for h in html.xpath("//a/@href") if not h.startswith(("https://", "mailto:"))]
    assert "\r" not in made.files["email.txt"].decode()


def test_the_text_tells_every_headline_and_every_address_of_the_mail(sample: Edition) -> None:
    text = sample.files["email.txt"].decode()
    for story in sample_issue().stories:
        assert flat(story.headline or "") in flat(text)
    for link in page(sample.files["email.html"]).xpath("//a/@href"):
        assert link.removeprefix("mailto:") in text


def test_the_text_is_wrapped_at_72_and_breaks_no_address(sample: Edition) -> None:
    for line in sample.files["email.txt"].decode().splitlines():
        assert len(line) <= 72 or len(line.split()) == 1 or re.fullmatch(r"On the web: \S+", line)


@pytest.mark.parametrize("name", ["email.html", "email.txt"])
def test_every_item_carries_evidence_people_and_harms(sample: Edition, name: str) -> None:
    words = sample.files[name].decode()
    seen = flat(page(words.encode()).text_content() if name.endswith("html") else words)
    for story in sample_issue().stories:
        if story.evidence.stage is Stage.REGISTRATION:  # what holds for all of them stands once above them
            assert "Where harms are not told, the study has no results yet" in seen
            continue
        stopped = "Stopping early is not proof of harm or failure."
        ways = {SENTENCES[story.evidence.stage], SHORT[story.evidence.stage]}
        assert any(way in seen for way in ({stopped} if story.evidence.stage is Stage.STOPPED else ways))
        for flag in story.evidence.flags:
            assert FLAG_SENTENCES[flag] in seen or SHORT_FLAGS[flag] in seen
        assert flat(story.harms or "") in seen
    # People stand in the line of key facts.
    assert re.search(r"lupus(,| ·) CAR-T(,| ·) 9 people\b", seen, re.IGNORECASE)
    assert "18 people planned" in seen
    assert "9 people joined" in seen
    plans = [s for s in sample_issue().stories if s.evidence.stage is Stage.REGISTRATION]
    assert len(re.findall(r"Harms[.:]", seen)) == len(sample_issue().stories) - len(plans)


def test_the_parts_come_in_the_promised_order(sample: Edition) -> None:
    heads = [h.text_content() for h in page(sample.files["email.html"]).xpath("//h2")]
    assert heads == [
        "Corrections and updates", "This month in a minute", "In depth", "Safety and regulation", "Research in short",
        "Emerging options", "Trials that moved", "Stopped and negative", "A question for your appointment",
        "Word of the month", "How to spot an unproven clinic", "How we chose",
    ]  # fmt: skip
    lines = sample.files["email.txt"].decode().splitlines()
    assert [line for line, under in pairwise(lines) if re.fullmatch("-{5,}", under)] == heads


def test_empty_parts_say_that_we_looked() -> None:
    seen = flat(edition(sources(("", False))).files["email.txt"])
    assert "No correction, safety or regulatory news, trial news or stopped study this month; we looked." in seen


def sources(*trouble: tuple[str, bool]) -> Issue:
    """A month with little in it, of sources that had this trouble, and did or didn't answer."""
    notes = tuple(
        SourceNote(key=f"s{n}", name=f"Source {n}", tier="journal", trouble=what, answered=answered)
        for n, (what, answered) in enumerate(trouble)
    )
    issue = sample_issue(stories=(item("one", Section.RESEARCH),))
    return replace(issue, colophon=replace(issue.colophon, sources=notes))


@pytest.mark.parametrize("file", ["email.txt", "email.html", "2026-12/index.html"])
def test_a_source_that_answered_with_nothing_new_was_reached(file: str) -> None:
    quiet = ("stalled: newest entry 2026-01-01", True)
    made = edition(sources(("", False), quiet))
    seen = flat({**made.files, **made.site}[file])
    assert "We reached all our sources this month." in seen
    assert "Source 1" in seen
    assert "nothing new" in seen
    assert "nothing from Source 1" not in seen
    other = edition(sources(("gone", False), quiet))
    both = flat({**other.files, **other.site}[file])
    assert "We reached all our sources" not in both
    assert "Source 0 and Source 1" not in both
    assert "Source 0" in both


def test_a_month_in_which_no_source_answered_says_so_instead_of_that_we_looked() -> None:
    made = edition(sources(("gone", False), ("failed", False)))
    for file in ("email.txt", "email.html", "2026-12/index.html"):
        seen = flat({**made.files, **made.site}[file])
        assert "we looked" not in seen
        assert "this month we could reach no source" in seen


FILES = ("email.txt", "email.html", "2026-12/index.html")


@pytest.mark.parametrize("file", FILES)
def test_none_is_said_of_what_was_reached_alone(file: str) -> None:
    made = edition(sources(("gone", False), ("", False)))
    seen = flat({**made.files, **made.site}[file])
    assert "in the sources that we could reach this month" in seen
    assert "we looked" not in seen
    assert "no source" not in seen


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("section", [Section.SAFETY, Section.REGULATION])
def test_nothing_is_called_none_while_some_of_it_lies_undecided(file: str, section: Section) -> None:
    plain = sources(("", False))
    before, open_ = edition(plain), replace(plain.colophon, undecided=1, undecided_in=(section,))
    assert "not decided on all that came in" not in flat({**before.files, **before.site}[file])
    made = edition(replace(plain, colophon=open_))
    seen = flat({**made.files, **made.site}[file])
    assert seen.count("to print yet: we have not decided on all that came in.") == 1
    assert "we looked" in seen, "of the other parts"


def test_a_quiet_month_is_a_kind_issue() -> None:
    made = edition(quiet_issue(), earlier_issue())
    assert "A quiet month is an honest one" in flat(made.files["email.txt"])
    assert message(made)["Subject"].endswith(": a quiet month")
    assert "A quiet month is an honest one" in flat(page(made.site["2027-01/index.html"]).text_content())


def test_trial_moves_are_told_before_and_after(sample: Edition) -> None:
    seen = flat(sample.files["email.txt"])
    assert "No longer taking new people (was: open to new people)." in seen  # to be read aloud, so without RECRUITING
    assert "Number of people: 9 (was: 12). Reason given: “Slower enrolment than planned”" in seen
    assert "A listing is not a recommendation" in seen
    assert "NCT99990011" in seen


def test_banners_stand_first_and_in_the_subject() -> None:
    made = edition(sample_issue(draft=True))
    assert message(made)["Subject"].startswith("[DRAFT] [FICTIONAL] ")
    for words in (
        made.files["email.txt"].decode(),
        page(made.files["email.html"]).xpath("//td[@class='main']")[0].text_content(),
    ):
        assert flat(words).startswith("DRAFT. Not approved. Not for readers. FICTIONAL: invented people")


def test_a_real_newsletter_is_not_called_fictional() -> None:
    made = edition(sample_issue(masthead=replace(MASTHEAD, fictional="")))
    assert not [p for p, body in {**made.files, **made.site}.items() if b"FICTIONAL" in body]


@pytest.mark.parametrize("most", [MailBounds(), MailBounds(words=1_000), MailBounds(bytes=30_000)], ids=str)
def test_thirty_items_stay_under_the_budget_with_harms_and_people(most: MailBounds) -> None:
    issue = replace(long_issue(30), masthead=replace(MASTHEAD, mail=most))
    made = edition(issue)
    html = made.files["email.html"]
    assert len(html) < most.bytes
    seen = flat(page(html).text_content())
    assert words_seen(html.decode()) <= most.words
    shown = [story for story in issue.stories if (story.headline or "") in seen]
    more = sum(map(int, re.findall(r"(\d+) more [\w ]+? (?:is|are) online", seen)))
    assert len(shown) + more == 30
    assert len(shown) > 5
    assert len(re.findall(r"Harms[.:]", seen)) == len(shown)
    assert seen.count("9 people") >= len(shown)


def test_what_readers_must_hear_of_never_moves_online() -> None:
    keep = (Section.SAFETY, Section.REGULATION, Section.STOPPED)
    stories = tuple(
        replace(s, section=keep[n % 3] if n % 2 else Section.RESEARCH, summary="A long tale. " * 60)
        for n, s in enumerate(long_issue(24).stories)
    )
    seen = flat(page(edition(replace(long_issue(24), stories=stories)).files["email.html"]).text_content())
    assert all((story.headline or "") in seen for story in stories if story.section in keep)
    assert "more research stories are online" in seen


def test_the_mail_is_readable_by_all(sample: Edition) -> None:
    """The checks that nearly all commercial mail fails: lang, dir, presentation, headings, titles, link words."""
    html = page(sample.files["email.html"])
    for wrapper in html.xpath("//body/*"):
        assert (wrapper.get("lang"), wrapper.get("dir")) == ("en", "ltr")
    assert {t.get("role") for t in html.xpath("//table[not(caption)]")} == {"presentation"}
    for table in html.xpath("//table[caption]"):  # trials are data: what a row is about, and what a column says
        assert table.get("role") is None
        assert table.xpath(".//th[@scope='col']")
        assert table.xpath(".//th[@scope='row']")
    levels = [int(h.tag[1]) for h in html.xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert html.get("lang") == "en"
    assert html.xpath("//title/text()")[0].strip()
    assert all(a.text_content().strip() for a in html.xpath("//a"))
    assert all("underline" in a.get("style") for a in html.xpath("//a"))


def test_the_mail_tracks_nobody(sample: Edition) -> None:
    html = sample.files["email.html"].decode()
    tree = page(html.encode())
    assert not tree.xpath("//script|//link|//iframe|//form|//object|//*[@background]")
    assert {src.rpartition("/")[0] for src in tree.xpath("//img/@src")} == {"https://news.example.org/pictures"}
    assert "url(" not in html
    assert "@import" not in html
    assert "utm_" not in html


def test_dark_and_narrow_rules_survive_inlining(sample: Edition) -> None:
    html = sample.files["email.html"].decode()
    source = TEMPLATES["email/issue.html"]
    kept = re.search(r'<style data-premailer="ignore">(.*?)</style>', source, re.DOTALL)
    assert kept
    assert kept[1].replace("{{ dark }}", "#8dbff7") in html
    assert html.count("<!--[if mso]>") == 3
    assert 'width="600"' in html
    assert "{{" not in html


def test_css_inline_sets_the_same_styles() -> None:
    """Two engines that agree on every element: neither of them can be wrong alone."""
    css_inline = pytest.importorskip("css_inline", reason="css-inline is an optional second opinion")
    source = re.sub(r'<style data-premailer="ignore">.*?</style>', "", _uninlined(), flags=re.DOTALL)
    ours, theirs = (
        page(inline(source).encode()),
        page(css_inline.inline(source, load_remote_stylesheets=False).encode()),
    )
    ours_styles, theirs_styles = (
        [
            (e.tag, _declared(e.get("style")))
            for e in tree.xpath("//body//*[not(self::tbody)]")
            if isinstance(e.tag, str)
        ]
        for tree in (ours, theirs)
    )
    assert ours_styles == theirs_styles


def _uninlined() -> str:
    issue = sample_issue()
    layout = lay_out(issue, Archive.of(issue, (earlier_issue(),)))
    letter = fitted(layout, lambda _: True)
    press = Press(TEMPLATES)
    return press.print("email/issue.html", letter=letter, **_values(layout, Illustrations(layout, press)))


def _declared(style: str | None) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in (style or "").split(";") if ":" in part)
    return {name.strip(): re.sub(r"\s+", "", value).replace("'", '"') for name, value in pairs}


def test_missing_harms_never_read_as_no_harms() -> None:
    story = replace(item("one", Section.RESEARCH), harms=None)
    made = edition(sample_issue(stories=(story,)))
    assert "That does not mean there were none." in flat(made.files["email.txt"])


def test_the_plain_facts_of_flags_and_steps_fit_the_ladder() -> None:
    """A regulator's decision is no step of strength; a randomised one isn't told twice."""
    stories = (
        replace(item("reg", Section.REGULATION), evidence=replace(item("x", Section.SAFETY).evidence, stage=Stage.REGULATORY_DECISION)),
        replace(item("sr", Section.RESEARCH), evidence=replace(item("x", Section.SAFETY).evidence, stage=Stage.SYSTEMATIC_REVIEW, flags=(Flag.CORRECTED,))),
    )  # fmt: skip
    seen = flat(edition(sample_issue(stories=stories)).files["email.txt"])
    assert "Step 11 of 11: Many studies added up." in seen
    assert "A regulator's decision." in seen
    assert "of 11: A regulator's decision" not in seen
    assert FLAG_SENTENCES[Flag.CORRECTED] in seen


def test_a_real_registry_number_leads_to_its_registry() -> None:
    story = replace(item("one", Section.RESEARCH), ids=Ids(number="NCT06000000"))
    real = edition(sample_issue(stories=(story,), masthead=replace(MASTHEAD, fictional="")))
    invented = edition(sample_issue(stories=(story,)))
    assert b"https://clinicaltrials.gov/study/NCT06000000" in b"".join(real.site.values())
    assert b"clinicaltrials.gov" not in b"".join(invented.site.values())


def test_a_study_that_stopped_says_how_many_were_planned_or_joined_or_that_the_number_is_not_given() -> None:
    stopped = replace(item("one", Section.STOPPED), evidence=Evidence(Stage.STOPPED))
    facts = TrialFacts(status="TERMINATED", enrollment=24, enrollment_type="ESTIMATED", countries=("China",))
    for trial, said in (
        (facts, "China, 24 people were planned"),
        (replace(facts, enrollment=7, enrollment_type="ACTUAL"), "China, 7 people"),
        (replace(facts, enrollment=None), "China, number of people not given"),
    ):
        made = edition(sample_issue(stories=(replace(stopped, trial=trial),)))
        for name in ("email.html", "email.txt"):
            assert said in flat(page(made.files[name]).text_content())


def test_a_correction_that_names_no_disease_begins_its_last_line_with_its_source() -> None:
    gone = next(each for each in sample_issue().stories if each.evidence.stage is Stage.RETRACTION)
    made = edition(sample_issue(stories=(replace(gone, about=About()),)), earlier_issue())
    assert "<p>Journal of Example Immunology, 12 November 2026." in re.sub(
        r"<p [^>]*>", "<p>", flat(made.files["email.html"])
    )


def test_a_row_does_not_say_again_what_its_short_text_said() -> None:
    brief = "9 of 9 people joined. There was no comparison group."
    evidence = Evidence(Stage.PHASE_1, 9, Comparison.NONE)
    row = replace(item("one", Section.STOPPED), evidence=evidence, brief=brief)
    made = edition(sample_issue(stories=(row,)))
    for name in ("email.html", "email.txt"):
        seen = flat(page(made.files[name]).text_content())
        assert seen.count("There was no comparison group.") == 1
        assert "Step 5 of 11: First small study in people. It mainly looked at safety. Harms:" in seen
