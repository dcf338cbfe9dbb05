"""The two files that come with the program for editors: the start set of sources, and the glossary."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML

from pipeline.config import parse_config
from pipeline.issue import read_glossary
from pipeline.language.terms import terms
from pipeline.model.names import Excerpt, PersonRole, Role, Therapy, Tier
from pipeline.model.source import Source
from pipeline.sources import kinds
from pipeline.text import safe_link
from pipeline.yamltext import parse

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "sources.yml").read_text(encoding="utf-8")
CONFIG = parse_config(TEXT, "sources.yml", {k: v.options for k, v in kinds().items()}, terms().conditions)
VALUE: Any = parse(TEXT, "sources.yml").value
WRITTEN = {each["key"]: each for each in VALUE["sources"]}
OFF = tuple(s for s in CONFIG.sources if not s.enabled)

GLOSSARY = (ROOT / "glossary.yml").read_text(encoding="utf-8")
TERMS = YAML(typ="safe").load(GLOSSARY)["terms"]
CATEGORIES = {"treatment", "process", "biology", "harm", "outcome", "study", "access", "disease"}


def each(sources):
    return [pytest.param(s, id=s.key) for s in sources]


# --- the sources ---------------------------------------------------------------------------------------------------


def test_twenty_to_thirty_sources_are_on_so_that_a_first_month_can_be_read():
    assert 18 <= len(CONFIG.enabled) <= 30
    assert len(OFF) > 100


def test_every_source_of_the_start_set_the_domain_asks_for_is_on():
    expected = """ctgov ctis fda-press fda-medwatch ema-news mhra-safety lancet-rheum nat-med sci-transl-med
        arthritis-rheum rmd-open jci-insight medrxiv-rheum stat biopharmadive nord eurordis retraction-watch"""
    assert set(expected.split()) <= {s.key for s in CONFIG.enabled}


def test_keys_names_and_addresses_are_used_once():
    for told in ("key", "name", "url"):
        values = [getattr(s, told).casefold() for s in CONFIG.sources if getattr(s, told)]
        assert sorted(values) == sorted(set(values))


def test_keys_are_plain_words_that_can_stand_in_a_queue_and_a_command():
    assert [s.key for s in CONFIG.sources if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", s.key)] == []


def test_every_tier_is_listed_and_every_role_is_on():
    assert {s.tier for s in CONFIG.sources} == set(Tier)
    assert {s.role for s in CONFIG.enabled} == set(Role)
    assert {s.tier for s in CONFIG.enabled} >= {Tier.REGISTRY, Tier.REGULATOR, Tier.JOURNAL, Tier.PREPRINT}
    assert {s.kind for s in CONFIG.enabled} == set(kinds())


@pytest.mark.parametrize("source", each(CONFIG.enabled))
def test_an_enabled_source_says_what_it_is_how_often_it_writes_and_what_may_be_quoted(source: Source):
    missing = {"name", "url", "tier", "role", "language", "every", "excerpt", "licence", "region"} - set(
        WRITTEN[source.key]
    )
    assert not missing
    assert source.licence
    assert 1 <= source.every <= 31
    assert source.excerpt in Excerpt


@pytest.mark.parametrize("source", each(OFF))
def test_a_source_that_is_off_says_why_in_whole_sentences(source: Source):
    assert source.because[0].isupper()
    assert source.because.endswith(".")
    assert len(source.because.split()) >= 4
    assert {"tier", "role"} <= set(WRITTEN[source.key])


@pytest.mark.parametrize("source", each(s for s in CONFIG.sources if s.url or s.fallback))
def test_no_address_leads_to_a_private_host(source: Source):
    for address in filter(None, (source.url, source.fallback)):
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert parts.username is None
        assert parts.port is None
        host = parts.hostname or ""
        assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", host)
        assert not host.endswith((".local", ".internal", ".localhost", ".test", ".example", "example.org"))
        with pytest.raises(ValueError, match="does not appear to be"):
            ipaddress.ip_address(host)


def test_placeholders_stay_off_and_what_is_on_can_be_opened():
    assert {s.key for s in CONFIG.sources if "<" in s.url} == {"pubmed-search", "pubmed-journal", "globenewswire"}
    assert [s.key for s in CONFIG.sources if "<" in s.url and s.enabled] == []
    assert [s.key for s in CONFIG.enabled if safe_link(s.url) is None] == []


def test_whoever_sells_or_repeats_can_lead_to_news_but_not_carry_it():
    weak = {Tier.COMPANY, Tier.AGGREGATOR, Tier.NEWS, Tier.PREPRINT, Tier.ACADEMIC}
    assert [s.key for s in CONFIG.sources if s.tier in weak and s.role is Role.EVIDENCE] == []


def test_full_text_is_quoted_only_where_a_licence_lets_it():
    free = re.compile(r"public domain|Open Government|CC BY|EMA|reuse")
    assert [s.key for s in CONFIG.sources if s.excerpt is Excerpt.FULL and not free.search(s.licence)] == []


def test_feeds_known_to_carry_something_else_say_what_is_expected():
    assert {s.key for s in CONFIG.sources if s.expect} >= {"ard", "health-canada", "bfarm"}


def test_the_head_says_that_no_address_was_tried_and_how_to_find_out():
    head = TEXT.partition("newsletter:")[0]
    for said in ("public lists", "none was asked", "`hope gather`", "`hope sources`", "`hope add"):
        assert said in " ".join(head.replace("\n#", " ").split())


def test_the_people_are_placeholders_and_say_so():
    letter = CONFIG.newsletter
    assert [p.name for p in letter.people] == ["Anna Example", "Dr M. Example", "P. Example"]
    assert "Put your own people here" in TEXT
    assert letter.sign_off == (PersonRole.EDITOR, PersonRole.MEDICAL)
    assert letter.topics.therapies == tuple(Therapy)
    assert letter.topics.conditions == ()
    assert urlsplit(letter.base_url).hostname == "news.example.org"


def test_no_line_is_too_wide_for_an_editors_window():
    assert [n for n, line in enumerate(TEXT.splitlines(), 1) if len(line) > 121] == []


# --- the glossary --------------------------------------------------------------------------------------------------


def test_the_glossary_is_read_whole_in_its_own_order():
    assert [(w.term, w.definition) for w in read_glossary(GLOSSARY)] == [(t["term"], t["definition"]) for t in TERMS]
    assert len(TERMS) > 100


def test_no_word_leads_to_two_terms():
    words = [w.casefold() for t in TERMS for w in (t["term"], *t["aliases"])]
    assert sorted(words) == sorted(set(words))


def test_no_alias_is_a_word_that_readers_use_for_something_else():
    everyday = {"flu", "pro", "cy", "ln", "pv", "car t cell", "cell", "reset"}
    assert everyday & {a.casefold() for t in TERMS for a in t["aliases"]} == set()


@pytest.mark.parametrize("term", [pytest.param(t, id=t["term"]) for t in TERMS])
def test_a_definition_is_one_or_two_short_plain_sentences(term):
    assert set(term) == {"term", "de", "aliases", "category", "definition"}
    assert term["category"] in CATEGORIES
    assert term["de"].strip()
    text = term["definition"]
    assert 1 <= len(re.findall(r"[.!?](?=\s|$)", text)) <= 2
    assert text[0].isupper()
    assert text.endswith(".")
    assert len(text.split()) <= 40


@pytest.mark.parametrize("term", [pytest.param(t, id=t["term"]) for t in TERMS])
def test_a_definition_promises_nothing_and_blames_nobody(term):
    hype = r"\b(cures?|cured|breakthrough|miracle|game.changer|promising|revolution\w*|suffer\w*|victims?|failed)\b"
    text = term["definition"].replace("is not the same as a cure", "")
    assert re.search(hype, text, re.IGNORECASE) is None


def test_the_glossary_says_that_nobody_has_reviewed_it_yet():
    assert YAML(typ="safe").load(GLOSSARY)["status"] == "draft-unreviewed"
    assert "unreviewed" in GLOSSARY.partition("terms:")[0].splitlines()[2]


def test_words_that_could_make_someone_stop_a_medicine_say_otherwise():
    said = {t["term"]: t["definition"] for t in TERMS}
    assert "must not be stopped suddenly" in said["Corticosteroids"]
    assert "not proven" in said["Immune reset"]
    assert "not the same as a cure" in said["Remission"]
    for product in ("Teclistamab", "Blinatumomab"):
        assert "not approved" in said[product]
