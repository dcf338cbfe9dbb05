"""Every attempt at a source ends in one state, and the judgement behind it holds until its content changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.entry import Entry, Ids
from pipeline.model.names import Role, State, Tier
from pipeline.model.source import Answer, Health, Outcome, Page, Source
from pipeline.source_health.health import HISTORY, Reading, assess, todo

TODAY = date(2026, 11, 22)
SOURCE = Source(
    key="jei",
    kind="feed",
    name="Journal",
    url="https://jei.example/rss",
    tier=Tier.JOURNAL,
    role=Role.EVIDENCE,
    every=14,
)
ENTRIES = tuple(Entry(source="jei", title=f"Cells in lupus, part {n}", ids=Ids(guid=str(n))) for n in range(10))
FEED = Page(entries=ENTRIES, parsed=10, title="Journal of Example Immunology")
OK = Answer(url=SOURCE.url, outcome=Outcome.OK, status=200, body=b"<rss>1</rss>")
NOT_MODIFIED = replace(OK, outcome=Outcome.NOT_MODIFIED, status=304)
GONE = Answer(url=SOURCE.url, outcome=Outcome.GONE, status=410)
MISSING = Answer(url=SOURCE.url, outcome=Outcome.NOT_FOUND, status=404)


def run(
    old: Health | None = None,
    answer: Answer = OK,
    page: Page | None = FEED,
    trouble: SourceError | None = None,
    *,
    new: int = 0,
    newest: str | None = "2026-11-20",
    today: date = TODAY,
    source: Source = SOURCE,
) -> Health:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    if not answer.good:
        page = None
    return assess(
        source,
        old,
        Reading(answer=answer, page=page, trouble=trouble, new=new, newest=newest),
        today=today,
        now=now,
    )


def body(text: str) -> Answer:
    return replace(OK, body=text.encode())


FIRST = run(new=10)
YESTERDAY = run(new=10, today=date(2026, 11, 21))

CASES = [
    ("a first run with current content is fresh", {"new": 10}, State.FRESH),
    ("something new is fresh", {"old": YESTERDAY, "answer": body("2"), "new": 1}, State.FRESH),
    ("304 is unchanged", {"old": YESTERDAY, "answer": NOT_MODIFIED}, State.UNCHANGED),
    ("the same bytes are unchanged", {"old": YESTERDAY}, State.UNCHANGED),
    ("no new ids in other bytes are unchanged", {"old": YESTERDAY, "answer": body("2")}, State.UNCHANGED),
    ("no entries at all", {"page": Page(title="Journal")}, State.EMPTY),
    ("quiet three times its cadence", {"newest": "2026-10-01"}, State.STALLED),
    ("quiet exactly three times is not stalled yet", {"newest": "2026-10-11", "new": 10}, State.FRESH),
    ("a month counts to its last day", {"newest": "2026-10", "new": 10}, State.FRESH),
    ("quiet for more than a year", {"newest": "2021-11-23"}, State.FROZEN),
    ("old news is frozen however new it is to us", {"newest": "2024", "new": 10}, State.FROZEN),
    (
        "a yearly source may be quiet for two years",
        {"newest": "2024-11-23", "new": 10, "source": replace(SOURCE, every=365)},
        State.FRESH,
    ),
    ("a web page in its place", {"page": None, "trouble": SourceError("a web page", page=True)}, State.PAGE),
    ("what can't be read", {"page": None, "trouble": SourceError("not a feed: opml")}, State.FAILED),
    ("nothing read and nobody says why", {"page": None}, State.FAILED),
    ("none of the expected words", {"source": replace(SOURCE, expect=("arthritis",))}, State.WRONG),
    ("an expected word in one title", {"new": 10, "source": replace(SOURCE, expect=("LUPUS",))}, State.FRESH),
    (
        "an expected word in the feed's own name",
        {"new": 10, "source": replace(SOURCE, expect=("immunology",))},
        State.FRESH,
    ),
    (
        "an empty list is empty, not wrong",
        {"page": Page(), "source": replace(SOURCE, expect=("lupus",))},
        State.EMPTY,
    ),
    (
        "another name altogether",
        {"old": YESTERDAY, "answer": body("2"), "page": replace(FEED, title="Best Casino Bonus")},
        State.WRONG,
    ),
    (
        "another name with the expected words",
        {
            "old": YESTERDAY,
            "answer": body("2"),
            "new": 1,
            "page": replace(FEED, title="JEI: newest"),
            "source": replace(SOURCE, expect=("lupus",)),
        },
        State.FRESH,
    ),
    (
        "the same name reworded",
        {"old": YESTERDAY, "answer": body("2"), "new": 1, "page": replace(FEED, title="Example Immunology (latest)")},
        State.FRESH,
    ),
    ("moved for good", {"new": 10, "answer": replace(OK, moved_to="https://new.example/rss")}, State.MOVED),
    (
        "moved and stalled is moved",
        {"newest": "2026-01-01", "answer": replace(OK, moved_to="https://new.example/rss")},
        State.MOVED,
    ),
    ("410", {"answer": GONE}, State.GONE),
    ("404 once", {"answer": MISSING}, State.FAILED),
    ("403", {"answer": Answer(url="", outcome=Outcome.BLOCKED, status=403)}, State.BLOCKED),
    ("401 by status alone", {"answer": Answer(url="", outcome=Outcome.CLIENT_ERROR, status=401)}, State.BLOCKED),
    ("a challenge answered with 200", {"answer": Answer(url="", outcome=Outcome.BLOCKED, status=200)}, State.BLOCKED),
    ("429", {"answer": Answer(url="", outcome=Outcome.RATE_LIMITED, status=429)}, State.FAILED),
    ("rights reserved", {"new": 10, "answer": replace(OK, reserved=True)}, State.RESERVED),
    (
        "rights reserved, permission noted",
        {"new": 10, "answer": replace(OK, reserved=True), "source": replace(SOURCE, permission="mail of 2026-01-03")},
        State.FRESH,
    ),
    (
        "reserved goes before a page",
        {"answer": replace(OK, reserved=True), "page": None, "trouble": SourceError("a web page", page=True)},
        State.RESERVED,
    ),
    ("read with faults", {"new": 10, "page": replace(FEED, degraded="control characters")}, State.DEGRADED),
    (
        "nine tenths of the list are gone",
        {"old": YESTERDAY, "answer": body("2"), "page": Page(entries=ENTRIES[:1], parsed=1, title=FEED.title)},
        State.DEGRADED,
    ),
    ("the whole list looks new", {"old": YESTERDAY, "answer": body("2"), "new": 10}, State.DEGRADED),
    ("eight of ten new is a busy week", {"old": YESTERDAY, "answer": body("2"), "new": 8}, State.FRESH),
    *(
        (f"{outcome} fails", {"answer": Answer(url="", outcome=outcome)}, State.FAILED)
        for outcome in (
            Outcome.SERVER_ERROR,
            Outcome.CLIENT_ERROR,
            Outcome.NETWORK,
            Outcome.TIMEOUT,
            Outcome.TOO_LARGE,
            Outcome.BAD_ENCODING,
            Outcome.REFUSED,
        )
    ),
]


@pytest.mark.parametrize(("promise", "given_", "state"), CASES, ids=[c[0] for c in CASES])
def test_every_attempt_ends_in_its_state(promise, given_, state):
    health = run(**given_)
    assert health.state is state
    assert health.diagnosis is (State.FRESH if state is State.UNCHANGED else state)
    before = given_["old"].history if "old" in given_ else ()
    assert (health.history[1:], health.history[0].state) == (before, state)
    assert health.todo == todo(health, given_.get("source", SOURCE))


READABLE = [
    ("fresh", {"new": 10}),
    ("stalled", {"newest": "2026-10-01"}),
    ("frozen", {"newest": "2021-11-23"}),
    ("degraded", {"page": replace(FEED, degraded="control characters")}),
    ("empty", {"page": Page()}),
    ("moved", {"answer": replace(OK, moved_to="https://new.example/rss")}),
    ("wrong-content", {"source": replace(SOURCE, expect=("arthritis",))}),
    ("page-instead-of-feed", {"page": None, "trouble": SourceError("a web page", page=True)}),
]


@pytest.mark.parametrize(("name", "given_"), READABLE, ids=[r[0] for r in READABLE])
def test_the_same_content_twice_on_a_day_is_unchanged_and_the_judgement_stands(name, given_):
    first = run(**given_)
    second = run(first, **{**given_, "new": 0})
    third = run(second, **{**given_, "new": 0})
    assert [(h.state, h.diagnosis) for h in (first, second, third)] == [
        (State(name), State(name)),
        (State.UNCHANGED, State(name)),
        (State.UNCHANGED, State(name)),
    ]
    assert (second.note, second.todo, second.since) == (first.note, first.todo, first.since)


@pytest.mark.parametrize(("name", "given_"), READABLE[1:], ids=[r[0] for r in READABLE[1:]])
def test_the_same_trouble_on_a_later_day_is_told_again_and_keeps_its_first_day(name, given_):
    first = run(**given_)
    later = run(first, **{**given_, "new": 0}, today=TODAY + timedelta(days=2))
    assert (later.state, later.diagnosis, later.since) == (State(name), State(name), TODAY)


def test_a_day_that_is_only_assumed_counts_like_a_real_one():
    """--today may differ from the clock: the second run of the assumed day is still the second."""
    clock = datetime(2026, 3, 1, tzinfo=UTC)
    first = assess(SOURCE, None, Reading(answer=OK, page=FEED, new=10, newest="2026-01-01"), today=TODAY, now=clock)
    second = assess(SOURCE, first, Reading(answer=OK, page=FEED, new=0, newest="2026-01-01"), today=TODAY, now=clock)
    assert (first.state, second.state) == (State.STALLED, State.UNCHANGED)


def test_an_unchanged_source_becomes_stalled_by_the_calendar_alone():
    later = run(FIRST, NOT_MODIFIED, today=TODAY + timedelta(days=60))
    assert (later.state, later.since) == (State.STALLED, TODAY + timedelta(days=60))


def test_a_burst_stays_doubtful_until_something_else_comes():
    burst = run(YESTERDAY, body("2"), new=10)
    same = run(burst, body("2"), today=TODAY + timedelta(days=1))
    other = run(same, body("3"), new=1, today=TODAY + timedelta(days=2))
    assert [h.diagnosis for h in (burst, same, other)] == [State.DEGRADED, State.DEGRADED, State.FRESH]
    assert burst.note == same.note == "10 of 10 entries are new since 2026-11-21: a gap or a burst"


def test_a_stranger_in_its_place_does_not_become_the_new_normal():
    casino = replace(FEED, title="Best Casino Bonus")
    wrong = run(YESTERDAY, body("2"), casino)
    again = run(wrong, body("3"), casino, new=2, today=TODAY + timedelta(days=1))
    assert (again.state, again.title) == (State.WRONG, FEED.title)
    assert run(again, OK, FEED, new=1, today=TODAY + timedelta(days=2)).state is State.FRESH


def test_reserved_rights_outlive_a_304_without_the_header():
    first = run(answer=replace(OK, reserved=True), new=10)
    assert run(first, NOT_MODIFIED, today=TODAY + timedelta(days=1)).state is State.RESERVED


def test_404_on_three_runs_in_a_row_is_gone_and_one_answer_in_between_starts_over():
    once = run(FIRST, MISSING)
    twice = run(once, MISSING)
    assert [once.state, twice.state, run(twice, MISSING).state] == [State.FAILED, State.FAILED, State.GONE]
    assert run(run(run(twice), MISSING), MISSING).state is State.FAILED


def test_failures_add_up_keep_what_was_known_and_end_with_an_answer():
    down = Answer(url="", outcome=Outcome.TIMEOUT)
    one = run(FIRST, down, newest=None, today=TODAY + timedelta(days=1))
    two = run(one, down, newest=None, today=TODAY + timedelta(days=2))
    back = run(two, NOT_MODIFIED, today=TODAY + timedelta(days=3))
    assert [h.failures for h in (FIRST, one, two, back)] == [0, 1, 2, 0]
    assert (two.last_ok, two.newest, two.title, two.since) == (
        TODAY,
        "2026-11-20",
        FEED.title,
        TODAY + timedelta(days=1),
    )
    assert two.todo.endswith("Failed 2 times in a row; try again in 6 hours.")
    assert (back.state, back.diagnosis, back.last_ok) == (State.UNCHANGED, State.FRESH, TODAY + timedelta(days=3))


def test_waiting_grows_to_a_week():
    health, down, waits = FIRST, Answer(url="", outcome=Outcome.NETWORK), []
    for _ in range(6):
        health = run(health, down)
        waits.append(health.todo.rpartition("in ")[2])
    assert waits == ["1 hour.", "6 hours.", "24 hours.", "3 days.", "7 days.", "7 days."]
    assert health.not_before is None


@pytest.mark.parametrize(
    ("outcome", "status", "seconds", "until"),
    [
        (Outcome.RATE_LIMITED, 429, 7200.0, "2026-11-22T11:00"),
        (Outcome.SERVER_ERROR, 503, 60.0, "2026-11-22T09:01"),
        (Outcome.RATE_LIMITED, 0, 60.0, "2026-11-22T09:01"),
        (Outcome.SERVER_ERROR, 503, 9e9, "2026-11-29T09:00"),
        (Outcome.SERVER_ERROR, 503, None, None),
        (Outcome.SERVER_ERROR, 500, 60.0, None),
    ],
)
def test_only_a_server_that_asks_for_it_is_left_alone_and_for_a_week_at_most(outcome, status, seconds, until):
    health = run(FIRST, Answer(url="", outcome=outcome, status=status, retry_after=seconds))
    assert (health.not_before.isoformat()[:16] if health.not_before else None) == until


def test_without_dates_a_source_is_quiet_since_its_body_last_changed():
    first = run(newest=None, new=10)
    quiet = run(first, NOT_MODIFIED, newest=None, today=TODAY + timedelta(days=43))
    moved = run(quiet, body("2"), newest=None, new=1, today=TODAY + timedelta(days=44))
    frozen = run(first, newest=None, today=TODAY + timedelta(days=400))
    assert [h.state for h in (first, quiet, moved, frozen)] == [State.FRESH, State.STALLED, State.FRESH, State.FROZEN]
    assert quiet.note == "no dates; nothing changed since 2026-11-22, 43 days old; expected every 14 days"
    assert moved.changed == TODAY + timedelta(days=44)


def test_notes_say_facts():
    assert run(newest="2021-11-23").note == "newest entry 2021-11-23, 5 years old; expected every 14 days"
    moved = run(answer=replace(OK, moved_to="https://new.example/rss"), new=10)
    assert moved.note == "moved to https://new.example/rss: update your file"
    assert moved.todo == "Change the url of jei to https://new.example/rss."
    fewer = run(YESTERDAY, body("2"), Page(entries=ENTRIES[:1], parsed=1, title=FEED.title))
    assert fewer.note == "1 entry where there were 10"


def test_a_list_that_came_back_after_an_empty_day_is_measured_by_its_former_length():
    empty = run(YESTERDAY, body("0"), Page(title=FEED.title))
    assert run(empty, body("2"), Page(entries=ENTRIES[:1], parsed=1, title=FEED.title), new=1).state is State.DEGRADED


@pytest.mark.parametrize("state", [s for s in State if s is not State.UNCHANGED])
def test_every_standing_tells_the_editor_something_in_whole_sentences(state):
    source = replace(SOURCE, url="https://x.example/{0}", fallback="Journal[jour]")
    said = todo(Health(key="jei", state=state, diagnosis=state, failures=1), source)
    assert said[0].isupper()
    assert (said.endswith("Journal[jour]")) is (state is not State.FRESH)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [OK, NOT_MODIFIED, GONE, MISSING, body("2"), replace(OK, reserved=True), replace(OK, moved_to="x")]
            ),
            st.sampled_from([FEED, Page(), replace(FEED, degraded="faults"), None]),
            st.sampled_from([None, SourceError("odd"), SourceError("page", page=True)]),
            st.integers(0, 10),
            st.sampled_from([None, "2026-11-20", "2026", "2019-01", "not a date"]),
            st.integers(0, 40),
        ),
        max_size=8,
    )
)
def test_whatever_happens_each_attempt_is_one_line_and_the_judgement_is_never_unchanged(attempts):
    health, day = None, TODAY
    for n, (answer, page, trouble, new, newest, days) in enumerate(attempts, 1):
        day += timedelta(days=days)
        health = run(health, answer, None if trouble else page, trouble, new=new, newest=newest, today=day)
        assert len(health.history) == n
        assert health.diagnosis is not State.UNCHANGED
        assert health.state in (State.UNCHANGED, health.diagnosis)
        assert health.since is not None
        assert health.since <= day
        assert (health.failures > 0) is (health.diagnosis in {State.FAILED, State.GONE, State.PAGE, State.BLOCKED})


def test_history_keeps_the_newest_fifty():
    health = FIRST
    for n in range(60):
        health = run(health, body(str(n)), new=1)
    assert len(health.history) == HISTORY == 50
    assert health.history[0].new == 1
