"""Entries that tell the same thing become one story, and nothing else does."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from entries_told import SOURCES, stories, told
from growth import LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.entry import Trial
from pipeline.model.evidence import Flag, Stage
from pipeline.model.names import Population, Therapy
from pipeline.model.story import About, Judged
from pipeline.stories.candidates import merge

TITLES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "feeds" / "titles"


def groups(*judged: Judged) -> list[list[str]]:
    return sorted(sorted(e.source for e in s.entries) for s in stories(*judged))


LONG = "CD19 CAR T cells in refractory systemic lupus erythematosus: a single-centre study"

PAPER = told(
    "journal",
    "Lumaricabtagene autoleucel in refractory systemic lupus erythematosus: a phase 1 study",
    "Nine adults received one infusion. At week 24, 7 of 9 met the remission definition. One relapsed. NCT99990003.",
    doi="10.5555/demo.2026.0507",
    day="2026-05-11",
    stage=Stage.PHASE_1,
    people=9,
)
REWRITE = told(
    "rewrites",
    "Reprogrammed cells wipe out lupus in stunning trial",
    "Materials provided by a university. All traces of lupus are erased, researchers say (doi 10.5555/demo.2026.0507).",
)
TRADE = told(
    "trade",
    "Orbital's luma-cel hits 100% response in evaluable lupus patients",
    "All seven evaluable patients in the nine-patient phase 1 study reached remission at week 24. Shares rose 18%.",
)


def test_a_paper_and_its_press_rewrites_are_one_story_led_by_the_journal():
    (story,) = stories(TRADE, REWRITE, PAPER)
    assert story.lead is PAPER.entry
    assert {e.source for e in story.also} == {"rewrites", "trade"}
    assert story.verdict.evidence.stage is Stage.PHASE_1


ONE = [
    (
        "one DOI, whatever the titles",
        told("journal", "Cells for lupus", doi="10.5555/a"),
        told("pubmed", "Something else altogether", doi="10.5555/A"),
    ),
    ("one PMID", told("pubmed", "Cells for lupus", pmid="1"), told("journal", "Cells", pmid="1")),
    (
        "one study in two registry feeds",
        told("ctgov", "A study", number="NCT99990001", trial=Trial(number="NCT99990001", title="A study")),
        told("ctgov", "A study of cells", number="NCT99990001", guid="x"),
    ),
    (
        "one guid at one address, reworded since",
        told("trade", "Lupus therapy", guid="7", link="https://t.example/7"),
        told("trade", "Cells calm lupus", guid="7", link="https://t.example/7"),
    ),
    (
        "one page that two outlets point to",
        told("trade", "Lupus therapy", link="https://h.example/press/7?utm_source=x"),
        told("wire", "Cells calm lupus", link="https://h.example/press/7"),
    ),
    (
        "a journal's paper and its index entry without a DOI, months apart",
        told("journal", LONG, doi="10.5555/a", day="2026-01-05"),
        told("pubmed", LONG.upper().replace("CENTRE", "CENTER") + ".", pmid="1", day="2026-05"),
    ),
    (
        "a slip of one letter",
        told("journal", LONG, doi="10.5555/a"),
        told("pubmed", LONG.replace("systemic", "systemc"), pmid="1"),
    ),
    (
        "a preprint and the journal's version, a few words apart",
        told("prexiv", f"Treatment with {LONG}", doi="10.5555/prexiv.1v2", authors=("Anna Muster",), day="2025-10-01"),
        told("journal", LONG, doi="10.5555/a", authors=("Muster A", "Beispiel B")),
    ),
    (
        "two versions of a preprint",
        told("prexiv", LONG, doi="10.5555/prexiv.1v1"),
        told("prexiv", f"{LONG} in five towns", doi="10.5555/prexiv.1v2"),
    ),
    (
        "a syndicated press text",
        told("trade", "Northgate team calms lupus with reprogrammed immune cells"),
        told("wire", "Northgate team calms lupus with reprogrammed immune cells", day="2026-05-20"),
    ),
    (
        "two outlets on one product, a word apart",
        told("trade", "Orbital reports positive topline data for ORB-31 in severe lupus"),
        told("wire", "Orbital reports positive topline results for ORB-31 in severe lupus"),
    ),
    (
        "two outlets that name the same paper",
        told("trade", "Cells calm lupus", "See doi:10.5555/a."),
        told("wire", "Hope for people with lupus", "(https://doi.org/10.5555/a)"),
    ),
    (
        "an outlet that names the trial of a paper",
        told("journal", "Cells in lupus", "Registered as NCT99990003.", doi="10.5555/a"),
        told("company", "Our therapy shines", "In trial NCT99990003 people did well.", day="2026-05-25"),
    ),
    (
        "an outlet with the paper's own particular numbers",
        told("journal", "Cells in lupus", "A response was seen in 22 of 31 people.", doi="10.5555/a"),
        told("hospital", "New cells help", "22 of 31 people with lupus did better."),
    ),
    (
        "a regulator's decision and the report on it",
        told("agency", "Agency approves veltacabtagene autoleucel", "Based on a study of 28 people."),
        told("trade", "Green light for velta-cel", "The study had 28 patients."),
    ),
    (
        "a product under two of its known names",
        told("journal", "Rapcabtagene autoleucel in lupus", "Twelve patients were treated.", doi="10.5555/a"),
        told("trade", "YTB323 data out", "Twelve people with lupus got it."),
    ),
    (
        "a retraction notice and the report on it",
        told("journal", "Retraction: Cells in lupus", doi="10.5555/n", retracts="10.5555/a"),
        told("trade", "Lupus cell paper retracted", "The paper was doi 10.5555/a."),
    ),
    (
        "one German press text in two places",
        told("hospital", "CAR-T-Zellen bei Lupus: Sechs Betroffene im Register"),
        told("wire", "CAR-T-Zellen bei Lupus: sechs Betroffene im Register"),
    ),
    (
        "one headline, of which one outlet tells less",
        told("trade", LONG, "A hospital in Germany treated 24 people with DLE-612."),
        told("wire", LONG, "The therapy DLE-612 was given once."),
    ),
]


@pytest.mark.parametrize(("promise", "one", "other"), ONE, ids=[c[0] for c in ONE])
def test_the_same_thing_is_one_story(promise, one, other):
    assert len(stories(one, other)) == 1


TWO = [
    (
        "two DOIs under one title",
        told("journal", LONG, doi="10.5555/a"),
        told("pubmed", LONG, doi="10.5555/b"),
    ),
    ("two PMIDs under one title", told("pubmed", LONG, pmid="1"), told("pubmed", LONG, pmid="2")),
    (
        "a paper and the registry entry of its trial",
        told("journal", LONG, "NCT99990001", doi="10.5555/a", nct_numbers=("NCT99990001",)),
        told("ctgov", LONG, number="NCT99990001", trial=Trial(number="NCT99990001", title=LONG)),
    ),
    (
        "a press text and the registry entry",
        told("company", LONG, "NCT99990001"),
        told("ctgov", LONG, number="NCT99990001", trial=Trial(number="NCT99990001", title=LONG)),
    ),
    (
        "two papers that carry the number of one trial",
        told("journal", "Cells in lupus: kidney results", number="NCT99990001", doi="10.5555/a"),
        told("journal", "Cells in lupus: skin results", number="NCT99990001", doi="10.5555/b"),
    ),
    (
        "another disease",
        told("journal", "CD19 CAR T cells in SLE: a phase 1 trial", doi="10.5555/a"),
        told(
            "pubmed", "CD19 CAR T cells in systemic sclerosis: a phase 1 trial", about=("systemic sclerosis",), pmid="1"
        ),
    ),
    (
        "another disease that triage missed",
        told("trade", "CD19 CAR T cells from Orbital in pemphigus shine, says KYV-101 team", about=()),
        told("wire", "CD19 CAR T cells from Orbital in vitiligo shine, says KYV-101 team", about=()),
    ),
    (
        "another phase",
        told("trade", "Phase 1 trial of ORB-31 in severe lupus meets its goal"),
        told("wire", "Phase 2 trial of ORB-31 in severe lupus meets its goal"),
    ),
    (
        "another phase in Roman numerals",
        told("trade", "Phase I trial of ORB-31 in severe lupus meets its goal"),
        told("wire", "Phase II trial of ORB-31 in severe lupus meets its goal"),
    ),
    (
        "two patients under one title",
        told(
            "trade",
            "Woman with lupus from Beispielstadt well after cell therapy",
            "The 45-year-old was treated in May.",
        ),
        told(
            "wire", "Woman with lupus from Beispielstadt well after cell therapy", "The 47-year-old was treated in May."
        ),
    ),
    (
        "two patients in the titles",
        told("trade", "45-year-old woman from Beispielstadt well after lupus therapy"),
        told("wire", "47-year-old woman from Beispielstadt well after lupus therapy"),
    ),
    (
        "two years of one trial",
        told("journal", "One-year outcomes of CD19 CAR T cells in lupus: cohort study", doi="10.5555/a"),
        told("pubmed", "Two-year outcomes of CD19 CAR T cells in lupus: cohort study", pmid="2"),
    ),
    (
        "another year of a report",
        told("trade", "CAR-T in autoimmune disease: the numbers of 2025"),
        told("wire", "CAR-T in autoimmune disease: the numbers of 2026"),
    ),
    (
        "mice and people under one title",
        told("trade", "Cell therapy calms lupus nephritis for good", population=Population.ANIMAL),
        told("wire", "Cell therapy calms lupus nephritis for good"),
    ),
    (
        "another kind of cell",
        told("trade", "Donor cells calm severe lupus in early study", therapy=Therapy.CAR_NK),
        told("wire", "Donor cells calm severe lupus in early study"),
    ),
    (
        "a correction and its paper",
        told("journal", f"Correction: {LONG}", doi="10.5555/c"),
        told("pubmed", LONG, pmid="1"),
    ),
    ("a comment on a paper", told("journal", f"Comment on: {LONG}"), told("pubmed", LONG, pmid="1")),
    (
        "a retraction notice and the paper it takes back",
        told("journal", f"Retraction: {LONG}", doi="10.5555/n", retracts="10.5555/a"),
        told("journal", LONG, doi="10.5555/a"),
    ),
    (
        "a retraction notice that has its paper's own DOI",
        told("journal", f"Retraction: {LONG}", doi="10.5555/a", retracts="10.5555/a"),
        told("pubmed", LONG, doi="10.5555/a"),
    ),
    (
        "one press text, a month apart",
        told("trade", "Northgate team calms lupus with reprogrammed immune cells"),
        told("wire", "Northgate team calms lupus with reprogrammed immune cells", day="2026-06-12"),
    ),
    (
        "one press title without a date",
        told("trade", "Northgate team calms lupus with reprogrammed immune cells"),
        told("wire", "Northgate team calms lupus with reprogrammed immune cells", day=None),
    ),
    ("titles that say little", told("trade", "Research round-up"), told("wire", "Research round-up")),
    (
        "one source's column of each week",
        told("trade", "Cell therapy in autoimmune disease: this week in brief", guid="1"),
        told("trade", "Cell therapy in autoimmune disease: this week in brief", guid="2", day="2026-05-19"),
    ),
    (
        "a guid that a feed gives to every item",
        told("trade", "Phase 1 of ORB-31 opens in lupus", guid="0", link="https://t.example/1"),
        told("trade", "Phase 2 of ORB-31 opens in lupus", guid="0", link="https://t.example/2"),
    ),
    (
        "a front page that two sources give as address",
        told("trade", "Lupus therapy", link="https://h.example/"),
        told("wire", "Myositis", link="https://h.example/", about=("myositis",)),
    ),
    ("one guid in two sources", told("trade", "Lupus therapy", guid="1"), told("wire", "Cells calm lupus", guid="1")),
    (
        "a round-up that names several papers",
        told("journal", "Cells in lupus", doi="10.5555/a"),
        told("trade", "What is new in lupus", "doi 10.5555/a and doi 10.5555/b"),
    ),
    (
        "a new trial of a product whose paper is named",
        told("journal", "ORB-31 in lupus: a phase 1 trial", "NCT99990001", doi="10.5555/a"),
        told("company", "Orbital opens phase 2 of ORB-31 in lupus", "After doi 10.5555/a we start NCT99990009."),
    ),
    (
        "the same product with other numbers",
        PAPER,
        told("trade", "Orbital's luma-cel: first lupus patients in new study", "Twenty patients will get it."),
    ),
    ("the same product without any number", PAPER, told("trade", "Orbital's luma-cel for lupus", "Shares rose.")),
    (
        "the same numbers and product, two months later",
        PAPER,
        told("trade", TRADE.entry.title, TRADE.entry.summary, day="2026-07-12"),
    ),
    (
        "the same product and numbers in another disease",
        PAPER,
        told("trade", "Luma-cel in myositis", "Nine patients with myositis.", about=("myositis",)),
    ),
    (
        "numbers that every small study has",
        told("journal", "Cells in lupus", "2 of 5 people did well.", doi="10.5555/a"),
        told("trade", "New cells", "2 of 5 people with lupus did well."),
    ),
    (
        "a preprint and a paper by others under a similar title",
        told("prexiv", f"Treatment with {LONG}", doi="10.5555/p", authors=("Anna Muster",)),
        told("journal", LONG, doi="10.5555/a", authors=("Bert Beispiel",)),
    ),
    (
        "a target or a score is no product",
        told("trade", "CD19 in lupus and SLEDAI-2000 week-24", "Nine patients."),
        told("journal", "On CD19", "Nine patients with SLEDAI-2000 at week-24.", doi="10.5555/a"),
    ),
    (
        "one headline of two teams: other people",
        told("trade", LONG, "The team in Leeds treated 24 people."),
        told("wire", LONG, "The team in Leeds treated 21 people."),
    ),
    (
        "one headline of two products",
        told("trade", LONG, "The therapy is called DLE-612."),
        told("wire", LONG, "The therapy is called MDC-315."),
    ),
    (
        "one headline of two countries",
        told("trade", LONG, "A hospital in Germany tells of it."),
        told("wire", LONG, "A hospital in Japan tells of it."),
    ),
]


@pytest.mark.parametrize(("promise", "one", "other"), TWO, ids=[c[0] for c in TWO])
def test_two_things_stay_two_stories(promise, one, other):
    assert len(stories(one, other)) == 2


def test_an_outlet_that_fits_two_papers_joins_neither():
    second = told(
        "journal",
        "Lumaricabtagene autoleucel in lupus: kidneys",
        PAPER.entry.summary,
        doi="10.5555/k",
        day="2026-05-12",
    )
    assert groups(PAPER, second, TRADE) == [["journal"], ["journal"], ["trade"]]


def test_no_chain_joins_what_ids_tell_apart():
    """Each outlet repeats the other's title, and each names another paper."""
    one, other = told("journal", "Cells A", doi="10.5555/a"), told("journal", "Cells B", doi="10.5555/b")
    title = "Northgate team calms lupus with reprogrammed immune cells"
    press = told("trade", title, "doi 10.5555/a"), told("wire", title, "doi 10.5555/b")
    found = stories(one, other, *press)
    assert not any({one.entry, other.entry} <= set(s.entries) for s in found)


def test_no_chain_joins_a_preprint_to_another_paper():
    pre, paper = told("prexiv", "Cells in mice", doi="10.5555/p"), told("journal", LONG, doi="10.5555/a")
    title = "Northgate team calms lupus with reprogrammed immune cells"
    press = told("trade", title, "doi 10.5555/p"), told("wire", title, "doi 10.5555/a")
    assert not any({pre.entry, paper.entry} <= set(s.entries) for s in stories(pre, paper, *press))


def test_one_contradiction_keeps_a_bridge_from_joining():
    """A vague text fits both patients; the two patients never share a story."""
    title = "Woman with lupus from Beispielstadt well after cell therapy"
    young, old = told("trade", title, "She is 45 years old, a 45-year-old."), told("wire", title, "The 47-year-old.")
    vague = told("hospital", title)
    found = stories(young, old, vague)
    assert len(found) == 2
    assert not any({young.entry, old.entry} <= set(s.entries) for s in found)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (told("journal", LONG, doi="10.5555/a", day="2026-06-01"), told("pubmed", LONG, "Abstract", doi="10.5555/a")),
        (told("journal", LONG, doi="10.5555/a"), told("prexiv", LONG, "Abstract", doi="10.5555/p", day="2025-12-01")),
        (told("pubmed", LONG, "Abstract", doi="10.5555/a"), told("pubmed", LONG, doi="10.5555/a", day="2026-01-01")),
        (
            told("pubmed", LONG, doi="10.5555/a", day="2026-01-01"),
            told("pubmed", LONG, doi="10.5555/a", day="2026-02-01"),
        ),
        (told("trade", LONG), told("company", LONG)),
        (told("trade", LONG), told("unheard-of", LONG)),
    ],
    ids=["tier", "journal before preprint", "abstract", "earliest", "news before company", "known before unknown"],
)
def test_the_most_trustworthy_leads(better, worse):
    (story,) = stories(worse, better)
    assert story.lead is better.entry


def test_a_lead_that_leaves_the_evidence_open_takes_the_lower_step_of_the_others():
    lead = told("journal", LONG, doi="10.5555/a")
    higher = told("pubmed", LONG, doi="10.5555/a", stage=Stage.PHASE_2_RCT)
    lower = told("trade", "Cells calm lupus", "doi 10.5555/a", stage=Stage.CASE_SERIES)
    (story,) = stories(lead, higher, lower)
    assert (story.lead, story.verdict.evidence.stage) == (lead.entry, Stage.CASE_SERIES)
    assert "trade" in story.verdict.steps[-1]


def test_a_lead_that_knows_its_evidence_keeps_it():
    lower = told("trade", "Cells calm lupus", "doi 10.5555/demo.2026.0507", stage=Stage.PRECLINICAL, population=None)
    (story,) = stories(PAPER, lower)
    assert story.verdict.evidence == PAPER.verdict.evidence


def test_a_story_is_about_all_that_its_entries_are_about():
    lead = told("journal", LONG, doi="10.5555/a", therapy=Therapy.CAR_T)
    other = told("pubmed", LONG, doi="10.5555/a", therapy=Therapy.BISPECIFIC, about=("myositis", "lupus"))
    (story,) = stories(lead, other)
    assert story.verdict.about == About((Therapy.CAR_T, Therapy.BISPECIFIC), ("lupus", "myositis"), Population.HUMAN)


def test_a_paper_withdrawn_in_one_index_is_withdrawn_in_the_story():
    lead = told("journal", LONG, doi="10.5555/a", stage=Stage.PHASE_1)
    index = told("pubmed", f"RETRACTED: {LONG}", doi="10.5555/a", flags=(Flag.RETRACTED, Flag.PREPRINT))
    (story,) = stories(lead, index)
    assert story.verdict.evidence.flags == (Flag.RETRACTED,)


def test_what_one_entry_keeps_in_its_lead_cannot_throw_out():
    bare = told("journal", "A study", doi="10.5555/a", kept=False, about=())
    (story,) = stories(bare, told("pubmed", LONG, doi="10.5555/a"))
    assert (story.verdict.kept, story.verdict.about.conditions) == (True, ("lupus",))


def test_newest_stories_come_first_and_undated_ones_last():
    days = ("2026-05-03", None, "2026-05", "2026-05-20")
    found = stories(*(told("trade", f"Story {n}", day=d, guid=str(n)) for n, d in enumerate(days)))
    assert [s.lead.day for s in found] == ["2026-05-20", "2026-05-03", "2026-05", None]


def test_no_entry_makes_no_story_and_the_same_entry_twice_makes_one():
    assert stories() == ()
    (story,) = stories(PAPER, replace(PAPER))
    assert story.also == ()


POOL = (
    *dict.fromkeys(j for _, one, other in (*ONE, *TWO) for j in (one, other) if j is not PAPER),
    PAPER,
    REWRITE,
    TRADE,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(POOL), max_size=24, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_entries_is_nothing_and_no_entry_is_lost_or_doubled(judged, random):
    found = stories(*judged)
    shuffled = random.sample(judged, len(judged))
    assert stories(*shuffled) == found
    assert sorted(map(repr, (e for s in found for e in s.entries))) == sorted(repr(j.entry) for j in judged)
    for story in found:
        for a, b in combinations(story.entries, 2):
            assert (a.source == "ctgov") == (b.source == "ctgov")
            assert not (a.ids.pmid and b.ids.pmid and a.ids.pmid != b.ids.pmid)
            journals = {e.ids.doi.lower() for e in (a, b) if e.ids.doi and e.source != "prexiv"}
            assert len(journals) < 2


def test_stories_of_stories_are_the_same_stories():
    """Merging what leads each story joins nothing more than was joined."""
    by_entry = {j.entry: j for j in POOL}
    found = stories(*POOL)
    again = stories(*(by_entry[e] for s in found for e in s.entries))
    assert again == found


def crowd(n: int) -> tuple[Judged, ...]:
    tiers = ("journal", "pubmed", "trade", "rewrites", "company")
    words = "lupus myositis sclerosis kidney cells donor engineered response remission relapse adults children".split()
    return tuple(
        told(
            tiers[i % 5],
            " ".join((words[i % 12], words[i // 12 % 12], f"w{i % 977}", f"v{i % 401}", words[i % 7], f"u{i % 89}")),
            f"{i % 50 + 3} patients got ORB-{i % 60}. NCT9999{i % 300:04d}. " + "More words of an abstract. " * 60,
            doi=f"10.5555/{i % 1500}" if i % 5 < 2 else None,
            guid=str(i),
            link=f"https://s{i % 40}.example/{i}",
            day=f"2026-05-{i % 28 + 1:02d}",
        )
        for i in range(n)
    )


@pytest.mark.parametrize(
    "entries",
    [
        crowd,
        lambda n: tuple(told("trade", LONG, f"Text {i}", guid=str(i), link="https://h.example/list") for i in range(n)),
        lambda n: tuple(told("trade", f"Lupus story number {i} of the cell therapy", guid="0") for i in range(n)),
        lambda n: tuple(told(f"s{i}", LONG, f"The {i % 90 + 10}-year-old.", guid=str(i)) for i in range(n)),
    ],
    ids=["mixed", "one title and address", "one guid", "ninety patients under one title"],
)
def test_four_times_the_entries_take_no_more_than_their_share(entries):
    assert growth(entries, lambda judged: merge(judged, SOURCES), 500) < LINEAR


@pytest.mark.captures
@pytest.mark.skipif(not TITLES.exists(), reason="the real titles are not beside the checkout")
def test_real_titles_of_different_papers_are_never_one_story():
    """As if another index listed the same papers, and a third had lost their numbers."""
    found = [
        (item.findtext("title") or "", item.findtext("guid") or "")
        for file in sorted(TITLES.glob("*.xml"))
        for item in ET.parse(file).iter("item")
    ]
    listed = [told("pubmed", t, pmid=g, guid=g, about=(), therapy=None, population=None, day=None) for t, g in found]
    assert len(merge(tuple(listed), SOURCES)) == len({g for _, g in found})
    bare = [told("journal", t, guid=g, about=(), therapy=None, population=None, day=None) for t, g in found]
    merged = [s for s in merge((*listed, *bare), SOURCES) if len({e.ids.guid for e in s.entries}) > 1]
    # Three titles stand there twice, as a preprint and as the journal's version.
    assert [len({e.title.casefold() for e in s.entries}) for s in merged] == [1, 1, 1]


def test_one_doi_on_two_plainly_different_titles_joins_nothing():
    one = told("journal", "CD19 CAR-T cells in lupus nephritis: a phase 1 study of nine adults", doi="10.5555/a")
    other = told("pubmed", "Rituximab for pemphigus vulgaris after steroids: ten years later", doi="10.5555/a")
    again = told("pubmed", "A phase 1 study of CAR-T in nine adults with lupus nephritis", doi="10.5555/a")
    german = told("pubmed", "Zelltherapie der Nierenentzündung bei neun Erwachsenen", doi="10.5555/a", language="de")
    assert len(stories(one, other)) == 2
    assert len(stories(one, again)) == 1
    assert len(stories(one, german)) == 1
