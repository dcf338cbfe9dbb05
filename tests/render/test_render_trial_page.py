"""A trial's own page: where it stands in plain words, its history as we saw it, what is done and what only planned."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from issues import MASTHEAD, item, quiet_issue, sample_issue
from tracked import ARCHIVE, DONE, LUPUS, ONE, SILENT, TEMPLATES, TWO, built, page, records, text, tracks, tree

from pipeline.model.entry import Ids, Trial
from pipeline.model.issue import Edition
from pipeline.model.names import Section
from pipeline.model.story import Change
from pipeline.render import render
from pipeline.render.trials.timeline import timeline
from pipeline.render.trials.tracker import PlainStatus, plain_status_of
from pipeline.trials.history import follow


@pytest.fixture(scope="module")
def made() -> Edition:
    return built()


def one(trial: Trial, **changes: Any) -> str:
    """The page of a single trial in a first record."""
    changed = replace(trial, **changes)
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: (changed,)})).site
    return page(site, changed.number)


@pytest.mark.parametrize(
    ("status", "plain"),
    [
        ("NOT_YET_RECRUITING", "Not open yet"),
        ("RECRUITING", "Open"),
        ("ENROLLING_BY_INVITATION", "Closed to new people"),
        ("ACTIVE_NOT_RECRUITING", "Closed to new people"),
        ("COMPLETED", "Finished"),
        ("TERMINATED", "Stopped early"),
        ("WITHDRAWN", "Stopped early"),
        ("SUSPENDED", "Stopped early"),
        ("UNKNOWN", "Not confirmed since October 2026"),
        ("AUTHORISED_BY_NOBODY", "No plain word for it"),
    ],
)
def test_a_status_stands_in_plain_words_with_the_registrys_own_beside(status: str, plain: str) -> None:
    printed = one(LUPUS, status=status)
    assert f"{plain} (registry: {status})." in printed
    assert "A listing is not a recommendation. Only the study team can say who may join." in printed


def test_a_status_that_is_not_given_is_not_guessed() -> None:
    assert plain_status_of(None) is PlainStatus.OTHER
    assert "No plain word for it (registry: not given)." in one(LUPUS, status=None)


def test_by_invitation_is_not_open_and_a_pause_may_end() -> None:
    assert "Nobody can apply." in one(LUPUS, status="ENROLLING_BY_INVITATION")
    assert "It has paused and may start again." in one(LUPUS, status="SUSPENDED")
    assert "Reason given: “No money”" in one(LUPUS, status="TERMINATED", why_stopped="No money")


def test_a_trials_page_tells_its_history_issue_by_issue(made: Edition) -> None:
    heads = tree(made.site["trials/NCT99990003/index.html"]).xpath("//h3")
    assert [h.text_content() for h in heads] == [
        "Issue of January 2027",
        "Issue of December 2026",
        "Issue of November 2026",
    ]
    assert heads[1].xpath("a/@href") == ["../../2026-12/index.html"]
    printed = page(made.site, "NCT99990003")
    assert (
        "Status: was not open yet (NOT_YET_RECRUITING), now open to new people (RECRUITING) (entry dated 21 November 2026)."
        in printed
    )
    assert "Status: was open to new people (RECRUITING), now paused (SUSPENDED)" in printed
    assert "Reason given: “A review of doses”" in printed
    assert "First in our record: not open yet (NOT_YET_RECRUITING)." in printed
    assert "A pause can have many causes. We do not guess." in printed


def test_a_trial_that_was_not_read_keeps_its_last_state_with_its_date(made: Edition) -> None:
    assert "Checked on 2 November 2026." in page(made.site, SILENT.number)
    gone = {
        key: tuple(t for t in trials if key == ONE or t.number != SILENT.number) for key, trials in records().items()
    }
    site = render(quiet_issue(), ARCHIVE, TEMPLATES, follow(gone)).site
    printed = page(site, SILENT.number)
    assert "It was not in our record for the issue of January 2027." in printed
    assert "the last we know, from the issue of November 2026." in printed
    assert "4 trials we follow." in text(site["trials/index.html"])


def test_the_last_known_status_stands_beside_one_that_nobody_confirmed(made: Edition) -> None:
    printed = page(made.site, SILENT.number)
    assert "Not confirmed since May 2023 (registry: UNKNOWN)." in printed
    assert "The last status the sponsor gave: open to new people." in printed


def test_a_new_number_leads_on_from_the_old_page(made: Edition) -> None:
    printed = page(made.site, "NCT99990030")
    assert "NCT99990030 is now listed as NCT99990031" in printed
    links = tree(made.site["trials/NCT99990030/index.html"]).xpath("//main//a/@href")
    assert "../../trials/NCT99990031/index.html" in links
    assert "New on our list" in page(made.site, "NCT99990031")
    assert len(tree(made.site["trials/index.html"]).xpath("//article")) == 4


def test_items_lead_to_the_trial_and_the_trial_to_its_items() -> None:
    small = replace(
        item("also", Section.TRIALS),
        id="2026-12/also",
        change=(Change("sites", None, "X", number=DONE.number),),
        ids=Ids(),
    )
    printed = replace(item("news", Section.TRIALS), id="2026-12/news", ids=Ids(number=LUPUS.number))
    site = render(sample_issue(stories=(printed, small)), (), TEMPLATES, tracks(TWO)).site
    assert "../../trials/NCT99990003/index.html" in tree(site["2026-12/news/index.html"]).xpath("//main//a/@href")
    assert "../trials/NCT99990003/index.html" in tree(site["2026-12/index.html"]).xpath("//main//a/@href")
    assert "../../trials/NCT99990010/index.html" in tree(site["2026-12/also/index.html"]).xpath("//main//a/@href")
    for nct, slug in ((LUPUS.number, "news"), (DONE.number, "also")):
        hrefs = tree(site[f"trials/{nct}/index.html"]).xpath("//main//a/@href")
        assert f"../../2026-12/{slug}/index.html" in hrefs
    assert "We have not written about this trial so far." in page(site, SILENT.number)


def test_the_picture_of_dates_draws_done_apart_from_planned(made: Edition) -> None:
    ended = tree(made.site["trials/NCT99990010/index.html"]).xpath("//figure[@class='line']")[0]
    assert [r.get("fill") for r in ended.xpath(".//rect")] == ["#0b4f9c"] * 3
    assert not ended.xpath(".//path[@stroke-dasharray]")
    running = one(LUPUS, status="RECRUITING", start_type="ACTUAL", start="2026-09")
    assert "Began: September 2026" in running
    assert "Main measurements planned to end: June 2028 (may change)" in running
    line = timeline(replace(LUPUS, status="RECRUITING", start_type="ACTUAL", start="2026-09"))
    assert line is not None
    assert [m.name for m in line.milestones] == ["start", "checked", "primary_completion", "completion"]
    assert [s.done for s in line.stretches] == [True, False, False]


def test_nothing_counts_as_done_that_the_registry_does_not_call_so() -> None:
    line = timeline(replace(LUPUS, start="2020-01", status="WITHDRAWN"))
    assert line is not None
    assert not any(s.done for s in line.stretches)
    assert line.milestones[0].passed
    unconfirmed = timeline(SILENT)
    assert unconfirmed is not None
    assert [s.done for s in unconfirmed.stretches] == [False, False]
    assert "(this date has passed; the registry does not confirm it)" in one(SILENT)
    assert timeline(replace(LUPUS, primary_completion=None, completion="soon")) is None


def test_marks_of_one_day_stand_apart_inside_the_picture() -> None:
    line = timeline(replace(DONE, start="2025", primary_completion="2025", completion="2025", completion_type=None))
    assert line is not None
    xs = [m.x for m in line.milestones]
    assert len(xs) == 4
    assert all(b - a >= 40 for a, b in pairwise(xs))
    assert xs[0] >= 12
    assert xs[-1] <= 288


def test_harms_are_counted_a_group_with_all_of_its_people(made: Edition) -> None:
    printed = page(made.site, DONE.number)
    assert "Orb-22: 3 of 12 had at least one serious adverse event. 0 of 12 died, of any cause." in printed
    assert "An event during a study was not necessarily caused by the treatment." in printed
    assert "Posted results are not peer reviewed." in printed
    assert "Comparison groupYes, made by chance" in printed
    assert "Comparison groupNo" in page(made.site, LUPUS.number)


def test_an_invented_trial_never_leads_to_a_real_registry() -> None:
    bare = (replace(LUPUS, link=""), replace(DONE, link=f"https://clinicaltrials.gov/study/{DONE.number}"))
    site = render(sample_issue(), (), TEMPLATES, follow({TWO: bare})).site
    assert not any(b"clinicaltrials.gov" in content for content in site.values())
    real = sample_issue(masthead=replace(MASTHEAD, fictional=""), stories=())
    site = render(real, (), TEMPLATES, follow({TWO: bare})).site
    assert b'href="https://clinicaltrials.gov/study/NCT99990003"' in site["trials/NCT99990003/index.html"]
