"""A notice finds every paper that it is about, by whichever name the queue has it under."""

import pytest
from test_queue_edits import SOURCES, story

from pipeline.model.integrity import Integrity, NoticeKind
from pipeline.queue import read_queue
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, merge

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
