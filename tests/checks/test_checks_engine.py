"""The engine: which items are bound, in what order findings come, and what a waiver does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from growth import LINEAR, growth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import STUDY, TODAY, case, checked, proven

from pipeline.checks import blocks
from pipeline.errors import UsageError
from pipeline.model.evidence import Flag
from pipeline.model.item import WORDS, Item, Queue, Waiver
from pipeline.model.names import Severity, Status


def run(*items: Item, place=lambda *_: (1, 1), **options):
    return checked(Queue(issue="2026-12", items=items), place, **options)


def ids(found):
    return [(f.item, f.field, f.rule) for f in found]


BARE = case(id="2026-12/bare", harms=None, not_known=None, access=None, signed=())


def test_findings_come_in_the_order_of_the_queue_then_of_the_fields_then_by_rule():
    second = replace(BARE, id="2026-12/a-second", headline="100% in drug-free remission")
    found = ids(run(BARE, second))
    assert found == [
        ("2026-12/bare", "harms", "E04"),
        ("2026-12/bare", "not_known", "E08"),
        ("2026-12/bare", "access", "E05"),
        ("2026-12/bare", "signed", "S01"),
        ("2026-12/bare", "signed", "S01"),
        ("2026-12/a-second", "headline", "E02"),
        ("2026-12/a-second", "headline", "E03"),
        ("2026-12/a-second", "harms", "E04"),
        ("2026-12/a-second", "not_known", "E08"),
        ("2026-12/a-second", "access", "E05"),
        ("2026-12/a-second", "signed", "S01"),
        ("2026-12/a-second", "signed", "S01"),
    ]
    assert run(BARE, second) == run(BARE, second)


def test_a_finding_carries_the_place_that_the_file_gives_for_its_first_character():
    item = case(headline="Nine people: drug-free remission")
    asked = []

    def place(item_id, field, start):
        asked.append((item_id, field, start))
        return 7, 14 + start

    (found,) = [f for f in run(item, place=place) if f.rule == "E03"]
    assert (found.line, found.column) == (7, 14 + 13)
    assert (item.id, "headline", 13) in asked


@pytest.mark.parametrize("status", [Status.PENDING, Status.HOLD, Status.REJECTED])
def test_only_approved_items_are_bound(status):
    assert run(replace(BARE, status=status)) == ()


@pytest.mark.parametrize("status", [Status.PENDING, Status.HOLD])
def test_with_everything_unapproved_words_are_looked_at_and_never_block(status):
    found = run(replace(BARE, status=status), everything=True)
    assert {f.rule for f in found} == {"E04", "E05", "E08"}
    assert {f.severity for f in found} == {Severity.NOTE}
    assert "This will block once the item is approved." in found[0].message
    assert not blocks(found)


def test_with_everything_rejected_items_and_items_without_words_stay_out():
    nothing: dict[str, Any] = dict.fromkeys(WORDS)
    wordless = replace(BARE, status=Status.PENDING, **nothing)
    assert run(wordless, replace(BARE, status=Status.REJECTED), everything=True) == ()


def test_rules_and_items_can_be_kept_to():
    other = replace(BARE, id="2026-12/other")
    found = run(BARE, other, rules=frozenset({"E04", "e05"}), items=frozenset({"2026-12/other"}))
    assert ids(found) == [("2026-12/other", "harms", "E04"), ("2026-12/other", "access", "E05")]


def test_an_unknown_rule_or_item_is_an_error_and_never_a_clean_bill():
    with pytest.raises(UsageError, match="E12"):
        run(BARE, rules=frozenset({"E112"}))
    with pytest.raises(UsageError, match="2026-12/bare"):
        run(BARE, items=frozenset({"2026-12/bear"}))


def waived(**changes) -> Waiver:
    return replace(Waiver(rule="E04", reason="other", note="the harms stand in the summary", by="anna"), **changes)


def test_a_waived_finding_stays_in_sight_and_blocks_nothing():
    item = case(harms="none", waive=(waived(),))
    (found,) = [f for f in run(item) if f.rule == "E04"]
    assert (found.waived, found.severity, found.waiver) == (
        True,
        Severity.BLOCK,
        "other: the harms stand in the summary",
    )
    assert not blocks([found])
    assert blocks([replace(found, waived=False)])


def test_a_used_waiver_is_no_finding_of_its_own():
    assert [f for f in run(case(harms="none", waive=(waived(),))) if f.rule == "W01"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"until": TODAY - timedelta(days=1)},
        {"reason": "because"},
        {"note": None},
        {"note": "  "},
        {"span": "other words"},
        {"rule": "E05"},
    ],
)
def test_a_waiver_that_does_not_hold_overrules_nothing_and_is_told(changes):
    found = run(case(harms="none", waive=(waived(**changes),)))
    assert [f.waived for f in found if f.rule == "E04"] == [False]
    assert [f for f in found if f.rule == "W01"]


@pytest.mark.parametrize("rule", ["E00", "E09", "E12", "S01"])
def test_the_promises_to_readers_cannot_be_waived(rule):
    broken = {
        "E00": case(headline=None),
        "E09": case(source="orbital"),
        "E12": case(evidence=proven(flags=(Flag.RETRACTED,))),
        "S01": case(signed=()),
    }[rule]
    found = run(replace(broken, waive=(waived(rule=rule),)))
    assert not any(f.waived for f in found)
    assert {f.rule for f in found if f.severity is Severity.BLOCK} >= {rule, "W01"}


def test_an_unused_waiver_is_a_finding():
    (found,) = [f for f in run(case(waive=(waived(),))) if f.field == "waive.0"]
    assert (found.rule, found.severity) == ("W01", Severity.WARN)
    assert "E04" in found.message


def test_a_waiver_of_a_span_leaves_the_same_rule_standing_elsewhere():
    item = case(harms="Fever in 60%. " + "In the months after that, all was calm. " * 4 + "Infections in 20%.")
    first, second = [f for f in run(replace(item, waive=(waived(rule="E02", span="60%"),))) if f.rule == "E02"]
    assert (first.waived, second.waived) == (True, False)


def test_a_span_matches_whatever_hyphens_and_case_an_editor_typed():
    item = case(headline="Nine people in Drug‑Free remission", waive=(waived(rule="E03", span="drug-free"),))
    assert [f.waived for f in run(item) if f.rule == "E03"] == [True]


def test_keeping_to_one_rule_does_not_make_other_waivers_look_unused():
    item = case(harms="none", access=None, waive=(waived(),))
    assert ids(run(item, rules=frozenset({"E05"}))) == [(item.id, "access", "E05")]
    assert run(item, rules=frozenset({"W01"})) == ()


def test_one_span_has_one_finding():
    item = case(
        summary="The peer-reviewed report covers nine people.", evidence=proven(flags=(Flag.PREPRINT, Flag.CONFERENCE))
    )
    assert [f.field for f in run(item, rules=frozenset({"E11"}))] == ["summary"]


def test_nothing_an_item_says_can_steer_a_terminal():
    (found,) = run(
        case(source="evil\x1b[2Jkey", ids=replace(STUDY.ids, doi=None, number=None)), rules=frozenset({"E09"})
    )
    assert "\x1b" not in found.message


WORDY = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "9",
            "of",
            "100%",
            "no",
            "remission",
            "drug‑free",
            "-",
            "none",
            "’",
            "week",
            "one",
            "\n",
            "not",
            "reported",
            "İ",
        ]
    )
).map(" ".join)


@given(st.fixed_dictionaries({name: st.none() | WORDY for name in WORDS}))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_editors_write_every_finding_points_inside_its_field(words):
    item = replace(STUDY, evidence=proven(flags=tuple(Flag)), **words)
    for found in run(item):
        value = getattr(item, found.field, None)
        assert 0 <= found.start <= found.end <= (len(value) if isinstance(value, str) else 0)
        assert found.message
        assert found.message.isprintable()


def test_a_text_four_times_as_long_takes_no_more_than_its_share():
    """A pattern that runs wild takes sixteen times as long or never ends."""

    def wordy(times: int) -> Item:
        return replace(
            STUDY,
            summary="no remission 100% of the people; not not safe, " * times,
            harms="“no safe and ‘2 of 9’ – " * times,
            headline="very " * times,
        )

    assert growth(wordy, run, 400) < LINEAR
