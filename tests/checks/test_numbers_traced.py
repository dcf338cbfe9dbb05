"""Every number of an item has a source: the rules together, on made-up items and on real pairs of texts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from growth import LINEAR, growth
from measures.traced_numbers import caught, pairs, run
from samples import CONFIG, TODAY, case, checked

from pipeline.checks.numbers.n01_untraced import check as trace
from pipeline.checks.rule import Context
from pipeline.demo import feeds
from pipeline.demo.content import world
from pipeline.language.numbers.nearby import rival
from pipeline.language.numbers.tokens import read
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.item import Fact, Item, Queue, SourceText, TrialFacts
from pipeline.model.names import Severity
from pipeline.model.story import Change

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures"
RULES = frozenset({"N01", "N02", "N03", "N04", "N05", "N06", "N07"})
SAID = (
    "Of 14 adults 7 met the goal at week 24. Cytokine release syndrome occurred in 6 (all grade 1-2), serious infection in 2. "
    "Median follow-up was 9 months. The dose was 1,200 mg; 45% were women."
)


def item(**words: object) -> Item:
    blank = dict.fromkeys(
        ("headline", "summary", "harms", "not_known", "who", "access", "funding", "you_can", "excerpt", "published")
    )
    return case(**{**blank, "title": "A study", "evidence": Evidence(stage=Stage.PHASE_1), "harms": "", **words})


def found(it: Item, *texts: str, rules: frozenset[str] = RULES):
    said = tuple(SourceText(source=f"s{n}", title="", text=text) for n, text in enumerate(texts))
    return checked(Queue(issue="2026-12", items=(it,)), rules=rules, texts={it.id: said} if said else {})


def short(findings):
    return [(f.rule, f.severity.value, f.field) for f in findings]


N01 = frozenset({"N01"})


def test_a_number_from_nowhere_blocks_and_is_pointed_at():
    (one,) = found(item(summary="At first, 38 people took part."), SAID, rules=N01)
    assert (one.rule, one.severity, one.start, one.end) == ("N01", Severity.BLOCK, 10, 12)
    assert "“38”" in one.message


def test_a_value_that_counts_something_else_in_the_source_is_worth_a_look():
    (one,) = found(item(summary="There, 45 people took part."), SAID, rules=N01)
    assert one.severity is Severity.WARN
    assert "45% were women" in one.message


def test_weeks_told_as_months_get_a_note_unless_the_item_says_both():
    assert short(found(item(summary="Half a year later people were well."), SAID, rules=N01)) == [
        ("N01", "note", "summary")
    ]
    assert found(item(headline="Week 24", summary="Half a year later people were well."), SAID, rules=N01) == ()


def test_without_the_sources_text_one_warning_names_the_numbers_and_quotes_settle_it():
    bare = item(summary="Of 14 people 7 met the goal.", harms="Six had a fever.")
    (one,) = found(bare, rules=N01)
    assert one.severity is Severity.WARN
    assert "hold no copy" in one.message
    assert all(f"“{raw}”" in one.message for raw in ("14", "7", "Six"))
    quoted = (Fact(value="7 of 14", quote="Of 14 adults 7 met the goal"), Fact(value="Six", quote="occurred in 6"))
    assert found(replace(bare, facts=quoted)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"published": "2025-03-09", "summary": "It came out on 9 March 2025."},
        {"summary": "In 2026 we looked again."},
        {
            "summary": "It plans for 18 people in 3 countries.",
            "trial": TrialFacts(enrollment=18, countries=("A", "B", "C")),
        },
        {
            "summary": "The upper age went from 65 to 75.",
            "change": (Change(field="ages", before="18-65", after="18-75"),),
        },
        {"summary": "It followed 31 people for 5 years.", "evidence": Evidence(participants=31, follow_up="5 years")},
    ],
)
def test_dates_and_what_gather_read_need_no_other_source(changes):
    assert found(item(**changes), SAID, rules=N01) == ()


def test_a_number_of_people_bears_out_people_and_not_months():
    it = item(summary="They were watched for 31 months.", evidence=Evidence(participants=31))
    assert short(found(it, SAID, rules=N01)) == [("N01", "block", "summary")]


def test_a_small_count_without_a_quote_is_a_warning_and_no_block():
    it = item(summary="Seven of the 14 met the goal.")
    assert short(found(it, SAID, rules=RULES - {"N03"})) == [("N04", "warn", "summary")]
    assert (
        found(replace(it, facts=(Fact(value="7", quote="Of 14 adults 7 met the goal"),)), SAID, rules=RULES - {"N03"})
        == ()
    )


def test_a_small_number_changed_on_either_side_of_its_quote_blocks():
    fact = Fact(value="7 of 14", quote="Of 14 adults 7 met the goal")
    for wrong in (
        item(summary="In it, 6 of 14 met the goal.", facts=(fact,)),
        item(summary="In it, 7 of 14 met the goal.", facts=(replace(fact, value="6 of 14"),)),
        item(summary="In it, 7 of 14 met the goal.", facts=(replace(fact, quote="Of 14 adults 6 met the goal"),)),
    ):
        assert "block" in {severity for _, severity, _ in short(found(wrong, SAID))}


def test_outlets_that_differ_are_shown_side_by_side():
    told = {t.demo_id: feeds.plain_text(t) for t in world().entries}
    both = [f for f in found(item(), told["demo-003a"], told["demo-003c"]) if f.rule == "N06"]
    assert len(both) == 1
    assert "7 of 9" in both[0].message
    assert "All seven evaluable" in both[0].message
    assert both[0].severity is Severity.NOTE


def test_outlets_that_agree_are_no_remark():
    assert found(item(), SAID, SAID.replace("7 met", "seven met"), rules=frozenset({"N06"})) == ()


PAPER = (
    "A study\nNine adults received one infusion. Median follow-up was 9 months (range 4-14). At week 24, 7 of 9 met the "
    "remission definition. Serious infection occurred in 2 of 9."
)


@pytest.mark.parametrize(
    ("outlet", "shown"),
    [
        ("Eight of nine patients went into remission at week 24.", "Eight of nine"),
        ("All 9 patients met the remission definition.", "All 9"),
        ("Every one of the nine patients reached remission.", "Every one of the nine"),
        ("100% of patients were in remission.", "100%"),
        ("Serious infection occurred in none of the nine.", "none of the nine"),
        ("7 of 9 were in remission. Serious infection occurred in 1 of 9.", "1 of 9"),
        ("Ten adults received one infusion.", "Ten adults"),
        ("Nine adults were followed for a median of 14 months.", "14 months"),
    ],
)
def test_two_outlets_that_give_different_numbers_for_the_same_thing_are_told(outlet, shown):
    (one,) = found(item(), PAPER, f"News\n{outlet}", rules=frozenset({"N06"}))
    assert one.severity is Severity.NOTE
    assert shown in one.message
    assert "s0: “" in one.message


@pytest.mark.parametrize(
    "outlet",
    [
        "Seven of nine patients went into remission, 78%.",
        "Two of nine did not reach remission.",
        "Two of nine had a serious infection, three of nine a fever.",
        "Time to remission was a median of 3 months; the nine people were 36 years old at the median.",
        "About 5 million people live with lupus. Shares rose 18% on the remission news.",
    ],
)
def test_outlets_that_tell_of_other_things_do_not_differ(outlet):
    assert found(item(), PAPER, f"News\n{outlet}", rules=frozenset({"N06"})) == ()


def _harms_told(source: str) -> list[str]:
    it = item(
        summary="Nine people were treated.",
        harms="Some had side effects.",
        evidence=Evidence(stage=Stage.PHASE_1, participants=9),
    )
    return [f.message for f in found(it, f"A study\nNine adults took part. {source}", rules=frozenset({"N03"}))]


@pytest.mark.parametrize(
    "source",
    [
        "Deaths: 3.",
        "Infections: 44%.",
        "Neutropenia: 12 patients; thrombocytopenia: 11.",
        "Fever, 44%; infection, 22%.",
        "Serious infections: 4 versus 1.",
        "Adverse events (grade 3 or higher): headache 13, rash 4.",
        "Two patients developed lymphoma.",
        "Hypogammaglobulinaemia lasted 14 months.",
        "She spent 19 days in hospital.",
        "One patient died of sepsis.",
        "A patient died.",
    ],
)
def test_a_harm_told_as_a_list_or_by_its_length_is_missed_when_the_item_drops_it(source):
    (message,) = _harms_told(source)
    assert source in message


@pytest.mark.parametrize(
    "source",
    [
        "No deaths: nine adults were followed.",
        "Lymphoma was treated with CAR-T first, in 2017.",
        "Relapse was defined as 4 points or more on the scale.",
        "Serious infections: none.",
        "Infections were looked for during 14 months.",
    ],
)
def test_a_sentence_on_harms_without_a_count_of_any_is_not_missed(source):
    assert _harms_told(source) == []


def test_the_end_of_a_range_is_not_taken_for_its_median():
    (one,) = found(item(summary="Median follow-up was 14 months."), PAPER, rules=N01)
    assert one.severity is Severity.WARN
    assert "“9” is its middle" in one.message
    assert found(item(summary="They were followed for up to 14 months, a median of 9 months."), PAPER, rules=N01) == ()


def test_a_multiple_is_held_against_the_two_numbers_it_compares():
    source = "At 6 months 22 of 31 (71%) versus 13 of 31 (42%) had improved. Serious infections: 4 versus 1."
    (one,) = found(item(headline="Twice as many people improved"), source, rules=N01)
    assert "“22 of 31” beside “13 of 31”, which is 1.7 times" in one.message
    assert found(item(harms="Serious infections were four times as many."), source, rules=N01) == ()


def test_harms_and_follow_up_that_the_item_leaves_out_are_shown():
    it = item(
        summary="Of 14 people 7 met the goal.",
        harms="Some had a fever.",
        evidence=Evidence(stage=Stage.PHASE_1, participants=14),
    )
    messages = " ".join(f.message for f in found(it, SAID, rules=frozenset({"N03"})))
    assert "Cytokine release syndrome occurred in 6" in messages
    assert "Median follow-up was 9 months" in messages


def test_a_number_in_the_company_of_another_ones_words_is_noticed():
    source = (
        "Nausea and headache were common in women given placebo (13 trials, 23,769 women). "
        "Babies born early weighed more (19 trials, 17,382 mothers)."
    )
    text = "Nausea and headache were common in women given placebo (19 trials, 23,769 women)."
    other = rival(text, read(text)[0], [source])
    assert other is not None
    assert other.value == 13


@pytest.mark.parametrize(
    "text",
    ["12 of 34 people, " * 2000, "1 " * 10000, "A-" * 10000, "100% of no remission " * 3000, "week 1 and " * 3000],
)
def test_a_very_long_text_does_not_stall_the_tracing(text):
    def trace(part: str) -> None:
        found(item(summary=part), "Of 14 adults 7 met the goal.", rules=N01)

    assert growth(lambda n: text[:n], trace, len(text) // 4 - 1) < LINEAR


@pytest.mark.captures
def test_on_real_pairs_true_numbers_trace_and_changed_ones_are_caught():
    """A tenth of the pairs; `make measure` takes them all."""
    if not CAPTURES.is_dir():
        pytest.skip("the captured abstracts and summaries lie beside the checkout, and are not here")
    done = run(CAPTURES, every=10)
    assert done.true.total() > 150
    assert done.true["block"] / done.true.total() <= 0.02, done.samples
    assert caught([done.wrong[True, False]]) == 1, done.samples
    assert caught([c for (big, _), c in done.wrong.items() if big]) >= 0.97, done.samples
    assert caught([c for (_, twice), c in done.quoted.items() if not twice]) == 1, done.samples


@pytest.mark.captures
def test_every_number_of_a_text_is_borne_out_by_the_text_itself():
    if not CAPTURES.is_dir():
        pytest.skip("the captured abstracts and summaries lie beside the checkout, and are not here")
    for abstract, _ in pairs(CAPTURES)[::8]:
        assert [r for r in trace(item(summary=abstract), _context(abstract)) if r.severity is not Severity.NOTE] == []


def _context(text: str) -> Context:
    it = item()
    return Context(
        config=CONFIG, issue="2026-12", today=TODAY, texts={it.id: (SourceText(source="s", title="", text=text),)}
    )


def test_a_change_in_the_last_place_is_seen():
    assert short(found(item(summary="It fell by 2.2 points."), "It fell by 2.1 points.", rules=N01)) == [
        ("N01", "block", "summary")
    ]
    assert found(item(summary="It fell by 2.1 points."), "It fell by 2.1 points.", rules=N01) == ()
    assert Decimal("2.1") == read("2.1")[0].value
