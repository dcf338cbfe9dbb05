"""Invented issues for tests: every section, a trial that changed, a withdrawn paper. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from stories import WITHDRAWN, item, stories

from pipeline.model.entry import Ids
from pipeline.model.evidence import Comparison, Evidence, Flag, Stage
from pipeline.model.issue import Colophon, Credit, Issue, Masthead, SourceNote, Word
from pipeline.model.item import Also, Fact, TrialFacts
from pipeline.model.names import PersonRole, Population, Section
from pipeline.model.story import About, Change

HOSTILE = (
    "Bad\r\nBcc: everyone@example.org {{ 7*7 }} {% raw %} <script>alert(1)</script> \"'><img src=x onerror=alert(2)>"
)
"""A title that tries a header, a template, a script and an attribute at once."""

LONG = "Rindfleischetikettierungs" * 4
"""A word of a hundred letters."""

__all__ = [
    "HOSTILE", "LONG", "MASTHEAD", "WITHDRAWN", "earlier_issue", "hostile_issue", "item", "long_issue", "long_words",
    "quiet_issue", "sample_issue", "templates",
]  # fmt: skip

MASTHEAD = Masthead(
    name="Measured Hope",
    about="CAR-T and emerging options in autoimmune disease",
    base_url="https://news.example.org/",
    sender="Measured Hope <editors@news.example.org>",
    language="en",
    accent="#0b4f9c",
    publisher="The Example Charity",
    address="1 Example Street, Westford",
    funding="Paid for by the members of the Example Charity. No company pays for, sees or changes an issue.",
    contact="editors@news.example.org",
    unsubscribe="https://news.example.org/leave",
    fictional="invented people, products, papers and studies; not real medical news",
)


def templates() -> dict[str, str]:
    """Read the project's own templates as `render` wants them: path below `templates/` to text."""
    root = Path(__file__).resolve().parents[1] / "templates"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def sample_issue(**changes: Any) -> Issue:
    """December 2026: nine items, one in each part of an issue and two in research."""
    return replace(
        Issue(
            key="2026-12",
            date=date(2026, 12, 1),
            masthead=MASTHEAD,
            intro=(
                "A small early study of one CAR-T infusion followed nine people with lupus for nine months; "
                "7 of the 9 had few or no signs of it after half a year. "
                "A study of cells from donors stopped, and its sponsor gave a reason that we quote. "
                "We also withdraw something we told you in November."
            ),
            stories=stories(),
            word=Word(
                term="Remission",
                definition="A time with few or no signs of the disease. It is not the same as being free of it for good.",
            ),
            credits=(
                Credit(name="Anna Example", role=PersonRole.EDITOR, interests="none"),
                Credit(
                    name="Dr M. Example", role=PersonRole.MEDICAL, interests="advised a maker of antibodies in 2024"
                ),
            ),
            colophon=Colophon(
                looked_at=41,
                printed=9,
                rejected=20,
                held=3,
                undecided=9,
                waivers=1,
                sources=(
                    SourceNote(key="jei", name="Journal of Example Immunology", tier="journal"),
                    SourceNote(key="registry", name="Example Trials Registry", tier="registry"),
                    SourceNote(key="prexiv", name="PreXiv Medicine", tier="preprint"),
                    SourceNote(key="eema", name="Examplia Medicines Agency", tier="regulator"),
                    SourceNote(key="biotrade", name="BioTrade Wire", tier="news", trouble="answered with an error"),
                ),
            ),
        ),
        **changes,
    )


def earlier_issue() -> Issue:
    """November 2026: the item whose paper is withdrawn in December, and one that isn't."""
    return replace(
        sample_issue(),
        key="2026-11",
        date=date(2026, 11, 3),
        intro="Fourteen people with rheumatoid arthritis got a pair of antibodies in a first study.",
        stories=(
            replace(
                item("antibody-pair-ra", Section.EMERGING),
                id="2026-11/antibody-pair-ra",
                title="A bispecific antibody in rheumatoid arthritis: first 14 participants",
                headline="A pair of antibodies was tried in 14 people with rheumatoid arthritis",
                summary="In a first study, 14 people got the antibody. 9 of the 14 had less joint swelling after 3 months.",
                link="https://jei.example/doi/10.5555/demo.2026.0901",
                ids=Ids(doi=WITHDRAWN),
                evidence=Evidence(Stage.PHASE_1, 14, Comparison.NONE, "3 months"),
            ),
            replace(
                item("mouse-nephritis", Section.RESEARCH),
                id="2026-11/mouse-nephritis",
                headline="Short-lived CAR T cells were made inside mice with kidney lupus",
                summary="24 mice got a particle that makes CAR T cells in the body. No person has had it.",
                ids=Ids(doi="10.5555/demo.2026.0501"),
                evidence=Evidence(Stage.PRECLINICAL, 24, Comparison.CONTROLLED, "8 weeks"),
                about=About(population=Population.ANIMAL),
                harms="The paper does not report harms in the mice.",
            ),
        ),
        word=None,
    )


def quiet_issue() -> Issue:
    """January 2027: nothing that could be printed."""
    return replace(
        sample_issue(), key="2027-01", date=date(2027, 1, 5), intro=None, stories=(), quiet=True, word=None,
        colophon=Colophon(looked_at=17, rejected=12, held=5),
    )  # fmt: skip


def hostile_issue() -> Issue:
    """December 2026 with the hostile title wherever words of others or of editors go."""
    bad = HOSTILE
    story = replace(
        item("hostile", Section.RESEARCH),
        title=bad,
        headline=bad,
        summary=bad,
        harms=bad,
        who=bad,
        not_known=bad,
        access=bad,
        funding=bad,
        you_can=bad,
        link="javascript:alert(1)",
        published=bad,
        source="bad",
        ids=Ids(doi=bad, number=bad),
        also=(Also(source=bad, title=bad, link="data:text/html,<script>alert(3)</script>"),),
        evidence=Evidence(Stage.PHASE_1, 9, Comparison.NONE, bad),
        trial=TrialFacts(status=bad, phase=bad, enrollment=9, sponsor=bad, countries=(bad,), updated=bad, reason=bad),
        change=(Change(bad, bad, bad, bad, bad),),
        facts=(Fact(value=bad, quote=bad),),
    )
    notes = (SourceNote(key="bad", name=bad, tier=bad, trouble=bad),)
    return replace(
        sample_issue(),
        masthead=replace(
            MASTHEAD, name=bad, about=bad, publisher=bad, funding=bad, address=bad, contact=bad, accent=bad
        ),
        intro=bad,
        stories=(story, replace(story, id=f"2026-12/../../{bad}", section=Section.TRIALS)),
        word=Word(term=bad, definition=bad),
        credits=(Credit(name=bad, role=PersonRole.EDITOR, interests=bad),),
        colophon=Colophon(looked_at=1, printed=2, sources=notes),
    )


def long_issue(count: int = 30) -> Issue:
    """An issue of many items, each with words of an ordinary length."""
    stories = tuple(
        replace(
            item(f"study-{n}", Section.RESEARCH if n % 2 else Section.EMERGING),
            summary=f"In study {n}, nine adults got one infusion after a short course of chemotherapy. "
            "Half a year later, 7 of the 9 had few or no signs of lupus. In one person it came back at month 8.",
            evidence=Evidence(Stage.PHASE_1, 9, Comparison.NONE, "median 9 months", flags=(Flag.PREPRINT,)),
        )
        for n in range(1, count + 1)
    )
    return replace(sample_issue(), stories=stories)


def long_words() -> Issue:
    """An issue with a word of a hundred letters wherever words of editors and sources go."""
    words: Any = dict.fromkeys(("title", "headline", "summary", "harms", "who", "not_known", "access", "funding"), LONG)
    facts = TrialFacts(status=LONG, phase=LONG, enrollment=9, sponsor=LONG, countries=(LONG,), reason=LONG)
    story = replace(
        stories()[0], **words, trial=facts, also=(Also(source=LONG, title=LONG),), change=(Change(*[LONG] * 5),)
    )
    return sample_issue(
        masthead=replace(sample_issue().masthead, name=LONG, about=LONG, publisher=LONG, contact=LONG, fictional=LONG),
        intro=LONG,
        stories=(story, replace(story, id=f"2026-12/{LONG.lower()}", section=Section.TRIALS)),
        word=Word(term=LONG, definition=LONG),
        glossary=(Word(term=LONG, definition=LONG),),
        credits=(Credit(name=LONG, role=PersonRole.EDITOR, interests=LONG),),
        colophon=Colophon(looked_at=1, printed=2, sources=(SourceNote(key="a", name=LONG, tier=LONG, trouble=LONG),)),
    )
