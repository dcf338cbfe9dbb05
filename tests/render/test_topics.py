"""What the archive has on a disease or a treatment: its address for good, its pages, how many studies it knows of."""

from __future__ import annotations

from dataclasses import replace

from issues import item, sample_issue, templates

from pipeline.model.entry import Ids
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.issue import Issue
from pipeline.model.item import Item
from pipeline.model.names import Section
from pipeline.render import render
from pipeline.render.archive import Archive
from pipeline.render.layout import lay_out
from pipeline.render.topics import TopicIndex, topics_of


def story(name: str, *, on: str = "lupus", **ids: str) -> Item:
    made = item(name, Section.RESEARCH)
    about = replace(made.about, conditions=(on,))
    return replace(made, about=about, ids=Ids(**ids), evidence=Evidence(Stage.PHASE_1, participants=9))


def month(key: str, *stories: Item) -> Issue:
    return replace(sample_issue(), key=key, stories=tuple(replace(s, id=f"{key}/{s.slug}") for s in stories))


def index(*issues: Issue) -> TopicIndex:
    archive = Archive.of(issues[-1], issues)
    return topics_of({issue.key: lay_out(issue, archive) for issue in archive.issues})


def test_items_on_one_paper_or_trial_are_on_one_study_also_where_a_later_one_joins_two() -> None:
    paper, trial, both = story("a", doi="10.5555/a"), story("b", number="NCT90000001"), {"number": "NCT90000001"}
    (lupus,) = index(month("2026-11", paper, trial, story("c"))).diseases
    assert (len(lupus.cards), lupus.in_people) == (3, 3)
    (lupus,) = index(month("2026-11", paper, trial), month("2026-12", story("d", doi="10.5555/a", **both))).diseases
    assert (len(lupus.cards), lupus.in_people) == (3, 1)


def test_an_address_once_given_goes_to_no_other_topic() -> None:
    first = index(month("2026-11", story("a", on="C++")))
    assert [t.folder for t in first.diseases] == ["c"]
    later = index(month("2026-11", story("a", on="C++")), month("2026-12", story("b", on="C"), story("c", on="C")))
    assert {t.name: t.folder for t in later.diseases} == {"C++": "c", "C": "c-2"}
    assert index(month("2026-11", story("a", on="IgG4/RD"))).diseases[0].path == "topics/igg4-rd/index.html"


def test_a_topic_has_25_items_a_page_the_newest_first() -> None:
    names = [f"s{n}" for n in range(30)]
    old, new = month("2026-11", *map(story, names[:28])), month("2026-12", *map(story, names[28:]))
    site = render(new, (old, new), templates()).site
    first, second = site["topics/lupus/index.html"].decode(), site["topics/lupus/2/index.html"].decode()
    assert (first.count("<article"), second.count("<article")) == (25, 5)
    order = [first.index(f"../{name}/") for name in ("2026-12/s28", "2026-12/s29", "2026-11/s0", "2026-11/s1")]
    assert order == sorted(order)
    assert "2026-11/s27/" in second
