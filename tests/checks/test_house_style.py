"""The sort of text that set our tone: its sober words pass, and what it leaves out is found.

The real one belongs to somebody else and is measured in place; the project's own has the same features.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from newsrooms import REPO
from samples import checked

from pipeline.issue import read_glossary
from pipeline.language.normalise import normalise
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.item import Item, Queue
from pipeline.model.names import Section, Severity, Status, Therapy
from pipeline.model.story import About

CAPTURE = REPO.parent / "shared" / "captures" / "standard" / "house_style_article.txt"
OWN = Path(__file__).parent / "house_style.txt"
GLOSSARY = read_glossary((REPO / "glossary.yml").read_text(encoding="utf-8"))
TEXTS = [
    pytest.param(OWN, id="own"),
    pytest.param(
        CAPTURE,
        id="real",
        marks=[
            pytest.mark.captures,
            pytest.mark.skipif(not CAPTURE.exists(), reason="the real text lies beside the checkout, and is not here"),
        ],
    ),
]
FOUND = {
    ("E02", "evidence"): "how many people were treated",
    ("E03", "headline"): "how long they were watched",
    ("E03", "summary"): "how long they were watched",
    ("E04", "harms"): "harms in a place of their own",
    ("E05", "access"): "cost and access in a place of their own",
    ("E06", "funding"): "who paid",
    ("E08", "not_known"): "what is not known, in a place of its own",
    ("E09", "source"): "a primary source",
    ("E13", "you_can"): "what to do",
    ("E15", "summary"): "the boxed warning",
    ("S04", "summary"): "who is quoted",
}
# All that is found in each text, and nothing else: rule, weight, field, the first words of the span, and how often.
AGREED = {
    "own": """
        E02 block evidence
        E03 block headline
        E03 warn evidence
        E03 warn summary: remission
        E04 block harms
        E05 warn access
        E06 warn funding
        E08 block not_known
        E09 block source
        E13 note you_can
        E15 warn summary: no consistent signal
        H02 block headline
        H02 warn summary: extraordinary
        H02 warn summary: breakthrough
        H02 warn summary: cutting-edge
        H03 note summary: promising
        N01 warn summary: two
        P02 warn summary
        S01 block signed x2
        S04 block summary: " x2
    """,
    "real": """
        E02 block evidence
        E03 block headline
        E03 warn summary: remission
        E04 block harms
        E05 warn access
        E06 warn funding
        E08 block not_known
        E09 block source
        E13 note you_can
        E15 warn summary: no consistent signal
        H02 block headline
        H02 warn summary: Remarkable
        H02 warn summary: breakthrough
        H02 warn summary: breakthroughs
        H02 warn summary: cutting-edge x2
        H02 warn summary: extraordinary
        H03 note summary: inspiring
        H03 note summary: offering new hope
        H03 note summary: powerful x2
        H03 note summary: promising x2
        H11 note summary: hunt and destroy
        H11 note summary: rewires the immune system
        H16 warn summary: patients who had failed
        H16 warn summary: suffered from
        N01 warn summary: 47
        P01 warn summary
        P02 warn summary x12
        P03 block summary: TNF
        P03 block summary: ZME
        P05 warn summary: autoimmunity
        P05 warn summary: clinicians
        P05 warn summary: immunosuppression
        P06 warn summary x3
        S01 block signed x2
        S04 block summary: " x2
    """,
}
INNOCENT = ("easy to cure", "guaranteed cures", "cure my disease too", "incurable", "wipes out")


def findings(file: Path):
    text = file.read_text(encoding="utf-8")
    item = Item(
        id="2026-12/a-hope-story",
        status=Status.APPROVED,
        section=Section.RESEARCH,
        title="German patient in remission",
        link="https://sciencepress.example/1",
        source="sciencepress",
        published="2026-04-02",
        about=About(therapies=(Therapy.CAR_T,), conditions=("lupus",)),
        evidence=Evidence(stage=Stage.CASE_REPORT),
        headline="A Remarkable Remission Story—And What It Means for You",
        summary=text,
    )
    queue = Queue(issue="2026-12", items=(item,))
    return text, checked(queue, glossary=GLOSSARY)


@pytest.mark.parametrize("file", TEXTS)
def test_the_findings_are_those_that_were_agreed(file):
    text, found = findings(file)
    counts = Counter(_told(text, f) for f in found)
    agreed = AGREED["own" if file == OWN else "real"].split("\n")
    assert sorted(f"{line}{f' x{n}' if n > 1 else ''}" for line, n in counts.items()) == sorted(
        line.strip() for line in agreed if line.strip()
    )


def _told(text: str, finding) -> str:
    span = normalise(text[finding.start : finding.end]).text if finding.field == "summary" else ""
    words = " ".join(span.split()[:4])
    return f"{finding.rule} {finding.severity} {finding.field}{f': {words}' if words else ''}"


@pytest.mark.parametrize("file", TEXTS)
def test_what_the_text_leaves_out_is_found(file):
    _, found = findings(file)
    assert {(f.rule, f.field) for f in found} >= FOUND.keys()
    assert sum(f.rule == "S04" for f in found) == 2


@pytest.mark.parametrize("file", TEXTS)
def test_words_that_are_denied_warned_of_or_asked_block_nothing(file):
    text, found = findings(file)
    spans = [(at, at + len(words)) for words in INNOCENT for at in _all(text, words)]
    assert len(spans) >= len(INNOCENT)
    hit = [f for f in found if f.field == "summary" and any(f.start < end and start < f.end for start, end in spans)]
    assert [f.rule for f in hit if f.severity is Severity.BLOCK] == []
    assert {f.rule for f in found if f.severity is Severity.BLOCK and f.field == "summary"} <= {"P01", "P03", "S04"}


@pytest.mark.parametrize("file", TEXTS)
def test_its_praise_is_told_once_a_word_and_never_more_than_a_warning_in_the_body(file):
    text, found = findings(file)
    praise = [f for f in found if f.rule in {"H02", "H03"} and f.field == "summary"]
    assert {text[f.start : f.end].lower().replace("‑", "-") for f in praise} >= {
        "extraordinary",
        "cutting-edge",
        "breakthrough",
        "promising",
    }
    assert all(f.severity is not Severity.BLOCK for f in praise)
    assert any(f.severity is Severity.BLOCK and f.field == "headline" for f in found)


def _all(text: str, words: str):
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
