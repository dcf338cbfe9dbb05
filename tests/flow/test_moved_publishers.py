"""What was rejected or printed does not come back when its publisher moves its pages."""

import pytest
from feed_samples import only, read
from newsrooms import REPO

from pipeline.model.entry import Entry, Ids
from pipeline.model.evidence import Evidence
from pipeline.model.names import Section
from pipeline.model.source import Source
from pipeline.model.story import About, Story, Verdict
from pipeline.queue import QueueText, read_queue
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, merge
from pipeline.text import canonical_link

SOURCES = {"sample": Source(key="sample", kind="feed", name="Sample", url="https://good.example/")}


def story(entry):
    return Story(entry, (), Verdict(kept=True, reason="", about=About(), evidence=Evidence(), section=Section.RESEARCH))


def queue(entry=None, seen=frozenset()):
    merged = merge(empty(), [story(entry)], Background(sources=SOURCES, seen=seen))
    return merged.queue


def empty() -> QueueText:
    return read_queue(new_file("2026-10"), "queue.yml")


def moved(name):
    return [only(read((REPO / f"tests/cases/{name}_{when}.xml").read_bytes())) for when in ("before", "after")]


@pytest.mark.parametrize("name", ["g01", "g02", "g03", "g06"])
def test_a_moved_page_is_the_same_item(name):
    before, after = moved(name)
    text = queue(before)
    (item,) = text.queue.items
    seen = frozenset(filter(None, (*item.keys(), item.title_on_day)))
    assert queue(after, seen).queue.items == ()
    again = merge(text, [story(after)], Background(sources=SOURCES))
    assert len(again.queue.queue.items) == 1
    assert not again.queue.queue.items[0].also or name != "g02"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "CD19 CAR-T cells in lupus nephritis: a second report from one hospital"},
        {"source": "another"},
        {"ids": Ids(doi="10.5555/new.1")},
        {"title": "Editorial"},
    ],
)
def test_what_differs_is_another_item(changes):
    import dataclasses

    before, after = moved("g02")
    other: Entry = dataclasses.replace(after, **changes)
    assert other.title_on_day is None or other.title_on_day != before.title_on_day


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/p/1;jsessionid=AAA", "https://a.example/p/1;jsessionid=BBB"),
        ("https://a.example/p/1;JSESSIONID=AAA?x=1", "https://a.example/p/1?x=1"),
        ("https://a.example/p/index.html", "https://a.example/p/"),
        ("https://a.example/p/default.aspx", "https://a.example/p"),
        ("https://A.Example/p", "https://a.example/p"),
        ("https://a.example./p", "https://a.example/p"),
        ("https://a.example/p?PHPSESSID=1", "https://a.example/p"),
    ],
)
def test_one_page_has_one_key(one, other):
    assert canonical_link(one) == canonical_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/p;v=1", "https://a.example/p;v=2"),
        ("https://a.example/p/index.html?id=1", "https://a.example/p/index.html?id=2"),
        ("https://a.example/reindex.html", "https://a.example/"),
        ("https://a.example/P", "https://a.example/p"),
    ],
)
def test_two_pages_have_two_keys(one, other):
    assert canonical_link(one) != canonical_link(other)
