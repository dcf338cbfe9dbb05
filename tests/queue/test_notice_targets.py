"""A notice finds every paper that it is about, by whichever name the queue has it under."""

import pytest

from pipeline.model.entry import Entry, Ids
from pipeline.model.evidence import Evidence
from pipeline.model.integrity import Integrity, NoticeKind
from pipeline.model.names import Section
from pipeline.model.source import Source
from pipeline.model.story import About, Story, Verdict
from pipeline.queue import read_queue
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, merge

SOURCES = {"jei": Source(key="jei", kind="feed", name="JEI", url="https://jei.example/")}


def story(n, title, **more):
    entry = Entry(source="jei", title=title, ids=Ids(doi=f"10.5555/x.{n}"), link=f"https://jei.example/{n}", **more)
    verdict = Verdict(kept=True, reason="", about=About(), evidence=Evidence(), section=Section.RESEARCH)
    return Story(entry, (), verdict)


KINDS = [
    (Integrity.RETRACTION_NOTICE, NoticeKind.RETRACTED),
    (Integrity.CONCERN, NoticeKind.CONCERN),
    (Integrity.CORRECTION_NOTICE, NoticeKind.CORRECTED),
]


@pytest.mark.parametrize(("kind", "noticed"), KINDS)
def test_a_notice_stands_at_all_papers_it_names_and_at_no_other(kind, noticed):
    papers = [story(n, f"Nine adults with lupus, paper {n}") for n in range(3)]
    there = merge(read_queue(new_file("2026-10"), "queue.yml"), papers, Background(sources=SOURCES)).queue
    notice = story(9, "A notice", types=(kind,), targets=("doi:10.5555/x.0", "pmid:1", "doi:10.5555/x.2"))
    items = merge(there, [notice], Background(sources=SOURCES)).queue.queue.items
    assert [[n.kind for n in item.notices if n.kind == noticed] for item in items[:3]] == [[noticed], [], [noticed]]


def test_a_retraction_of_several_papers_names_each():
    notice = story(9, "A notice", types=(Integrity.RETRACTION_NOTICE,), targets=("doi:10.5555/x.0", "doi:10.5555/x.2"))
    (item,) = merge(
        read_queue(new_file("2026-10"), "queue.yml"), [notice], Background(sources=SOURCES)
    ).queue.queue.items
    assert [n.text for n in item.notices if n.kind == NoticeKind.RETRACTS] == ["10.5555/x.0", "10.5555/x.2"]
