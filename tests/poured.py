"""Issues with other words than editors hope for: one text poured into every field, and many items of real titles."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from issues import sample_issue
from newsrooms import REPO
from stories import item, stories

from pipeline.model.entry import Ids
from pipeline.model.evidence import Comparison, Evidence, Flag, Stage
from pipeline.model.issue import Credit, Issue, Word
from pipeline.model.item import Also, Fact, Item, TrialFacts
from pipeline.model.names import PersonRole, Population, Section, Shows, Therapy
from pipeline.model.story import About, Change

COMPOUNDS = (
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz "
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung "
    "Hexakosioihexekontahexaphobieselbsthilfegruppenleiterinnenfortbildung"
)
WORDS = {
    "400 characters": "A first study in people of cells that were changed in a laboratory, in lupus. " * 5
    + "Ten by ten",
    "300 letters": "Lumaricabtagen" * 21 + "seinen",
    "German compounds": COMPOUNDS,
    "Arabic": "دراسة أولى للخلايا المعدلة في مرض الذئبة، شملت تسعة أشخاص",
    "Hebrew": "מחקר ראשון בתאים ששונו במעבדה, בזאבת: תשעה אנשים",
    "Chinese": "首项针对狼疮患者的改造细胞研究" * 6,
    "emoji": "👩🏽‍🔬 saw 👨‍👩‍👧‍👦, 🏳️‍🌈 and 🇩🇪 in 9 people",
    "signs of markup": "\"Quotes\" 'too' & &amp; <b>bold</b> <!-- x --> {{ 7*7 }} {% raw %} ${x} *|EMAIL|* [[x]] %%x%% ]]> </style>",
    "line breaks": "First line\r\nBcc: everyone@example.org\r\n\r\n.\r\n<p>Last</p>",
    "overrides": "\u202eThis reads backwards\u202c and \u2066this\u2069 is \u200fisolated\u200e, \u2067so\u2069 it is",
    "dots and dashes": "--\n.\n..\n- one\n# two\n> three\n1. four\n===\nFrom me",
}
"""Words that were trouble for some newsletter once."""


def poured(words: str) -> Issue:
    """The sample with a text in every field of masthead, opening, items and sources."""
    names = ("headline", "summary", "harms", "who", "not_known", "access", "funding", "you_can", "title", "published")
    fields: dict[str, Any] = dict.fromkeys(names, words)
    trial = TrialFacts(
        status=words, phase=words, enrollment=9, sponsor=words, countries=(words,), updated=words, reason=words
    )
    stories_ = tuple(
        replace(
            story, **fields, brief=words if n % 2 else None,
            about=replace(story.about, conditions=(words,)),
            evidence=replace(story.evidence, follow_up=words),
            also=(Also(source=words, title=words),),
            trial=trial if story.trial else None,
            change=tuple(Change(each.field, words, words, words, words) for each in story.change),
            ids=Ids(doi=words, number=words),
            facts=tuple(replace(fact, says=words, quote=words) for fact in story.facts),
        )
        for n, story in enumerate(stories())
    )  # fmt: skip
    notes = tuple(replace(note, name=words, trouble=words) for note in sample_issue().colophon.sources)
    masthead = replace(
        sample_issue().masthead, name=words, about=words, publisher=words, address=words, funding=words, contact=words,
        sender="Hope <post@news.example.org>", list="hope", fictional=words,
    )  # fmt: skip
    return sample_issue(
        masthead=masthead, intro=words, subject=words, preheader=words, ask=words, stories=stories_,
        word=Word(term=words, definition=words),
        credits=(Credit(name=words, role=PersonRole.EDITOR, interests=words),),
        colophon=replace(sample_issue().colophon, sources=notes),
    )  # fmt: skip


TITLES = tuple(
    unescape(title)
    for path in sorted((REPO.parent / "shared" / "captures" / "feeds" / "titles").glob("*.xml"))
    for title in re.findall(r"<item><title>(.*?)</title>", path.read_text("utf-8"))
) or tuple(
    f"{kind} of cells that were changed in a laboratory, in {people} people with {illness}: results after {months} months"
    for months in (6, 9, 12, 18, 24)
    for people in (7, 12, 31)
    for illness in ("lupus nephritis", "systemic sclerosis", "myasthenia gravis")
    for kind in ("A first study", "Long-term outcomes", "Safety and pharmacokinetics")
)
"""Titles of real papers, where they lie beside the checkout; else invented ones of like length."""

SECTIONS = (
    Section.RESEARCH, Section.TRIALS, Section.EMERGING, Section.TRIALS, Section.RESEARCH, Section.SAFETY,
    Section.TRIALS, Section.EMERGING, Section.RESEARCH, Section.TRIALS, Section.STOPPED, Section.EMERGING,
    Section.TRIALS, Section.RESEARCH, Section.REGULATION, Section.TRIALS, Section.EMERGING, Section.TRIALS,
    Section.RESEARCH, Section.TRIALS,
)  # fmt: skip
"""By turns; of twenty items three are of what must never move online."""

STEPS = (Stage.PHASE_1, Stage.CASE_SERIES, Stage.PHASE_2_RCT, Stage.OBSERVATIONAL)


def many(titles: tuple[str, ...]) -> Issue:
    """An issue with an item of each title, by turns of every section, in invented words of an ordinary length."""
    return sample_issue(stories=tuple(_titled(n, title) for n, title in enumerate(titles)))


def _titled(n: int, title: str) -> Item:
    section, people = SECTIONS[n % len(SECTIONS)], 7 + n
    words = {
        "title": title,
        "headline": title,
        "summary": f"In study {n} of this month {people} adults got one infusion after a short course of chemotherapy. "
        f"Half a year later {people - 4} of the {people} had few or no signs of it. In one person it came back.",
        "harms": f"{people - 3} of {people} had a fever reaction; {n % 3 + 1} had a serious infection.",
        "link": f"https://jei.example/{n}",
        "about": About((Therapy.CAR_T,), ("lupus",), Population.HUMAN),
    }
    step = STEPS[n % len(STEPS)]
    evidence = Evidence(step, people, Comparison.NONE, "6 months", (Flag.PREPRINT,) if n % 3 else ())
    facts = (
        Fact(value=f"{people - 4} of {people}", shows=Shows.BENEFIT, says="had few or no signs of it"),
        Fact(value=f"{people - 3} of {people}", shows=Shows.HARM, says="had a fever reaction"),
    )
    more: dict[str, Any] = {"evidence": evidence, "facts": facts}
    number = f"NCT9999{n:04}"
    trial = TrialFacts(status="RECRUITING", phase="Phase 1", enrollment=people, countries=("Examplia",))
    change = (Change("status", "NOT_YET_RECRUITING", "RECRUITING", "2026-11-09"),)
    match section:
        case Section.TRIALS if n % 4 == 3:  # results were posted, with their harms
            more |= {"trial": trial, "ids": Ids(number=number), "facts": ()}
        case Section.TRIALS:
            more = {
                "trial": trial, "ids": Ids(number=number), "change": change, "harms": None,
                "evidence": Evidence(Stage.REGISTRATION, people, Comparison.NONE),
            }  # fmt: skip
        case Section.STOPPED:
            more = {
                "trial": replace(trial, status="TERMINATED", enrollment_type="ACTUAL"), "ids": Ids(number=number),
                "evidence": Evidence(Stage.STOPPED, people, Comparison.NONE),
            }  # fmt: skip
        case Section.SAFETY:
            more = {"evidence": Evidence(Stage.SAFETY_NOTICE, people)}
        case Section.REGULATION:
            more = {"evidence": Evidence(Stage.REGULATORY_DECISION, people)}
    return item(f"item-{n}", section, **(words | more))
