"""The demo's fictional world keeps its promises: real dialects, honest numbers, nobody and nothing real in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML
from samples import checked

import pipeline.demo
from pipeline.config import parse_config
from pipeline.demo import feeds, registry
from pipeline.demo.content import MONTHS, TODAY, world
from pipeline.demo.newsroom import PEOPLE, sources_yml
from pipeline.demo.words import Decision, decision_for, decisions, intro, never, word
from pipeline.issue import read_glossary
from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.item import WORDS, Item, Queue, SourceText, TrialFacts
from pipeline.model.names import Section, Status, Tier
from pipeline.model.story import Change, change_key
from pipeline.render.pictures import drawable
from pipeline.sources import kinds

FOLDER = Path(pipeline.demo.__file__).parent
SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "content" / "sample_items.yml"
GLOSSARY = read_glossary((FOLDER.parents[1] / "glossary.yml").read_text(encoding="utf-8"))
MAY, JUNE = MONTHS
APPROVED = [(m, d) for m in MONTHS for d in decisions(m) if d.status is Status.APPROVED]
BY_KEY = {k: t for t in world().entries for k in t.keys()}
SPELLED = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty".split(),
        "2 3 4 5 6 7 8 9 10 11 12 13 14 15 20 30".split(),
        strict=True,
    )
)


def load(name: str):
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text(encoding="utf-8"))


def numbers(text: str) -> set[str]:
    """Every number of a text, spelled ones included; "one" is as often a pronoun and is left out."""
    found = set(re.findall(r"\d+(?:\.\d+)?", text))
    return found | {SPELLED[w] for w in re.findall(r"[a-z]+", text.lower()) if w in SPELLED}


def nct_of(decision: Decision) -> str:
    return decision.key.removeprefix("nct:")


def source_text(month: str, decision) -> str:
    """What the item's source says: a feed entry's text, or the registry's entry then and the month before."""
    if decision.key.startswith("nct:"):
        months = [m for m in MONTHS if m <= month]
        return " ".join(json.dumps(registry.study(nct_of(decision), m), ensure_ascii=False) for m in months)
    return feeds.plain_text(BY_KEY[decision.key])


# --- the sample is all there -----------------------------------------------------------------------------------------


def test_every_part_of_the_sample_is_kept_word_for_word():
    if not SAMPLE.exists():
        pytest.skip("the sample items lie beside the checkout, and are not here")
    sample = YAML(typ="safe", pure=True).load(SAMPLE.read_text(encoding="utf-8"))
    ours = load("content.yml")
    assert sample.keys() <= ours.keys()
    for part, value in sample.items():
        assert ours[part] == value, part


def test_all_items_and_events_reach_the_demo_with_their_labels():
    told = {t.demo_id: t for t in world().entries}
    assert {f"demo-{n:03}" for n in (0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12)} <= told.keys()
    assert {"demo-003a", "demo-003b", "demo-003c", "demo-011a", "demo-011b"} <= told.keys()
    assert {f"ev-0{n}" for n in range(1, 9)} | {"ev-09-noise"} <= {e.event_id for e in world().events}
    assert all("relevant" in t.expected or t.cluster for t in told.values())
    assert told["demo-008"].expected["n"] == 4


def test_every_entry_is_listed_by_its_feed_in_its_month_and_stays():
    for told in world().entries:
        months = [m for m in MONTHS if told in world().listed(told.feed.source_id, m)]
        assert months == [m for m in MONTHS if m >= told.month]
        assert told.feed.published[:7] == told.month


# --- nobody and nothing real -----------------------------------------------------------------------------------------


def test_every_address_is_reserved_for_examples():
    texts = [(FOLDER / n).read_text(encoding="utf-8") for n in ("content.yml", "words.yml")]
    texts.append(sources_yml("http://127.0.0.1:1"))
    hosts = {urlsplit(u).hostname for t in texts for u in re.findall(r"https?://[^\s\"'<>,}]+", t)}
    hosts |= {m for t in texts for m in re.findall(r"@([\w.-]+\w)", t)}
    assert len(hosts) > 8
    assert [h for h in hosts if h != "127.0.0.1" and not h.endswith((".example", "example.org"))] == []


def test_every_doi_and_trial_number_served_is_unassigned():
    served = "".join(feeds.document(s, m).body.decode("latin-1") for s in world().plans for m in MONTHS)
    served += json.dumps([registry.studies(m) for m in MONTHS])
    assert {d[:7] for d in re.findall(r"\b10\.\d{4,}/", served)} == {"10.5555"}
    found = set(re.findall(r"NCT\d{8}", served))
    assert len(found) == 9
    assert all(n.startswith("NCT9999") for n in found)


def test_every_feed_says_that_it_is_fiction():
    assert all(b"FICTIONAL DEMO CONTENT" in feeds.document(s, m).body for s in world().plans for m in MONTHS)
    assert 'fictional: "FICTIONAL DEMO CONTENT - not real medical news"' in sources_yml("http://127.0.0.1:1")


# --- the editors' words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "decision"), APPROVED, ids=lambda v: getattr(v, "key", v))
class TestEachPrintedItem:
    def test_tells_everything_a_reader_is_promised(self, month, decision):
        assert all(getattr(decision, name) for name in WORDS)
        assert decision.section is not None
        assert decision.facts

    def test_takes_every_number_from_its_source(self, month, decision):
        told = [getattr(decision, name) for name in WORDS] + [
            decision.brief or "",
            *(f.says or "" for f in decision.facts),
        ]
        assert numbers(" ".join(told)) - numbers(source_text(month, decision)) == set()

    def test_quotes_its_source_word_for_word_and_each_value_stands_in_its_quote(self, month, decision):
        text = source_text(month, decision)
        for fact in decision.facts:
            assert fact.quote in text
            whole = numbers(fact.derived or "")  # “6 of 9” where the quote has the 6, and the 9 stands elsewhere
            assert whole <= numbers(text)
            assert numbers(fact.value) <= numbers(fact.quote) | whole

    def test_promises_nothing_and_shouts_nothing(self, month, decision):
        told = " ".join(getattr(decision, name) for name in WORDS)
        hype = r"cure|breakthrough|miracle|game.chang|revolution|promising|suffer|hopeless|stunning|100%|!|\bfailed\b"
        assert re.findall(hype, told, re.IGNORECASE) == []
        assert not decision.headline.endswith("?")

    def test_is_carried_by_a_source_that_may_carry_it(self, month, decision):
        if decision.key.startswith("nct:"):
            return
        publisher = next(p for p in world().publishers if p.id == BY_KEY[decision.key].feed.source_id)
        assert publisher.tier in {Tier.JOURNAL, Tier.PREPRINT, Tier.REGULATOR}
        assert decision.evidence is not None
        assert decision.evidence.participants == BY_KEY[decision.key].expected.get("n", 14)


@pytest.mark.parametrize("month", MONTHS)
def test_a_count_that_is_drawn_is_no_count_of_those_who_joined(month):
    shown = [fact for decision in decisions(month) for fact in decision.facts if fact.shows]
    assert len(shown) >= 6
    assert all(fact.count and fact.says for fact in shown)
    assert [fact.value for d in decisions(month) if "NCT99990003" in d.key for fact in d.facts if fact.shows] == []
    drawn = [picture for decision in decisions(month) for _, picture in drawable(decision.facts) if picture]
    assert len(drawn) == len(shown)


def test_people_and_harms_are_those_the_sample_labels():
    def counted(text: str) -> set[str]:
        return numbers(re.sub(r"\bone\b", "1", text.lower()))

    labels = {"participants": "n", "follow_up": "follow_up"}
    for _, decision in APPROVED:
        if decision.evidence is None:
            continue
        expected: Mapping[str, Any] = BY_KEY[decision.key].expected
        for ours, theirs in labels.items():
            if theirs in expected and getattr(decision.evidence, ours) is not None:
                assert numbers(str(getattr(decision.evidence, ours))) == numbers(str(expected[theirs]))
        assert counted(" ".join(map(str, expected.get("harms", ())))) <= counted(
            f"{decision.harms} {decision.who} {decision.summary}"
        )


@pytest.mark.parametrize("month", MONTHS)
def test_every_entry_and_study_of_a_month_is_decided_on_or_known_to_stay_out(month):
    decided = {k for m in MONTHS if m <= month for d in decisions(m) for k in d.keys} | {*never(MAY), *never(month)}
    entries = [t for s in world().plans for t in world().listed(s, month)]
    assert [t.demo_id for t in entries if decided.isdisjoint(t.keys())] == []
    assert {f"nct:{registry.number(s)}" for s in registry.studies(month)} <= decided


def test_what_the_sample_calls_irrelevant_never_enters():
    out = {k for m in MONTHS for k in never(m)}
    for told in world().entries:
        if told.expected.get("relevant") is False:
            assert not out.isdisjoint(told.keys())
            assert decision_for(told.keys(), [d for m in MONTHS for d in decisions(m)]) is None


def test_hype_and_companies_alone_are_turned_down_with_a_reason():
    by_key = {d.key: d for d in decisions(MAY)}
    assert by_key["guid:orb-2026-05-22"].status is Status.REJECTED
    assert by_key["guid:spd-88231"].status is Status.REJECTED
    assert all(d.reason for m in MONTHS for d in decisions(m) if d.status in {Status.REJECTED, Status.HOLD})


def test_a_story_of_many_outlets_follows_the_paper_and_not_its_retelling():
    made = decisions(MAY)
    story = ("nct:NCT99990003", "guid:spd-88231", "doi:10.5555/demo.2026.0507")
    assert decision_for(story, made).key == "doi:10.5555/demo.2026.0507"
    assert decision_for(("guid:spd-88231",), made).status is Status.REJECTED
    assert decision_for(("nct:NCT99990003",), made).status is Status.HOLD
    assert decision_for(("guid:unknown",), made) is None


def test_a_study_that_moved_is_found_by_its_move():
    move = change_key("NCT99990004", (Change(field="status", before="RECRUITING", after="TERMINATED"),))
    assert decision_for((move,), decisions(JUNE)).section is Section.STOPPED


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_is_told_in_three_sentences_and_has_its_word(month):
    assert len(re.findall(r"\.(?:\s|$)", intro(month))) == 3
    assert word(month)


# --- the newsroom ----------------------------------------------------------------------------------------------------


def test_sources_file_names_every_fictional_source_at_the_servers_address():
    read = YAML(typ="safe", pure=True).load(sources_yml("http://127.0.0.1:4242/"))
    assert {s["key"] for s in read["sources"]} == {p.id for p in world().publishers} | {"registry"}
    assert all(s["url"].startswith("http://127.0.0.1:4242/") for s in read["sources"])
    assert read["newsletter"]["base_url"] == "https://news.example.org/"


def test_each_role_that_signs_has_a_person_of_its_own():
    read = YAML(typ="safe", pure=True).load(sources_yml("http://127.0.0.1:1"))["newsletter"]
    assert read["sign_off"] == ["editor", "medical", "patient"] == [p.role.value for p in PEOPLE]
    assert len({p.key for p in PEOPLE}) == 3
    assert [p["name"] for p in read["people"]] == [p.name for p in PEOPLE]


def test_sources_file_is_one_that_the_program_reads():
    config = parse_config(
        sources_yml("http://127.0.0.1:1"), "sources.yml", {name: each.options for name, each in kinds().items()}
    )
    assert config.newsletter.fictional == world().banner
    assert {s.key: s.tier for s in config.sources} == {p.id: p.tier for p in world().publishers} | {
        "registry": "registry"
    }


def queue_item(month: str, decision) -> Item:
    """The item that a gather and the editors make of it, in short."""
    found = {n: getattr(decision, n) for n in (*WORDS, "facts", "section")} | {
        "id": f"{month}/x",
        "status": decision.status,
    }
    if decision.key.startswith("nct:"):
        stage = Stage.STOPPED if decision.section is Section.STOPPED else Stage.REGISTRATION
        nct = nct_of(decision)
        found |= {
            "title": nct,
            "link": f"https://registry.example/{nct}",
            "source": "registry",
            "published": f"{month}-30",
        }
        return Item(
            **found,
            ids=Ids(number=nct),
            evidence=Evidence(stage=stage),
            trial=TrialFacts(status="x", updated=f"{month}-30"),
        )
    feed = BY_KEY[decision.key].feed
    found |= {"title": feed.title, "link": feed.link, "source": feed.source_id, "published": feed.published[:10]}
    return Item(**found, evidence=decision.evidence, excerpt=feeds.plain_text(BY_KEY[decision.key]))


@pytest.mark.parametrize(("month", "decision"), APPROVED, ids=lambda v: getattr(v, "key", v))
def test_each_printed_item_holds_to_the_houses_own_standard(month, decision):
    """Sign-offs aside, which come when the items are signed."""
    config = parse_config(
        sources_yml("http://127.0.0.1:1"), "sources.yml", {name: each.options for name, each in kinds().items()}
    )
    item = queue_item(month, decision)
    texts = {item.id: (SourceText(source=item.source, title=item.title, text=source_text(month, decision)),)}
    queue = Queue(issue=month, items=(item,))
    found = checked(queue, config=config, today=TODAY[month], glossary=GLOSSARY, texts=texts)
    assert [f"{f.rule} {f.field}: {f.message}" for f in found if f.rule != "S01"] == []


def test_what_may_holds_june_settles_with_a_reason():
    held = {d.key for d in decisions(MAY) if d.status is Status.HOLD and not d.optional}
    settled = {d.key: d.status for d in decisions(JUNE)}
    assert {settled[key] for key in held} == {Status.REJECTED}
    for told in world().entries:
        if told.primary_of:
            report = decision_for(told.keys(), decisions(JUNE))
            assert report.status is Status.APPROVED
