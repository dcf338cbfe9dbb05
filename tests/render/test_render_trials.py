"""Trials that moved, as readers get them: by kind and region, in plain words, with what a change does not mean."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from issues import sample_issue, templates
from lxml import html
from stories import item

from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.issue import Edition, Issue
from pipeline.model.item import Item, TrialFacts
from pipeline.model.names import Section
from pipeline.model.story import Change
from pipeline.render import render
from pipeline.render.regions import order, region_of

OPENED = Change("status", "NOT_YET_RECRUITING", "RECRUITING", "2026-11-09")
CLOSED = Change("status", "RECRUITING", "ACTIVE_NOT_RECRUITING", "2026-11-09")
DESIGN = Change(
    "design", "allocation RANDOMIZED, masking SINGLE, arms 3", "allocation NA, masking NONE, arms 1", "2026-11-09"
)


def moved(slug: str, *changes: Change, countries: tuple[str, ...] = ("Germany",), status: str = "RECRUITING") -> Item:
    return item(
        slug,
        Section.TRIALS,
        ids=Ids(number=f"NCT9999{sum(slug.encode()):04d}"),
        evidence=Evidence(Stage.REGISTRATION),
        harms=None,
        trial=TrialFacts(
            status=status, phase="PHASE1 / PHASE2", enrollment=18, enrollment_type="ESTIMATED", countries=countries
        ),
        change=changes,
    )


def issue(*items: Item) -> Issue:
    return replace(sample_issue(), stories=items)


def printed(*items: Item) -> Edition:
    return render(issue(*items), (), templates())


def flat(content: bytes) -> str:
    return " ".join(content.decode().split())


def mail(made: Edition) -> str:
    return " ".join(html.fromstring(made.files["email.html"]).text_content().split())


def page(made: Edition) -> str:
    text = html.fromstring(made.site["2026-12/index.html"]).text_content()
    return " ".join(text.split())


def test_trials_stand_by_kind_of_news_and_by_region_in_every_edition():
    made = printed(
        moved("a-closed", CLOSED, status="ACTIVE_NOT_RECRUITING"),
        moved("b-opened-far", OPENED, countries=("China",)),
        moved("c-opened-near", OPENED),
        moved("d-redesigned", DESIGN, countries=("Germany", "China")),
        moved("e-new"),
    )
    labels = ["Opened, Europe", "Opened, Asia", "Newly listed, Europe", "Closed, Europe", "Changed in design, several parts of the world"]  # fmt: skip
    places = [page(made).index(label) for label in labels]
    assert places == sorted(places)
    for seen, times in ((flat(made.files["email.txt"]), 1), (mail(made), 2)):  # a row of the table says its own group
        places = [seen.index(label) for label in ("Opened", "Newly listed", "Closed", "Changed in design")]
        assert places == sorted(places)
        assert seen.count("Opened") == times
        assert seen.index("Germany, 18 people planned") < seen.index("China, 18 people planned")


def test_a_country_we_do_not_know_gets_no_region():
    assert "Opened" in page(printed(moved("a", OPENED, countries=("Examplia",))))
    assert region_of(("Examplia",)) == ""
    assert region_of(("Germany", "France")) == "europe"
    assert region_of(("Germany", "United States")) == "several"
    assert "several" in order()


@pytest.mark.parametrize(
    ("change", "words", "caveat", "short"),
    [
        (OPENED, "Open to new people (was: not open yet)", "Open to volunteers does not mean the treatment works.", "“open” does not mean that a treatment works."),
        (CLOSED, "No longer taking new people (was: open to new people)", "This is a normal stage. It says nothing about results.", "This is a normal stage."),
        (DESIGN, "Design: no groups to compare, everybody knows who gets what, 1 group (was: chance decides who gets which treatment, one side does not know who gets what, 3 groups)", "Without a comparison group a study cannot show", "Now nothing is compared."),
        (Change("enrollment", "123 ESTIMATED", "21 ACTUAL"), "Number of people: 21 joined (was: 123 planned)", "We do not guess at the cause.", "Not recorded as a stop."),
        (Change("countries", "Spain", "Italy | Japan"), "added: Italy; Japan; no longer listed: Spain", "A place that is listed may not be open yet.", "Listed places may open later."),
        (Change("maximum age", "65 Years", None), "Oldest age: not given (was: 65 years)", "Other conditions for joining apply.", "Other conditions for joining apply."),
        (Change("phase", "PHASE1", "PHASE1 | PHASE2"), "Phase: safety first, early look at effect (was: first tests in people, mainly safety and dose)", "not an approval", "This is not an approval."),
        (Change("primary completion", "2027-05", "2028-02-01"), "Main results expected: 1 February 2028 (was: May 2027)", "Dates often move.", "Dates often move."),
        (Change("sites", None, "A | B | C | D"), "added: 4 places", "may not be open yet", "Listed places may open later."),
    ],
)  # fmt: skip
def test_a_change_is_told_in_plain_words_with_what_it_does_not_mean(change, words, caveat, short):
    made = printed(moved("a", change))
    assert words in page(made)
    assert caveat in page(made)
    for seen in (flat(made.files["email.txt"]), mail(made)):
        assert short in seen
    # The mail is read aloud: what holds now, then what held before, and no registry's capitals.
    assert re.search(r"\(was: |Places: added|Countries: added", mail(made))
    assert not re.search(r"RECRUITING|PHASE1|ESTIMATED|ACTUAL", mail(made))


def test_a_row_of_the_mail_leaves_out_no_harm_and_takes_back_what_it_reversed():
    back = Change("status", "RECRUITING", "NOT_YET_RECRUITING", "2026-11-09", reverses="2026-05")
    plan = replace(
        moved("a", back, status="NOT_YET_RECRUITING"), harms="Two people died in its first part.", brief="News."
    )
    gone = replace(moved("b", OPENED), brief="More news.")
    made = printed(plan, gone)
    for seen in (mail(made), flat(made.files["email.txt"])):
        assert "Two people died in its first part." in seen
        assert "Reverses our May 2026 issue. Sponsors change their entries." in seen
        assert seen.index("“open” does not mean that a treatment works") < seen.index("More news.")


def test_small_news_names_each_trial():
    also = replace(
        moved(
            "also-changed",
            replace(CLOSED, number="NCT99990001"),
            Change("new", None, "RECRUITING", number="NCT99990002"),
        ),
        ids=Ids(),
        trial=None,
    )
    seen = page(printed(also))
    assert "Also changed" in seen
    assert "NCT99990001: No longer taking new people (was: open to new people)" in seen
    assert "NCT99990002: Newly listed, open to new people" in seen


def test_a_reversal_names_the_issue_it_takes_back():
    back = Change("status", "RECRUITING", "NOT_YET_RECRUITING", "2026-11-09", reverses="2026-05")
    seen = page(printed(moved("a", back, status="NOT_YET_RECRUITING")))
    assert "Corrected" in seen
    assert "This reverses what we reported in our issue of May 2026." in seen


def test_words_of_a_registry_are_text_wherever_they_stand():
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    made = printed(*(moved(f"s{n}", Change(f, bad, bad + "2")) for n, f in enumerate(("status", "title", "sites", "countries", "other", "phase", "design", "linked paper", "start"))))  # fmt: skip
    for content in (made.site["2026-12/index.html"], made.files["email.html"]):
        assert not html.fromstring(content).xpath("//script[not(@type='application/ld+json')]|//img|//*[@onerror]")
        assert b"&lt;script&gt;" in content


def test_no_trials_that_moved_and_none_that_stopped_are_said_so():
    seen = page(render(replace(sample_issue(), stories=sample_issue().stories[:2]), (), templates()))
    assert "No trial news to print this month; we looked." in seen
    assert re.search(r"Stopped and negative None in the sources that we could reach this month\.", seen)


def test_a_draft_is_never_printed():
    made = printed(replace(moved("a", OPENED), draft="DRAFT-WORDS of the program"))
    assert not any(
        b"DRAFT-WORDS" in content for path, content in {**made.files, **made.site}.items() if path != "issue.json"
    )
