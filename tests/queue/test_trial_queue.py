"""Trials in the queue: one item a trial, small news in one, each change once, and an editor's words left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from trialnews import DRAFTS, SOURCE, SOURCES, TEMPLATES, TRIAL, after, gathered, stories

from pipeline.model.entry import Trial
from pipeline.model.item import Item
from pipeline.model.names import Group, Section, Status
from pipeline.model.settings import Topics
from pipeline.model.source import Window
from pipeline.model.story import Change, Judged
from pipeline.queue import Written, decide, fill, read_queue
from pipeline.queue.also_changed import LESSER, OWN
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, Merged, merge
from pipeline.render.trials.drafts import accepted
from pipeline.sources import registries
from pipeline.triage.verdict import judge
from pipeline.trials.change_types import Weight, change_type, group_of, leading
from pipeline.trials.diff import changes
from pipeline.trials.news import news_of, unmoved
from pipeline.trials.reversals import Printed

REPLAY = Path(__file__).resolve().parents[3] / "shared" / "captures" / "trials" / "replay"


def many(n: int, **fields: Any) -> tuple[Trial, ...]:
    return tuple(
        replace(TRIAL, number=f"NCT9999{i:04d}", title=f"CAR-T in lupus, study {i}", **fields) for i in range(n)
    )


def items(merged: Merged) -> tuple[Item, ...]:
    return merged.queue.queue.items


def test_related_changes_of_one_trial_are_one_item_with_a_draft():
    (item,) = items(gathered((TRIAL,), after(status="ACTIVE_NOT_RECRUITING", enrollment=21, enrollment_type="ACTUAL")))
    assert [c.field for c in item.change] == ["status", "enrollment"]
    assert item.draft.startswith("Closed with far fewer people than planned: ")
    assert item.headline is None
    assert group_of(item) is Group.CLOSED


def test_a_draft_reads_as_text_in_the_file_and_is_marked_as_one():
    text = gathered((TRIAL,), after(status="COMPLETED")).queue.text
    assert "# a draft from the registry's fields, never printed" in text
    assert "  draft: |-\n    Finished: Velta CAR-T in lupus nephritis\n\n    The registry entry now says" in text


def test_a_draft_is_not_what_a_sign_off_is_bound_to():
    (item,) = items(gathered((TRIAL,), after(status="COMPLETED")))
    assert item.text_hash == replace(item, draft="Something else").text_hash
    assert item.text_hash != replace(item, headline="Something else").text_hash


def test_small_news_of_many_trials_is_one_item():
    base = many(6)
    now = tuple(after(t, sites=(*t.sites, "Clinic, Ulm, Germany")) for t in base)
    (also,) = items(gathered(base, *now))
    assert also.id == "2026-05/also-changed"
    assert also.section is Section.TRIALS
    assert {c.number for c in also.change} == {t.number for t in base}
    assert also.draft.startswith("Also changed in the registry: 6 studies\n\nNCT99990000: The registry entry now says")
    assert also.keys() == tuple(s.keys()[0] for s in stories(base, *now))


def test_small_news_can_be_accepted_whole():
    base = many(2)
    (also,) = items(gathered(base, *(after(t, sites=()) for t in base)))
    words = accepted(also, TEMPLATES)
    assert set(words) == {"headline", "summary", "harms", "not_known", "who", "access", "funding"}
    assert words["headline"] == "Also changed in the registry: 2 studies"
    assert words["summary"].count("no longer lists 2 places") == 2
    assert also.link


def test_what_matters_most_is_never_folded_and_what_matters_less_is_when_there_is_much():
    base = many(30)
    now = [after(t, status="TERMINATED") for t in base[:16]] + [after(t, countries=("Spain",)) for t in base[16:]]
    found = items(gathered(base, *now))
    own = [i for i in found if i.trial]
    assert len(own) == 16
    assert all(i.section is Section.STOPPED for i in own)
    assert len(found) == 17
    assert len({c.number for c in found[-1].change}) == 14


def test_a_month_of_middling_news_leaves_room_for_the_rest():
    base = many(10)
    found = items(gathered(base, *(after(t, countries=("Spain",)) for t in base)))
    assert len(found) == LESSER + 1 < OWN


def test_what_matters_most_comes_first():
    base = many(4)
    now = (
        after(base[0], countries=("Spain",)),
        after(base[1], status="COMPLETED"),
        after(base[2], has_results=True),
        after(base[3], status="WITHDRAWN"),
    )
    assert [group_of(i) for i in items(gathered(base, *now))] == [
        Group.RESULTS,
        Group.STOPPED,
        Group.CLOSED,
        Group.OTHER,
    ]


def test_gathering_again_changes_nothing():
    base = many(8)
    now = tuple(after(t, status="TERMINATED" if n % 2 else t.status, sites=()) for n, t in enumerate(base))
    first = gathered(base, *now)
    again = gathered(base, *now, queue=first.queue)
    assert again.queue.text == first.queue.text
    assert (again.added, again.renewed) == ((), ())


def test_an_item_tells_what_moved_on_since_without_losing_a_word_of_the_editor():
    first = gathered((TRIAL,), after(enrollment=200)).queue
    (item,) = first.queue.items
    mine = fill(first, {item.id: Written(words={"headline": "Mine", "summary": "My words."})})
    later = gathered(
        (TRIAL,), after(enrollment=200, status="TERMINATED", why_stopped="Funding", updated="2026-05-30"), queue=mine
    )
    (now,) = items(later)
    assert [c.field for c in now.change] == ["status", "enrollment"]
    assert (now.headline, now.summary, now.status) == ("Mine", "My words.", Status.PENDING)
    assert now.trial.status == "TERMINATED"
    assert now.section is Section.STOPPED
    assert now.draft.startswith("Stopped early: ")
    assert later.renewed == (item.id,)


def test_a_touch_of_the_date_alone_changes_nothing():
    first = gathered((TRIAL,), after(status="COMPLETED")).queue
    assert gathered((TRIAL,), after(status="COMPLETED", updated="2026-05-30"), queue=first).queue.text == first.text


def test_a_change_that_was_undone_is_marked_as_taken_back_once():
    first = gathered((TRIAL,), after(status="SUSPENDED")).queue
    back = gathered((TRIAL,), after(updated="2026-05-30"), queue=first)
    (item,) = items(back)
    assert [n.kind for n in item.notices] == ["taken-back"]
    assert gathered((TRIAL,), after(updated="2026-05-30"), queue=back.queue).queue.text == back.queue.text


def test_small_news_that_was_undone_leaves_the_list():
    base = many(2)
    now = tuple(after(t, sites=()) for t in base)
    first = gathered(base, *now).queue
    (also,) = items(gathered(base, now[0], base[1], queue=first))
    assert {c.number for c in also.change} == {base[0].number}
    assert base[1].number not in f"{also.draft}"
    assert also.draft.startswith("Also changed in the registry: 1 study\n")


def test_small_news_that_grew_gets_an_item_of_its_own_and_is_told_once():
    base = many(2)
    first = gathered(base, *(after(t, sites=()) for t in base)).queue
    found = items(gathered(base, after(base[0], sites=()), after(base[1], sites=(), status="TERMINATED"), queue=first))
    assert [i.ids.number for i in found] == [None, base[1].number]
    assert {c.number for c in found[0].change} == {base[0].number}


def test_a_trial_that_was_not_reached_keeps_its_line():
    base = many(2)
    first = gathered(base, *(after(t, sites=()) for t in base)).queue
    third = replace(TRIAL, number="NCT99990777", title="CAR-T in lupus, study 777")
    (also,) = items(gathered((*base, third), after(third, sites=()), queue=first))
    assert {c.number for c in also.change} == {base[0].number, base[1].number, third.number}
    assert also.draft.count("NCT9999") == 3


def test_what_another_issue_told_does_not_come_back():
    base = many(2)
    now = tuple(after(t, sites=()) for t in base)
    first = items(gathered(base, *now))[0]
    assert items(gathered(base, *now, seen=frozenset(first.keys()))) == ()


def test_a_rejected_item_does_not_hide_what_came_later():
    first = gathered((TRIAL,), after(enrollment=200)).queue
    out = decide(first, [first.queue.items[0].id], Status.REJECTED, "small")
    found = items(gathered((TRIAL,), after(enrollment=200, status="TERMINATED"), queue=out))
    assert [i.status for i in found] == [Status.REJECTED, Status.PENDING]


def test_a_reversal_of_what_was_printed_leads():
    told: dict[str, tuple[Printed, ...]] = {
        TRIAL.number: (Printed("2026-04", Change("status", "NOT_YET_RECRUITING", "RECRUITING")),)
    }
    other = replace(TRIAL, number="NCT99990009", title="CAR-T in lupus")
    found = items(
        gathered((TRIAL, other), after(other, status="TERMINATED"), after(status="NOT_YET_RECRUITING"), printed=told)
    )
    assert [group_of(i) for i in found] == [Group.CORRECTED, Group.STOPPED]
    assert found[0].change[0].reverses == "2026-04"
    assert found[0].draft.startswith("Correction: ")


def test_a_new_trial_that_moves_within_the_month_is_one_item_with_its_state_of_now():
    base = many(1)
    first = gathered(base, base[0], replace(TRIAL, status="NOT_YET_RECRUITING")).queue
    (item,) = items(gathered(base, base[0], after(), queue=first))
    assert item.change == ()
    assert item.trial.status == "RECRUITING"
    assert "It is open to new people." in f"{item.draft}"


def test_a_silent_early_end_is_told_apart_from_a_stop_that_says_so():
    change = Change("enrollment", "123 ESTIMATED", "21 ACTUAL")
    assert change_type(change, "ACTIVE_NOT_RECRUITING").name == "early-end"
    assert change_type(change, "TERMINATED").name == "enrollment"
    assert change_type(Change("enrollment", "123 ESTIMATED", "110 ACTUAL"), "COMPLETED").weight is Weight.LOW


def test_of_several_turns_the_weightiest_leads():
    assert leading((Change("sites", None, "x"), Change("status", "RECRUITING", "WITHDRAWN"))).name == "withdrawn"


@pytest.mark.captures
@pytest.mark.skipif(not REPLAY.exists(), reason="the dated registry states are not beside the checkout")
def test_real_months_make_five_to_fifteen_items_and_tell_each_change_once():
    from pipeline.model.source import Request
    from pipeline.sources.clinicaltrials import read

    def state(day: str) -> tuple[Judged, ...]:
        window = Window(date(2026, 5, 1), date.fromisoformat(day))
        page = read(SOURCE, Request("https://x.example/"), (REPLAY / f"{day}.json").read_bytes(), {}, window)
        return tuple(Judged(e, judge(e, SOURCE, Topics())) for e in page.entries)

    def run(queue, now, base):
        found = news_of(now, base, Window(date(2026, 5, 1), date(2026, 6, 30)), registries())
        return merge(queue, found, Background(sources=SOURCES, unmoved=unmoved(now, base), drafts=DRAFTS)).queue

    states = [state(day) for day in ("2026-05-08", "2026-05-31", "2026-06-30")]
    trials = [{t.number: t for j in s if (t := j.entry.trial)} for s in states]
    months = [run(read_queue(new_file(f"2026-0{n + 5}"), "q"), states[n + 1], trials[n]) for n in (0, 1)]
    assert [len(m.queue.items) for m in months] == [13, 15]
    queue = read_queue(new_file("2026-05"), "q")
    for n in (1, 1, 1, 1, 1, 2):
        queue = run(queue, states[n], trials[0])
    told = [(c.number or i.ids.number, c.field) for i in queue.queue.items for c in i.change if c.field != "new"]
    wanted = [(n, c.field) for n, t in trials[2].items() if n in trials[0] for c in changes(trials[0][n], t)]
    assert sorted(told) == sorted(wanted)
